from collections.abc import Iterable, Iterator, Mapping
from dataclasses import astuple, replace
from typing import ClassVar

import numpy as np

from media_tools.charts.axis import tint
from media_tools.charts.series import MOST_SERIES, label_colour, series_colours
from media_tools.checks import Bench, Check, Examples, changed, quoted
from media_tools.layout.frame import Fill, Found, Gradient, Item, Paragraph, Path, walk
from media_tools.layout.page import Ground, Page
from media_tools.made import Made
from media_tools.spec.brand import Brand
from media_tools.spec.colour import WHITE, Colour, channels
from media_tools.spec.finding import Finding, Level

_BLACK: Colour = "#000000"
_ROUNDED = 1.5  # of 255: what two roundings of a mix may cost
_MOVED = 8  # of 255: more than encoders move a plain colour
_STRIDE = 7  # px between those that are looked at
_FEWEST = 50  # px of ground, under which it is not looked at
_FOREIGN = "#B000B5"  # in the failing example


class BrandNotUsed(Check):
    """Every colour is one of the brand's or a mix of them, on the page and in the file, and every face its own."""

    code: ClassVar[str] = "brand-not-used"
    level: ClassVar[Level] = Level.ADVISORY

    def findings(self, made: Made) -> Iterator[Finding]:
        used = dict(_colours(walk(made.page.frame)))
        for colour in _foreign(used, made.page.page):
            yield self.finding(
                f"{used[colour]} has the colour {colour}, which is none of the brand's and no mix of them.",
                "Compare brand.colours with the brand's own sheet, and report this page: layout should prevent it.",
            )
        for text, family in _foreign_faces(made):
            yield self.finding(
                f"{quoted(text)} is set in {family}, which is not one of the brand's.",
                "Compare brand.fonts with the brand's own sheet, and report this page: layout should prevent it.",
            )
        if (seen := _ground_seen(made)) is not None:
            yield self.finding(
                f"The ground {made.page.page.ground.colour} looks like {seen} in the file.",
                "Choose another --format, and report this file: its colours were changed when it was written.",
            )

    def examples(self, bench: Bench) -> Examples:
        good = bench.make()
        return Examples(good, bench.with_frame(changed(good.page.frame, _recoloured)))


def _colours(items: Iterable[Found]) -> Iterator[tuple[Colour, str]]:
    """Each colour with what has it; logos of others have their own."""
    for found in items:
        what = f"A shape in the {found.names[-1].replace('_', ' ')}" if found.names else "A shape"
        match found.item:
            case Fill(paint=Gradient(colour=colour)) | Fill(paint=str(colour)) | Path(colour=colour):
                yield colour, what
            case Paragraph(runs=runs):
                yield from ((run.style.colour, quoted(found.item.text)) for run in runs)


def _foreign(used: Mapping[Colour, str], page: Page) -> Iterator[Colour]:
    """Colours that are no role, none that layout derives from roles on some ground, and no tint of these on theirs.

    What is quickly known is asked first: of most pages nothing is left then.
    """
    roles = _roles(page.brand)
    grounds = sorted(roles & {*used, page.ground.colour, WHITE})
    left = set(used) - roles
    for ground in grounds:
        left = _left(left, ground, {*astuple(Ground.of(ground, page.brand)), WHITE})
    for ground in grounds if left else ():
        for tones in _series(page.on(ground)):
            left = _left(left, ground, tones)
            for shape in tones & set(used):  # words stand on shapes as well
                left -= set(astuple(Ground.of(shape, page.brand)))
    yield from sorted(left)


def _left(colours: set[Colour], ground: Colour, known: set[Colour]) -> set[Colour]:
    """Those that are neither known nor known ones laid thinly over the ground."""
    return {colour for colour in colours - known if not _is_mix(colour, ground, known)}


def _series(page: Page) -> Iterator[set[Colour]]:
    """What layout makes of the brand's roles for charts on a ground, words on its tints included."""
    yield {page.on(tint(page.ground.strong, page)).ground.accent}
    for count in range(2, MOST_SERIES + 1):
        tones = set(series_colours(count, page))
        yield tones | {label_colour(tone, page) for tone in tones}


def _roles(brand: Brand) -> set[Colour]:
    colours = brand.colours
    return {
        colours.primary, colours.ink, colours.paper, colours.accent, colours.surface, colours.deep, colours.veil,
        colours.accent_in_dark, colours.quiet, WHITE, _BLACK,
    }  # fmt: skip


def _is_mix(colour: Colour, ground: Colour, tops: Iterable[Colour]) -> bool:
    """Whether it lies between the ground and another colour, as tints and hairlines do."""
    wanted, low = np.array(channels(colour)), np.array(channels(ground))
    ways = np.array([channels(top) for top in tops]) - low
    lengths = np.maximum((ways**2).sum(axis=1), 1e-9)
    shares = np.clip((ways @ (wanted - low)) / lengths, 0, 1)
    off = np.abs(low + shares[:, None] * ways - wanted).max(axis=1)
    return bool((off <= _ROUNDED / 255).any())


def _foreign_faces(made: Made) -> Iterator[tuple[str, str]]:
    """Words whose first face is neither the brand's nor, for letters that none of these has, a packaged one."""
    page, fonts = made.page.page, made.typesetter.fonts
    own = {page.brand.fonts.display, page.brand.fonts.text, *page.brand.fonts.by_script.values()}
    for found in walk(made.page.frame):
        if isinstance(found.item, Paragraph):
            for run in found.item.runs:
                first = run.style.families[0]
                letters = [letter for letter in run.text if letter.isalpha()]
                set_by_own = any(fonts.covers(family, letter) for family in own for letter in letters)
                if first not in own and (set_by_own or first not in fonts.families):
                    yield run.text, first
                    break


def _ground_seen(made: Made) -> Colour | None:
    """What the page's ground has become in the file; None where it is as it was, or hardly seen."""
    drawn, file = made.ground, made.finished
    colour = np.array([round(255 * channel) for channel in channels(made.page.page.ground.colour)])
    rows, columns = np.nonzero((drawn[::_STRIDE, ::_STRIDE, :3] == colour).all(axis=2))
    if rows.size < _FEWEST:
        return None
    scale = np.array(file.shape[:2]) / drawn.shape[:2]
    seen = np.median(file[(rows * _STRIDE * scale[0]).astype(int), (columns * _STRIDE * scale[1]).astype(int)], axis=0)
    if np.abs(seen - colour).max() <= _MOVED:
        return None
    return "#" + "".join(f"{round(channel):02X}" for channel in seen)


def _recoloured(item: Item) -> Item:
    """Words in a colour of nobody's."""
    if not isinstance(item, Paragraph):
        return item
    return replace(item, runs=tuple(run._replace(style=replace(run.style, colour=_FOREIGN)) for run in item.runs))
