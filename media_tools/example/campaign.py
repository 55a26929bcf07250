"""The example campaign: five stories in four languages, a brand, and the pictures they show, drawn by ourselves."""

from collections.abc import Iterable
from pathlib import Path

from media_tools.errors import InvalidInput
from media_tools.example.scenes import SCENES
from media_tools.infographic import Infographic
from media_tools.spec.brand import Brand

_FOLDER = Path(__file__).parent
_STORIES = _FOLDER / "stories"
EXAMPLE = "missions"
"""The story with every kind of block."""
WIDTH = 4480
"""Px: enough to fill an A3 sheet at 200 dpi."""


def names() -> tuple[str, ...]:
    return tuple(sorted({path.name.split(".")[0] for path in _STORIES.glob("*.json")}))


def languages() -> tuple[str, ...]:
    return tuple(sorted(path.name.split(".")[1] for path in _STORIES.glob(f"{EXAMPLE}.*.json")))


def pictures_of(name: str) -> tuple[str, ...]:
    """The scenes that a story shows."""
    return tuple(Path(picture.path).stem for picture in story(name, "en").pictures)


def story(name: str, language: str) -> Infographic:
    return Infographic.model_validate_json(story_text(name, language))


def story_text(name: str, language: str) -> str:
    """The story as it is stored, JSON. Raises InvalidInput for a language that it is not told in."""
    path = _STORIES / f"{name}.{language}.json"
    if language not in languages():
        raise InvalidInput("language", f"has no example in '{language}'.", f"Use one of {', '.join(languages())}.")
    return path.read_text(encoding="utf-8")


def brand() -> Brand:
    return Brand.model_validate_json(brand_text())


def brand_text() -> str:
    return (_FOLDER / "brand.json").read_text(encoding="utf-8")


def copy_artwork(folder: Path) -> None:
    """Put the drawings that stories and examples of blocks show into a folder: invented land, logos and icons."""
    for path in (_FOLDER / "artwork").iterdir():
        (folder / path.name).write_bytes(path.read_bytes())


def draw_pictures(folder: Path, width: int = WIDTH, only: Iterable[str] = tuple(SCENES)) -> None:
    """Draw the scenes named in `only` as JPEG files; one that is there already is left as it is."""
    for name in only:
        path = folder / f"{name}.jpg"
        if not path.exists():
            part = path.with_name(path.name + ".part")
            SCENES[name].draw(width, width * 3 // 4).save(part, "JPEG", quality=88)
            part.replace(path)
