"""What shows an asset: designs as they are written, what was frozen of them, and the files that were made."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import TaskState

from cms.accounts.languages import language_name
from cms.accounts.models import User
from cms.editions.in_use import drafts_showing, rows_showing
from cms.editions.models import (
    Approval,
    Design,
    Edition,
    EditionDrawing,
    EditionFootage,
    EditionImage,
    Submission,
)
from cms.editions.models.edition import OfAsset
from cms.library.models import Drawing, Image, Media, Sourced
from cms.variants.models import Variant

_FROZEN: dict[type[Sourced], tuple[type[OfAsset], str]] = {
    Image: (EditionImage, "image"), Drawing: (EditionDrawing, "drawing"), Media: (EditionFootage, "media"),
}  # fmt: skip
_STATES = {
    "withdrawn": (_("Withdrawn"), "critical"),
    "approved": (_("Approved"), "positive"),
    "superseded": (_("Replaced by a newer version"), "neutral"),
    "submitted": (_("Waits for approval"), "info"),
    "frozen": (_("Not approved"), "neutral"),
    "draft": (_("Draft"), "neutral"),
}
type Named = tuple[int, str]
"""A design: its content type, and its key in letters."""


@dataclass(frozen=True, slots=True)
class Frozen:
    """An edition that shows the asset."""

    edition: Edition
    state: str
    files: int
    shows_old_file: bool
    """It was frozen before the asset's file was replaced."""

    @property
    def label(self) -> str:
        return str(_STATES[self.state][0])

    @property
    def sign(self) -> str:
        return _STATES[self.state][1]


@dataclass
class Use:
    """A design that shows it, in its draft or in something that was frozen of it."""

    title: str
    language: str
    edit_url: str
    files_url: str
    in_draft: bool = False
    frozen: list[Frozen] = field(default_factory=list)

    @property
    def must_be_made_anew(self) -> bool:
        """What missions have of it still shows a file that was replaced."""
        return any(each.shows_old_file and each.state in ("approved", "submitted") for each in self.frozen)


@dataclass
class Uses:
    """Everything that shows `asset`."""

    asset: Sourced

    @cached_property
    def designs(self) -> list[Use]:
        found: dict[Named, Use] = {}
        for row, state in self._editions:
            edition = row.edition
            use = found.setdefault((edition.design_type_id, str(edition.design_id)), _use_of(edition))
            use.frozen.append(Frozen(edition, state, row.files, row.sha256 != self.asset.sha256))
        for design in self._written:
            use = found.setdefault(_name_of(design), _use_in(design))
            use.in_draft = True
        return sorted(found.values(), key=lambda use: (use.title, use.language))

    @cached_property
    def others(self) -> list[tuple[str, str, str]]:
        """What else shows it: kind, title and address of each."""
        finder = AdminURLFinder()
        rows = dict.fromkeys(row for row in self._rows if not isinstance(row, Design))
        return [(str(row._meta.verbose_name), str(row), finder.get_edit_url(row) or "") for row in rows]

    @property
    def remade(self) -> list[Use]:
        return [use for use in self.designs if use.must_be_made_anew]

    @property
    def files(self) -> int:
        return sum(each.files for use in self.designs for each in use.frozen)

    @cached_property
    def people(self) -> set[int]:
        """Who wrote or submitted what shows it, by key."""
        editions = [each.edition.pk for use in self.designs for each in use.frozen]
        submitted = Submission.objects.filter(edition__in=editions).values_list("by", flat=True)
        wrote = (design.latest_revision.user_id for design in self._written if design.latest_revision)
        return {each for each in (*submitted, *wrote) if each is not None}

    @cached_property
    def _rows(self) -> list[Any]:
        return list(rows_showing(self.asset))

    @cached_property
    def _written(self) -> list[Design]:
        """Drafts, and rows of which there is no draft beside what was published."""
        current = [row for row in self._rows if isinstance(row, Design) and row.latest_revision_id is not None]
        published = [row for row in current if row.latest_revision_id == row.live_revision_id]
        return [*published, *drafts_showing(self.asset)]

    @property
    def _editions(self) -> Iterator[tuple[Any, str]]:
        """Rows of what was frozen, the newest first, each with its state; a hundred take as many queries as one."""
        model, name = _FROZEN[type(self.asset)]
        waiting = Submission.objects.filter(
            edition=OuterRef("edition"), task_state__status=TaskState.STATUS_IN_PROGRESS
        )
        rows = (
            model._default_manager.filter(**{name: self.asset})
            .select_related("edition")
            .defer("edition__spec", "edition__brand")
            .annotate(
                files=Count("edition__variants", filter=Q(edition__variants__state=Variant.State.READY)),
                approved=Exists(Approval.objects.filter(edition=OuterRef("edition"))),
                waiting=Exists(waiting),
                newer=Exists(_newer()),
            )
            .order_by("-edition__pk")
        )
        for row in rows:
            yield row, _state(row)


def _newer() -> Any:
    """Approvals of another edition of the same design, after the last of this one."""
    own = Approval.objects.filter(edition=OuterRef(OuterRef("edition")), pk__gt=OuterRef("pk"))
    return Approval.objects.filter(
        ~Exists(own), edition__design_type=OuterRef("edition__design_type"),
        edition__design_id=OuterRef("edition__design_id"),
    ).exclude(edition=OuterRef("edition"))  # fmt: skip


def _state(row: Any) -> str:
    if row.edition.withdrawn_at is not None:
        return "withdrawn"
    if row.approved:
        return "superseded" if row.newer else "approved"
    return "submitted" if row.waiting else "frozen"


def _name_of(design: Design) -> Named:
    return ContentType.objects.get_for_model(design).pk, str(design.pk)


def _use_of(edition: Edition) -> Use:
    files = reverse("files", args=[edition.translation_key])
    return Use(edition.title, language_name(edition.language), edition.edit_url, files)


def _use_in(design: Design) -> Use:
    edit = reverse(type(design).snippet_viewset.get_url_name("edit"), args=[design.pk])
    return Use(design.title, language_name(design.language), edit, reverse("files", args=[design.translation_key]))


def to_be_told(uses: Uses) -> Iterable[User]:
    """The uploader, and who wrote or submitted what shows it, as far as mail reaches them."""
    keys = uses.people | {uses.asset.uploaded_by_user_id}
    return User.objects.filter(pk__in=keys - {None}, is_active=True)
