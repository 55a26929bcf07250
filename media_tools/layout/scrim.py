"""A veil over a photo, as dense as its brightest parts behind the text ask for and no denser."""

from collections.abc import Sequence
from math import ceil, cos, pi

import numpy as np
from numpy.typing import NDArray

from media_tools.layout.frame import Gradient, Stop
from media_tools.layout.page import Page
from media_tools.spec.colour import READABLE, Colour, channels, luminance, luminances
from media_tools.spec.geometry import Box, Point, Size

_LIGHTEST, _DENSEST = 0.70, 0.96
_PERCENTILE = 99
_MARGIN = 1.15  # over the contrast asked for: encoders and resizing move pixels
_STOPS = 12
_ANALYSED = 160  # px: width at which the photo's brightness is read


def density(page: Page, picture: str, crop: Box, whole: Box, behind: Sequence[Box]) -> float:
    """The opacity at which the page's quietest text reads on each part of `behind` of the photo that fills `whole`.

    Both are px of the page; what of `behind` lies outside the photo is not looked at.
    """
    size = Size(_ANALYSED, round(_ANALYSED * whole.height / whole.width))
    pixels = page.studio.pixels(picture, crop, size)[..., :3] / 255
    scale = size.width / whole.width
    lying = (box for each in behind if (box := whole.overlap(each)))
    seen = [Box(box.x - whole.x, box.y - whole.y, box.width, box.height) for box in lying]
    if not seen:
        return _LIGHTEST
    return _enough(page, np.array([_brightest(pixels, box, scale) for box in seen]))


def surest(page: Page) -> float:
    """The opacity at which the page's quietest text reads on pictures that nobody has seen yet, be they white."""
    return _enough(page, np.ones((1, 3)))


def _enough(page: Page, brightest: NDArray[np.float64]) -> float:
    quietest = min(luminance(colour) for colour in (page.ground.quiet, page.ground.accent))
    allowed = (quietest + 0.05) / (READABLE * _MARGIN) - 0.05
    veil = np.array(channels(page.ground.colour))
    for opacity in np.arange(_LIGHTEST, _DENSEST, 0.01):
        if luminances((1 - opacity) * brightest + opacity * veil).max() <= allowed:
            return float(opacity)
    return _DENSEST


def _brightest(pixels: NDArray[np.float64], box: Box, scale: float) -> NDArray[np.float64]:
    """The colour that one pixel in a hundred of the part exceeds."""
    height, width, _ = pixels.shape
    top, left = min(height - 1, int(box.y * scale)), min(width - 1, int(box.x * scale))
    part = pixels[top : max(top + 1, ceil(box.bottom * scale)), left : max(left + 1, ceil(box.right * scale))]
    colours = part.reshape(-1, 3)
    order = int(_PERCENTILE / 100 * (len(colours) - 1))
    return np.asarray(colours[np.argpartition(luminances(colours), order)[order]])


def rising(colour: Colour, opacity: float, full: float, solid: float) -> Gradient:
    """Downwards: clear at the top, `opacity` from `full` on (shares of the way), and solid at the foot from `solid`."""
    ease = [Stop(full * step / _STOPS, opacity * _eased(step / _STOPS)) for step in range(_STOPS + 1)]
    rest = [
        Stop(solid + (1 - solid) * step / _STOPS, opacity + (1 - opacity) * _eased(step / _STOPS))
        for step in range(_STOPS + 1)
    ]
    return Gradient(colour, Point(0, 0), Point(0, 1), tuple(ease + rest))


def sideways(colour: Colour, opacity: float, full: float) -> Gradient:
    """From the start edge: `opacity` as far as `full` (share of the way), then fading to nothing."""
    fade = [
        Stop(full + (1 - full) * step / _STOPS, opacity * (1 - _eased(step / _STOPS))) for step in range(_STOPS + 1)
    ]
    return Gradient(colour, Point(0, 0), Point(1, 0), (Stop(0, opacity), *fade))


def _eased(share: float) -> float:
    return (1 - cos(pi * share)) / 2
