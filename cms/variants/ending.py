"""Rights that end soon: people are told 30 and 7 days before, by mail and on their first page."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.components import Component
from wagtail.users.models import UserProfile

from cms.accounts.models import User
from cms.library.models import Drawing, Image, Media, RightsWarning, Sourced
from cms.library.rights import ENDS, end_of
from cms.variants.home import Row
from cms.variants.uses import Uses, to_be_told

DAYS = (30, 7)
"""How many days before people are told, the farthest first."""
_KINDS: tuple[type[Sourced], ...] = (Image, Media, Drawing)
_EDITED_AT = {Image: "wagtailimages:edit", Media: "wagtailmedia:edit", Drawing: "drawings:edit"}
_SHOWN = 20  # rows of the panel


def warn_of_ending_rights() -> None:
    """Told once for each end and number of days: what was told is a row that there is once."""
    for asset in _ending():
        end = end_of(asset)
        if end is None or asset.withheld:
            continue
        left = end - timezone.now()
        due = [days for days in DAYS if timedelta() < left <= timedelta(days=days)]
        if due:
            _warn(asset, min(due))


def _ending() -> Iterator[Sourced]:
    horizon = Now() + timedelta(days=max(DAYS))
    for kind in _KINDS:
        soon = Q()
        for name in ENDS:
            soon |= Q(**{f"{name}__gt": Now(), f"{name}__lte": horizon})
        yield from kind._default_manager.filter(soon)


@transaction.atomic
def _warn(asset: Sourced, days: int) -> None:
    kind = ContentType.objects.get_for_model(asset)
    warning, is_new = RightsWarning.objects.get_or_create(
        asset_type=kind, asset_id=asset.pk, ends=end_of(asset), days=days
    )
    if not is_new:
        return
    uses = Uses(asset)
    people = list(to_be_told(uses))
    warning.told.set(people)
    for person in people:
        if person.email:
            _mail(person, asset, uses)


def _mail(person: User, asset: Sourced, uses: Uses) -> None:
    with translation.override(UserProfile.get_for_user(person).get_preferred_language()):
        subject = gettext("The right to use “%(asset)s” ends on %(day)s") % {"asset": asset, "day": _day(asset)}
        EmailMessage(subject, "\n\n".join(_letter(asset, uses)), to=[person.email]).send()


def _letter(asset: Sourced, uses: Uses) -> Iterator[str]:
    yield gettext("From %(day)s on nothing that shows “%(asset)s” leaves any more.") % {
        "asset": asset,
        "day": _day(asset),
    }
    if uses.designs:
        yield gettext("It is shown by:") + "\n" + "\n".join(_lines(uses))
    else:
        yield gettext("No design shows it.")
    yield gettext("Ask for longer rights, or put something else in its place:") + "\n" + _address(_edit_url(asset))


def _lines(uses: Uses) -> Iterator[str]:
    for use in uses.designs:
        files = sum(each.files for each in use.frozen)
        words = ngettext("%(count)d file", "%(count)d files", files) % {"count": files}
        yield f"- {use.title} ({use.language}), {words}: {_address(use.edit_url)}"


def _address(path: str) -> str:
    return settings.WAGTAILADMIN_BASE_URL.rstrip("/") + path


def _edit_url(asset: Sourced) -> str:
    return reverse(_EDITED_AT[type(asset)], args=[asset.pk])


def _day(asset: Sourced) -> str:
    return date_format(timezone.localtime(end_of(asset)), "DATE_FORMAT")


class RightsThatEnd(Component):
    """What this person was told of, as long as the end is as it was told."""

    name = "rights"
    order = 115
    template_name = "variants/home_panel.html"

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        assets = self._assets(parent_context["request"].user)
        return {
            "heading": _("Rights that end"),
            "panel_id": "rights",
            "nothing": _("No rights of what you use end in the next 30 days."),
            "rows": [Row(str(asset), _edit_url(asset), asset.validity.words) for asset in assets[:_SHOWN]],
            "more": max(0, len(assets) - _SHOWN),
        }

    def _assets(self, user: User) -> Sequence[Sourced]:
        """Of what ended a week ago nobody need be told any more."""
        told = RightsWarning.objects.filter(told=user, ends__gt=Now() - timedelta(days=7)).order_by("ends", "pk")
        rows = told.prefetch_related("asset")
        return list(dict.fromkeys(row.asset for row in rows if row.asset and end_of(row.asset) == row.ends))
