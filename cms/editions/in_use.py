"""What something shows is not deleted: neither what an edition froze nor what a draft still shows."""

from collections.abc import Iterator
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import F, Model, Q
from django.utils.translation import ngettext
from wagtail import hooks
from wagtail.models import ReferenceIndex, Revision

from cms.brands.models import Brand
from cms.campaigns.models import Campaign, CoreMessage
from cms.editions.judging import FORGOTTEN_HOOK
from cms.editions.kinds import kinds
from cms.editions.models import Approval, Design, Edition, Submission
from cms.editions.refusals import InUse, approved
from cms.facts.models import Fact
from cms.library.models import Drawing, Image, Media
from cms.links.models import Link
from cms.missions.models import Mission

GUARDED: tuple[type[Model], ...] = (Fact, Image, Drawing, Media, Brand, Campaign, CoreMessage, Link, Mission)
_FROZEN = {
    Fact: "facts__fact", Image: "images__image", Drawing: "drawings__drawing", Media: "footage__media",
    CoreMessage: "messages__message", Link: "links__link", Campaign: "campaign", Brand: "brand_kit",
}  # fmt: skip
_NAMED = 5  # titles in the sentence; more would hide what to do


def refuse_if_in_use(sender: type[Model], instance: Model, **_: Any) -> None:
    """Raises InUse with the titles of what shows it. Connected to pre_delete of everything guarded."""
    titles = list(dict.fromkeys(users_of(instance)))
    if titles:
        names = "”, “".join(titles[:_NAMED])
        raise InUse([
            ngettext(
                "“%(row)s” is shown by %(count)d design: “%(names)s”. Take it out of that first.",
                "“%(row)s” is shown by %(count)d designs: “%(names)s”. Take it out of them first.",
                len(titles),
            )
            % {"row": instance, "count": len(titles), "names": names}
        ])  # fmt: skip


def forget(sender: type[Design], instance: Design, **_: Any) -> None:
    """Of a design that nobody approved nothing is kept; one that was approved stays, since missions may have it.

    Connected to pre_delete of every kind of design. Raises InUse.
    """
    kind = ContentType.objects.get_for_model(sender)
    editions = Edition.objects.filter(design_type=kind, design_id=instance.pk)
    if Approval.objects.filter(edition__in=editions).exists():
        raise approved(instance)
    Submission.objects.filter(edition__in=editions).delete()
    for act in hooks.get_hooks(FORGOTTEN_HOOK):
        act(editions)
    editions.delete()


def users_of(row: Model) -> Iterator[str]:
    """Titles of the editions, drafts and rows that show `row`."""
    if type(row) in _FROZEN:
        yield from Edition.objects.filter(**{_FROZEN[type(row)]: row}).values_list("title", flat=True)
    yield from (str(user) for user in rows_showing(row))
    yield from (draft.title for draft in drafts_showing(row))


def rows_showing(row: Model) -> Iterator[Model]:
    """What Wagtail's own index knows of: rows as they are published."""
    for use in ReferenceIndex.get_references_to(row):
        user = use.content_type.get_object_for_this_type(pk=use.object_id)
        if not isinstance(user, type(row)):
            yield user


def drafts_showing(row: Model) -> Iterator[Design]:
    """Designs as their latest draft has them, which Wagtail's own index does not know.

    A draft that was published unchanged is its row, which the index knows.
    """
    wanted = (ContentType.objects.get_for_model(row, for_concrete_model=False).pk, str(row.pk))
    for model in kinds():
        open_ones = model.objects.filter(Q(live_revision=None) | ~Q(latest_revision=F("live_revision")))
        for draft in Revision.objects.filter(pk__in=open_ones.values("latest_revision")).iterator():
            design = draft.as_object()
            shown = {
                (reference[0], str(reference[1]))
                for reference in ReferenceIndex._extract_references_from_object(design)
            }
            if wanted in shown:
                yield design
