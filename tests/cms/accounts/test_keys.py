"""Keys of a single character can be switched off by whom they get in the way (WCAG 2.1.4)."""

import pytest
from bs4 import BeautifulSoup

from cms.accounts.models import User

ACCOUNT = "/admin/account/"


@pytest.fixture
def person(client, django_user_model) -> User:
    person: User = django_user_model.objects.create_superuser(
        "nour", "nour@mfa.example", "nour", first_name="Nour", last_name="Haddad"
    )
    client.force_login(person)
    return person


def form(client) -> BeautifulSoup:
    return BeautifulSoup(client.get(ACCOUNT).content, "html.parser")


def test_they_are_on_until_somebody_switches_them_off_in_the_account(client, person):
    page = form(client)
    assert page.select_one("[name=keys-letter_keys]").has_attr("checked")

    fields = page.select("main form input[name]:not([type=checkbox])")
    told = {field["name"]: field.get("value", "") for field in fields}
    chosen = {option.find_parent("select")["name"]: option["value"] for option in page.select("main option[selected]")}
    assert client.post(ACCOUNT, {**told, **chosen}).status_code == 302

    person.refresh_from_db()
    assert person.letter_keys is False
    assert not form(client).select_one("[name=keys-letter_keys]").has_attr("checked")
