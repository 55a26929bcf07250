from typing import Any

from django.http import HttpRequest
from wagtail import hooks

from cms.editions.models import Design


@hooks.register("construct_snippet_action_menu")
def approval_publishes(items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    """No button goes round approval, not even a superuser's."""
    if issubclass(context["model"], Design):
        items[:] = [item for item in items if item.name not in ("action-publish", "action-unpublish")]
