"""The kinds of design that are installed, and who may see them."""

from django.apps import apps
from django.contrib.auth import get_permission_codename
from django.contrib.contenttypes.models import ContentType

from cms.accounts.models import User
from cms.editions.models import Design


def kinds() -> list[type[Design]]:
    return [model for model in apps.get_models() if issubclass(model, Design)]


def seen_by(user: User) -> list[ContentType]:
    """The kinds of which `user` may see every design and every finished file."""
    seen = [kind for kind in kinds() if user.has_perm(_view(kind))]
    return [ContentType.objects.get_for_model(kind) for kind in seen]


def _view(kind: type[Design]) -> str:
    return f"{kind._meta.app_label}.{get_permission_codename('view', kind._meta)}"
