"""Rights act on designs and their files: nothing leaves, people are told before, and what is used stays."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.contrib.contenttypes.models import ContentType
from django.core import mail
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.db import transaction
from django.db.models.functions import Now
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from cms.editions.models import Edition
from cms.editions.refusals import InUse, NotReady
from cms.infographics.models import Infographic
from cms.library.models import REPLACED, Image, RightsWarning
from cms.variants.ending import warn_of_ending_rights
from cms.variants.models import PUBLIC, Variant, may_leave
from cms.variants.uses import Uses
from cms.variants.work import make
from media_tools.errors import InvalidInput

DAY = timedelta(days=1)


def shown_by(design: Infographic) -> Image:
    return Image.objects.get(pk=next(iter(design.frozen().images)).pk)


def change(image: Image, **changes: object) -> None:
    Image.objects.filter(pk=image.pk).update(**changes)


def page(client: Client, image: Image) -> BeautifulSoup:
    answer = client.get(reverse("wagtailimages:edit", args=[image.pk]))
    return BeautifulSoup(answer.content, "html.parser")


def reloaded(design: Infographic) -> Infographic:
    return Infographic.objects.get(pk=design.pk)


def test_nothing_leaves_while_one_of_its_rights_stands_against_it(edition, design, rabat):
    variant, image = edition.variants.first(), shown_by(design)

    for bar in (
        {"usable_from": Now() + DAY},
        {"consent_until": Now() - DAY},
        {"rights_until": Now() - DAY},
        {"withheld": "Her consent was taken back."},
    ):
        change(image, **bar)
        assert not may_leave(variant, rabat), bar
        assert not may_leave(variant, PUBLIC), bar
        change(image, usable_from=None, consent_until=None, rights_until=None, withheld="")
        assert may_leave(variant, rabat)


def test_what_waits_for_its_first_day_is_approved_before_and_leaves_then(design, submit, approve, rabat):
    image = shown_by(design)
    change(image, usable_from=Now() + DAY)

    variant = approve(submit(design)).variants.first()

    assert not may_leave(variant, rabat)
    change(image, usable_from=Now() - timedelta(seconds=1))
    assert may_leave(variant, rabat)


@pytest.mark.parametrize(
    ("changes", "said"),
    [({"consent_until": Now() - DAY}, "has ended"), ({"withheld": "Disputed."}, "is withheld (Disputed)")],
)
def test_what_may_not_be_used_is_neither_frozen_nor_drawn_and_the_preview_says_why(changes, said, design):
    frozen = Edition.of(design)
    change(shown_by(design), **changes)

    with pytest.raises(NotReady, match=said.replace("(", r"\(").replace(")", r"\)")):
        Edition.of(reloaded(design))
    assert any(said in sentence for sentence in reloaded(design).sketch().missing)
    with pytest.raises(InvalidInput, match="may not be used any more"):
        make(None, frozen.pk)
    assert not Variant.objects.filter(edition=frozen, state=Variant.State.READY).exists()


def test_the_page_of_a_picture_lists_what_shows_it_with_its_state_and_files(edition, design, enter):
    shown = page(enter("designer"), shown_by(design)).select_one(".at-uses-list")

    (row,) = [row for row in shown.select("tbody tr") if design.title in row.text]
    assert row.a["href"] == reverse(Infographic.snippet_viewset.get_url_name("edit"), args=[design.pk])
    assert "Approved" in row.text
    assert f"{edition.variants.count()} files" in row.text


def test_a_draft_that_was_never_submitted_is_a_use(design, enter):
    (use,) = Uses(shown_by(design)).designs

    assert (use.title, use.in_draft, use.frozen) == (design.title, True, [])


def test_a_newer_approval_without_the_picture_leaves_the_older_listed_as_replaced(edition, design, submit, approve):
    image = shown_by(design)
    newer = reloaded(design)
    newer.date = "2026"
    newer.save_revision()
    approve(submit(newer))

    (use,) = Uses(image).designs

    assert [each.state for each in use.frozen] == ["approved", "superseded"]


def test_staff_look_at_files_of_what_may_not_be_used_and_do_not_take_them_away(edition, design, enter):
    approver, file = enter("approver"), reverse("file", args=[edition.variants.first().file.key])
    assert approver.get(f"{file}?download").status_code == 200
    change(shown_by(design), withheld="Disputed.")

    assert approver.get(file).status_code == 200
    assert approver.get(f"{file}?download").status_code == 404
    files = approver.get(reverse("files", args=[edition.translation_key])).content.decode()
    assert "is withheld (Disputed). Put something else in its place." in files


DELETED = {
    "the page": lambda image: (reverse("wagtailimages:delete", args=[image.pk]), {}),
    "many at once": lambda image: (
        f"{reverse('wagtail_bulk_action', args=['library', 'image', 'delete'])}?id={image.pk}",
        {},
    ),
    "the uploader of many": lambda image: (reverse("wagtailimages:delete_multiple", args=[image.pk]), {}),
}


@pytest.mark.parametrize("way", DELETED.values(), ids=DELETED)
def test_a_picture_in_use_is_not_deleted_from_any_screen(way, design, enter):
    image = shown_by(design)
    address, posted = way(image)
    designer = enter("designer")

    with transaction.atomic():  # as each request is by itself
        designer.post(address, posted, headers={"X-Requested-With": "XMLHttpRequest"})

    assert Image.objects.filter(pk=image.pk).exists()
    told = page(designer, image).get_text(" ", strip=True)
    assert f"is shown by 1 design: “{design.title}”" in told


def test_a_picture_in_use_is_not_deleted_by_a_command(design):
    image = shown_by(design)

    with pytest.raises(InUse, match=design.title):
        Image.objects.filter(pk=image.pk).delete()


def test_a_replaced_file_leaves_what_was_approved_as_it_was_and_names_what_to_make_anew(
    edition, design, picture, enter
):
    image, old = shown_by(design), edition.images.get()
    designer = enter("designer")
    form = page(designer, image).select_one("form[enctype]")
    posted = {field["name"]: field.get("value", "") for field in form.select("input[name]") if field["type"] != "file"}
    posted |= {field["name"]: field.text.strip() for field in form.select("textarea[name]")}
    posted["collection"] = image.collection_id

    with picture.open("rb") as file:
        answer = designer.post(reverse("wagtailimages:edit", args=[image.pk]), {**posted, "file": file})

    assert answer.status_code == 302, answer.context["form"].errors
    now = Image.objects.get(pk=image.pk)
    assert now.sha256 != old.sha256
    assert now.file.storage.exists(old.key)
    assert edition.images.get().sha256 == old.sha256
    entry = ModelLogEntry.objects.get(action=REPLACED, object_id=image.pk)
    assert (entry.user.username, entry.data) == ("designer", {"sha256": old.sha256})
    shown = page(designer, now)
    assert shown.select_one(".at-remade a").text == design.title
    assert "the file was replaced by Designer" in shown.select_one(".at-replaced").text


def test_saving_without_another_file_is_no_replacement(design):
    image = shown_by(design)

    image.save()
    image.title = "Another title"
    image.save()

    assert not ModelLogEntry.objects.filter(action=REPLACED).exists()


@pytest.fixture
def told(at_commit):
    """What the clock sends, by address and subject."""

    def told() -> list[tuple[str, str]]:
        mail.outbox.clear()
        with at_commit():
            warn_of_ending_rights()
        return sorted((sent.to[0], sent.subject) for sent in mail.outbox)

    return told


def test_uploader_and_editors_are_told_once_30_and_once_7_days_before(edition, design, people, told):
    image = shown_by(design)
    change(image, uploaded_by_user=people["designer"], rights_until=timezone.now() + 31 * DAY)
    assert told() == []

    change(image, rights_until=timezone.now() + 29 * DAY)
    first = told()
    assert {address for address, _subject in first} == {people["designer"].email, people["editor"].email}
    assert all(f"The right to use “{image.title}” ends on" in subject for _address, subject in first)
    assert design.title in mail.outbox[0].body
    assert f"{edition.variants.count()} files" in mail.outbox[0].body
    assert told() == []

    RightsWarning.objects.update(ends=timezone.now() + 6 * DAY)
    change(image, rights_until=RightsWarning.objects.get().ends)
    assert len(told()) == len(first)
    assert told() == []


def test_longer_rights_are_told_anew_when_they_end_and_the_first_page_forgets_the_old(design, people, told, enter):
    image = shown_by(design)
    change(image, uploaded_by_user=people["designer"], consent_until=timezone.now() + 5 * DAY)
    told()
    designer = enter("designer")
    home = reverse("wagtailadmin_home")
    assert image.title in designer.get(home).content.decode()

    change(image, consent_until=timezone.now() + 300 * DAY)
    assert image.title not in designer.get(home).content.decode()

    change(image, consent_until=timezone.now() + 6 * DAY)
    assert told()


def test_a_warning_is_no_use_and_keeps_nothing_from_being_deleted(people, told, picture):
    file = ImageFile(ContentFile(picture.read_bytes()), "alone.jpg")
    end = timezone.now() + DAY
    image = Image.objects.create(title="Alone", file=file, rights_until=end, uploaded_by_user=people["designer"])
    told()
    assert RightsWarning.objects.filter(asset_type=ContentType.objects.get_for_model(Image), asset_id=image.pk).exists()

    image.delete()

    assert not Image.objects.filter(title="Alone").exists()
