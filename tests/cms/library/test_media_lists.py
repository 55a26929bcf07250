"""Footage in lists: how it looks, how long it is, and how far its small copies are."""

import pytest
from bs4 import BeautifulSoup, Tag
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Collection

from cms.jobs.models import Job
from cms.library.models import Media, Proxy

LISTS = ["wagtailmedia:index", "wagtailmedia:chooser"]


def kept(title: str, kind: str = "video", **changes: object) -> Media:
    file = ContentFile(title.encode(), name=f"{title}.mp4")
    return Media.objects.create(title=title, type=kind, file=file, **changes)


def with_copies(media: Media, poster: str = "poster.jpg") -> Proxy:
    return Proxy.objects.create(
        media=media, sha256=media.sha256, film=ContentFile(b"film", name="film.mp4"), seconds=64.6, width=960,
        height=540, poster=ContentFile(b"poster", name=poster) if poster else "",
    )  # fmt: skip


def row(client: Client, name: str, title: str) -> Tag:
    answer = client.get(reverse(name))
    page = answer.json()["html"] if name.endswith("chooser") else answer.content.decode()
    return BeautifulSoup(page, "html.parser").find("a", string=title).find_parent("tr")


@pytest.fixture
def designer(enter) -> Client:
    return enter("designer")


@pytest.mark.parametrize("name", LISTS)
def test_a_list_shows_the_poster_of_the_small_copy_and_its_length(name, designer):
    proxy = with_copies(kept("Opening"))

    shown = row(designer, name, "Opening")

    assert shown.img["src"] == proxy.poster.url
    assert shown.select_one(".at-media-state").get_text(" ", strip=True) == "1:05"
    assert designer.get(shown.img["src"]).status_code == 200


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ({"state": Job.State.WAITING}, "A small copy is being made: 0 %"),
        ({"state": Job.State.RUNNING, "done": 40}, "A small copy is being made: 40 %"),
        ({"state": Job.State.FAILED}, "No small copy could be made: open it to see why."),
        ({"state": Job.State.CANCELLED}, "No small copy yet"),
    ],
)
def test_where_there_is_no_small_copy_a_list_says_how_far_it_is(state, said, designer):
    media = kept("Opening", duration=12)
    Job.objects.filter(key=f"proxy {media.pk}").update(**state)

    shown = row(designer, "wagtailmedia:index", "Opening")

    assert shown.img is None
    assert shown.select_one(".at-media-state").get_text(" ", strip=True) == f"0:12 {said}"


def test_copies_of_bytes_that_are_gone_are_not_shown(designer):
    media = kept("Opening")
    with_copies(media)
    Proxy.objects.update(sha256="0" * 64)

    assert row(designer, "wagtailmedia:index", "Opening").img is None


def test_sound_has_a_sign_in_the_place_of_a_poster(designer):
    with_copies(kept("Anthem", "audio"), poster="")

    shown = row(designer, "wagtailmedia:index", "Anthem")

    assert shown.img is None
    assert "audio" in shown.select_one(".at-media-poster use")["href"]


@pytest.mark.parametrize("name", LISTS)
def test_a_list_of_many_asks_no_more_than_a_list_of_two(name, designer):
    inner = Collection.get_first_root_node().add_child(name="Archive")

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert designer.get(reverse(name)).status_code == 200
        return len(queries)

    with_copies(kept("One", collection=inner))
    kept("Two")
    asked()  # what is read once and remembered
    few = asked()
    for number in range(4):
        with_copies(kept(f"More {number}", collection=inner))
        kept(f"Others {number}")

    assert asked() == few
