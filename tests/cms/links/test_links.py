"""Short addresses: printed once, leading where the ministry says, and nowhere else."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import OperationalError, connection
from django.db.models.functions import Now
from django.test import Client
from django.urls import reverse

from cms.links.destination import check_destination
from cms.links.models import ALPHABET, Host, Link, Scan, new_code

HOSTS = {"www.mfa.example"}
OUT = [
    "javascript:alert(1)", "data:text/html,x", "//evil.example", "/\\evil.example", "https://evil.example/",
    "https://www.mfa.example@evil.example/", "https://evil.example/www.mfa.example", "https:evil.example",
    "https://www.mfa.example.evil.example/", "http:///evil.example", "https://www.mfa.example:22/",
    "https://www.mfa.example\\@evil.example", "https://www.mfa.example/\r\nLocation: https://evil.example",
    "ftp://www.mfa.example/", "https://", "", "www.mfa.example", "https://[evil", "https://www.mfa.examp1e/",
    "https://ｗｗｗ.mfa.example/", "https://user:pw@www.mfa.example/", "\x00https://www.mfa.example/",
]  # fmt: skip


@pytest.fixture
def link(db) -> Link:
    return Link.objects.get(title="See what the pavilion showed")


@pytest.mark.parametrize("address", OUT)
def test_no_destination_leads_out(address):
    with pytest.raises(ValidationError):
        check_destination(address, HOSTS)


@pytest.mark.parametrize("address", ["https://www.mfa.example/expo?x=1#y", " http://WWW.mfa.example/ "])
def test_pages_of_allowed_hosts_are_taken(address):
    assert check_destination(address, HOSTS) == address.strip()


def test_a_link_to_a_short_link_is_refused(settings):
    settings.SHORT_ADDRESS = "https://www.mfa.example"

    with pytest.raises(ValidationError, match="another short link"):
        check_destination("https://www.mfa.example/q/abc", HOSTS)


def test_a_code_leads_to_its_destination_and_is_counted_without_who(link, client):
    answer = client.get(f"/q/{link.code}")

    assert answer.status_code == 302
    assert answer.url == "https://www.mfa.example/expo"
    assert not answer.cookies
    assert [field.name for field in Scan._meta.fields] == ["id", "link"]
    assert Scan.add_up() == 1
    assert (Link.objects.get(pk=link.pk).scans, Scan.objects.count()) == (1, 0)


def test_caches_keep_one_answer_for_all_whoever_is_logged_in(link, client, enter):
    for browser in (client, enter("editor")):
        for address in (f"/q/{link.code}", "/q/nothing"):
            assert "Cookie" not in browser.get(address).headers.get("Vary", "")


def test_a_destination_may_change_after_print(link, client):
    Link.objects.filter(pk=link.pk).update(destination="https://www.mfa.example/new")

    assert client.get(f"/q/{link.code}").url == "https://www.mfa.example/new"


def test_unknown_embargoed_and_withdrawn_answer_alike(link, client):
    unknown = client.get("/q/nothing")
    Link.objects.filter(pk=link.pk).update(opens_at=Now() + timedelta(minutes=1))
    embargoed = client.get(f"/q/{link.code}")
    Link.objects.filter(pk=link.pk).update(opens_at=None, withdrawn_at=Now())
    withdrawn = client.get(f"/q/{link.code}")

    assert {answer.status_code for answer in (unknown, embargoed, withdrawn)} == {404}
    assert unknown.content == embargoed.content == withdrawn.content


def test_a_host_that_is_no_longer_allowed_stops_its_links(link, client):
    unknown = client.get("/q/nothing")
    Link.objects.filter(pk=link.pk).update(destination="https://gone.example/")

    stopped = client.get(f"/q/{link.code}")

    assert (stopped.status_code, stopped.content) == (404, unknown.content)
    assert not Scan.objects.exists()


def delete_host(client: Client, host: Host, way: str) -> str:
    """Press the button; the page that people see then."""
    address = {
        "one": reverse("wagtailsnippets_links_host:delete", args=[host.pk]),
        "many": reverse("wagtail_bulk_action", args=["links", "host", "delete"]) + f"?id={host.pk}",
    }[way]
    return client.post(address, follow=True).content.decode()


@pytest.mark.parametrize("way", ["one", "many"])
def test_a_host_stays_while_links_lead_to_it(way, link, enter):
    host = Host.objects.get(name="www.mfa.example")
    Link.objects.filter(pk=link.pk).update(
        destination="http://WWW.mfa.example/expo", opens_at=Now() + timedelta(days=1)
    )
    Link.objects.exclude(pk=link.pk).update(withdrawn_at=Now())

    page = delete_host(enter("admin"), host, way)

    assert link.title in page
    assert "Change them first." in page
    assert Host.objects.filter(pk=host.pk).exists()


@pytest.mark.parametrize("way", ["one", "many"])
def test_a_host_goes_when_no_link_leads_to_it(way, link, enter):
    Link.objects.filter(pk=link.pk).update(destination="https://www.mfa.example.org/www.mfa.example")
    Link.objects.exclude(pk=link.pk).update(withdrawn_at=Now())

    delete_host(enter("admin"), Host.objects.get(name="www.mfa.example"), way)

    assert not Host.objects.filter(name="www.mfa.example").exists()


def test_a_host_that_links_lead_to_is_not_renamed(link):
    host = Host.objects.get(name="www.mfa.example")
    host.name = "mfa.example"

    with pytest.raises(ValidationError, match="Links lead to pages of"):
        host.full_clean()

    Link.objects.update(withdrawn_at=Now())
    host.full_clean()


def test_scans_are_taken_from_the_buffer_and_added_in_one_go_or_not_at_all(link):
    def fail(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        if sql.startswith('UPDATE "links_link"'):
            raise OperationalError("the server went away")
        return execute(sql, *rest)

    Scan.objects.create(link=link)
    with connection.execute_wrapper(fail), pytest.raises(OperationalError):
        Scan.add_up()

    assert (Link.objects.get(pk=link.pk).scans, Scan.objects.count()) == (0, 1)
    assert Scan.add_up() == 1


def test_codes_have_no_letters_that_look_alike():
    assert not set("0O1lIoiL") & set(ALPHABET)
    assert len(new_code()) == 7
    assert len({new_code() for _ in range(1000)}) == 1000
