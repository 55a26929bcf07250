"""Clips as they look while somebody types."""

import base64
from io import BytesIO

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from PIL import Image

from cms.clips.models import Clip, Framing
from tests.cms.clips.conftest import FEW, soup, typed

SIZES = {"x.post": (1280, 720), "instagram.feed_square": (1080, 1080)}


def page(clip: Clip, mode: str, user) -> BeautifulSoup:
    response = clip.make_preview_request(preview_mode=mode, extra_request_attrs={"user": user})
    assert response.status_code == 200
    return soup(response.content)


def pictures(clip: Clip, mode: str, user) -> list[str]:
    return [picture["src"] for picture in page(clip, mode, user).select("img")]


def decoded(source: str) -> Image.Image:
    front, _, data = source.partition(",")
    assert front == "data:image/webp;base64"
    return Image.open(BytesIO(base64.b64decode(data)))


def in_proportion(picture: Image.Image, placement: str) -> bool:
    width, height = SIZES[placement]
    return picture.format == "WEBP" and abs(picture.width * height / width - picture.height) <= 1


@pytest.mark.parametrize("placement", FEW)
def test_one_placement_comes_with_its_frame_its_end_card_and_its_thumbnail(placement, clip, people):
    shown = page(clip, placement, people["editor"])

    frame, card, thumbnail = (decoded(picture["src"]) for picture in shown.select("img"))

    assert in_proportion(frame, placement)
    assert all(in_proportion(picture, placement) for picture in (card, thumbnail))
    told = [caption.next_element.strip() for caption in shown.select("figcaption")]
    assert told[1:] == ["End card", "Thumbnail"]
    assert shown.select_one(".missing") is None


def test_the_sheet_asks_for_each_placement_by_itself(clip, people, enter):
    sources = pictures(clip, "sheet", people["editor"])

    answers = [enter("editor").get(source) for source in sources]

    assert len(sources) == len(FEW)
    for answer, placement in zip(answers, FEW, strict=True):
        assert answer.headers["Content-Type"] == "image/webp"
        assert in_proportion(Image.open(BytesIO(answer.content)), placement)


def _frame(clip: Clip) -> None:
    clip.framings.add(Framing(aspect="1:1", fit="pad"))


CHANGES = {
    "caption": lambda clip: setattr(clip, "cues", {"cues": [{"start": 0, "end": 900, "text": "Ten people came"}]}),
    "no captions": lambda clip: setattr(clip, "cues", {"cues": []}),
    "in": lambda clip: setattr(clip, "begins", 950),
    "frame": _frame,
    "subject": lambda clip: setattr(clip, "focal_x", 0),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_what_is_typed_is_seen_at_once_and_not_kept(change, clip, people):
    before = pictures(clip, "instagram.feed_square", people["editor"])
    typed_over = Clip.objects.get(pk=clip.pk)
    change(typed_over)

    after = pictures(typed_over, "instagram.feed_square", people["editor"])

    assert after[0] != before[0]
    assert after[1] == before[1]  # the card
    assert Clip.objects.get(pk=clip.pk).latest_revision == clip.latest_revision


def test_other_words_of_the_end_card_change_it_alone(clip, people):
    before = pictures(clip, "x.post", people["editor"])
    clip.card_verb = "See it all again"

    after = pictures(clip, "x.post", people["editor"])

    assert after[0] == before[0]
    assert after[1] != before[1]


@pytest.mark.parametrize("mode", ["x.post", "sheet"])
def test_without_footage_nothing_is_drawn_and_the_page_says_what_is_missing(mode, clip, people):
    clip.footage = None

    shown = page(clip, mode, people["editor"])

    assert shown.select("img") == []
    assert [row.get_text() for row in shown.select(".missing li")] == ["Footage: is not chosen. Choose one."]
    assert "Nothing can be drawn yet." in shown.get_text()


def test_a_clip_without_an_end_card_shows_none(clip, people):
    clip.card_verb, clip.card_link = "", None

    shown = page(clip, "x.post", people["editor"])

    assert len(shown.select("img")) == 2
    assert shown.select_one(".missing") is None


def test_an_end_card_by_half_is_left_out_and_said(clip, people):
    clip.card_link = None

    shown = page(clip, "x.post", people["editor"])

    assert len(shown.select("img")) == 2
    assert "End card: has words and no link." in shown.select_one(".missing").get_text()


def test_a_clip_without_a_title_is_drawn_all_the_same(clip, people):
    clip.title = ""

    assert len(pictures(clip, "x.post", people["editor"])) == 3


def test_times_that_cannot_be_are_said_and_nothing_is_drawn(clip, people):
    clip.begins, clip.ends = 1800, 900

    shown = page(clip, "x.post", people["editor"])

    assert shown.select("img") == []
    assert "Footage: ends at 0.9 s and begins at 1.8 s." in shown.select_one(".missing").get_text()


def test_beyond_the_end_of_the_footage_its_last_picture_stands(clip, people):
    clip.begins, clip.cues = 60_000, {"cues": []}

    (frame, _card, _thumbnail) = pictures(clip, "x.post", people["editor"])

    assert in_proportion(decoded(frame), "x.post")


@pytest.mark.parametrize("name", ["approver", "designer", "editor"])
def test_pictures_of_drafts_are_for_staff(name, clip, people, enter):
    (source, _other) = pictures(clip, "sheet", people["editor"])

    assert enter(name).get(source).status_code == 200
    assert enter("rabat").get(source).status_code == 302  # to the login


def test_the_panel_beside_the_editor_shows_what_the_form_holds(clip, enter):
    client, panel = enter("editor"), reverse(Clip.snippet_viewset.get_url_name("preview_on_edit"), args=[clip.pk])
    form = soup(client.get(reverse(Clip.snippet_viewset.get_url_name("edit"), args=[clip.pk])).content)
    told = typed(form.select_one("#w-editor-form"))
    told["cues-text"][0] = "Typed a moment ago"

    assert client.post(panel, told).json()["is_valid"]
    shown = soup(client.get(panel, {"mode": "x.post"}).content)

    before = pictures(clip, "x.post", client.get(panel).wsgi_request.user)
    after = [picture["src"] for picture in shown.select("img")]
    assert after[0] != before[0]
    assert after[1] == before[1]
