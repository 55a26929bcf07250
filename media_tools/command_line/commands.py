"""What the command line can do, a function a command."""

import argparse
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from pydantic import BaseModel, ValidationError

from media_tools.account_kit import Account, Kit, make_kit, rehearse_kit, stem
from media_tools.animate import AnimationJob, animate
from media_tools.clips.film import FilmJob, make_films
from media_tools.clips.follow import framings
from media_tools.clips.loop import PlaylistJob, make_playlist
from media_tools.clips.missions import Missions, make_mission_films
from media_tools.clips.playlist import Playlist
from media_tools.clips.source import cut
from media_tools.clips.spread import text_captions
from media_tools.clips.story import Clip, Footage
from media_tools.clips.watching import watch
from media_tools.command_line.facts import facts
from media_tools.command_line.telling import print_row, progress, say, told_films, told_stills
from media_tools.errors import CannotOpen, CannotWrite, InvalidInput
from media_tools.example import campaign, footage
from media_tools.example.contact_sheet import contact_sheet
from media_tools.infographic import Infographic
from media_tools.layout.text import Typesetter
from media_tools.made import write_whole
from media_tools.open.artwork import open_artwork
from media_tools.open.captions import read_captions
from media_tools.open.document import problems, read_document
from media_tools.open.folder import inside
from media_tools.open.image import open_image
from media_tools.package import package_folder
from media_tools.platforms import choose, choose_own, placements
from media_tools.qr_image import qr_image
from media_tools.spec import parts_in
from media_tools.spec.artwork import Artwork
from media_tools.spec.brand import Brand
from media_tools.spec.cues import CueList
from media_tools.spec.picture import pictures_in
from media_tools.stills import Job, Still, make_stills, rehearse
from media_tools.studio import Studio

DONE, BAD_INPUT, REFUSED = 0, 2, 3
MODELS: dict[str, type[BaseModel]] = {
    "infographic": Infographic, "clip": Clip, "brand": Brand, "missions": Missions, "playlist": Playlist,
}  # fmt: skip


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
    print(json.dumps(MODELS[chosen.what].model_json_schema(), ensure_ascii=False, indent=1))
    return DONE


def write_example(chosen: argparse.Namespace) -> int:
    return write_clip_example(chosen) if chosen.what == "clip" else write_infographic_example(chosen)


def write_clip_example(chosen: argparse.Namespace) -> int:
    story = footage.clip_text(chosen.language)
    folder = _folder(chosen.out)
    write_whole(folder / "story.json", story.encode())
    write_whole(folder / "brand.json", campaign.brand_text().encode())
    say("Filming the example's footage …")
    footage.film_footage(folder)
    say(f"Now run: python -m media_tools clip {folder / 'story.json'} --brand {folder / 'brand.json'} --out DIR")
    return DONE


def write_infographic_example(chosen: argparse.Namespace) -> int:
    story = campaign.story_text(campaign.EXAMPLE, chosen.language)
    folder = _folder(chosen.out)
    write_whole(folder / "story.json", story.encode())
    write_whole(folder / "brand.json", campaign.brand_text().encode())
    say("Drawing the example's pictures …")
    campaign.draw_pictures(folder, only=campaign.pictures_of(campaign.EXAMPLE))
    say(f"Now run: python -m media_tools infographic {folder / 'story.json'} --brand {folder / 'brand.json'} --out DIR")
    return DONE


def make_infographic(chosen: argparse.Namespace) -> int:
    story_path = Path(chosen.story)
    story = read_document(story_path, Infographic)
    brand = read_document(Path(chosen.brand), Brand)
    wanted = choose(chosen.placements)
    _check_pictures(story, story_path.parent)
    job = Job(story, brand, story_path.parent, wanted, chosen.format, story_path.stem, Path(chosen.out))
    typesetter = Typesetter(Studio(job.source))
    rehearse(job, typesetter)
    _folder(chosen.out)
    made = told_stills(make_stills(job, chosen.jobs, typesetter), len(wanted))
    refused = [still for still in made if still.refused]
    return REFUSED if refused else DONE


def make_animation(chosen: argparse.Namespace) -> int:
    """A story of stills as clips, a placement each."""
    story_path = Path(chosen.story)
    story = read_document(story_path, Infographic)
    brand = read_document(Path(chosen.brand), Brand)
    wanted = choose(chosen.placements, moving=True)
    _check_pictures(story, story_path.parent)
    job = AnimationJob(story, brand, story_path.parent, wanted, story_path.stem, _folder(chosen.out))
    refused = [film for film in told_films(animate(job, progress), len(wanted)) if film.refused]
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
    made = make_mission_films(job, missions, progress) if missions else make_films(job, progress)
    return REFUSED if any(film.refused for film in told_films(made, count)) else DONE


def make_loop(chosen: argparse.Namespace) -> int:
    """A playlist as one film that goes round, with sound and without."""
    path = Path(chosen.playlist)
    playlist = read_document(path, Playlist)
    job = PlaylistJob(playlist, path.parent, path.stem, _folder(chosen.out))
    films = told_films(make_playlist(job, progress), playlist.films)
    return REFUSED if any(film.refused for film in films) else DONE


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
    say(f"{len(shots)} shots. Put this into the story as footage.by_aspect, and move the key frames as you like.")
    return DONE


def _captions(path: Path, clip: Clip, folder: Path) -> CueList:
    """Of a captions file, or of plain text that is spread over what is spoken in the footage."""
    if path.suffix.lower() == ".txt":
        return text_captions(path, clip, folder, progress)
    found = read_captions(path, clip.language)
    if found.assumed:
        say(f"{path.name} is not in UTF-8, and was read as {found.assumed}. Look at its words before they go out.")
    return found.captions


def make_account_kit(chosen: argparse.Namespace) -> int:
    brand_path = Path(chosen.brand)
    brand = read_document(brand_path, Brand)
    accounts = tuple(_account(language, chosen) for language in _languages(chosen, brand))
    kit = Kit(brand, accounts, choose_own(chosen.placements), stem(brand, chosen.mission), Path(chosen.out))
    typesetter = Typesetter(Studio(brand_path.parent))
    rehearse_kit(kit, typesetter)
    _folder(chosen.out)
    stills = told_stills(make_kit(kit, typesetter), len(accounts) * len(kit.placements))
    return REFUSED if any(still.refused for still in stills) else DONE


def make_qr(chosen: argparse.Namespace) -> int:
    made = qr_image(chosen.text, Path(chosen.out), chosen.size, Path(chosen.logo) if chosen.logo else None)
    print_row({**asdict(made), "path": str(made.path)})
    return DONE


def probe(chosen: argparse.Namespace) -> int:
    code = DONE
    for name in chosen.files:
        try:
            print_row({"path": name, **facts(Path(name))})
        except CannotOpen as error:
            say(str(error))
            code = BAD_INPUT
    return code


def make_package(chosen: argparse.Namespace) -> int:
    target = Path(chosen.out)
    manifest = package_folder(Path(chosen.folder), target)
    print_row({"path": str(target), "bytes": target.stat().st_size, "files": len(manifest["files"])})
    return DONE


def make_demo(chosen: argparse.Namespace) -> int:
    """Every story of the example in every language, and a page that shows them all."""
    folder = _folder(chosen.out)
    say("Drawing the pictures …")
    campaign.draw_pictures(folder)
    campaign.copy_artwork(folder)
    stills: list[Still] = []
    wanted, typesetter = choose("all"), Typesetter(Studio(folder))
    for name in campaign.names():
        for language in campaign.languages():
            say(f"{name} in {language}: {len(wanted)} placements")
            out = _folder(str(folder / name / language))
            job = Job(campaign.story(name, language), campaign.brand(), folder, wanted, "", name, out)
            stills += make_stills(job, chosen.jobs, typesetter)
    page = contact_sheet(stills, folder)
    refused = sum(still.refused for still in stills)
    say(f"{len(stills) - refused} files, {refused} refused. Open {page} in a browser.")
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


def _folder(name: str) -> Path:
    folder = Path(name)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CannotWrite(name, f"cannot be a folder ({error.strerror}).", "Name another folder with --out.") from error
    return folder
