from typing import Any

from django import template

from cms.library.models import Sourced

register = template.Library()


@register.inclusion_tag("library/rights_badge.html")
def rights_badge(asset: Sourced) -> dict[str, Any]:
    """What keeps an asset from being used, or will soon; nothing where nothing does."""
    return {"validity": asset.validity, "why": asset.withheld}
