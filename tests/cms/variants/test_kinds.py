"""Who may see one kind of design sees files, pages and decisions of that kind, and of no other."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from cms.accounts.models import User
from cms.editions.models import Approval, Submission
from cms.missions.models import Posting
from cms.variants.models import Variant

SEES = {"infographics": "infographics.infographic", "clips": "clips.clip"}
ADDRESSES = {
    "file": lambda variant: reverse("file", args=[variant.file.key]),
    "files": lambda variant: reverse("files", args=[variant.edition.translation_key]),
    "approve": lambda variant: reverse("approve", args=[Submission.objects.get().task_state_id]),
}


@pytest.fixture
def variant(design, submit) -> Variant:
    """Of an infographic that waits for approval."""
    return submit(design).submission.edition.variants.get(placement="x.post")


@pytest.fixture
def newcomer(db) -> User:
    person = User.objects.create_user("newcomer", password="a password for tests")  # noqa: S106
    person.user_permissions.add(Permission.objects.get(codename="access_admin"))
    return person


def allow(person: User, kind: str) -> None:
    app, _, model = SEES[kind].partition(".")
    person.user_permissions.add(Permission.objects.get(content_type__app_label=app, codename=f"view_{model}"))


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize(("kinds", "seen"), [((), False), (("clips",), False), (("infographics",), True)], ids=str)
def test_each_kind_is_for_those_who_may_see_it(address, kinds, seen, variant, newcomer, client):
    for kind in kinds:
        allow(newcomer, kind)
    client.force_login(newcomer)

    answer = client.get(ADDRESSES[address](variant))

    assert (answer.status_code == 200) is seen


@pytest.mark.parametrize(
    ("kinds", "approved", "leaves"),
    [
        ((), False, False),
        ((), True, True),
        (("clips",), False, False),
        (("clips",), True, True),
        (("infographics",), False, True),
        (("infographics",), True, True),
    ],
    ids=str,
)
def test_a_post_and_a_permission_add_up(kinds, approved, leaves, variant, newcomer, rabat, people):
    if approved:
        state = Submission.objects.get().task_state
        state.task.specific.on_action(state, people["approver"], "approve")
    Posting.objects.create(person=newcomer, mission=rabat)
    for kind in kinds:
        allow(newcomer, kind)
    person = User.objects.get(pk=newcomer.pk)

    assert Variant.objects.leaving(person).filter(pk=variant.pk).exists() is leaves


def test_a_posted_person_with_a_permission_reads_the_embargo_in_the_name(variant, newcomer, rabat, people):
    state = Submission.objects.get().task_state
    state.task.specific.on_action(state, people["approver"], "approve")
    Approval.objects.update(public_at="2096-01-01T00:00Z")
    Posting.objects.create(person=newcomer, mission=rabat)
    allow(newcomer, "clips")

    row = Variant.objects.leaving(User.objects.get(pk=newcomer.pk)).get(pk=variant.pk)

    assert "not-before-20960101" in row.file_name
