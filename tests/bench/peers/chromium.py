"""The peer: Chromium as people use it to make pictures of web pages, at its best.

Version: Debian's chromium, 156.0.8078.79 when this was written; `Chromium.version` says which one was measured.
Driven by Playwright 1.65 over its pipe; the driver's own time (Node and Python) is not counted, only Chromium's tree.

Settings, each chosen as the fastest of those tried that shows the right picture:
- One browser, one page, kept open and warm; fonts loaded once by @font-face from the same font packages.
- Each card is a change of the page's content, not a new page; the photo is one file under one address a round.
- `decoding="sync"` on the photo, so that the picture is in the frame that is captured. `img.decode()` gives the same
  picture and takes longer, for it decodes once more than is drawn.
- CDP Page.captureScreenshot, JPEG quality 90 (Chromium halves its colour resolution there: 4:2:0; ours is 4:4:4), from
  the surface, not beyond the viewport; optimizeForSpeed, which is made for PNG and changes nothing here.
- No GPU, as on a server: Skia draws on the CPU.

`shoot_anew` is the usual way instead, as Playwright's documentation shows it: the same warm page loads a new document
for each card, waits for fonts and for the picture with `img.decode()`, and calls `page.screenshot`. It takes three
times as long.
"""

import base64
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

import psutil
from playwright.sync_api import CDPSession, Page, sync_playwright

from media_tools.open.font import font_files
from tests.bench.measure import Tree
from tests.bench.peers.card import Values

EXECUTABLE = "/usr/bin/chromium"
ARGUMENTS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
CAPTURE = {"format": "jpeg", "quality": 90, "optimizeForSpeed": True, "fromSurface": True}
_FACES = {"{{serif}}": "SourceSerif4[", "{{sans}}": "IBMPlexSans["}

_TWO_FRAMES = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"  # else it is black


class Chromium:
    """One warm page. `tree` counts the browser's processor time; `squeezed` names cards whose words were too high."""

    def __init__(self, page: Page, session: CDPSession, tree: Tree, version: str) -> None:
        self._page, self._session = page, session
        self.tree, self.version = tree, version
        self.squeezed: set[str] = set()

    def shoot(self, card: Values) -> bytes:
        """The card as JPEG, at its size in px."""
        self._page.set_viewport_size({"width": card["width"], "height": card["height"]})
        if not self._page.evaluate("card => show(card)", card):
            self.squeezed.add(f"{card['width']} x {card['height']} {card['kind']}")
        return base64.b64decode(self._session.send("Page.captureScreenshot", CAPTURE)["data"])

    def shoot_anew(self, card: Values) -> bytes:
        """The same from a document that is loaded for this card."""
        self._page.set_viewport_size({"width": card["width"], "height": card["height"]})
        self._page.goto(self._page.url)
        self._page.evaluate("card => show(card).then(() => document.querySelector('img')?.decode())", card)
        self._page.evaluate(_TWO_FRAMES)
        return self._page.screenshot(type="jpeg", quality=90)


@contextmanager
def warm_chromium() -> Iterator[Chromium]:
    """A browser with the page of cards open. Everything it made is gone afterwards."""
    folder = Path(mkdtemp(prefix="attache-bench-"))
    try:
        with sync_playwright() as playwright:
            before = _descendants()
            browser = playwright.chromium.launch_persistent_context(
                folder / "profile", executable_path=EXECUTABLE, args=ARGUMENTS, headless=True
            )
            started = [process for process in psutil.Process().children(recursive=True) if process.pid not in before]
            root = next(process for process in started if "chrom" in process.name())
            page = browser.pages[0]
            page.goto(_page_in(folder).as_uri())
            session = browser.new_cdp_session(page)
            version = session.send("Browser.getVersion")["product"]
            yield Chromium(page, session, Tree(root.pid), version)
            browser.close()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _page_in(folder: Path) -> Path:
    text = Path(__file__).with_name("chromium.html").read_text(encoding="utf-8")
    fonts = list(font_files())
    for mark, name in _FACES.items():
        text = text.replace(mark, next(path.as_uri() for path in fonts if path.name.startswith(name)))
    page = folder / "cards.html"
    page.write_text(text, encoding="utf-8")
    return page


def _descendants() -> set[int]:
    return {process.pid for process in psutil.Process().children(recursive=True)}
