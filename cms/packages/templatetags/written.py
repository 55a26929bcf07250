"""Numbers, sizes and times as the reader's language and country write them, kept whole in mixed directions."""

from datetime import datetime, timedelta
from decimal import ROUND_CEILING, Decimal
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_time, format_timedelta
from babel.numbers import format_decimal
from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from cms.accounts.languages import language_name
from cms.variants.models import Variant
from media_tools.platforms import spelt

register = template.Library()
register.filter(language_name)
LINE = 1_000_000  # bits a second: what a thin line carries, until we know the mission's own
_UNITS = ((1_000_000_000, "GB"), (1_000_000, "MB"), (1_000, "KB"))


def locale() -> Locale:
    return Locale.parse(get_language() or "en", sep="-")


@register.filter
def address(variant: Variant) -> str:
    """The page on which missions look at a file."""
    return reverse("design_clip" if variant.animated else "design", args=[variant.edition_id, variant.placement])


@register.filter
def num(value: int | Decimal) -> SafeString:
    return isolated(format_decimal(value, locale=locale()))


@register.filter
def size(value: int) -> SafeString:
    """Bytes as people say them: 412 KB, 1.2 MB."""
    for step, unit in _UNITS:
        if value >= step:
            amount = Decimal(value) / step
            shown = round(amount, 1) if amount < 10 and unit != "KB" else round(amount)
            return isolated(f"{format_decimal(shown, locale=locale())} {unit}")
    return isolated(f"{format_decimal(value, locale=locale())} B")


@register.filter
def line_time(value: int) -> SafeString:
    """How long so many bytes take on a line of 1 Mbit/s, rounded up."""
    seconds = int((Decimal(value) * 8 / LINE).quantize(Decimal(1), ROUND_CEILING))
    short = timedelta(seconds=seconds)
    return isolated(format_timedelta(short, granularity="second", threshold=1.5, format="short", locale=locale()))


@register.filter
def playing(seconds: float) -> SafeString:
    """How long a clip lasts, as players write it: 0:13."""
    whole = round(seconds)
    return isolated(f"{format_decimal(whole // 60, locale=locale())}:{_two(whole % 60)}")


@register.filter
def clock(moment: datetime, zone: ZoneInfo) -> SafeString:
    return isolated(format_time(moment.astimezone(zone), "HH:mm", locale=locale()))


@register.filter
def day(moment: datetime, zone: ZoneInfo) -> SafeString:
    return isolated(format_date(moment.astimezone(zone), "EEE d MMM", locale=locale()))


@register.filter
def whole_day(moment: datetime, zone: ZoneInfo) -> SafeString:
    return isolated(format_date(moment.astimezone(zone), "full", locale=locale()))


@register.filter(name="spelt")
def spelt_for_reader(platform: str) -> str:
    """A platform's name as the reader's language writes it."""
    return gettext(spelt(platform))


def _two(number: int) -> str:
    """With its nought: 05."""
    return format_decimal(number, "00", locale=locale())


def isolated(text: str) -> SafeString:
    return format_html('<bdi class="num">{}</bdi>', text)
