"""One rule says whether an asset may be used: the database and the row at hand agree on it."""

from datetime import timedelta
from itertools import product

import pytest
from bs4 import BeautifulSoup
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cms.library.models import Drawing, Image, Media
from cms.library.rights import State, barred, over

DAY = timedelta(days=1)
PAST, NEVER, FUTURE = -DAY, None, DAY


def moment(shift: timedelta | None) -> object:
    return shift and timezone.now() + shift


def with_rights(**changes: object) -> Image:
    image = Image.objects.order_by("pk").first()
    Image.objects.filter(pk=image.pk).update(**changes)
    return Image.objects.get(pk=image.pk)


@pytest.mark.django_db
def test_the_database_and_a_row_agree_on_every_combination():
    sound = {"type": "audio", "duration": 1, "width": None, "height": None}
    choices = product((PAST, NEVER, FUTURE), (PAST, NEVER, FUTURE), (PAST, NEVER, FUTURE), ("", "Disputed."))
    Media.objects.bulk_create(
        Media(
            title=str(number), file="x.mp3", usable_from=moment(usable), rights_until=moment(rights),
            consent_until=moment(consent), withheld=why, **sound,
        )
        for number, (usable, rights, consent, why) in enumerate(choices)
    )  # fmt: skip
    rows = list(Media.objects.all())

    assert {row.pk for row in rows if row.validity.is_over} == set(
        Media.objects.filter(over()).values_list("pk", flat=True)
    )
    assert {row.pk for row in rows if row.validity.state != State.VALID} == set(
        Media.objects.filter(barred()).values_list("pk", flat=True)
    )
    assert {row.validity.state for row in rows} == set(State)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, ""),
        ({"rights_until": 90 * DAY}, ""),
        ({"rights_until": 20 * DAY}, "Rights end"),
        ({"rights_until": PAST}, "Rights ended"),
        ({"rights_until": 90 * DAY, "consent_until": PAST}, "Rights ended"),
        ({"usable_from": FUTURE}, "From"),
    ],
)
def test_lists_say_what_keeps_a_picture_from_being_used(changes, said, enter):
    image = with_rights(**{name: moment(shift) for name, shift in changes.items()})

    for name in ("wagtailimages:index", "wagtailimages_chooser:choose"):
        answer = enter("designer").get(reverse(name))
        page = answer.json()["html"] if "chooser" in name else answer.content.decode()
        badges = [badge.text for badge in BeautifulSoup(page, "html.parser").select(".at-rights")]

        assert badges == ([image.validity.words] if said else [])
        assert image.validity.words.startswith(said)


def test_a_list_of_footage_says_that_it_is_withheld(enter):
    Media.objects.create(title="Speech", type="video", file=ContentFile(b"1", name="a.mp4"), withheld="Disputed.")

    page = BeautifulSoup(enter("designer").get(reverse("wagtailmedia:index")).content, "html.parser")

    assert page.select_one(".at-rights").text == "Withheld"


def test_a_list_asks_no_more_of_the_database_for_pictures_whose_rights_ended(enter):
    designer = enter("designer")
    address = reverse("wagtailimages:index")
    designer.get(address)  # renditions are made once
    with CaptureQueriesContext(connection) as before:
        designer.get(address)
    Image.objects.update(rights_until=timezone.now() - DAY)
    with CaptureQueriesContext(connection) as after:
        designer.get(address)

    assert len(after) == len(before)


@pytest.mark.parametrize(("who", "status"), [("designer", 200), ("approver", 404)])
def test_only_who_can_change_an_original_still_sees_it_after_its_rights_ended(who, status, enter):
    image = with_rights(rights_until=None)
    assert enter("approver").get(image.file.url).status_code == 200 or who == "designer"
    with_rights(rights_until=timezone.now() - DAY)

    answer = enter(who).get(image.file.url)

    assert answer.status_code == status


def test_an_original_that_waits_for_its_first_day_is_there_for_who_chooses_it(enter):
    image = with_rights(usable_from=timezone.now() + DAY)

    assert enter("editor").get(image.file.url).status_code == 200


def test_consent_is_written_down_on_the_page_of_a_picture_and_not_asked_at_upload(enter):
    designer = enter("designer")
    edit = reverse("wagtailimages:edit", args=[Image.objects.order_by("pk").first().pk])

    assert 'name="consent_until"' in designer.get(edit).content.decode()
    assert 'name="consent_until"' not in designer.get(reverse("wagtailimages:add")).content.decode()


@pytest.mark.parametrize(("who", "shown"), [("designer", True), ("editor", False)])
def test_a_drawing_that_is_withheld_is_offered_to_none_but_those_who_can_change_it(who, shown, artwork, enter):
    drawing = (artwork / "harbour-office.svg").read_bytes()
    posted = {"title": "Harbour", "file": SimpleUploadedFile("harbour.svg", drawing)}
    assert enter("designer").post(reverse("drawings:add"), posted).status_code == 302
    Drawing.objects.update(withheld="Its owner objects.")

    for words in ({}, {"q": "harb"}):
        page = enter(who).get(reverse("drawing_chooser:choose_results"), words).content.decode()
        assert ("Withheld" in page) == shown
        assert ("Harbour" in page) == shown
    likeness = Drawing.objects.get().likeness.url
    assert enter(who).get(likeness).status_code == (200 if shown else 404)
