"""A clip is judged, kept and found again like every design."""

from collections.abc import Callable

import pytest
from django.core.files.storage import default_storage
from django.db.models import ProtectedError
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale

from cms.brands.models import Brand
from cms.campaigns.models import Campaign, CoreMessage
from cms.clips.models import Clip, Framing
from cms.editions.judging import obstacles
from cms.editions.models import Edition, EditionFootage
from cms.editions.refusals import InUse, NotApproved, NotReady
from cms.jobs.models import Job
from cms.jobs.queue import enqueue
from cms.library import originals
from cms.library.models import Media
from cms.links.models import Link
from cms.variants.models import PUBLIC, StoredFile, Variant, may_leave
from tests.cms.clips.conftest import CUES, FEW, SHORT, draft, later, upload

pytestmark = pytest.mark.xdist_group("clips")

SIZES = {"x.post": (1280, 720), "instagram.feed_square": (1080, 1080)}


@pytest.fixture
def design(state) -> Clip:
    """The clip that was submitted."""
    return state.submission.edition.design


def test_submitting_makes_every_file_and_what_travels_beside_it(state):
    variants = state.submission.edition.variants.all()

    assert {variant.placement: (variant.width, variant.height) for variant in variants} == SIZES
    for variant in variants:
        assert (variant.state, variant.seconds, variant.blocking) == ("ready", 5, [])
        assert {sidecar.kind for sidecar in variant.sidecars.all()} == {"srt", "vtt", "txt", "jpg"}
        kept = [variant.file, variant.thumbnail, *(sidecar.file for sidecar in variant.sidecars.all())]
        assert all(file.whole and default_storage.size(file.key) == file.bytes > 0 for file in kept)


def test_a_clip_s_transcript_is_what_its_captions_say(state):
    edition = state.submission.edition
    words = next(row.file.key for row in edition.variants.first().sidecars.all() if row.kind == "txt")

    assert edition.words["transcript"] == "Ten thousand people\ncame on one day."
    assert default_storage.open(words).read().decode() == "Ten thousand people\ncame on one day.\n"


def test_an_edition_knows_its_footage_by_its_bytes_and_names_who_made_it(state, design):
    edition, footage = state.submission.edition, design.footage

    shown = edition.footage.get()
    assert (shown.media, shown.sha256, shown.key) == (footage, footage.sha256, footage.file.name)
    assert [row.link for row in edition.links.all()] == [design.card_link]
    assert [row.message for row in edition.messages.all()] == [design.message]
    assert edition.credits == [["Film: A. Name", "CC BY 4.0"]]
    assert edition.words["alt"] == "A pattern that moves."
    assert (edition.images.count(), edition.facts.count()) == (0, 0)


def test_without_an_end_card_an_edition_shows_no_link(design):
    edition = Edition.of(later(design, card_verb="", card_link=None))

    assert edition.spec["end_card"] is None
    assert edition.links.count() == 0


def test_the_same_clip_submitted_again_makes_nothing(state, edition, submit, approve):
    before = set(StoredFile.objects.values_list("pk", flat=True))

    again = submit(later(edition.design)).submission.edition

    assert again == edition
    assert set(StoredFile.objects.values_list("pk", flat=True)) == before
    assert Job.objects.filter(kind="variants.make").count() == 1


def test_other_words_beside_a_clip_need_approval_and_no_new_files(edition, submit):
    before = set(StoredFile.objects.values_list("pk", flat=True))

    other = submit(later(edition.design, post_text="Other words.")).submission.edition

    assert other != edition
    assert other.content == edition.content
    assert set(other.variants.values_list("state", flat=True)) == {"ready"}
    assert set(StoredFile.objects.values_list("pk", flat=True)) == before
    for variant in other.variants.all():
        twin = edition.variants.get(placement=variant.placement)
        assert (variant.seconds, variant.file) == (twin.seconds, twin.file)
        assert [row.file for row in variant.sidecars.all()] == [row.file for row in twin.sidecars.all()]


def test_an_edit_slipped_in_during_moderation_is_not_what_is_approved(state, design, approve):
    slipped = {"cues": [{"start": 0, "end": 1000, "text": "Nobody came."}]}
    later(design, cues=slipped)

    edition = approve(state)

    live = Clip.objects.get(pk=design.pk)
    assert edition.spec["captions"] == CUES
    assert (live.live, live.live_revision, live.cues) == (True, state.revision, CUES)
    assert live.get_latest_revision_as_object().cues == slipped


def _framed(clip: Clip) -> None:
    clip.framings.add(Framing(aspect="1:1", fit="pad"))


CHANGES: dict[str, Callable[[Clip], object]] = {
    "a caption's words": lambda clip: clip.cues["cues"][0].update(text="Twenty thousand people"),
    "a caption's time": lambda clip: clip.cues["cues"][0].update(start=101),
    "in": lambda clip: setattr(clip, "begins", 100),
    "out": lambda clip: setattr(clip, "ends", 1900),
    "fit": lambda clip: setattr(clip, "fit", "pad"),
    "subject": lambda clip: setattr(clip, "focal_x", 51),
    "another frame": _framed,
    "look of captions": lambda clip: setattr(clip, "caption_style", "outline"),
    "lit words": lambda clip: setattr(clip, "caption_highlight", True),
    "end card's words": lambda clip: setattr(clip, "card_verb", "See it all"),
    "end card's link": lambda clip: setattr(clip, "card_link", Link.objects.exclude(pk=clip.card_link_id).first()),
    "end card's seconds": lambda clip: setattr(clip, "card_seconds", 4),
    "no end card": lambda clip: (setattr(clip, "card_verb", ""), setattr(clip, "card_link", None)),
    "QR code": lambda clip: setattr(clip, "qr", "never"),
    "alt text": lambda clip: setattr(clip, "alt_text", "A clock."),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_whatever_is_seen_or_heard_otherwise_is_another_edition(change, state, design):
    change(design)

    other = Edition.of(design)

    assert other.digest != state.submission.edition.digest
    assert other.content != state.submission.edition.content


def test_other_footage_is_another_edition(state, design, filmed_otherwise):
    other = Edition.of(later(design, footage=upload(filmed_otherwise)))

    assert other.content != state.submission.edition.content


def test_the_same_bytes_under_another_title_are_the_same_content_and_other_rights(state, design, filmed, tmp_path):
    copy = tmp_path / "copy.mp4"
    copy.write_bytes(filmed.read_bytes())

    other = Edition.of(later(design, footage=upload(copy)))

    assert other.content == state.submission.edition.content
    assert other.digest != state.submission.edition.digest


def unpublished(model: type) -> None:
    model.objects.update(live=False)


MISSING = {
    "no footage": (lambda clip: {"footage": None}, ["Footage: is not chosen. Choose one."]),
    "out before in": (
        lambda clip: {"begins": 1500, "ends": 1000},
        ["Footage: ends at 1 s and begins at 1.5 s.", "Give it an end at least 1 s after its beginning"],
    ),
    "in past the end": (
        lambda clip: {"begins": 2000, "ends": None},
        ["In: lies past the end: the footage lasts 0:02. Begin earlier."],
    ),
    "out past the end": (
        lambda clip: {"ends": 9000},
        ["Out: lies past the end: the footage lasts 0:02. End earlier, or leave it empty."],
    ),
    "words without a link": (
        lambda clip: {"card_link": None},
        ["End card: has words and no link. Choose its link, or empty its words."],
    ),
    "a link without words": (
        lambda clip: {"card_verb": ""},
        ["End card: has a link and no words. Say what the viewer is asked to do."],
    ),
    "unpublished message": (lambda clip: unpublished(CoreMessage) or {}, ["is a draft that nobody has published."]),
    "unpublished campaign": (lambda clip: unpublished(Campaign) or {}, ["is a draft that nobody has published."]),
    "no placement": (lambda clip: {"placements": []}, ["placements: names nothing. Tick at least one."]),
    "a language that the brand has not": (
        lambda clip: {"locale": Locale.objects.get_or_create(language_code="el")[0]},
        ["Brand kit: has no name of the ministry in “el”. Add it to the brand kit."],
    ),
}


@pytest.mark.parametrize(("change", "sentences"), MISSING.values(), ids=MISSING)
def test_what_is_missing_is_said_in_one_sentence(change, sentences, clip):
    clip = Clip.objects.get(pk=clip.pk)
    for name, value in change(clip).items():
        setattr(clip, name, value)

    with pytest.raises(NotReady) as refused:
        Edition.of(clip)

    (told,) = refused.value.problems
    for sentence in sentences:
        assert sentence in told


def test_everything_that_is_missing_is_said_at_once(clip):
    clip.footage, clip.card_link, clip.qr = None, None, "sometimes"

    with pytest.raises(NotReady) as refused:
        Edition.of(clip)

    assert [problem.partition(":")[0] for problem in refused.value.problems] == ["Footage", "End card", "qr"]


@pytest.mark.parametrize(
    ("field", "code"), [("credit", "credit-missing"), ("licence", "licence-missing"), ("description", "alt-missing")]
)
def test_footage_that_may_not_be_shown_as_it_is_makes_no_file(field, code, footage, submit, people):
    Media.objects.filter(pk=footage.pk).update(**{field: ""})

    state = submit(draft(Media.objects.get(pk=footage.pk), **SHORT))

    (variant,) = state.submission.edition.variants.all()
    assert (variant.state, variant.file, variant.sidecars.count()) == ("refused", None, 0)
    assert [finding["code"] for finding in variant.blocking] == [code]
    assert any("1 file is refused" in sentence for sentence in obstacles(state.submission, people["approver"]))


def test_a_clip_s_own_alt_text_stands_for_a_description_that_is_missing(design):
    Media.objects.update(description="")

    assert Edition.of(later(design, alt_text="A clock.")).words["alt"] == "A clock."


def ended(footage: Media) -> None:
    Media.objects.filter(pk=footage.pk).update(rights_until=timezone.now())


def test_nothing_of_footage_whose_rights_ended_leaves(edition, rabat, people):
    variant = edition.variants.first()
    assert may_leave(variant, rabat)

    ended(edition.design.footage)

    assert not may_leave(variant, rabat)
    assert not may_leave(variant, PUBLIC)
    assert may_leave(variant, people["approver"])


def test_footage_whose_rights_ended_stands_in_the_way_of_approval(state, design, people):
    assert obstacles(state.submission, people["approver"]) == []

    ended(design.footage)

    assert obstacles(state.submission, people["approver"]) == [
        f"The right to use “{design.footage.title}” has ended. Put something else in its place."
    ]


@pytest.mark.parametrize("row", ["footage", "card_link", "message", "brand", "campaign"])
def test_nothing_that_a_clip_stands_on_is_deleted(row, design):
    with pytest.raises((InUse, ProtectedError)):
        getattr(design, row).delete()


def test_footage_that_only_a_later_draft_shows_is_kept_too(design, filmed_otherwise):
    other = upload(filmed_otherwise)
    later(design, footage=other)

    with pytest.raises(InUse, match=design.title):
        other.delete()


def test_footage_that_only_an_edition_shows_is_kept_too(design, filmed_otherwise):
    first = design.footage
    later(design, footage=upload(filmed_otherwise)).save()

    with pytest.raises((InUse, ProtectedError)):
        first.delete()


def test_who_deletes_footage_in_use_is_told_what_shows_it(design, enter):
    address = reverse("wagtailmedia:delete", args=[design.footage.pk])

    page = enter("admin").post(address, follow=True).content.decode()

    assert f"“{design.title}” would be left without it. Change them first." in page
    assert default_storage.exists(Media.objects.get(pk=design.footage.pk).file.name)


def test_replaced_footage_leaves_the_old_object_for_the_editions_that_show_it(
    footage, submit, enter, at_commit, filmed, filmed_otherwise
):
    edition, old = submit(draft(footage, **SHORT)).submission.edition, footage.file.name
    made = edition.variants.get().file.sha256
    with filmed_otherwise.open("rb") as file:
        fields = {"title": footage.title, "file": file, "duration": 0, "collection": footage.collection_id}
        enter("designer").post(reverse("wagtailmedia:edit", args=[footage.pk]), fields)
    assert Media.objects.get(pk=footage.pk).file.open().read() == filmed_otherwise.read_bytes()
    assert default_storage.open(old).read() == filmed.read_bytes()

    (originals.folder() / edition.footage.get().name).unlink()
    edition.variants.update(state=Variant.State.WAITING, file=None, thumbnail=None)
    with at_commit():
        enqueue("variants.make", key=f"edition {edition.pk}", edition=edition.pk)

    again = edition.variants.get()
    assert (again.state, again.file.sha256) == ("ready", made)
    assert Edition.of(edition.design).content != edition.content


def test_a_copy_in_another_language_begins_as_a_draft(edition, approve):
    design = Clip.objects.get(pk=edition.design_id)
    design.framings.add(Framing(aspect="1:1", fit="pad"))
    design.save()
    assert design.live

    copy = design.copy_for_translation(Locale.objects.get(language_code="vi"))
    copy.save()

    copy = Clip.objects.get(pk=copy.pk)
    assert (copy.live, copy.live_revision, copy.first_published_at) == (False, None, None)
    assert (copy.footage, copy.cues, copy.placements) == (design.footage, CUES, FEW)
    assert [framing.aspect for framing in copy.framings.all()] == ["1:1"]
    with pytest.raises(NotApproved):
        copy.save_revision().publish()


def test_publishing_without_approval_publishes_nothing(clip):
    with pytest.raises(NotApproved):
        clip.save_revision().publish()

    assert not Clip.objects.get(pk=clip.pk).live


def test_nobody_is_offered_a_button_that_publishes(clip, enter, people):
    people["admin"].is_superuser = True
    people["admin"].save()

    page = enter("admin").get(reverse(Clip.snippet_viewset.get_url_name("edit"), args=[clip.pk]))

    assert page.status_code == 200
    assert b'name="action-publish"' not in page.content


def test_a_clip_that_nobody_approved_goes_with_all_that_was_made_of_it(state, design):
    footage = design.footage

    Clip.objects.get(pk=design.pk).delete()

    assert not EditionFootage.objects.filter(media=footage).exists()
    assert not Variant.objects.exists()
    footage.delete()


def test_a_clip_that_was_approved_is_kept(edition):
    with pytest.raises((InUse, ProtectedError)):
        edition.design.delete()


def test_where_there_is_one_brand_kit_nobody_is_asked_which(enter):
    page = enter("editor").get(reverse(Clip.snippet_viewset.get_url_name("add")))

    assert page.context["form"].instance.brand == Brand.objects.get()
