"""The pictures of a mission's own accounts."""

import hashlib
import json
from collections.abc import Callable
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse
from PIL import Image

from cms.account_kits.build import order_kit, wanted
from cms.account_kits.models import AccountKit, AccountWords
from cms.account_kits.work import make
from cms.brands.models import Brand
from cms.editions.in_use import users_of
from cms.jobs.models import Job
from cms.jobs.queue import cancel
from cms.jobs.run import Cancelled
from cms.missions.models import Mission
from cms.variants.models import PUBLIC, StoredFile
from cms.variants.wagtail_hooks import sweep_objects
from media_tools.platforms import placements

PLACE = reverse("account_kit")


class Quiet:
    """A run that nobody watches, stopped after a number of steps if one is given."""

    def __init__(self, steps: int | None = None) -> None:
        self.steps = steps

    def advance(self, done: int, *_: object) -> None:
        if done == self.steps:
            raise Cancelled

    def alive(self) -> None: ...


@pytest.fixture
def small(rabat) -> Mission:
    """A mission with one language and the pictures of one platform."""
    rabat.languages, rabat.platforms = ["en"], ["x"]
    rabat.save()
    return rabat


@pytest.fixture
def brand(db) -> Brand:
    return Brand.objects.get()


@pytest.fixture
def order(small, brand, people, at_commit) -> Callable[[], AccountKit]:
    """Order the mission's kit as it would be now, and let the worker make it."""

    def order() -> AccountKit:
        with at_commit():
            kit = order_kit(wanted(small, Brand.objects.get(pk=brand.pk)), people["rabat"])
        return AccountKit.objects.get(pk=kit.pk)

    return order


def content(file: StoredFile) -> bytes:
    with default_storage.open(file.key) as stored:
        return stored.read()


def test_every_picture_has_the_size_that_its_platform_asks_for(order):
    kit = order()

    archive = ZipFile(BytesIO(content(kit.file)))
    manifest = json.loads(archive.read("manifest.json"))
    assert {entry["placement"] for entry in manifest["files"]} == {"x.avatar", "x.header"}
    for entry in manifest["files"]:
        picture = archive.read(entry["name"])
        slot = placements()[entry["placement"]]
        assert Image.open(BytesIO(picture)).size == (slot.width, slot.height) == (entry["width"], entry["height"])
        assert hashlib.sha256(picture).hexdigest() == entry["sha256"]
        assert entry["name"].startswith("en/x/embassy-in-rabat_en_x.")
        assert entry["alt"]
    assert archive.read("SHA256SUMS").decode().count("\n") == 2


def test_it_is_made_once_for_the_same_brand_and_names(order):
    assert order() == order()
    assert Job.objects.filter(kind="account_kits.make").count() == 1


def test_made_again_it_has_the_same_bytes(order):
    kit = order()
    before = content(kit.file)
    kit.pictures.all().delete()
    AccountKit.objects.filter(pk=kit.pk).update(file=None)

    make(Quiet(), kit.pk)

    again = AccountKit.objects.get(pk=kit.pk)
    assert again.file_id != kit.file_id
    assert content(again.file) == before


def test_a_changed_brand_makes_another_kit_in_place_of_the_old_one(order, brand, enter):
    old = order()
    Brand.objects.filter(pk=brand.pk).update(primary="#5B1A3A")
    page = enter("rabat").get(PLACE).content.decode()
    assert old.file.key not in page
    assert "have changed since your last kit" in page

    new = order()

    assert new.digest != old.digest
    assert {row.sha256 for row in StoredFile.objects.filter(account_pictures__kit=new)}
    assert list(AccountKit.objects.all()) == [new]
    assert enter("rabat").get(reverse("file", args=[old.file.key])).status_code == 404


@pytest.mark.parametrize("what", ["names", "platforms", "ministry"])
def test_whatever_the_pictures_show_is_in_the_digest(what, small, brand):
    before = wanted(small, brand).digest

    match what:
        case "names":
            small.names.filter(language="en").update(name="Embassy of somewhere")
        case "platforms":
            Mission.objects.filter(pk=small.pk).update(platforms=["x", "linkedin"])
        case "ministry":
            brand.names.filter(language="en").update(ministry="Ministry of Elsewhere")

    assert wanted(Mission.objects.get(pk=small.pk), Brand.objects.get()).digest != before


def test_the_gate_knows_whose_it_is(order, enter):
    kit = order()
    picture = kit.pictures.get(placement="x.avatar")
    keys = [kit.file.key, picture.file.key, picture.thumbnail.key]

    def answers(name: str) -> set[int]:
        return {enter(name).get(reverse("file", args=[key])).status_code for key in keys}

    assert answers("rabat") == answers("designer") == answers("admin") == {200}
    assert answers("tokyo") == answers("editor") == {404}
    assert not AccountKit.objects.leaving(PUBLIC).exists()
    assert 'filename="embassy-in-rabat_en_x.avatar.png"' in _disposition(enter("rabat"), picture.file.key)


def _disposition(client, key: str) -> str:
    return client.get(reverse("file", args=[key]) + "?download").headers["Content-Disposition"]


def test_a_mission_presses_one_button_and_takes_it(small, enter, at_commit):
    client = enter("rabat")
    assert "Make the kit" in client.get(PLACE).content.decode()

    with at_commit():
        client.post(PLACE)

    page = client.get(PLACE).content.decode()
    kit = AccountKit.objects.get(mission=small)
    assert kit.file.key in page
    assert "1500×500" in page
    for picture in kit.pictures.all():
        assert picture.file.key in page
        assert picture.thumbnail.key in page


def test_headquarters_makes_it_for_any_mission(small, enter, at_commit):
    place = reverse("account_kits:mission", args=[small.pk])
    with at_commit():
        enter("designer").post(place)

    assert AccountKit.objects.get().file.key in enter("admin").get(place).content.decode()
    assert enter("editor").get(place).status_code in (302, 403)
    assert enter("editor").post(place).status_code in (302, 403)


def test_a_language_that_the_brand_or_the_mission_lacks_is_told_and_the_others_are_made(small, brand, enter, at_commit):
    small.languages = ["fr", "ar", "en"]
    small.save()
    brand.names.filter(language="ar").delete()
    small.names.filter(language="fr").delete()
    client = enter("rabat")

    with at_commit():
        client.post(PLACE)

    page = client.get(PLACE).content.decode()
    assert "The brand kit has no name of the ministry in this language" in page
    assert "The mission has no name in this language" in page
    assert set(AccountKit.objects.get().pictures.values_list("language", flat=True)) == {"en"}


def test_no_language_and_no_brand_is_a_sentence_and_no_button(small, enter):
    Brand.objects.get().names.filter(language="en").delete()
    page = enter("rabat").get(PLACE).content.decode()
    assert "Nothing can be made in any language of the mission." in page
    assert "Make the kit" not in page
    enter("rabat").post(PLACE)
    assert not AccountKit.objects.exists()

    Brand.objects.all().delete()
    assert "Headquarters has no brand kit yet" in enter("rabat").get(PLACE).content.decode()


def test_cancelled_it_says_so_and_goes_on_where_it_stopped(small, brand, people, enter, at_commit):
    kit = order_kit(wanted(small, brand), people["rabat"])
    with pytest.raises(Cancelled):
        make(Quiet(steps=1), kit.pk)
    first = kit.pictures.get()
    client = enter("rabat")
    assert "0 of 2" in client.get(PLACE).content.decode().replace('<bdi class="num">', "").replace("</bdi>", "")

    client.post(PLACE, {"cancel": "1"})

    assert Job.objects.get().state == Job.State.CANCELLED
    page = client.get(PLACE).content.decode()
    assert "The making was stopped" in page
    with at_commit():
        client.post(PLACE)
    assert AccountKit.objects.get().file
    assert first in kit.pictures.all()


def test_a_job_that_waits_is_cancelled_at_once(small, brand, people):
    kit = order_kit(wanted(small, brand), people["rabat"])

    cancel(Job.objects.get(key=kit.job_key))

    assert not kit.pictures.exists()


def test_an_arabic_mission_sees_arabic_pages_and_gets_arabic_names(small, people, enter, at_commit):
    small.languages = ["ar"]
    small.save()
    people["rabat"].language = "ar"
    people["rabat"].save()
    client = enter("rabat")
    with at_commit():
        client.post(PLACE)

    page = client.get(PLACE).content.decode()

    assert '<html lang="ar" dir="rtl">' in page
    header = AccountKit.objects.get().pictures.get(placement="x.header")
    assert "السفارة في الرباط" in header.alt
    assert header.file_name == "embassy-in-rabat_ar_x.header.png"


def test_a_name_without_room_refuses_its_header_in_words(small, enter, at_commit):
    small.platforms = ["linkedin"]
    small.save()
    long = "DONAUDAMPFSCHIFFFAHRTSGESELLSCHAFTSKAPITÄNSPATENTVERWALTUNGSVERTRETUNG"
    small.names.filter(language="en").update(name=long)
    client = enter("rabat")
    with at_commit():
        client.post(PLACE)

    kit = AccountKit.objects.get()
    refused = kit.pictures.get(placement="linkedin.cover")
    page = client.get(PLACE).content.decode()
    assert refused.file is None
    assert refused.refusals[0]["remedy"] in page
    manifest = json.loads(ZipFile(BytesIO(content(kit.file))).read("manifest.json"))
    assert [entry["placement"] for entry in manifest["refused"]] == ["linkedin.cover"]
    assert [entry["placement"] for entry in manifest["files"]] == ["linkedin.avatar"]


def test_the_sweep_keeps_kits_and_takes_what_replaced_kits_left(order, brand, settings):
    settings.ORPHANS_AFTER = 0
    old = order()
    sweep_objects()
    assert content(old.file)
    Brand.objects.filter(pk=brand.pk).update(accent="#7A3E00")
    new = order()

    sweep_objects()

    assert content(new.file)
    assert not StoredFile.objects.filter(pk=old.file_id).exists()


def test_a_kit_keeps_no_brand_kit_and_no_mission_in_being(order, brand):
    kit = order()

    assert kit.file_name not in [*users_of(brand), *users_of(kit.mission)]


WORDS = {"words-en-place": "Morocco", "words-en-message": "Serving Vietnamese citizens in Morocco"}


def test_the_words_of_a_mission_stand_on_its_pictures_and_in_the_form(small, enter, at_commit):
    client = enter("rabat")

    with at_commit():
        client.post(PLACE, WORDS)

    kit = AccountKit.objects.get()
    assert kit.wanted["accounts"] == [
        {"language": "en", "mission": "Embassy in Rabat", "place": "Morocco", "message": WORDS["words-en-message"]}
    ]
    assert "Morocco" in kit.pictures.get(placement="x.avatar").alt
    assert WORDS["words-en-message"] in kit.pictures.get(placement="x.header").alt
    page = client.get(PLACE).content.decode()
    assert kit.file.key in page
    assert 'value="Morocco"' in page


def test_other_words_make_another_kit_and_the_same_make_none(small, brand):
    plain = wanted(small, brand).digest
    row = AccountWords.objects.create(mission=small, language="en", place="Morocco")
    with_place = wanted(Mission.objects.get(pk=small.pk), brand).digest
    AccountWords.objects.filter(pk=row.pk).update(message="One line")
    with_both = wanted(Mission.objects.get(pk=small.pk), brand).digest
    AccountWords.objects.filter(pk=row.pk).update(place="", message="")

    assert len({plain, with_place, with_both}) == 3
    assert wanted(Mission.objects.get(pk=small.pk), brand).digest == plain


def test_words_are_kept_for_who_makes_the_kit_without_saying_any_and_go_when_they_are_emptied(small, enter):
    client = enter("rabat")
    client.post(PLACE, WORDS)

    client.post(PLACE)
    assert AccountWords.objects.get().place == "Morocco"

    client.post(PLACE, dict.fromkeys(WORDS, " "))
    assert not AccountWords.objects.exists()


@pytest.mark.parametrize(
    ("field", "words", "why"),
    [("place", "The Kingdom of Morocco", "at most 20 characters"), ("message", "Help\u202egnp", "character")],
    ids=["too long", "a hidden character"],
)
def test_words_that_cannot_be_drawn_are_refused_beside_their_field_and_nothing_is_kept(field, words, why, small, enter):
    answer = enter("rabat").post(PLACE, {**WORDS, f"words-en-{field}": words})

    page = answer.content.decode()
    assert answer.status_code == 200
    assert why in page.split(f'id="id_words-en-{field}_error"')[1].split("</small>")[0]
    assert not AccountWords.objects.exists()
    assert not AccountKit.objects.exists()


def test_arabic_words_stand_on_arabic_pictures_alone(small, enter, at_commit):
    small.languages = ["ar", "en"]
    small.save()

    with at_commit():
        enter("rabat").post(PLACE, {"words-ar-place": "المغرب", "words-ar-message": "في خدمتكم كل يوم"})

    kit = AccountKit.objects.get()
    assert "المغرب" in kit.pictures.get(placement="x.avatar", language="ar").alt
    assert "في خدمتكم كل يوم" in kit.pictures.get(placement="x.header", language="ar").alt
    assert not any("المغرب" in picture.alt for picture in kit.pictures.filter(language="en"))


def test_headquarters_words_a_missions_kit_and_another_mission_does_not(small, enter, at_commit):
    place = reverse("account_kits:mission", args=[small.pk])

    enter("tokyo").post(place, WORDS)
    assert not AccountWords.objects.exists()

    with at_commit():
        enter("designer").post(place, WORDS)
    assert AccountWords.objects.get().mission == small
    assert 'value="Morocco"' in enter("designer").get(place).content.decode()
