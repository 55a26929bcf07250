"""A design in another language begins as a draft: the language that it was copied from was approved, not this one."""

from typing import Any

from django.db.models import Model

from cms.editions.models import Design

_NEW: dict[str, Any] = {
    "live": False, "live_revision": None, "first_published_at": None, "last_published_at": None,
    "locked": False, "locked_by": None, "locked_at": None,
}  # fmt: skip


def begin_as_draft(target_obj: Model, **_signal: Any) -> None:
    """Connected to what Wagtail sends before it saves the copy."""
    if isinstance(target_obj, Design):
        for name, value in _NEW.items():
            setattr(target_obj, name, value)
