"""Role x object x verb, asked of the policies that the screens ask."""

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from wagtail.permissions import policy_registry

from cms.accounts.models import User
from cms.accounts.roles import COLLECTION_MODELS, ROLES

MODELS = sorted({model for models in ROLES.values() for model in models})
VERBS = ("add", "change", "delete", "publish", "lock", "unlock", "view", "choose")
CELLS = [(role, model, verb) for role in ROLES for model in MODELS for verb in VERBS]


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
    role, model, verb = cell
    told = verb in ROLES[role].get(model, "").split()
    if model == "infographics.infographic" and verb == "publish":
        told = False  # approval publishes

    if model in COLLECTION_MODELS and verb in ("change", "delete"):
        told = told or "add" in ROLES[role].get(model, "").split()  # their own uploads

    assert cells[cell] == told


def test_missions_have_no_permission_at_all(db):
    assert Group.objects.get(name="mission").permissions.count() == 0
    assert Group.objects.get(name="mission").collection_permissions.count() == 0


def test_collections_are_for_images_and_media():
    assert set(COLLECTION_MODELS) == {"library.image", "library.media"}
