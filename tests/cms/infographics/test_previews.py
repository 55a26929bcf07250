"""Drafts as they look while somebody types."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from cms.editions.previews import KeptDraft
from cms.facts.models import Fact
from cms.infographics.models import Infographic
from cms.jobs.easels import Superseded


def page(design: Infographic, mode: str, user) -> str:
    response = design.make_preview_request(preview_mode=mode, extra_request_attrs={"user": user})
    assert response.status_code == 200
    return response.content.decode()


def pictures(html: str) -> list[str]:
    return re.findall(r'<img src="([^"]+)"', html)


def test_one_placement_comes_with_its_page(design, people):
    (source,) = pictures(page(design, "x.post", people["editor"]))

    assert source.startswith("data:image/webp;base64,")


def test_the_sheet_asks_for_each_placement_by_itself(design, people, enter):
    sources = pictures(page(design, "sheet", people["editor"]))

    answers = [enter("editor").get(source) for source in sources]

    assert len(sources) == len(design.placements)
    assert [answer.headers["Content-Type"] for answer in answers] == ["image/webp"] * len(sources)


def test_a_correction_of_a_fact_changes_the_preview_and_not_the_draft(design, people):
    before = pictures(page(design, "x.post", people["editor"]))
    revision = design.latest_revision

    Fact.objects.filter(key="expo-visitors-a-day").update(value=12_345)
    after = pictures(page(Infographic.objects.get(pk=design.pk), "x.post", people["editor"]))

    assert after != before
    assert Infographic.objects.get(pk=design.pk).latest_revision == revision


def test_an_unfinished_draft_shows_what_there_is_and_says_what_is_missing(design, people):
    stream = design.body.get_prep_value()
    del next(block for block in stream if block["type"] == "headline")["value"]["text"]
    design.body = stream

    html = page(design, "x.post", people["editor"])

    assert len(pictures(html)) == 1
    assert "Headline: text: is missing." in html


@pytest.mark.parametrize("name", ["approver", "designer", "editor"])
def test_pictures_of_drafts_are_for_staff(name, design, people, enter):
    (source, _other) = pictures(page(design, "sheet", people["editor"]))

    assert enter(name).get(source).status_code == 200
    assert enter("rabat").get(source).status_code == 302  # to the login


def test_a_draft_that_was_typed_over_is_not_drawn(design):
    sketch = design.sketch()
    kept = [KeptDraft("somebody 1", generation, sketch.spec, sketch.brand, "infographic") for generation in (1, 2)]
    kept[1].picture("x.post", 320)

    with pytest.raises(Superseded):
        kept[0].picture("x.post", 320)


def test_guessed_names_of_drafts_are_not_found(db, enter):
    for token in ("0" * 64, "..", "a" * 63):
        address = reverse("draft_picture", args=[token, "x.post"])

        assert enter("editor").get(address).status_code == 404
    assert not list(Path(settings.DRAFTS).glob("../*.json"))
