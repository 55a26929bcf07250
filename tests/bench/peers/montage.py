"""A clip of ours as any editing program could be told it: parts of the footage, drawings over them, a film after it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from media_tools.clips.captions import Captioner, heard, save_drawing
from media_tools.clips.cards import card_frames, filmed
from media_tools.clips.overlay import clip_page, standing_mark
from media_tools.clips.reframe import crop
from media_tools.clips.source import Cut, cut
from media_tools.clips.story import FPS, Clip
from media_tools.draw import Pixels, draw
from media_tools.layout.frame import Frame
from media_tools.layout.page import Page
from media_tools.layout.text import Typesetter
from media_tools.platforms import Placement
from media_tools.spec.brand import Brand
from media_tools.spec.geometry import Box, Point, Size
from media_tools.studio import Studio


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing with its opacity: the frame's px where its top left corner lies, and the seconds in which it stands."""

    path: Path
    at: Point
    start: float
    seconds: float


@dataclass(frozen=True, slots=True)
class Edit:
    """One output: the footage's `part` enlarged to `size`."""

    name: str
    size: Size
    part: Box
    pictures: tuple[Picture, ...]
    card: Path | None


@dataclass(frozen=True, slots=True)
class Montage:
    """All outputs of a clip; each shows the first `frames` of the footage, and then `card_frames` of its card."""

    footage: Path
    frames: int
    card_frames: int
    edits: tuple[Edit, ...]

    @property
    def seconds(self) -> float:
        return self.frames / FPS


@dataclass(frozen=True)
class Drawer:
    """Draws what a clip's peers lay on their frames, into `folder`; cards are taken from the cache that ours are in."""

    clip: Clip
    brand: Brand
    piece: Cut
    typesetter: Typesetter
    folder: Path
    cards: Path

    def edit(self, placement: Placement) -> Edit:
        page = clip_page(self.clip, placement, self.brand, self.typesetter)
        folder = self.folder / placement.name
        folder.mkdir(parents=True)
        part = crop(self.piece.size, page.size, self.clip.footage.framed(page.size.aspect).middle)
        card = filmed(self.clip, placement, self.brand, self.typesetter, self.cards)
        return Edit(placement.name, page.size, part, tuple(self._pictures(page, folder)), card)

    def _pictures(self, page: Page, folder: Path) -> Iterator[Picture]:
        mark = standing_mark(page)
        drawn = draw(Frame(mark.item.size, (replace(mark, at=Point(0, 0)),)), self.typesetter)
        yield _saved(drawn, mark.at, range(self.piece.frames), folder / "mark.png")
        captioner = Captioner(page)
        corner = Point(captioner.box.x, captioner.box.y)
        said = heard(self.clip.captions.cues, self.piece.time)
        for number, each in enumerate(said):
            yield _saved(captioner.picture(each.cue.text), corner, each.when, folder / f"{number}.png")


def montage_of(
    clip: Clip, placements: tuple[Placement, ...], brand: Brand, source: Path, folder: Path, cards: Path
) -> Montage:
    piece = cut(clip.footage, source / clip.footage.path)
    drawer = Drawer(clip, brand, piece, Typesetter(Studio(source)), folder, cards)
    edits = tuple(drawer.edit(placement) for placement in placements)
    return Montage(piece.path, piece.frames, card_frames(clip), edits)


def _saved(pixels: Pixels, at: Point, when: range, path: Path) -> Picture:
    """Without its clear borders, which a peer would have to carry; its time is half a frame early, so none is late."""
    rows, columns = (np.flatnonzero(pixels[..., 3].any(axis=axis)) for axis in (1, 0))
    top, left = int(rows[0]), int(columns[0])
    save_drawing(pixels[top : rows[-1] + 1, left : columns[-1] + 1], path)
    return Picture(path, Point(at.x + left, at.y + top), (when.start - 0.5) / FPS, len(when) / FPS)
