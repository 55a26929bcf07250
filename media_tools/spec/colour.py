"""Colours as sRGB hex, and the arithmetic that keeps text readable on them.

Contrast is WCAG 2.2's ratio. Lightness is OKLCH's, after Bjorn Ottosson, "A perceptual color space
for image processing", 2020. What colour-blind eyes see is after Machado, Oliveira and Fernandes,
"A physiologically-based model for simulation of color vision deficiency", 2009, severity 1.
"""

import math
from functools import lru_cache
from typing import Annotated

import numpy as np
from numpy.typing import NDArray
from pydantic import StringConstraints

Colour = Annotated[str, StringConstraints(pattern=r"^#[0-9A-Fa-f]{6}$", to_upper=True)]

WHITE: Colour = "#FFFFFF"
READABLE = 4.5
"""Least contrast of text: WCAG 2.2, success criterion 1.4.3."""

_LIGHTNESS_STEP = 0.02

_EYES = np.array(
    [
        [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
    ]
)
"""Linear sRGB as it looks to most people, and without red, green and blue cones."""


def channels(colour: Colour) -> tuple[float, float, float]:
    """Red, green and blue from 0 to 1."""
    return (int(colour[1:3], 16) / 255, int(colour[3:5], 16) / 255, int(colour[5:7], 16) / 255)


def mix(colour: Colour, ground: Colour, share: float) -> Colour:
    """`share` of `colour` laid over `ground`, channel by channel."""
    return _hex(*(share * a + (1 - share) * b for a, b in zip(channels(colour), channels(ground), strict=True)))


def luminance(colour: Colour) -> float:
    """WCAG relative luminance, 0 to 1."""
    red, green, blue = (linear(value) for value in channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(colour: Colour, ground: Colour) -> float:
    """WCAG contrast ratio, 1 to 21."""
    return luminance_contrast(luminance(colour), luminance(ground))


def luminance_contrast(one: float, other: float) -> float:
    return (max(one, other) + 0.05) / (min(one, other) + 0.05)


def is_dark(ground: Colour) -> bool:
    """Whether white reads better on `ground` than black does."""
    return contrast(WHITE, ground) > contrast("#000000", ground)


def readable(colour: Colour, ground: Colour, least: float = READABLE) -> Colour:
    """`colour`, or the nearest lightness of it that reads `least` : 1 on `ground`, or black or white."""
    step = _LIGHTNESS_STEP if is_dark(ground) else -_LIGHTNESS_STEP
    moved = colour
    for _ in range(round(1 / _LIGHTNESS_STEP)):
        if contrast(moved, ground) >= least:
            return moved
        moved = with_lightness(moved, plus=step)
    return WHITE if is_dark(ground) else "#000000"


def apart(one: Colour, other: Colour) -> float:
    """How different two colours look to those eyes that tell them apart least: 100 x the distance in OKLab."""
    return 100 * min(math.dist(here, there) for here, there in zip(_seen(one), _seen(other), strict=True))


def with_lightness(colour: Colour, times: float = 1, plus: float = 0, chroma_times: float = 1) -> Colour:
    """`colour` at another OKLCH lightness, hue kept."""
    lightness, a, b = _oklab(colour)
    return _from_oklab(min(1, max(0, lightness * times + plus)), a * chroma_times, b * chroma_times)


def darkest(colour: Colour, lightness: float) -> Colour:
    """`colour`, made as dark as an OKLCH lightness where it is lighter."""
    own, a, b = _oklab(colour)
    return colour if own <= lightness else _from_oklab(lightness, a * lightness / own, b * lightness / own)


def towards_yellow(colour: Colour, lightness: float, chroma: float, degrees: float) -> Colour:
    """The hue of `colour` turned by `degrees` towards yellow, at a given OKLCH lightness and chroma."""
    _, a, b = _oklab(colour)
    yellow = 110.0  # OKLCH hue of sRGB yellow, degrees
    hue = math.degrees(math.atan2(b, a))
    gap = (yellow - hue + 180) % 360 - 180
    turned = math.radians(hue + math.copysign(min(abs(gap), degrees), gap))
    return _from_oklab(lightness, chroma * math.cos(turned), chroma * math.sin(turned))


def linear(value: float) -> float:
    """One sRGB channel, 0 to 1, as linear light."""
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def luminances(pixels: NDArray[np.float64]) -> NDArray[np.float64]:
    """WCAG relative luminance of (..., 3) sRGB values from 0 to 1."""
    light = np.where(pixels <= 0.04045, pixels / 12.92, ((pixels + 0.055) / 1.055) ** 2.4)
    return np.asarray(light @ np.array([0.2126, 0.7152, 0.0722]))


def _companded(value: float) -> float:
    value = min(1, max(0, value))
    return 12.92 * value if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055


def _hex(red: float, green: float, blue: float) -> Colour:
    return "#" + "".join(f"{round(255 * min(1, max(0, value))):02X}" for value in (red, green, blue))


@lru_cache(1024)
def _seen(colour: Colour) -> tuple[tuple[float, float, float], ...]:
    """The colour in OKLab, once for each kind of eyes."""
    light = np.clip(_EYES @ np.array([linear(value) for value in channels(colour)]), 0, 1)
    return tuple(_linear_to_oklab(*(float(value) for value in each)) for each in light)


def _oklab(colour: Colour) -> tuple[float, float, float]:
    return _linear_to_oklab(*(linear(value) for value in channels(colour)))


def _linear_to_oklab(red: float, green: float, blue: float) -> tuple[float, float, float]:
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    medium = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    return (
        0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short,
    )


def _from_oklab(lightness: float, a: float, b: float) -> Colour:
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return _hex(
        _companded(4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short),
        _companded(-1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short),
        _companded(-0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short),
    )
