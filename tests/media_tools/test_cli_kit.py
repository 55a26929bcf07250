"""The account kit from the command line: a row a file, words on standard error, exit codes as everywhere."""

import hashlib
import json
from pathlib import Path

import pytest

from media_tools.command_line import BAD_INPUT, DONE, REFUSED, run
from media_tools.example import campaign

TWO = "x.avatar,linkedin.cover"


@pytest.fixture
def brand(tmp_path: Path) -> Path:
    path = tmp_path / "brand.json"
    path.write_text(campaign.brand_text(), encoding="utf-8")
    return path


def make_kit(brand: Path, *more: str, placements: str = TWO) -> int:
    return run(["kit", str(brand), "--placements", placements, "--out", str(brand.parent / "out"), *more])


def rows(text: str) -> list[dict]:
    return [json.loads(line) for line in text.splitlines()]


def test_a_row_a_file_says_what_was_made(brand, capsys):
    assert make_kit(brand, "--language", "en", "--message", "Open doors", "--place", "Tokyo") == DONE

    printed = capsys.readouterr()
    made = rows(printed.out)
    assert [Path(row["path"]).name for row in made] == [
        "embassy-in-tokyo_en_x.avatar.png", "embassy-in-tokyo_en_linkedin.cover.png",
    ]  # fmt: skip
    for row in made:
        content = Path(row["path"]).read_bytes()
        assert (len(content), hashlib.sha256(content).hexdigest()) == (row["bytes"], row["sha256"])
        assert {len(row["content"]), len(row["fingerprint"])} == {64, 32}
        assert row["findings"] == []
        assert row["alts"]
    assert "2/2 linkedin.cover" in printed.err


def test_without_a_language_every_one_of_the_brand_is_made(brand, capsys):
    assert make_kit(brand, placements="x.avatar") == DONE

    assert [row["language"] for row in rows(capsys.readouterr().out)] == ["en", "vi", "fr", "ar"]
    assert len(list((brand.parent / "out").iterdir())) == 4


def test_a_mission_stands_in_place_of_the_brand_s_own(brand, capsys):
    assert make_kit(brand, "--language", "en", "--mission", "Embassy in Paris", placements="x.header") == DONE

    (row,) = rows(capsys.readouterr().out)
    assert row["alts"] == ["Ministry of Foreign Affairs. Embassy in Paris."]
    assert Path(row["path"]).name == "embassy-in-paris_en_x.header.png"


def test_what_has_no_room_is_refused_and_the_rest_is_made(brand, capsys):
    assert make_kit(brand, "--language", "en", "--place", "Johannesburg") == REFUSED

    printed = capsys.readouterr()
    refused, made = rows(printed.out)
    assert refused["path"] is None
    assert Path(made["path"]).is_file()
    assert "Give place a form of at most" in printed.err


@pytest.mark.parametrize(
    ("arguments", "field", "remedy"),
    [
        (["--language", "ja"], "brand.names", "Add brand.names.ja.ministry."),
        (["--language", "klingon"], "language", "Use a tag such as"),
        (["--message", "Open doors"], "--message", "Name it with --language."),
        (["--place", "Tokyo"], "--place", "Name it with --language."),
        (["--language", "en", "--message", "x" * 101], "message", "Shorten it by 1."),
        (["--placements", "x.post"], "placements", "make an infographic or a clip for it"),
        (["--placements", "wechat.article_cover"], "placements", "make an infographic for it"),
    ],
    ids=["no names", "no language", "message alone", "place alone", "long message", "post", "cover of an article"],
)
def test_what_cannot_be_made_is_answered_with_what_to_do(brand, capsys, arguments, field, remedy):
    assert make_kit(brand, *arguments) == BAD_INPUT

    words = capsys.readouterr().err
    assert field in words
    assert remedy in words
    assert not (brand.parent / "out").exists()
