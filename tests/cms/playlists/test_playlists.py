"""A screen's playlist as one film: from what it is made, and to whom and when it leaves."""

import shutil
from datetime import timedelta
from pathlib import Path

import av
import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone

from cms.campaigns.models import Campaign
from cms.clips.models import Clip
from cms.editions.models import Approval, Edition
from cms.infographics.models import Infographic
from cms.jobs.models import Job
from cms.jobs.run import Cancelled
from cms.library.models import Image
from cms.packages.models import Taken
from cms.playlists.build import order_film, wanted
from cms.playlists.models import Entry, Film, Playlist
from cms.playlists.work import make
from cms.variants.models import PUBLIC, StoredFile, Variant
from cms.variants.wagtail_hooks import sweep_objects
from tests.cms.playlists.conftest import SCREEN, listed

SCREENS = reverse("screens")


class Quiet:
    """A run that nobody watches, stopped after a number of signs of life if one is given."""

    def __init__(self, signs: int | None = None) -> None:
        self.signs = signs

    def advance(self, *_: object) -> None:
        self.alive()

    def alive(self) -> None:
        if self.signs is not None:
            self.signs -= 1
            if self.signs < 0:
                raise Cancelled


def kept(file: StoredFile, folder: Path) -> Path:
    path = folder / file.key.rpartition("/")[2]
    with default_storage.open(file.key) as source, path.open("wb") as copy:
        shutil.copyfileobj(source, copy)
    return path


def page_of(playlist: Playlist, client) -> str:
    return client.get(reverse("playlist_film", args=[playlist.pk])).content.decode()


def film_address(film: Film) -> str:
    return reverse("file", args=[film.sound.key])


def test_the_film_shows_each_part_in_order_with_sound_and_without(film, tmp_path):
    with av.open(str(kept(film.sound, tmp_path))) as sounding, av.open(str(kept(film.silent, tmp_path))) as silent:
        assert len(sounding.streams.audio) == 1
        assert len(silent.streams.audio) == 0
        for container in (sounding, silent):
            assert (container.streams.video[0].width, container.streams.video[0].height) == (1920, 1080)
            assert container.streams.video[0].frames == 10 + 60 + 19 + 60 + 10
    assert [part.variant.edition.title for part in film.parts.all()] == [row["title"] for row in film.wanted["parts"]]
    assert film.seconds == pytest.approx(159 / 30)
    assert film.thumbnail


def test_its_transcript_says_what_its_pictures_say(film, editions, tmp_path):
    (words,) = film.words.all()

    told = kept(words.file, tmp_path).read_text(encoding="utf-8")

    assert [told.index(edition.title) for edition in editions] == sorted(told.index(each.title) for each in editions)
    for edition in editions:
        assert edition.variants.get(placement=SCREEN).shown_alt in told


def test_a_clip_brings_its_captions_and_lasts_as_long_as_it_does(film, editions, designs, order, tmp_path):
    clip = editions[0].variants.get(placement=SCREEN)
    Variant.objects.filter(pk=clip.pk).update(file=film.sound, seconds=film.seconds)
    captions = tmp_path / "said.vtt"
    captions.write_text("WEBVTT\n\n00:00:01.000 --> 00:00:02.000\nTen thousand people\n", encoding="utf-8")
    clip.sidecars.create(file=StoredFile.keep(captions, "sidecars", lambda: None))

    longer = order(listed(designs[0], hearing="silent"))

    assert longer.seconds == pytest.approx(film.seconds + 20 / 30)
    assert [words.kind for words in longer.words.all()] == ["Captions (SRT)", "Captions (VTT)", "Transcript"]
    assert "00:00:01,333 --> 00:00:02,333\nTen thousand people" in kept(longer.words.first().file, tmp_path).read_text()


def test_the_same_parts_find_the_same_film(film, playlist, order):
    assert order(playlist) == film
    assert Job.objects.filter(kind="playlists.make").count() == 1


@pytest.mark.parametrize(
    "change", [{"title": "In the other hall"}, {"hearing": "silent"}, {"order": 1}, {"seconds": 3}]
)
def test_whatever_it_shows_is_in_the_digest(change, film, playlist):
    for name, value in change.items():
        match name:
            case "order":
                playlist.entries.filter(infographic=playlist.entries.first().infographic).update(sort_order=9)
            case "seconds":
                playlist.entries.filter(pk=playlist.entries.first().pk).update(seconds=value)
            case _:
                setattr(playlist, name, value)
                playlist.save()

    assert wanted(Playlist.objects.get(pk=playlist.pk)).digest != film.digest


def test_one_without_sound_has_one_file(editions, designs, order):
    film = order(listed(*designs, hearing="silent"))

    assert film.sound is None
    assert film.files == [film.silent]


def test_what_is_not_there_yet_is_told_by_name_and_nothing_is_made(editions, designs, enter, at_commit):
    editions[1].approvals.all().delete()
    playlist, client = listed(*designs), enter("editor")

    page = page_of(playlist, client)
    with at_commit():
        client.post(reverse("playlist_film", args=[playlist.pk]))

    assert f"<bdi>{designs[1].title}</bdi>:</strong> Nobody has approved it in English yet." in page
    assert "Make the film" not in page
    assert not playlist.films.exists()


def test_a_file_that_was_refused_or_never_wanted_is_told_by_name(editions, playlist, enter):
    Variant.objects.filter(edition=editions[0]).update(state=Variant.State.FAILED)
    assert "Its file for Screen HD is not there yet: Failed." in page_of(playlist, enter("editor"))

    Playlist.objects.filter(pk=playlist.pk).update(placement="screen.4k")
    assert "It has no file for Screen 4K." in page_of(playlist, enter("editor"))


def test_a_playlist_takes_its_own_languages_version_of_a_design(film, playlist, editions):
    """Chosen in English, shown in French once French is approved."""
    playlist.language = "fr"
    playlist.save()
    assert [lack.title for lack in wanted(playlist).lacking] == [edition.title for edition in editions]

    Edition.objects.filter(pk=editions[0].pk).update(language="fr")

    assert [part.variant.edition_id for part in wanted(playlist).parts] == [editions[0].pk]


def answers(film: Film, enter) -> dict[str, int]:
    people = ("rabat", "tokyo", "editor", "approver", "designer", "admin")
    return {name: enter(name).get(film_address(film)).status_code for name in people}


def test_it_leaves_to_missions_and_to_staff_and_to_nobody_else(film, enter, client, people):
    assert set(answers(film, enter).values()) == {200}
    assert client.get(film_address(film)).status_code == 404
    assert not Film.objects.leaving(PUBLIC).exists()

    people["editor"].groups.clear()
    people["tokyo"].posting.delete()
    assert {enter(name).get(film_address(film)).status_code for name in ("editor", "tokyo")} == {404}


def embargo(edition: Edition) -> None:
    edition.approvals.update(to_missions_at=timezone.now() + timedelta(days=1))


def recall(edition: Edition) -> None:
    Edition.objects.filter(pk=edition.pk).update(withdrawn_at=timezone.now())


def hold(edition: Edition) -> None:
    Campaign.objects.filter(pk=edition.campaign_id).update(held=True)


def end_rights(edition: Edition) -> None:
    Image.objects.filter(pk__in=edition.images.values("image")).update(rights_until=timezone.now() - timedelta(days=1))


def withhold(edition: Edition) -> None:
    Image.objects.filter(pk__in=edition.images.values("image")).update(withheld="consent was taken back")


def come_later(edition: Edition) -> None:
    Image.objects.filter(pk__in=edition.images.values("image")).update(usable_from=timezone.now() + timedelta(days=1))


def supersede(edition: Edition) -> None:
    """A newer version was approved of the same design."""
    old = edition.approvals.get()
    newer = Edition.objects.get(pk=edition.pk)
    newer.pk, newer.digest = None, "newer"
    newer.save()
    approval = Approval.objects.create(edition=newer, revision=old.revision, by=old.by, stage=old.stage)
    approval.placements.create(placement=SCREEN)
    variant = edition.variants.get(placement=SCREEN)
    variant.pk, variant.edition, variant.fingerprint = None, newer, "newer"
    variant.save()


REASONS = {
    embargo: "It is under embargo.",
    recall: "It was withdrawn.",
    hold: "Its campaign is on hold.",
    end_rights: "The right to use “{asset}” has ended. Put something else in its place.",
    withhold: "“{asset}” is withheld (consent was taken back). Put something else in its place.",
    come_later: "Something that it shows may not be used yet.",
    supersede: "There is a newer version of it.",
}


@pytest.mark.parametrize("part", [0, 1])
@pytest.mark.parametrize("change", REASONS, ids=lambda change: change.__name__)
def test_when_any_part_may_not_leave_the_whole_film_does_not_and_says_which(change, part, film, editions, enter):
    mission, address = enter("rabat"), film_address(film)
    assert film.sound.key in mission.get(SCREENS).content.decode()

    change(editions[part])

    keys = [film.sound.key, film.silent.key, film.thumbnail.key, *(words.file.key for words in film.words.all())]
    assert {mission.get(reverse("file", args=[key])).status_code for key in keys} == {404}
    assert film.sound.key not in mission.get(SCREENS).content.decode()
    page = page_of(film.playlist, enter("editor"))
    why = REASONS[change].format(asset=editions[part].images.first().image)
    assert f"<bdi>{editions[part].title}</bdi>:</strong> {why}" in page
    assert enter("editor").get(address).status_code == 200  # who sees every finished file sees this one


def test_a_newer_version_makes_it_outdated_and_one_click_makes_it_anew(film, editions, playlist, enter, at_commit):
    supersede(editions[0])
    client = enter("editor")
    page = page_of(playlist, client)
    assert "The film is outdated" in page
    assert f"“{editions[0].title}” has a newer version." in page

    with at_commit():
        client.post(reverse("playlist_film", args=[playlist.pk]))

    (newer,) = playlist.films.all()
    assert newer != film
    assert "The film is ready" in page_of(playlist, client)
    assert newer.sound.key in enter("rabat").get(SCREENS).content.decode()


def test_the_old_film_stays_while_the_new_one_may_not_leave_yet(film, editions, playlist, order):
    playlist.title = "In the great hall"
    playlist.save()
    embargo(editions[1])

    order(playlist)

    assert film in playlist.films.all()
    editions[1].approvals.update(to_missions_at=None)
    playlist.title = "In the greatest hall"
    playlist.save()
    newest = order(playlist)
    assert list(playlist.films.all()) == [newest]


def test_before_it_may_be_public_its_names_and_its_page_say_so(film, editions, enter):
    day = timezone.now() + timedelta(days=2)
    editions[1].approvals.update(public_at=day)
    client = enter("rabat")

    names = [
        client.get(reverse("file", args=[film.sound.key]) + "?download").headers["Content-Disposition"],
        client.get(reverse("file", args=[film.words.get().file.key]) + "?download").headers["Content-Disposition"],
    ]

    assert all(f"not-before-{day:%Y%m%dT%H}" in name for name in names)
    assert "Not to be published before" in client.get(SCREENS).content.decode()


def test_names_tell_the_silent_film_from_the_other(film, enter):
    names = {
        field: enter("rabat").get(reverse("file", args=[getattr(film, field).key]) + "?download").headers
        for field in ("sound", "silent")
    }

    assert f"in-the-hall-{film.playlist_id}_en_screen.hd.mp4" in names["sound"]["Content-Disposition"]
    assert f"in-the-hall-{film.playlist_id}_en_screen.hd_silent.mp4" in names["silent"]["Content-Disposition"]


def test_whoever_took_the_film_took_each_part_of_it(film, enter):
    enter("rabat").get(film_address(film) + "?download")

    assert set(Taken.objects.values_list("variant", flat=True)) == set(film.parts.values_list("variant", flat=True))


@pytest.mark.parametrize(
    ("name", "sees", "makes"),
    [("designer", 200, 302), ("editor", 200, 302), ("admin", 200, 302), ("approver", 200, 302), ("rabat", 302, 302)],
)
def test_who_sees_the_page_and_who_makes_the_film(name, sees, makes, designs, enter):
    playlist = listed(*designs)
    client, address = enter(name), reverse("playlist_film", args=[playlist.pk])

    assert client.get(address).status_code == sees
    assert client.post(address).status_code == makes
    assert playlist.films.exists() == (name in ("designer", "editor", "admin"))


def test_missions_see_films_in_their_own_languages(film, rabat, enter):
    rabat.languages = ["ar"]
    rabat.save()

    assert "There is no film for screens in your languages now." in enter("rabat").get(SCREENS).content.decode()


def test_one_of_a_clip_and_an_infographic_is_chosen(designs):
    for entry in (Entry(), Entry(infographic=designs[0], clip=Clip())):
        with pytest.raises(ValidationError, match="of both, one is enough"):
            entry.clean()


def test_an_editor_makes_a_playlist_in_a_form_and_comes_to_its_film(editions, designs, enter):
    client = enter("editor")
    rows = {}
    for number, design in enumerate(designs):
        row = {"infographic": design.pk, "clip": "", "seconds": "", "ORDER": 2 - number, "id": ""}
        rows |= {f"entries-{number}-{name}": value for name, value in row.items()}
    counted = {"TOTAL_FORMS": 2, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 1, "MAX_NUM_FORMS": 100}
    rows |= {f"entries-{name}": value for name, value in counted.items()}
    form = {"title": "Foyer", "placement": SCREEN, "language": "en", "hearing": "both", **rows}

    answer = client.post(reverse(Playlist.snippet_viewset.get_url_name("add")), form)

    playlist = Playlist.objects.get(title="Foyer")
    assert answer.url == reverse("playlist_film", args=[playlist.pk])
    assert [entry.design for entry in playlist.entries.all()] == designs[::-1]
    assert "There is no film yet" in client.get(answer.url).content.decode()


def test_a_design_in_a_playlist_is_not_deleted(playlist, designs, enter):
    address = reverse(Infographic.snippet_viewset.get_url_name("delete"), args=[designs[0].pk])

    enter("editor").post(address)

    assert Infographic.objects.filter(pk=designs[0].pk).exists()


def test_killed_at_any_moment_and_begun_again_it_is_made_once(editions, designs, people, settings):
    settings.ORPHANS_AFTER = 0
    film = order_film(wanted(listed(designs[0], hearing="silent")), people["editor"])
    for signs in (0, 3, 20, 60):
        with pytest.raises(Cancelled):
            make(Quiet(signs), film.pk)
    assert Film.objects.get(pk=film.pk).made_at is None
    before = StoredFile.objects.filter(key__startswith="playlists/").count()

    make(Quiet(), film.pk)
    make(Quiet(), film.pk)

    sweep_objects()
    assert default_storage.exists(Film.objects.get(pk=film.pk).silent.key)
    assert StoredFile.objects.filter(key__startswith="playlists/").count() == before + 1


def test_a_part_that_vanished_from_the_store_is_told_by_name(editions, designs, people, order):
    playlist = listed(designs[0])
    default_storage.delete(editions[0].variants.get().file.key)

    film = order(playlist)

    assert film.made_at is None
    job = Job.objects.get(key=film.job_key)
    assert (job.state, designs[0].title in job.problem) == (Job.State.FAILED, True)


def test_an_arabic_mission_sees_an_arabic_page(film, rabat, people, enter):
    people["rabat"].language = "ar"
    people["rabat"].save()

    page = enter("rabat").get(SCREENS).content.decode()

    assert '<html lang="ar" dir="rtl">' in page
    assert film.sound.key in page
