"""Administrators look after people, and nobody becomes or loses a superuser by it."""

from pathlib import Path

import pytest
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail.users.models import UserProfile

from cms.accounts.models import User

ACTIONS = {"delete": {}, "assign_role": {}, "set_active_state": {"mark_as_active": "False"}}
"""What Wagtail offers for many people at once, and what its form asks."""
PASSWORD = "another long password"  # noqa: S105


@pytest.fixture
def root(people) -> User:
    return User.objects.create_superuser("root", "root@mfa.example", "a password for tests")


@pytest.fixture
def superuser(root) -> Client:
    client = Client()
    client.force_login(root)
    return client


def filled(person: User, **changes: str) -> dict[str, str]:
    """The form of one person, as the screen sends it."""
    return {
        "username": person.username, "email": person.email or "p@mfa.example", "first_name": "A", "last_name": "Name",
        "language": "", "is_active": "on", **changes,
    }  # fmt: skip


def edit(client: Client, person: User, **changes: str):
    return client.post(reverse("wagtailusers_users:edit", args=[person.pk]), filled(person, **changes))


def act(client: Client, action: str, person: User):
    fields = {**ACTIONS[action], "role": Group.objects.get(name="mission").pk}
    address = reverse("wagtail_bulk_action", args=["accounts", "user", action])
    return client.post(f"{address}?id={person.pk}", fields)


def test_an_administrator_makes_nobody_a_superuser_by_editing(enter, people):
    answer = edit(enter("admin"), people["editor"], is_superuser="on", first_name="Eve")

    editor = User.objects.get(pk=people["editor"].pk)
    assert answer.status_code == 302
    assert (editor.first_name, editor.is_superuser) == ("Eve", False)


def test_an_administrator_makes_no_superuser_by_adding(enter, people):
    fields = filled(User(username="new"), is_superuser="on", password1=PASSWORD, password2=PASSWORD)

    enter("admin").post(reverse("wagtailusers_users:add"), fields)

    assert not User.objects.get(username="new").is_superuser


@pytest.mark.parametrize("screen", ["add", "edit"])
def test_only_superusers_are_asked_whether_somebody_is_one(screen, enter, people, superuser):
    address = reverse(f"wagtailusers_users:{screen}", args=[people["editor"].pk] if screen == "edit" else [])

    assert 'name="is_superuser"' not in enter("admin").get(address).content.decode()
    assert 'name="is_superuser"' in superuser.get(address).content.decode()


def test_an_administrator_does_not_edit_a_superuser_or_set_their_password(enter, root):
    answer = edit(enter("admin"), root, username="mine", password1=PASSWORD, password2=PASSWORD)

    after = User.objects.get(pk=root.pk)
    assert answer.status_code == 302
    assert answer.url == reverse("wagtailadmin_home")
    assert (after.username, after.password) == ("root", root.password)


def test_an_administrator_does_not_copy_over_a_superuser(enter, root):
    fields = filled(root, username="mine", password1=PASSWORD, password2=PASSWORD)

    enter("admin").post(f"/admin/users/copy/{root.pk}/", fields)

    assert [(person.username, person.password) for person in User.objects.filter(is_superuser=True)] == [
        ("root", root.password)
    ]


def test_an_administrator_does_not_delete_a_superuser(enter, root):
    enter("admin").post(reverse("wagtailusers_users:delete", args=[root.pk]))

    assert User.objects.filter(pk=root.pk, is_active=True).exists()


@pytest.mark.parametrize("action", ACTIONS)
def test_no_action_on_many_people_touches_a_superuser(action, enter, root):
    act(enter("admin"), action, root)

    after = User.objects.get(pk=root.pk)
    assert (after.is_active, after.groups.count()) == (True, 0)


def test_actions_on_many_people_work_for_the_others(enter, people):
    admin = enter("admin")

    act(admin, "assign_role", people["editor"])
    act(admin, "set_active_state", people["editor"])

    editor = User.objects.get(pk=people["editor"].pk)
    assert (editor.is_active, editor.groups.filter(name="mission").exists()) == (False, True)

    act(admin, "delete", people["designer"])

    assert not User.objects.filter(pk=people["designer"].pk).exists()


def test_the_list_leads_an_administrator_to_everybody_but_superusers(enter, people, root):
    page = enter("admin").get(reverse("wagtailusers_users:index")).content.decode()

    assert reverse("wagtailusers_users:edit", args=[people["editor"].pk]) in page
    assert reverse("wagtailusers_users:edit", args=[root.pk]) not in page


def test_a_superuser_may_do_all_that(superuser, people, root):
    edit(superuser, people["editor"], is_superuser="on")

    assert User.objects.get(pk=people["editor"].pk).is_superuser

    act(superuser, "set_active_state", people["editor"])
    superuser.post(reverse("wagtailusers_users:delete", args=[people["editor"].pk]))

    assert not User.objects.filter(pk=people["editor"].pk).exists()


def test_the_language_of_somebody_s_screens_is_set_on_their_form(enter, people):
    admin = enter("admin")
    assert 'name="language"' in admin.get(reverse("wagtailusers_users:add")).content.decode()

    edit(admin, people["rabat"], language="ar")

    assert User.objects.get(pk=people["rabat"].pk).language == "ar"


def test_nobody_has_a_picture_of_themselves(enter, people, picture: Path):
    designer = enter("designer")
    half = SimpleUploadedFile("me.jpg", picture.read_bytes()[:900], "image/jpeg")
    address = reverse("wagtailadmin_account")

    page = designer.get(address).content.decode()
    answer = designer.post(address, {
        "name_email-first_name": "Dora", "name_email-last_name": "Name", "name_email-email": "d@mfa.example",
        "notifications-submitted_notifications": "on", "locale-preferred_language": "en",
        "locale-current_time_zone": "UTC", "theme-theme": "system", "theme-contrast": "system",
        "theme-density": "default", "avatar-avatar": half,
    })  # fmt: skip

    assert "name_email-first_name" in page
    assert "avatar-avatar" not in page
    assert (answer.status_code, User.objects.get(username="designer").first_name) == (302, "Dora")
    assert not UserProfile.objects.get(user__username="designer").avatar


def test_the_account_is_for_staff(client, enter):
    address = reverse("wagtailadmin_account")

    assert client.get(address).status_code == 302
    assert enter("rabat").get(address).status_code == 302
