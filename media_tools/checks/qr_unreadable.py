from collections.abc import Iterator
from typing import ClassVar

import numpy as np

from media_tools.checks import Bench, Check, Examples
from media_tools.layout.frame import Found, Frame, Path
from media_tools.made import Made
from media_tools.qr import QUIET, read, worn
from media_tools.spec.finding import Finding, Level
from media_tools.spec.geometry import Box

_ROUND = 0.1  # of the code's side: what a phone's camera sees around it
_LEAST_MODULE = 3  # px: cameras and encoders blur smaller ones, whatever our own reader makes of them
_LEAST_PRINTED = 0.4  # mm: ART.md, section 6
_MM = 25.4  # to the inch
_PALE, _SPOILT = 160, 0.01  # of 255: the quiet zone's darkest; the share of its px that may be darker


class QRUnreadable(Check):
    """Each code leads where its block says, in the file and in a half-size JPEG of quality 60 of it.

    Our reader forgives more than phones do, so that modules have a least size and the quiet zone is looked at as well.
    """

    code: ClassVar[str] = "qr-unreadable"
    level: ClassVar[Level] = Level.BLOCKING

    def findings(self, made: Made) -> Iterator[Finding]:
        codes = [
            mark.found for mark in made.marks if isinstance(mark.found.item, Frame) and mark.found.item.name == "qr"
        ]
        urls = [link.url for block in made.page.shown.blocks for link in block.links()]
        if made.page.page.scannable and len(codes) != len(urls):
            yield self.finding(
                f"The page shows {len(codes)} QR codes for {len(urls)} addresses.",
                "Report this page: layout should show a code for each link in blocks.",
            )
            return
        for code, url in zip(codes, urls, strict=False):
            if why := _why_not(code, url, made):
                yield self.finding(
                    f"The QR code of {code.box.width:.0f} px {why}.",
                    f"Shorten the address: qr_call.link.url has {len(url)} characters. A short link keeps it coarse.",
                )

    def examples(self, bench: Bench) -> Examples:
        long = {"url": "https://go.mfa.example/" + "abcdefghij" * 27}
        return Examples(
            bench.make("screen.hd_portrait"), bench.make("linkedin.document", bench.blocks("qr_call", link=long))
        )


def _why_not(code: Found, url: str, made: Made) -> str:
    """What is wrong with a code, as the end of a sentence; empty for a good one."""
    picture = made.reopened.crop(_around(code.box)).convert("RGB")
    for name, seen in (("the file", picture), ("a half-size JPEG of it", worn(picture))):
        found = read(seen)
        if not found:
            return f"could not be read back from {name}"
        if url not in found:
            return f"leads to {found[0]}, and not to {url}"
    if small := _too_fine(code, made):
        return small
    return "has something in its quiet zone" if _spoilt(code, made) else ""


def _too_fine(code: Found, made: Made) -> str:
    """Why its modules are too small for cameras; empty when they are not."""
    module = _module(code)
    dpi = made.order.placement.dpi
    if dpi and module / dpi * _MM < _LEAST_PRINTED:
        return f"has modules of {module / dpi * _MM:.2f} mm, and phones need {_LEAST_PRINTED} mm"
    return f"has modules of {module:.0f} px, and phones need {_LEAST_MODULE} px" if module < _LEAST_MODULE else ""


def _module(code: Found) -> float:
    """Px of the file to a module."""
    items = code.item.items if isinstance(code.item, Frame) else ()
    return max((placed.item.scale for placed in items if isinstance(placed.item, Path)), default=0)


def _spoilt(code: Found, made: Made) -> bool:
    """Whether anything dark lies in the quiet zone of the file, but for the soft edge of the outermost modules."""
    box, zone = code.box, round((QUIET - 1) * _module(code))
    light = np.asarray(made.reopened.crop(_whole(box)).convert("L"))
    inner = light[zone:-zone, zone:-zone].size
    dark = np.count_nonzero(light < _PALE) - np.count_nonzero(light[zone:-zone, zone:-zone] < _PALE)
    return bool(dark > _SPOILT * (light.size - inner))


def _around(box: Box) -> tuple[int, int, int, int]:
    more = _ROUND * box.width
    return _whole(Box(box.x - more, box.y - more, box.width + 2 * more, box.height + 2 * more))


def _whole(box: Box) -> tuple[int, int, int, int]:
    return (round(box.x), round(box.y), round(box.right), round(box.bottom))
