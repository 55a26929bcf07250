"""Role x object x verb, asked of the policies that the screens ask, and then of the screens themselves."""

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.db.models import Model
from django.urls import reverse
from wagtail.permissions import policy_registry
from wagtail.snippets.models import get_snippet_models

from cms.accounts.models import User
from cms.accounts.roles import COLLECTION_MODELS, ROLES
from cms.clips.models import Clip
from cms.playlists.models import Playlist

MODELS = sorted(model._meta.label_lower for model in apps.get_models() if model.__module__.startswith("cms."))
VERBS = ("add", "change", "delete", "publish", "lock", "unlock", "view", "choose")
CELLS = [(role, model, verb) for role in ROLES for model in MODELS for verb in VERBS]

SNIPPETS = {model._meta.label_lower: model for model in get_snippet_models()}
SCREENS = {"list": "any", "add": "add", "edit": "change", "delete": "delete", "copy": "add", "usage": "change"}
"""What each of Wagtail's screens asks for."""


def told(role: str, model: str, verb: str) -> bool:
    """What the table of roles says, and what follows from it."""
    verbs = ROLES[role].get(model, "").split()
    if verb == "any":
        return bool(set(verbs) & {"add", "change", "delete", "view"})
    if model in COLLECTION_MODELS and verb in ("change", "delete"):
        return verb in verbs or "add" in verbs  # their own uploads
    return verb in verbs


@pytest.fixture(scope="module")
def cells(django_db_setup, django_db_blocker) -> dict[tuple[str, str, str], bool]:
    """The whole matrix, read once."""
    with django_db_blocker.unblock():
        found = {}
        for role in ROLES:
            person = User.objects.create(username=f"matrix {role}")
            person.groups.add(Group.objects.get(name=role))
            for model in MODELS:
                policy = policy_registry.get_by_type(apps.get_model(model))
                for verb in VERBS:
                    found[role, model, verb] = policy.user_has_permission(person, verb)
            person.delete()
        return found


@pytest.mark.parametrize("cell", CELLS, ids=" ".join)
def test_each_role_may_what_the_table_says(cell, cells):
    assert cells[cell] == told(*cell)


def test_the_table_names_only_models_that_there_are():
    there = {model._meta.label_lower for model in apps.get_models()}

    assert {model for models in ROLES.values() for model in models} <= there


@pytest.fixture
def doors(design, people) -> dict[str, Model]:
    """A row of each kind that has screens."""
    shared = {name: getattr(design, name) for name in ("title", "campaign", "brand", "locale")}
    Clip.objects.create(**shared)
    Playlist.objects.create(title="Hall", language="en")
    return {label: model.objects.order_by("pk").first() for label, model in SNIPPETS.items()}


@pytest.mark.parametrize("role", ROLES)
def test_each_screen_opens_to_whom_the_table_says(role, doors, enter):
    client = enter({"mission": "rabat", "administrator": "admin"}.get(role, role))

    opened = {(model, screen): _opens(client, row, screen) for model, row in doors.items() for screen in SCREENS}

    assert opened == {
        (model, screen): told(role, model, verb) for model in SNIPPETS for screen, verb in SCREENS.items()
    }


def _opens(client, row: Model, screen: str) -> bool:
    address = row.snippet_viewset.get_url_name(screen)
    answer = client.get(reverse(address, args=[] if screen in ("list", "add") else [row.pk]))
    assert answer.status_code in (200, 302), answer.status_code
    return answer.status_code == 200


def test_missions_have_no_permission_at_all(db):
    assert Group.objects.get(name="mission").permissions.count() == 0
    assert Group.objects.get(name="mission").collection_permissions.count() == 0


def test_collections_are_for_what_the_library_keeps():
    assert set(COLLECTION_MODELS) == {"library.image", "library.drawing", "library.media"}
