from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path
from wagtail import hooks

from cms.editions.models import Design
from cms.editions.previews import draft_picture, forget_drafts


@hooks.register("construct_snippet_action_menu")
def approval_publishes(items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    """No button goes round approval, not even a superuser's."""
    if issubclass(context["model"], Design):
        items[:] = [item for item in items if item.name not in ("action-publish", "action-unpublish")]


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern]:
    return [path("drafts/<str:token>/<str:placement>.webp", draft_picture, name="draft_picture")]


@hooks.register("attache_tick")
def drop_old_drafts() -> None:
    forget_drafts()
