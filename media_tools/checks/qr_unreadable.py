from collections.abc import Iterator
from typing import ClassVar

from media_tools.checks import Bench, Check, Examples
from media_tools.layout.frame import Frame, walk
from media_tools.made import Made
from media_tools.qr import read, worn
from media_tools.spec.finding import Finding, Level
from media_tools.spec.geometry import Box

_ROUND = 0.1  # of the code's side: what a phone's camera sees around it


class QRUnreadable(Check):
    """The code is read back from the file, and again at half size after a JPEG of quality 60."""

    code: ClassVar[str] = "qr-unreadable"
    level: ClassVar[Level] = Level.BLOCKING

    def findings(self, made: Made) -> Iterator[Finding]:
        codes = [
            found.box for found in walk(made.page.frame) if isinstance(found.item, Frame) and found.item.name == "qr"
        ]
        wanted = {link.url for block in made.order.story.blocks for link in block.links()}
        for box in codes:
            picture = made.reopened.crop(_around(box)).convert("RGB")
            for name, seen in (("the file", picture), ("a half-size JPEG of it", worn(picture))):
                if not wanted.intersection(read(seen)):
                    yield self.finding(
                        f"The QR code of {box.width:.0f} px could not be read back from {name}.",
                        f"Shorten the address: qr_call.link.url has {max(map(len, wanted), default=0)} characters.",
                    )
                    break

    def examples(self, bench: Bench) -> Examples:
        long = {"url": "https://go.mfa.example/" + "abcdefghij" * 27}
        return Examples(
            bench.make("screen.hd_portrait"), bench.make("linkedin.document", bench.blocks("qr_call", link=long))
        )


def _around(box: Box) -> tuple[int, int, int, int]:
    more = _ROUND * box.width
    return (round(box.x - more), round(box.y - more), round(box.right + more), round(box.bottom + more))
