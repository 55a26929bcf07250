"""The command line as a person or a script meets it: what it prints, what it writes, how it ends."""

import hashlib
import json
import os
import pickle
import shutil
import struct
import subprocess
import sys
import zipfile
import zlib
from pathlib import Path

import pytest
from PIL import Image

from media_tools.command_line import BAD_INPUT, DONE, REFUSED, run
from media_tools.errors import CannotOpen, CannotWrite, DoesNotFit, InvalidInput
from media_tools.example import campaign
from media_tools.platforms import choose, placements
from media_tools.qr import read

ROOT = Path(__file__).parents[2]


@pytest.fixture
def folder(tmp_path: Path, pictures: Path) -> Path:
    """A story in English with its brand and picture, as `example` writes them."""
    (tmp_path / "story.json").write_text(campaign.story_text(campaign.EXAMPLE, "en"), encoding="utf-8")
    (tmp_path / "brand.json").write_text(campaign.brand_text(), encoding="utf-8")
    shutil.copy(pictures / "crowd.jpg", tmp_path)
    return tmp_path


def _make(folder: Path, *more: str, placements: str = "x.post") -> int:
    story, brand, out = (str(folder / name) for name in ("story.json", "brand.json", "out"))
    return run(["infographic", story, "--brand", brand, "--placements", placements, "--out", out, *more])


def _change(folder: Path, name: str, edit) -> None:
    path = folder / name
    content = json.loads(path.read_text(encoding="utf-8"))
    edit(content)
    path.write_text(json.dumps(content), encoding="utf-8")


def _rows(text: str) -> list[dict]:
    return [json.loads(line) for line in text.splitlines()]


def _opened(row: dict) -> Image.Image:
    with Image.open(row["path"]) as image:
        image.load()
        return image


def test_placements_are_the_whole_sheet(capsys):
    assert run(["placements", "--json"]) == DONE

    sheet = json.loads(capsys.readouterr().out)
    assert [entry["name"] for entry in sheet] == list(placements())
    for entry in sheet:
        assert entry["source"]
        assert {"use", "qr", "width", "height", "safe_area", "limits", "confidence"} <= set(entry)


def test_placements_in_words_have_a_line_each(capsys):
    assert run(["placements"]) == DONE

    assert len(capsys.readouterr().out.splitlines()) == len(placements())


@pytest.mark.parametrize("what", ["infographic", "brand"])
def test_the_example_keeps_to_the_printed_schema(what, capsys):
    assert run(["schema", what]) == DONE

    schema = json.loads(capsys.readouterr().out)
    example = json.loads(campaign.brand_text() if what == "brand" else campaign.story_text(campaign.EXAMPLE, "en"))
    assert set(schema["required"]) <= set(example) <= set(schema["properties"])


@pytest.mark.parametrize("language", campaign.languages())
def test_the_example_is_complete_and_renders(language, tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(campaign, "WIDTH", 800)
    out, made = str(tmp_path / "story"), str(tmp_path / "made")

    assert run(["example", "infographic", "--out", out, "--language", language]) == DONE
    story, brand = f"{out}/story.json", f"{out}/brand.json"
    assert run(["infographic", story, "--brand", brand, "--placements", "x.post", "--out", made]) == DONE

    (row,) = _rows(capsys.readouterr().out)
    assert row["language"] == language


def test_a_language_without_example_is_refused_with_those_there_are(tmp_path, capsys):
    assert run(["example", "infographic", "--out", str(tmp_path), "--language", "tlh"]) == BAD_INPUT

    assert "ar, en, fr, vi" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_rows_say_what_was_made(folder, capsys):
    assert _make(folder, placements="x.post,instagram.story") == DONE

    rows = _rows(capsys.readouterr().out)
    assert [row["placement"] for row in rows] == ["x.post", "instagram.story"]
    for row in rows:
        content = Path(row["path"]).read_bytes()
        assert (len(content), hashlib.sha256(content).hexdigest()) == (row["bytes"], row["sha256"])
        assert _opened(row).size == (row["width"], row["height"])
        assert {len(row["content"]), len(row["fingerprint"])} == {64, 32}
        for finding in row["findings"]:
            assert set(finding) == {"level", "code", "message", "remedy"}


def test_words_go_to_standard_error_alone_and_paths_open_from_where_the_caller_is(folder):
    command = [sys.executable, "-m", "media_tools", "infographic", "story.json", "--brand", "brand.json"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}

    outcome = subprocess.run(
        [*command, "--placements", "x.post", "--out", "out"],
        cwd=folder, env=environment, capture_output=True, text=True, check=True,
    )  # fmt: skip

    (row,) = _rows(outcome.stdout)
    assert (folder / row["path"]).is_file()
    assert not Path(row["path"]).is_absolute()
    assert "x.post" in outcome.stderr


@pytest.mark.parametrize("kind", ["png", "jpeg"])
def test_same_input_gives_same_bytes(kind, folder, capsys):
    digests = []
    for _ in range(2):
        assert _make(folder, "--format", kind, placements="x.post,print.a4,linkedin.document") == DONE
        digests.append([row["sha256"] for row in _rows(capsys.readouterr().out)])

    assert digests[0] == digests[1]


def test_processes_change_nothing_but_the_time(folder, capsys):
    assert _make(folder, placements="x.post,x.header,vk.cover,zalo.post,max.message") == DONE
    alone = capsys.readouterr().out
    assert _make(folder, "--jobs", "2", placements="x.post,x.header,vk.cover,zalo.post,max.message") == DONE

    assert capsys.readouterr().out == alone


def test_a_qr_code_is_in_the_file_where_a_second_device_sees_it_and_nowhere_else(folder, capsys):
    assert _make(folder, "--format", "png", placements="screen.hd,instagram.feed_portrait") == DONE

    screen, feed = map(_opened, _rows(capsys.readouterr().out))
    assert read(screen) == ("https://go.mfa.example/missions",)
    assert read(feed) == ()


def test_the_picture_files_name_is_not_part_of_the_content(folder, capsys):
    assert _make(folder) == DONE
    (before,) = _rows(capsys.readouterr().out)
    (folder / "crowd.jpg").rename(folder / "people.jpg")
    _change(folder, "story.json", lambda story: story["blocks"][2]["picture"].update(path="people.jpg"))
    assert _make(folder) == DONE

    (after,) = _rows(capsys.readouterr().out)
    assert (after["content"], after["sha256"]) == (before["content"], before["sha256"])


def test_a_blocking_finding_refuses_the_file_and_lets_the_others_be_written(folder, capsys):
    endless = "Seven in ten missions now speak on social media, " * 2 + "and more will before the year is out"
    _change(folder, "story.json", lambda story: story["blocks"][0].update(text=endless, short=""))

    assert _make(folder, placements="linkedin.cover,print.a4") == REFUSED

    refused, made = _rows(capsys.readouterr().out)
    assert refused["path"] is None
    assert [finding["code"] for finding in refused["findings"] if finding["level"] == "blocking"] == ["does-not-fit"]
    assert [path.name for path in (folder / "out").iterdir()] == [Path(made["path"]).name]


def test_a_refused_file_takes_an_earlier_one_of_its_name_with_it(folder, capsys):
    assert _make(folder) == DONE
    _change(folder, "story.json", lambda story: story["blocks"][2]["picture"].update(alt=""))

    assert _make(folder) == REFUSED

    assert list((folder / "out").iterdir()) == []


def _edit_block(index: int, **fields):
    return lambda story: story["blocks"][index].update(fields)


def _edit_figure(**fields):
    return lambda story: story["blocks"][1]["figures"][0].update(fields)


CROWD = {"path": "crowd.jpg"}


def _edit_picture(path: str):
    return lambda story: story["blocks"][2]["picture"].update(path=path)


BAD_STORIES = {
    "unknown block": (_edit_block(1, block="hologram"), "blocks[1]", "headline"),
    "no block name": (lambda story: story["blocks"][1].pop("block"), "blocks[1]", "block"),
    "unknown field": (_edit_block(0, colour="red"), "blocks[0].colour", "schema"),
    "no version": (lambda story: story.pop("version"), "version", "Add it"),
    "later version": (lambda story: story.update(version=2), "version", "1"),
    "no number": (_edit_figure(value="10k"), "blocks[1].figures[0].value", "10000"),
    "number with a comma": (_edit_figure(value="1,000"), "blocks[1].figures[0].value", "10000"),
    "truth for a number": (_edit_figure(value=True), "blocks[1].figures[0].value", "10000"),
    "negative bar": (lambda story: story["blocks"][3]["rows"][0].update(value=-1), "blocks[3].rows[0].value", ""),
    "no blocks": (lambda story: story.update(blocks=[]), "blocks", "at least 1"),
    "no headline": (lambda story: story["blocks"].pop(0), "the file", "exactly one"),
    "empty headline": (_edit_block(0, text=" "), "blocks[0].text", "at least 1"),
    "long headline": (_edit_block(0, text="x" * 150), "blocks[0].text", "Shorten it by 10"),
    "endless number": (_edit_figure(value="9" * 40), "blocks[1].figures[0].value", "15 digits"),
    "highlight of no row": (_edit_block(3, highlight=9), "blocks[3]", "0 to 1"),
    "blank headline": (_edit_block(0, text="\u200b", short=""), "blocks[0].text", "letters"),
    "name too long for a file": (_edit_picture("x" * 5000), "blocks[2].picture.path", "beside the story"),
    "half a character": (_edit_block(0, text="Nine \ud83d ports"), "blocks[0].text", "U+D83D"),
    "nothing in the middle": (_edit_block(0, text="Nine\0ports"), "blocks[0].text", "U+0000"),
    "text turned round": (_edit_block(4, verb="Visit \u202egnp.moc"), "blocks[4].verb", "U+202E"),
    "unknown language": (lambda story: story.update(language="xx-nonsense"), "language", "vi"),
    "language without names": (lambda story: story.update(language="de"), "brand.names", "brand.names.de"),
    "unknown theme": (lambda story: story.update(theme="poster"), "theme", "bulletin"),
    "address that is none": (_edit_block(4, link={"url": "javascript:alert(1)"}), "blocks[4].link.url", "https://"),
    "missing picture": (_edit_picture("gone.jpg"), "blocks[2].picture.path", "beside the story"),
    "missing picture of a grid": (
        lambda story: story["blocks"].__setitem__(2, {"block": "photo_grid", "photos": [CROWD, {"path": "gone.jpg"}]}),
        "blocks[2].photos[1].path",
        "beside the story",
    ),
    "picture above": (_edit_picture("../crowd.jpg"), "blocks[2].picture.path", "beside the story"),
    "absolute picture": (_edit_picture("/etc/passwd"), "blocks[2].picture.path", "beside the story"),
    "windows picture": (_edit_picture("C:\\crowd.jpg"), "blocks[2].picture.path", "beside the story"),
    "picture as address": (_edit_picture("https://x.example/a.jpg"), "blocks[2].picture.path", "beside the story"),
    "focal point outside": (lambda story: story["blocks"][2]["picture"].update(focal=[2, 0]), "picture.focal", ""),
}


@pytest.mark.parametrize(("edit", "field", "remedy"), BAD_STORIES.values(), ids=BAD_STORIES)
def test_a_bad_story_is_refused_with_field_and_remedy_and_nothing_is_written(edit, field, remedy, folder, capsys):
    _change(folder, "story.json", edit)

    assert _make(folder) == BAD_INPUT

    printed = capsys.readouterr()
    assert printed.out == ""
    assert field in printed.err
    assert remedy in printed.err
    assert not (folder / "out").exists() or list((folder / "out").iterdir()) == []


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b'"story"', b"\xff\xfe\x00", b'{"version": NaN}', b"[" * 100_000, b"null"],
    ids=["empty", "cut", "list", "text", "not UTF-8", "NaN", "deep", "null"],
)
def test_a_file_that_is_no_story_is_refused(content, folder, capsys):
    (folder / "story.json").write_bytes(content)

    assert _make(folder) == BAD_INPUT
    assert capsys.readouterr().err.strip()


def test_a_field_that_stands_twice_is_refused(folder, capsys):
    text = (folder / "story.json").read_text(encoding="utf-8")
    (folder / "story.json").write_text(text.replace('"version": 1,', '"version": 1, "version": 1,'), encoding="utf-8")

    assert _make(folder) == BAD_INPUT
    assert "'version' stands twice" in capsys.readouterr().err


def test_bad_input_is_the_same_sentence_whoever_shares_the_work(folder, capsys):
    _change(folder, "story.json", lambda story: story.update(language="de"))
    assert _make(folder, placements="all") == BAD_INPUT
    alone = capsys.readouterr().err

    assert _make(folder, "--jobs", "2", placements="all") == BAD_INPUT

    assert capsys.readouterr().err == alone
    assert not (folder / "out").exists()


@pytest.mark.parametrize(
    "error",
    [
        CannotOpen("a.jpg", "is not there.", "Put it there."),
        InvalidInput("blocks", "is empty.", "Fill it."),
        DoesNotFit("The page", 2, 1),
        CannotWrite("a.jpg", "is full.", "Make room."),
    ],
    ids=lambda error: type(error).__name__,
)
def test_errors_travel_between_processes(error):
    again = pickle.loads(pickle.dumps(error))  # noqa: S301

    assert (type(again), str(again)) == (type(error), str(error))


def test_a_folder_in_the_way_of_a_file_is_an_error_that_leaves_nothing(folder, capsys):
    (folder / "out" / "story_en_x.post.jpg").mkdir(parents=True)

    assert _make(folder) == BAD_INPUT

    assert "Move away" in capsys.readouterr().err
    assert [path.name for path in (folder / "out").iterdir()] == ["story_en_x.post.jpg"]


def test_the_same_photo_twice_fills_the_frame_once(folder, capsys):
    def twice(story):
        story["theme"] = "frame"
        story["blocks"].append(story["blocks"][2])

    _change(folder, "story.json", twice)

    assert _make(folder, placements="zalo.post") == DONE

    (row,) = _rows(capsys.readouterr().out)
    assert "not-in-theme" in {finding["code"] for finding in row["findings"]}


def test_a_cover_says_that_its_headline_is_the_short_one(folder, capsys):
    endless = "Seven in ten missions now speak on social media, and more will before the year is out"
    _change(folder, "story.json", _edit_block(0, text=endless))

    assert _make(folder, placements="linkedin.cover") == DONE

    (row,) = _rows(capsys.readouterr().out)
    assert any("long form of the headline" in finding["message"] for finding in row["findings"])


def test_a_mark_drawn_outside_its_box_is_refused(folder, capsys):
    _change(folder, "brand.json", lambda brand: brand["mark"].update(view_box=20))

    assert _make(folder) == BAD_INPUT
    assert "brand.mark.paths[0]" in capsys.readouterr().err


def test_a_light_primary_still_carries_a_readable_full_frame(folder, capsys):
    colours = {"primary": "#C9A227", "ink": "#14252D", "paper": "#FFFFFF", "accent": "#C43A1D"}
    _change(folder, "brand.json", lambda brand: brand.update(colours=colours))
    _change(folder, "story.json", lambda story: story.update(theme="frame"))

    assert _make(folder, placements="instagram.story,x.post") == DONE


def test_a_dark_surface_does_not_turn_the_code_inside_out(folder, capsys):
    dark = {"surface": "#101820", "paper": "#101820", "ink": "#FFFFFF", "primary": "#9FC7D1", "accent": "#FFC98A"}
    _change(folder, "brand.json", lambda brand: brand.update(colours=dark))

    assert _make(folder, "--format", "png", placements="screen.hd") == DONE

    (row,) = _rows(capsys.readouterr().out)
    assert read(_opened(row)) == ("https://go.mfa.example/missions",)


def test_line_ends_in_text_are_spaces(folder, capsys):
    _change(folder, "story.json", _edit_block(0, text="Seven in ten\r\nmissions\tspeak", short=""))

    assert _make(folder) == DONE


def test_a_region_takes_the_names_of_its_language(folder, capsys):
    _change(folder, "story.json", lambda story: story.update(language="en-GB"))

    assert _make(folder) == DONE


def test_a_story_that_is_not_there_is_refused(folder, capsys):
    (folder / "story.json").unlink()

    assert _make(folder) == BAD_INPUT
    assert "not there" in capsys.readouterr().err


def test_a_picture_that_is_a_link_elsewhere_is_refused(folder, pictures, capsys):
    (folder / "crowd.jpg").unlink()
    (folder / "crowd.jpg").symlink_to(pictures / "crowd.jpg")

    assert _make(folder) == BAD_INPUT
    assert "is a link" in capsys.readouterr().err


def test_a_folder_that_is_a_link_elsewhere_is_refused(folder, pictures, capsys):
    (folder / "shots").symlink_to(pictures)
    _change(folder, "story.json", _edit_picture("shots/crowd.jpg"))

    assert _make(folder) == BAD_INPUT
    assert "is a link" in capsys.readouterr().err


def _bomb() -> bytes:
    """A PNG header that promises 17,000 x 17,000 px."""
    header = b"IHDR" + struct.pack(">IIBBBBB", 17_000, 17_000, 8, 2, 0, 0, 0)
    chunk = struct.pack(">I", 13) + header + struct.pack(">I", zlib.crc32(header))
    return b"\x89PNG\r\n\x1a\n" + chunk + struct.pack(">I", 0) + b"IDAT" + struct.pack(">I", zlib.crc32(b"IDAT"))


def test_broken_pictures_are_refused_before_anything_is_written(folder, capsys):
    good = (folder / "crowd.jpg").read_bytes()
    for content in (good[: len(good) // 2], b"<html>not a photo</html>", b"%PDF-1.7 " * 20, _bomb(), b""):
        (folder / "crowd.jpg").write_bytes(content)

        assert _make(folder) == BAD_INPUT

        printed = capsys.readouterr()
        assert "blocks[2].picture.path: crowd.jpg" in printed.err
        assert printed.out == ""


@pytest.mark.parametrize("kind", ["CMYK", "I;16", "RGBA", "P", "L"])
def test_unusual_pictures_are_shown(kind, folder, capsys):
    name = {"CMYK": "odd.tif"}.get(kind, "odd.png")
    with Image.open(folder / "crowd.jpg") as photo:
        odd = (
            photo.convert("L").convert("I").point(lambda value: value * 257).convert("I;16")
            if kind == "I;16"
            else photo.convert(kind)
        )
        odd.save(folder / name)
    _change(folder, "story.json", _edit_picture(name))

    assert _make(folder) == DONE


def test_a_rotated_phone_photo_stands_upright(folder, capsys):
    tall = Image.new("RGB", (1200, 1600), "#0000ff")
    tall.paste("#ff0000", (0, 0, 1200, 800))
    exif = Image.Exif()
    exif[0x0112] = 6  # turned a quarter to the left by the camera
    tall.transpose(Image.Transpose.ROTATE_90).save(folder / "crowd.jpg", exif=exif, quality=95)

    assert _make(folder, "--format", "png", placements="vk.cover") == DONE

    (row,) = _rows(capsys.readouterr().out)
    page = _opened(row)
    top, bottom = page.getpixel((page.width - 10, 40)), page.getpixel((page.width - 10, page.height - 40))
    assert top[0] > 200 > bottom[0]
    assert bottom[2] > 200 > top[2]


def test_what_a_photo_knows_of_its_place_does_not_leave(folder, capsys):
    exif = Image.Exif()
    exif.get_ifd(0x8825)[2] = (21.0, 1.0, 42.0)
    with Image.open(folder / "crowd.jpg") as photo:
        photo.save(folder / "crowd.jpg", exif=exif)

    assert _make(folder) == DONE

    (row,) = _rows(capsys.readouterr().out)
    assert len(_opened(row).getexif()) == 0


def test_letters_that_no_font_has_refuse_the_file_and_name_the_script(folder, capsys):
    _change(folder, "story.json", _edit_block(0, text="བོད་ཡིག", short=""))

    assert _make(folder) == REFUSED
    assert "Tibetan" in capsys.readouterr().err


def _edit_brand(field: str, **values):
    return lambda brand: brand.setdefault(field, {}).update(values)


BAD_BRANDS = {
    "pale ink": (_edit_brand("colours", ink="#C8C8C8"), "4.5:1"),
    "colour in words": (_edit_brand("colours", ink="blue"), "colours.ink"),
    "font not installed": (_edit_brand("fonts", display="Comic Neue"), "not installed"),
    "broken mark": (_edit_brand("mark", paths=["M0 0L"]), "path data"),
    "hostile mark": (_edit_brand("mark", paths=["<script>"]), "mark.paths[0]"),
    "unknown theme": (lambda brand: brand.update(theme="poster"), "bulletin"),
    "no names": (lambda brand: brand.update(names={}), "names"),
}


@pytest.mark.parametrize(("edit", "words"), BAD_BRANDS.values(), ids=BAD_BRANDS)
def test_a_bad_brand_is_refused_with_a_remedy(edit, words, folder, capsys):
    _change(folder, "brand.json", edit)

    assert _make(folder) == BAD_INPUT
    assert words in capsys.readouterr().err


@pytest.mark.parametrize("names", ["x.nowhere", "tiktok.video", ",", "all,x.post"])
def test_placements_that_cannot_be_made_are_refused(names, folder, capsys):
    assert _make(folder, placements=names) == BAD_INPUT
    assert "placements" in capsys.readouterr().err


def test_a_place_that_takes_no_file_is_refused(folder, capsys):
    (folder / "out").write_text("a file, not a folder")

    assert _make(folder) == BAD_INPUT
    assert "--out" in capsys.readouterr().err


@pytest.mark.skipif(sys.platform != "linux", reason="/dev/full is Linux's")
def test_a_full_disk_leaves_nothing_half_made(tmp_path, capsys):
    target = tmp_path / "full.png"
    (tmp_path / "full.png.part").symlink_to("/dev/full")

    assert run(["qr", "https://go.mfa.example/expo", "--out", str(target)]) == BAD_INPUT

    assert "Make room" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("suffix", [".png", ".jpg"])
def test_a_qr_file_reads_back(suffix, tmp_path, capsys):
    out = tmp_path / f"code{suffix}"

    assert run(["qr", "https://go.mfa.example/expo", "--out", str(out), "--size", "300"]) == DONE

    (row,) = _rows(capsys.readouterr().out)
    code = _opened({"path": out})
    assert read(code) == ("https://go.mfa.example/expo",)
    assert code.size == (row["width"], row["height"])
    assert code.width <= 300


def test_a_logo_stands_in_the_middle_of_a_code_that_still_reads(tmp_path, pictures, capsys):
    out = tmp_path / "code.png"
    logo = tmp_path / "logo.png"
    Image.new("RGB", (200, 100), "#c43a1d").save(logo)

    assert run(["qr", "https://go.mfa.example/expo", "--out", str(out), "--logo", str(logo)]) == DONE

    code = _opened({"path": out}).convert("RGB")
    assert code.getpixel((code.width // 2, code.height // 2)) == (0xC4, 0x3A, 0x1D)
    assert read(code) == ("https://go.mfa.example/expo",)


@pytest.mark.parametrize(
    "arguments",
    [
        ["", "--out", "code.png"],
        ["x" * 5000, "--out", "code.png"],
        ["text", "--out", "code.pdf"],
        ["text", "--out", "code.png", "--size", "20"],
        ["\udcff\udcfe", "--out", "code.png"],
        ["text", "--out", "code.png", "--logo", "gone.png"],
    ],
    ids=["empty", "endless", "kind", "tiny", "not text", "no logo"],
)
def test_a_code_that_cannot_be_made_is_refused(arguments, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)

    assert run(["qr", *arguments]) == BAD_INPUT

    assert capsys.readouterr().err.strip()
    assert list(tmp_path.iterdir()) == []


def test_probe_answers_for_good_files_and_names_bad_ones(folder, capsys):
    assert run(["probe", str(folder / "crowd.jpg"), str(folder / "story.json")]) == BAD_INPUT

    printed = capsys.readouterr()
    (row,) = _rows(printed.out)
    assert (row["format"], row["width"], row["height"]) == ("jpeg", 2400, 1800)
    assert "story.json" in printed.err


def test_a_package_is_the_same_bytes_whenever_its_files_are(folder, capsys):
    assert _make(folder, placements="x.post,instagram.story") == DONE
    first, second = folder / "one.zip", folder / "two.zip"

    assert run(["package", str(folder / "out"), "--out", str(first)]) == DONE
    for path in (folder / "out").iterdir():
        os.utime(path, (0, 0))
    assert run(["package", str(folder / "out"), "--out", str(second)]) == DONE

    assert first.read_bytes() == second.read_bytes()
    with zipfile.ZipFile(first) as archive:
        assert archive.testzip() is None
        manifest = json.loads(archive.read("manifest.json"))
        for entry in manifest["files"]:
            assert hashlib.sha256(archive.read(entry["name"])).hexdigest() == entry["sha256"]
            assert f"{entry['sha256']}  {entry['name']}" in archive.read("SHA256SUMS").decode()


def test_a_folder_without_finished_files_is_not_packaged(folder, capsys):
    (folder / "out").mkdir()
    target = folder / "package.zip"
    assert run(["package", str(folder / "out"), "--out", str(target)]) == BAD_INPUT
    shutil.copy(folder / "crowd.jpg", folder / "out" / "crowd.jpg.part")
    assert run(["package", str(folder / "out"), "--out", str(target)]) == BAD_INPUT
    assert run(["package", str(folder / "nowhere"), "--out", str(target)]) == BAD_INPUT

    assert not target.exists()


def test_choosing_all_leaves_out_what_takes_clips_only():
    assert {placement.kind for placement in choose("all")} == {"still", "both"}
