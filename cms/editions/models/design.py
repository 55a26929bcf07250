from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.models import ClusterableModel
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    PreviewableMixin,
    Revision,
    RevisionMixin,
    TranslatableMixin,
    WorkflowMixin,
)
from wagtail.search import index

from cms.brands.models import Brand
from cms.campaigns.models import Campaign, CoreMessage
from cms.editions.finished import Finished, Own, Report, Wanted
from cms.editions.frozen import Frozen
from cms.editions.previews import Sketch, preview_page
from cms.editions.refusals import NotApproved
from cms.missions.choices import Several, still_placements
from media_tools.errors import InvalidInput
from media_tools.platforms import Placement, placements
from media_tools.spec.brand import Brand as BrandSpec

if TYPE_CHECKING:
    from cms.editions.models.edition import Edition

_USUAL = (
    "facebook.feed", "facebook.story", "facebook.cover", "x.post", "x.header", "instagram.feed_square",
    "instagram.feed_portrait", "instagram.story", "linkedin.post", "whatsapp.status", "telegram.post", "print.a4",
)  # fmt: skip


def usual_placements() -> list[str]:
    return list(_USUAL)


class Design(
    PreviewableMixin,
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    TranslatableMixin,
    index.Indexed,
    ClusterableModel,
):
    """An infographic or a clip as people write it, in one language. What leaves is made from its editions."""

    class QR(models.TextChoices):
        SECOND_DEVICE = "second_device", _("where a second device can see it")
        ALWAYS = "always", _("everywhere")
        NEVER = "never", _("nowhere: the address in letters")

    title = models.CharField(_("title"), max_length=120)
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="+", verbose_name=_("campaign"))
    message = models.ForeignKey(
        CoreMessage, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("core message"), help_text=_("The message that it carries."),
    )  # fmt: skip
    brand = models.ForeignKey(Brand, on_delete=models.PROTECT, related_name="+", verbose_name=_("brand kit"))
    placements = Several(_("placements"), options=still_placements, default=usual_placements)
    qr = models.CharField(_("QR code"), max_length=20, choices=QR, default=QR.SECOND_DEVICE)
    alt_text = models.TextField(
        _("alt text"), blank=True, max_length=1000,
        help_text=_("What the finished file shows, for people who cannot see it. Empty: written from its own words."),
    )  # fmt: skip
    post_text = models.TextField(
        _("post text"), blank=True, max_length=3000, help_text=_("What missions post with it.")
    )
    post_short = models.TextField(
        _("short post text"), blank=True, max_length=280, help_text=_("For platforms that take 280 characters.")
    )
    to_missions_at = models.DateTimeField(
        _("to missions from"), null=True, blank=True,
        help_text=_("Empty: as soon as it is approved. Times are the ministry’s, or those of your account’s zone."),
    )  # fmt: skip
    public_at = models.DateTimeField(
        _("public from"), null=True, blank=True, help_text=_("Missions are told not to publish earlier.")
    )

    search_fields = [
        index.SearchField("title"),
        index.AutocompleteField("title"),
        index.FilterField("locale"),
        index.FilterField("campaign"),
    ]

    class Meta(TranslatableMixin.Meta):
        abstract = True

    def __str__(self) -> str:
        return self.title

    @property
    def language(self) -> str:
        return self.locale.language_code

    @property
    def wanted(self) -> tuple[Wanted, ...]:
        """The files that it is to have."""
        return tuple(Wanted(name) for name in self.placements)

    @classmethod
    def slot(cls, wanted: Wanted) -> Placement:
        """A placement of the sheet, as large as its file is."""
        return placements()[wanted.placement]

    @classmethod
    def format_of(cls, wanted: Wanted) -> str:
        """The format of a file, as fingerprints name it."""
        raise NotImplementedError

    def frozen(self) -> Frozen:
        """The design by value, facts resolved. Raises NotReady with everything that is missing."""
        raise NotImplementedError

    @classmethod
    def files(cls, edition: "Edition", wanted: Sequence[Wanted], folder: Path, report: Report) -> Iterator[Finished]:
        """Make each wanted file in `folder`, and hand it over as soon as it is there.

        Raises MediaToolsError where none can be made, and what `report` raises.
        """
        raise NotImplementedError

    @classmethod
    def own_files(
        cls, edition: "Edition", own: Own, wanted: Sequence[Wanted], folder: Path, report: Report
    ) -> Iterator[Finished]:
        """As `files`, for one mission: they differ from the shared ones where these show its name or nobody's."""
        raise NotImplementedError

    @classmethod
    def shows_names(cls, edition: "Edition") -> bool:
        """Whether any of its files has a place for a mission's name."""
        del edition
        return True

    def sketch(self) -> Sketch:
        """What of the draft can be drawn now. Raises MediaToolsError for a broken brand."""
        raise NotImplementedError

    def lacking(self, brand: BrandSpec) -> Iterator[InvalidInput]:
        """What any design needs before it is submitted, and this one has not."""
        for row in (self.campaign, self.message):
            if row is not None and not row.live:  # missions read both beside it
                why = gettext("“%(row)s” is a draft that nobody has published.") % {"row": row}
                yield InvalidInput(str(row._meta.verbose_name), why, gettext("Publish it, then submit."))
        if not self.placements:
            yield InvalidInput("placements", gettext("names nothing."), gettext("Tick at least one."))
        if self.language not in brand.names:
            why = gettext("has no name of the ministry in “%(language)s”.") % {"language": self.language}
            yield InvalidInput(gettext("Brand kit"), why, gettext("Add it to the brand kit."))

    @property
    def preview_modes(self) -> list[tuple[str, str]]:
        names = dict.fromkeys(each.placement for each in self.wanted if each.placement in placements())
        return [("sheet", _("All placements")), *((name, _(placements()[name].label)) for name in names)]

    @property
    def default_preview_mode(self) -> str:
        return self.preview_modes[1][0] if len(self.preview_modes) > 1 else "sheet"

    @property
    def preview_sizes(self) -> list[dict[str, Any]]:
        return [{"name": "panel", "icon": "desktop", "device_width": 760, "label": _("As wide as the panel")}]

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponseBase:
        return preview_page(request, self, mode_name)

    def clean(self) -> None:
        super().clean()
        if self.to_missions_at and self.public_at and self.public_at < self.to_missions_at:
            raise ValidationError(
                {"public_at": _("It would be public before missions have it. Give a later time, or none.")}
            )

    def publish(self, revision: Revision, **options: Any) -> Any:
        """Only what was approved goes live, whichever button, schedule or command asks."""
        from cms.editions.models import Approval  # below us in this package

        if not Approval.objects.filter(revision=revision).exists():
            raise NotApproved
        return super().publish(revision, **options)
