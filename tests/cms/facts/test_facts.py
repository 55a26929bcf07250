"""What the library refuses is told on the form, and what slipped in breaks no page."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from cms.facts.models import Fact, FactWords
from cms.infographics.models import Infographic
from media_tools.errors import InvalidInput

SOFT = "vis\u00aditors"
"""As Word writes it: with a soft hyphen that nobody sees."""
BUTTONS = {"draft": {}, "published": {"action-publish": "action-publish"}}


@pytest.fixture
def fact(db) -> Fact:
    return Fact.objects.get(key="expo-visitors-a-day")


def form(**changes: str) -> dict[str, str]:
    """A new fact as its screen sends it; `words__label` is the label of its only words."""
    fields = {
        "key": "new-fact", "value": "10000", "notation": "number", "bound": "exact", "as_of": "2025-10-13",
        "source": "Expo 2025, final report", "source_address": "", "owner": "", "look_again": "",
        "words-TOTAL_FORMS": "1", "words-INITIAL_FORMS": "0", "words-MIN_NUM_FORMS": "1", "words-MAX_NUM_FORMS": "1000",
        "words-0-id": "", "words-0-DELETE": "", "words-0-language": "en", "words-0-label": "visitors on one day",
        "words-0-unit": "", "words-0-as_of": "", "words-0-source": "",
    }  # fmt: skip
    return fields | {name.replace("words__", "words-0-"): value for name, value in changes.items()}


REFUSED = {
    "a soft hyphen in the label": ({"words__label": SOFT}, "has the invisible character U+00AD"),
    "a mark of direction in the unit": ({"words__unit": "\u202ea day"}, "has the invisible character U+202E"),
    "a soft hyphen in the day": ({"words__as_of": "Octo\u00adber"}, "has the invisible character U+00AD"),
    "a soft hyphen in the words of the source": ({"words__source": SOFT}, "has the invisible character U+00AD"),
    "nothing that can be seen": ({"words__label": "\u200b"}, "has nothing that can be seen"),
    "a soft hyphen in the source": ({"source": SOFT}, "has the invisible character U+00AD"),
    "no label": ({"words__label": ""}, "This field is required."),
    "no language": ({"words__language": ""}, "This field is required."),
    "no value": ({"value": ""}, "This field is required."),
    "no number": ({"value": "NaN"}, "Enter a number."),
}


@pytest.mark.parametrize("button", BUTTONS.values(), ids=BUTTONS)
@pytest.mark.parametrize(("changes", "sentence"), REFUSED.values(), ids=REFUSED)
def test_what_the_library_refuses_is_told_on_the_form_once(changes, sentence, button, enter):
    answer = enter("editor").post(reverse("wagtailsnippets_facts_fact:add"), form(**changes) | button)

    page = answer.content.decode()
    assert answer.status_code == 200
    assert page.count(sentence) == 1
    assert not Fact.objects.filter(key="new-fact").exists()


@pytest.mark.parametrize("button", BUTTONS.values(), ids=BUTTONS)
def test_a_fact_that_can_be_shown_is_saved(button, enter):
    answer = enter("editor").post(reverse("wagtailsnippets_facts_fact:add"), form() | button)

    fact = Fact.objects.get(key="new-fact")
    assert answer.status_code == 302
    assert (str(fact), fact.live) == ("10,000: visitors on one day", bool(button))


def test_the_model_names_the_field_that_is_refused(fact):
    fact.source = SOFT
    with pytest.raises(ValidationError) as refused:
        fact.full_clean()
    assert set(refused.value.message_dict) == {"source"}

    words = FactWords(fact=fact, language="lo", label=SOFT, unit=SOFT)
    with pytest.raises(ValidationError) as refused:
        words.full_clean()
    assert set(refused.value.message_dict) == {"label", "unit"}


@pytest.fixture(params=["", SOFT], ids=["no label", "a soft hyphen"])
def broken(request, fact) -> Fact:
    """Words that came in before anybody asked the library."""
    fact.words.filter(language="en").update(label=request.param)
    Fact.objects.get(pk=fact.pk).save_revision()
    return Fact.objects.get(pk=fact.pk)


def test_a_fact_that_cannot_be_shown_goes_by_its_key(broken):
    assert str(broken) == "expo-visitors-a-day"


def test_the_reason_names_fact_field_and_remedy(broken):
    with pytest.raises(InvalidInput) as refused:
        broken.to_spec("en")

    assert refused.value.field == "fact expo-visitors-a-day.label"
    assert refused.value.why
    assert refused.value.remedy


def test_no_page_breaks_on_it(broken, enter, people, design):
    editor = enter("editor")
    addresses = [
        reverse("wagtailsnippets_facts_fact:list"),
        reverse("wagtailsnippets_facts_fact:edit", args=[broken.pk]),
        reverse("wagtailsnippetchoosers_facts_fact:choose"),
    ]

    pages = [editor.get(address).content.decode() for address in addresses]
    preview = broken.make_preview_request(extra_request_attrs={"user": people["editor"]})
    drawn = Infographic.objects.get(pk=design.pk).make_preview_request(
        preview_mode="x.post", extra_request_attrs={"user": people["editor"]}
    )

    assert all("expo-visitors-a-day" in page for page in pages)
    assert "fact expo-visitors-a-day.label" in preview.content.decode()
    assert (preview.status_code, drawn.status_code) == (200, 200)
    assert "fact expo-visitors-a-day: label:" in drawn.content.decode()


def test_the_preview_shows_each_language(fact, people):
    html = fact.make_preview_request(extra_request_attrs={"user": people["editor"]}).content.decode()

    assert "visitors" in html
    assert 'lang="ar"' in html


def test_a_value_is_kept_as_it_was_typed(db):
    fact = Fact(key="half", value=Decimal("2.500000"), as_of=date(2025, 1, 1), source="Us")
    fact.words.add(FactWords(language="en", label="of them"))

    fact.full_clean()

    assert str(fact.to_spec("en").value) == "2.5"
