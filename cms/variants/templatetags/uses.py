from typing import Any

from django import template
from django.contrib.contenttypes.models import ContentType
from wagtail.models import ModelLogEntry

from cms.library.models import REPLACED, Sourced
from cms.variants.uses import Uses

register = template.Library()


@register.inclusion_tag("variants/uses.html")
def uses_of(asset: Sourced) -> dict[str, Any]:
    """Whether it may be used, what shows it, and when its file was replaced."""
    kind = ContentType.objects.get_for_model(asset)
    replaced = ModelLogEntry.objects.filter(content_type=kind, object_id=asset.pk, action=REPLACED)
    return {"asset": asset, "uses": Uses(asset), "replaced": replaced.select_related("user").order_by("-timestamp")}
