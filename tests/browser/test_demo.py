"""What `make demo` leaves behind: everything made and approved by the functions that people's screens call."""

import hashlib
import json
from collections import Counter
from zipfile import ZipFile

import pytest
from django.core.management import CommandError, call_command

from media_tools.open.video import measured
from tests.workshop import Workshop

pytestmark = pytest.mark.xdist_group("demo")

_COUNTED = (
    "accounts_user", "library_image", "library_media", "brands_brand", "facts_fact", "links_link",
    "campaigns_campaign", "missions_mission", "infographics_infographic", "clips_clip", "editions_edition",
    "editions_approval", "variants_variant", "variants_sidecar", "variants_storedfile", "packages_package",
    "wagtailcore_revision", "jobs_job",
)  # fmt: skip


def counted(demo: Workshop) -> dict[str, int]:
    return {table: demo.ask(f"select count(*) from {table}")[0][0] for table in _COUNTED}  # noqa: S608


def objects(demo: Workshop) -> dict[str, int]:
    """The private store, key by key, with the time that each object was last written."""
    folder = demo.folder / "private"
    return {
        path.relative_to(folder).as_posix(): path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()
    }


def test_run_again_it_changes_nothing(demo):
    rows, files = counted(demo), objects(demo)

    printed = demo.manage("demo", "--no-serve")

    assert counted(demo) == rows
    assert objects(demo) == files
    assert "224 files and 4 packages" in printed


def test_two_campaigns_in_four_languages_are_approved(demo):
    assert demo.ask("select count(distinct campaign_id), count(distinct language) from editions_edition") == [(2, 4)]
    assert demo.ask("select count(*) from editions_edition e where not exists "
                    "(select 1 from editions_approval a where a.edition_id = e.id)") == [(0,)]  # fmt: skip
    assert demo.ask("select state, count(*) from variants_variant group by state") == [("ready", 224)]


def test_a_clip_in_four_languages_plays_and_has_its_captions_beside_it(demo):
    clips = demo.ask("select v.id, v.seconds, f.key from variants_variant v "
                     "join variants_storedfile f on f.id = v.file_id where v.seconds > 0")  # fmt: skip
    beside = Counter(
        key.rpartition(".")[2]
        for (key,) in demo.ask(
            "select f.key from variants_sidecar s join variants_storedfile f on f.id = s.file_id "
            "join variants_variant v on v.id = s.variant_id where v.seconds > 0"
        )
    )

    assert len(clips) == 16
    for _variant, seconds, key in clips:
        assert measured(demo.folder / "private" / key) == pytest.approx(seconds, abs=0.05)
    assert beside == dict.fromkeys(("srt", "vtt", "txt", "jpg"), 16)


def test_every_fact_is_shown_by_a_finished_file(demo):
    shown = demo.ask(
        "select distinct f.key from facts_fact f join editions_editionfact s on s.fact_id = f.id "
        "join variants_variant v on v.edition_id = s.edition_id where v.state = 'ready'"
    )

    assert len(shown) == demo.ask("select count(*) from facts_fact")[0][0] == 9


def test_each_mission_has_a_package_a_campaign_whose_sums_are_right(demo):
    packages = demo.ask("select m.city, f.key from packages_package p join missions_mission m on m.id = p.mission_id "
                        "join variants_storedfile f on f.id = p.file_id")  # fmt: skip
    for _city, key in packages:
        archive = ZipFile(demo.folder / "private" / key)
        for line in archive.read("SHA256SUMS").decode().splitlines():
            digest, name = line.split("  ", 1)
            assert hashlib.sha256(archive.read(name)).hexdigest() == digest

    assert Counter(city for city, _key in packages) == {"Rabat": 2, "Tokyo": 2}


def test_passwords_are_random_and_readable_by_their_owner_alone(demo):
    path = demo.folder / "demo/passwords.json"
    passwords = json.loads(path.read_text(encoding="utf-8"))

    assert path.stat().st_mode & 0o077 == 0
    assert len(set(passwords.values())) == len(passwords) == 6
    assert min(map(len, passwords.values())) >= 12


def test_production_settings_refuse_it(settings):
    settings.DEBUG = False

    with pytest.raises(CommandError, match="production settings"):
        call_command("demo", "--no-serve")
