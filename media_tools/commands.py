"""What the command line can do, a function a command."""

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from io import TextIOWrapper
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from media_tools.account_kit import Account, Kit, make_kit, rehearse_kit, stem
from media_tools.animate import AnimationJob, animate
from media_tools.clips.film import Film, FilmJob, make_films
from media_tools.clips.follow import ASPECTS, framings
from media_tools.clips.missions import Missions, make_mission_films
from media_tools.clips.source import cut
from media_tools.clips.spread import text_captions
from media_tools.clips.story import Clip, Footage
from media_tools.clips.watching import watch
from media_tools.errors import CannotOpen, CannotWrite, InvalidInput, MediaToolsError
from media_tools.example import campaign, footage
from media_tools.example.contact_sheet import contact_sheet
from media_tools.infographic import Infographic
from media_tools.layout.text import Typesetter
from media_tools.made import FORMATS, write_whole
from media_tools.open.artwork import open_artwork
from media_tools.open.captions import read_captions
from media_tools.open.document import problems, read_document
from media_tools.open.folder import inside
from media_tools.open.image import open_image, probe_image
from media_tools.open.video import probe_video
from media_tools.package import package_folder
from media_tools.platforms import choose, choose_own, placements
from media_tools.qr_image import SIZE, qr_image
from media_tools.spec import parts_in
from media_tools.spec.artwork import Artwork
from media_tools.spec.brand import Brand
from media_tools.spec.cues import CueList
from media_tools.spec.picture import pictures_in
from media_tools.stills import Job, Still, make_stills, rehearse
from media_tools.studio import Studio

DONE, BAD_INPUT, REFUSED = 0, 2, 3
_MODELS: dict[str, type[BaseModel]] = {"infographic": Infographic, "clip": Clip, "brand": Brand, "missions": Missions}


def run(arguments: Sequence[str]) -> int:
    """Carry out one command; the result is the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    chosen = _parser().parse_args(arguments)
    command: Callable[[argparse.Namespace], int] = chosen.command
    try:
        return command(chosen)
    except MediaToolsError as error:
        _say(str(error))
        return BAD_INPUT
    except BrokenPipeError:  # whoever reads us has enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE


def show_placements(chosen: argparse.Namespace) -> int:
    sheet = placements().values()
    if chosen.json:
        print(json.dumps([placement.model_dump(mode="json") for placement in sheet], ensure_ascii=False, indent=1))
        return DONE
    for placement in sheet:
        qr = "qr" if placement.qr else "-"
        print(
            f"{placement.name:28} {placement.use:10} {placement.kind:6} {placement.width:>5} x {placement.height:<5} "
            f"{qr:3} {placement.legible:5.1f} px type  {placement.confidence}"
        )
    return DONE


def show_schema(chosen: argparse.Namespace) -> int:
    print(json.dumps(_MODELS[chosen.what].model_json_schema(), ensure_ascii=False, indent=1))
    return DONE


def write_example(chosen: argparse.Namespace) -> int:
    return write_clip_example(chosen) if chosen.what == "clip" else write_infographic_example(chosen)


def write_clip_example(chosen: argparse.Namespace) -> int:
    story = footage.clip_text(chosen.language)
    folder = _folder(chosen.out)
    write_whole(folder / "story.json", story.encode())
    write_whole(folder / "brand.json", campaign.brand_text().encode())
    _say("Filming the example's footage …")
    footage.film_footage(folder)
    _say(f"Now run: python -m media_tools clip {folder / 'story.json'} --brand {folder / 'brand.json'} --out DIR")
    return DONE


def write_infographic_example(chosen: argparse.Namespace) -> int:
    story = campaign.story_text(campaign.EXAMPLE, chosen.language)
    folder = _folder(chosen.out)
    write_whole(folder / "story.json", story.encode())
    write_whole(folder / "brand.json", campaign.brand_text().encode())
    _say("Drawing the example's pictures …")
    campaign.draw_pictures(folder, only=campaign.pictures_of(campaign.EXAMPLE))
    _say(
        f"Now run: python -m media_tools infographic {folder / 'story.json'} --brand {folder / 'brand.json'} --out DIR"
    )
    return DONE


def make_infographic(chosen: argparse.Namespace) -> int:
    story_path = Path(chosen.story)
    story = read_document(story_path, Infographic)
    brand = read_document(Path(chosen.brand), Brand)
    wanted = choose(chosen.placements)
    _check_pictures(story, story_path.parent)
    job = Job(story, brand, story_path.parent, wanted, chosen.format, story_path.stem, Path(chosen.out))
    rehearse(job)
    _folder(chosen.out)
    refused = [still for still in _reported(make_stills(job, chosen.jobs), len(wanted)) if still.refused]
    return REFUSED if refused else DONE


def make_animation(chosen: argparse.Namespace) -> int:
    """A story of stills as clips, a placement each."""
    story_path = Path(chosen.story)
    story = read_document(story_path, Infographic)
    brand = read_document(Path(chosen.brand), Brand)
    wanted = choose(chosen.placements, moving=True)
    _check_pictures(story, story_path.parent)
    job = AnimationJob(story, brand, story_path.parent, wanted, story_path.stem, _folder(chosen.out))
    refused = [film for film in _shown(animate(job, _progress), len(wanted)) if film.refused]
    return REFUSED if refused else DONE


def make_clip(chosen: argparse.Namespace) -> int:
    story_path = Path(chosen.story)
    clip = read_document(story_path, Clip)
    if chosen.captions:
        clip = clip.model_copy(update={"captions": _captions(Path(chosen.captions), clip, story_path.parent)})
    brand = read_document(Path(chosen.brand), Brand)
    wanted = choose(chosen.placements, moving=True)
    out = _folder(chosen.out)
    cache = Path(chosen.cache) if chosen.cache else out / ".cards"
    others = tuple(read_document(Path(other), Clip) for other in chosen.also)
    job = FilmJob(clip, brand, story_path.parent, wanted, story_path.stem, out, cache, chosen.textless, others)
    missions = read_document(Path(chosen.missions), Missions).missions if chosen.missions else ()
    spoken = sum(mission.speaks(each.language) for each in (clip, *others) for mission in missions)
    count = len(wanted) * (1 + len(others) + spoken) + chosen.textless
    made = make_mission_films(job, missions, _progress) if missions else make_films(job, _progress)
    return REFUSED if any(film.refused for film in _shown(made, count)) else DONE


def show_framings(chosen: argparse.Namespace) -> int:
    """Key frames that keep faces in the frame, as a story holds them in footage.by_aspect."""
    path = Path(chosen.footage)
    try:
        footage = Footage(path=path.name, start=chosen.start, end=chosen.end)
    except ValidationError as error:
        raise problems(error)[0] from error
    piece = cut(footage, path)
    shots = watch(piece)
    found = framings(shots, piece.size, chosen.aspects.split(","))
    told = {aspect: reframe.model_dump(mode="json") for aspect, reframe in found.items()}
    print(json.dumps(told, ensure_ascii=False, indent=1))
    _say(f"{len(shots)} shots. Put this into the story as footage.by_aspect, and move the key frames as you like.")
    return DONE


def _captions(path: Path, clip: Clip, folder: Path) -> CueList:
    """Of a captions file, or of plain text that is spread over what is spoken in the footage."""
    if path.suffix.lower() == ".txt":
        return text_captions(path, clip, folder, _progress)
    found = read_captions(path, clip.language)
    if found.assumed:
        _say(f"{path.name} is not in UTF-8, and was read as {found.assumed}. Look at its words before they go out.")
    return found.captions


def make_account_kit(chosen: argparse.Namespace) -> int:
    brand_path = Path(chosen.brand)
    brand = read_document(brand_path, Brand)
    accounts = tuple(_account(language, chosen) for language in _languages(chosen, brand))
    kit = Kit(brand, accounts, choose_own(chosen.placements), stem(brand, chosen.mission), Path(chosen.out))
    typesetter = Typesetter(Studio(brand_path.parent))
    rehearse_kit(kit, typesetter)
    _folder(chosen.out)
    stills = _reported(make_kit(kit, typesetter), len(accounts) * len(kit.placements))
    return REFUSED if any(still.refused for still in stills) else DONE


def make_qr(chosen: argparse.Namespace) -> int:
    made = qr_image(chosen.text, Path(chosen.out), chosen.size, Path(chosen.logo) if chosen.logo else None)
    _print_row({**asdict(made), "path": str(made.path)})
    return DONE


def probe(chosen: argparse.Namespace) -> int:
    code = DONE
    for name in chosen.files:
        try:
            _print_row({"path": name, **_facts(Path(name))})
        except CannotOpen as error:
            _say(str(error))
            code = BAD_INPUT
    return code


def make_package(chosen: argparse.Namespace) -> int:
    target = Path(chosen.out)
    manifest = package_folder(Path(chosen.folder), target)
    _print_row({"path": str(target), "bytes": target.stat().st_size, "files": len(manifest["files"])})
    return DONE


def make_demo(chosen: argparse.Namespace) -> int:
    """Every story of the example in every language, and a page that shows them all."""
    folder = _folder(chosen.out)
    _say("Drawing the pictures …")
    campaign.draw_pictures(folder)
    stills: list[Still] = []
    wanted = choose("all")
    for name in campaign.names():
        for language in campaign.languages():
            _say(f"{name} in {language}: {len(wanted)} placements")
            out = _folder(str(folder / name / language))
            job = Job(campaign.story(name, language), campaign.brand(), folder, wanted, "", name, out)
            stills += make_stills(job, chosen.jobs)
    page = contact_sheet(stills, folder)
    refused = sum(still.refused for still in stills)
    _say(f"{len(stills) - refused} files, {refused} refused. Open {page} in a browser.")
    return REFUSED if refused else DONE


def _languages(chosen: argparse.Namespace, brand: Brand) -> tuple[str, ...]:
    """The language asked for, or all that the brand has names in. Raises InvalidInput for words in no one language."""
    if chosen.language:
        return (chosen.language,)
    for name in ("mission", "place", "message"):
        if getattr(chosen, name):
            raise InvalidInput(f"--{name}", "is in one language only.", "Name it with --language.")
    return tuple(brand.names)


def _account(language: str, chosen: argparse.Namespace) -> Account:
    try:
        return Account(language=language, mission=chosen.mission, place=chosen.place, message=chosen.message)
    except ValidationError as error:
        raise problems(error)[0] from error


def _check_pictures(story: Infographic, folder: Path) -> None:
    """Open every picture and drawing before anything is made. Raises InvalidInput that names the field."""
    for field, picture in pictures_in(story.blocks, "blocks"):
        with _named(f"{field}.path"):
            open_image(inside(folder, picture.path), at_least=(1, 1))
    for field, artwork in parts_in(story.blocks, "blocks", Artwork):
        with _named(f"{field}.path"):
            open_artwork(inside(folder, artwork.path))


@contextmanager
def _named(field: str) -> Iterator[None]:
    """A file that cannot be opened is a field that holds the wrong name."""
    try:
        yield
    except CannotOpen as error:
        raise InvalidInput(field, f"{error.name}: {error.why}", error.remedy) from error


def _reported(stills: Iterable[Still], count: int) -> list[Still]:
    done = []
    for number, still in enumerate(stills, start=1):
        _print_row(_row(still))
        _say_made(number, count, still)
        done.append(still)
    return done


def _shown(films: Iterable[Film], count: int) -> list[Film]:
    done = []
    for number, film in enumerate(films, start=1):
        findings = [finding.model_dump(mode="json") for finding in film.findings]
        _print_row({**asdict(film), **_names(film), "findings": findings})
        _say_made(number, count, film)
        done.append(film)
    return done


def _say_made(number: int, count: int, made: Still | Film) -> None:
    heard = f": {made.sound}" if isinstance(made, Film) and made.sound else ""
    mission = f" for {made.mission}" if isinstance(made, Film) and made.mission else ""
    _say(f"{number}/{count} {made.placement}{mission}" + (": refused" if made.refused else heard))
    for finding in made.findings if made.refused else ():
        _say(f"  {finding.level}: {finding.message} {finding.remedy}")


def _progress(share: float) -> None:
    if sys.stderr.isatty():
        print(f"\r{share:4.0%} ", end="", file=sys.stderr, flush=True)


def _names(film: Film) -> dict[str, Any]:
    """Paths as text, for JSON."""
    return {
        "path": str(film.path) if film.path else None,
        "poster": str(film.poster) if film.poster else None,
        "sidecars": [str(path) for path in film.sidecars],
    }


def _facts(path: Path) -> dict[str, Any]:
    """What a file is, by the door for its ending; anything else is taken for a picture."""
    return _PROBES.get(path.suffix.lower(), _image_facts)(path)


def _image_facts(path: Path) -> dict[str, Any]:
    return asdict(probe_image(path))


def _video_facts(path: Path) -> dict[str, Any]:
    return asdict(probe_video(path))


def _artwork_facts(path: Path) -> dict[str, Any]:
    drawing = open_artwork(path)
    return {"format": path.suffix.lower()[1:], "shapes": len(drawing.shapes), "names": list(drawing.names)}


def _caption_facts(path: Path) -> dict[str, Any]:
    cues = read_captions(path).cues
    return {"format": path.suffix.lower()[1:], "captions": len(cues), "from_ms": cues[0].start, "to_ms": cues[-1].end}


_MOVING = (
    ".mp4", ".mov", ".m4v", ".mkv", ".webm", ".avi", ".mts", ".ts", ".mxf", ".mpg", ".wav", ".mp3", ".m4a", ".flac",
)  # fmt: skip
_PROBES: dict[str, Callable[[Path], dict[str, Any]]] = {
    **dict.fromkeys(_MOVING, _video_facts),
    **dict.fromkeys((".srt", ".vtt"), _caption_facts),
    **dict.fromkeys((".svg", ".geojson"), _artwork_facts),
}


def _row(still: Still) -> dict[str, Any]:
    findings = [finding.model_dump(mode="json") for finding in still.findings]
    paths = {"path": str(still.path) if still.path else None, "slides": [str(path) for path in still.slides]}
    return {**asdict(still), **paths, "findings": findings}


def _folder(name: str) -> Path:
    folder = Path(name)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CannotWrite(name, f"cannot be a folder ({error.strerror}).", "Name another folder with --out.") from error
    return folder


def _print_row(row: dict[str, Any]) -> None:
    print(json.dumps(row, ensure_ascii=False), flush=True)


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m media_tools", description="Stories into platform-ready files.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    sheet = commands.add_parser("placements", help="every placement we know")
    sheet.add_argument("--json", action="store_true", help="all that is known, as one JSON list")
    sheet.set_defaults(command=show_placements)

    schema = commands.add_parser("schema", help="JSON Schema of a file that you write")
    schema.add_argument("what", choices=sorted(_MODELS))
    schema.set_defaults(command=show_schema)

    example = commands.add_parser("example", help="a complete story, brand and pictures to begin with")
    example.add_argument("what", choices=["clip", "infographic"])
    example.add_argument("--out", required=True, metavar="DIR")
    example.add_argument("--language", default="en", metavar="TAG")
    example.set_defaults(command=write_example)

    infographic = commands.add_parser("infographic", help="a story and a brand into stills")
    infographic.add_argument("story", metavar="STORY.json")
    infographic.add_argument("--brand", required=True, metavar="BRAND.json")
    infographic.add_argument("--placements", default="all", help="all, or names with commas")
    infographic.add_argument(
        "--format", default="", choices=sorted(FORMATS), help="one kind of file for all; without it, what suits each"
    )
    infographic.add_argument("--out", required=True, metavar="DIR")
    infographic.add_argument("--jobs", type=int, default=1, metavar="N", help="processes to share the work")
    infographic.set_defaults(command=make_infographic)

    animation = commands.add_parser(
        "animate", help="a story and a brand into clips in which its blocks come one by one"
    )
    animation.add_argument("story", metavar="STORY.json")
    animation.add_argument("--brand", required=True, metavar="BRAND.json")
    animation.add_argument("--placements", default="all", help="all, or names with commas")
    animation.add_argument("--out", required=True, metavar="DIR")
    animation.set_defaults(command=make_animation)

    clip = commands.add_parser("clip", help="footage, captions and a brand into clips")
    clip.add_argument("story", metavar="STORY.json")
    clip.add_argument("--brand", required=True, metavar="BRAND.json")
    clip.add_argument("--placements", default="all", help="all, or names with commas")
    clip.add_argument("--captions", metavar="FILE", help="an .srt, .vtt or .txt file in place of the story's captions")
    clip.add_argument(
        "--also", action="append", default=[], metavar="STORY.json",
        help="the same footage in another language, filmed in the same run; may stand several times",
    )  # fmt: skip
    clip.add_argument(
        "--missions", metavar="FILE.json",
        help="also a clip for each mission in it, with its names, verb and link on the end card: see `schema missions`",
    )  # fmt: skip
    clip.add_argument("--out", required=True, metavar="DIR")
    clip.add_argument("--textless", action="store_true", help="also a master without captions, mark and card")
    clip.add_argument("--cache", metavar="DIR", help="where end cards are kept from one run to the next")
    clip.set_defaults(command=make_clip)

    reframe = commands.add_parser("reframe", help="key frames by which faces stay in frames of other proportions")
    reframe.add_argument("footage", metavar="FILE")
    reframe.add_argument("--aspects", default=",".join(ASPECTS), metavar="W:H", help="proportions with commas")
    reframe.add_argument("--start", type=float, default=0, metavar="SECONDS", help="where the clip begins in the file")
    reframe.add_argument("--end", type=float, metavar="SECONDS", help="where it ends; without it, with the file")
    reframe.set_defaults(command=show_framings)

    kit = commands.add_parser("kit", help="avatar and header for an account on every platform, from a brand alone")
    kit.add_argument("brand", metavar="BRAND.json")
    kit.add_argument("--language", default="", metavar="TAG", help="one language; without it, all that the brand has")
    kit.add_argument("--mission", default="", metavar="NAME", help="the mission's name in place of the brand's own")
    kit.add_argument("--place", default="", metavar="NAME", help="country or city, in a band on the avatars")
    kit.add_argument("--message", default="", metavar="TEXT", help="one line for the headers")
    kit.add_argument("--placements", default="all", help="all, or names with commas")
    kit.add_argument("--out", required=True, metavar="DIR")
    kit.set_defaults(command=make_account_kit)

    qr = commands.add_parser("qr", help="a QR code that was read back")
    qr.add_argument("text")
    qr.add_argument("--out", required=True, metavar="FILE", help="a name that ends in .png or .jpg")
    qr.add_argument("--logo", metavar="FILE", help="a picture for the middle of the code")
    qr.add_argument("--size", type=int, default=SIZE, metavar="PX", help="the most px of a side, quiet zone included")
    qr.set_defaults(command=make_qr)

    probing = commands.add_parser("probe", help="what a file is, from its header")
    probing.add_argument("files", nargs="+", metavar="FILE")
    probing.set_defaults(command=probe)

    package = commands.add_parser("package", help="a folder of finished files as one ZIP")
    package.add_argument("folder", metavar="DIR")
    package.add_argument("--out", required=True, metavar="FILE.zip")
    package.set_defaults(command=make_package)

    demo = commands.add_parser("demo", help="the example campaign in all its languages, with a contact sheet")
    demo.add_argument("--out", required=True, metavar="DIR")
    demo.add_argument("--jobs", type=int, default=1, metavar="N", help="processes to share the work")
    demo.set_defaults(command=make_demo)
    return parser
