"""Stills beside a warm Chromium, beside Pillow's best resizing and beside Skia's layout alone. CPU seconds.

Ours is `make`: layout, drawing and JPEG of every placement, from a fresh studio each round, so the photo is decoded and
every text set anew; only font files are read beforehand, as the peer's are. Checks are not part of either side.
"""

import json
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from io import BytesIO
from itertools import count
from pathlib import Path

import numpy as np
from PIL import Image

from media_tools.example.campaign import brand, story_text
from media_tools.example.scenes import SCENES
from media_tools.infographic import Infographic, LaidOut, lay_out
from media_tools.layout.frame import Paragraph, Photograph, Run, TextStyle, walk
from media_tools.layout.text import Typesetter
from media_tools.made import Order, make
from media_tools.open.image import open_image
from media_tools.platforms import Placement, choose
from media_tools.spec.brand import Brand
from media_tools.spec.language import Language
from media_tools.studio import Studio
from tests.bench.measure import CACHE, Figure, Tree, medians, own_seconds, say, spent
from tests.bench.peers.card import Values, card_of
from tests.bench.peers.chromium import Chromium, warm_chromium

PLACEMENTS = choose(
    "instagram.feed_portrait,instagram.feed_square,instagram.story,facebook.feed,x.post,x.header,linkedin.post,"
    "opengraph.card,telegram.story,telegram.post,screen.hd,screen.4k"
)
SAME_SIZE_AS_ANOTHER = {"facebook.feed", "telegram.story"}
PLAIN = tuple(placement for placement in PLACEMENTS if placement.name not in SAME_SIZE_AS_ANOTHER)

PHOTO, PHOTO_SIZE = "bay-6000x4000.jpg", (6000, 4000)
ROUNDS = 5
LEAST_PSNR = 43.0  # dB
SHRUNK_QUALITY = 95  # of the photos that the peer is given at the size it shows them
_MOST_APART = 20.0  # mean difference of two thumbnails, of 255: a missing photo or text in the wrong place is more
_THUMBNAIL = (48, 48)
_FORGOTTEN = 300  # Skia keeps the last 128 paragraphs that it shaped


@dataclass(frozen=True)
class Contest:
    """One story on several placements, made by us and by the peer."""

    story: Infographic
    kit: Brand
    placements: tuple[Placement, ...]

    @cached_property
    def pages(self) -> list[LaidOut]:
        typesetter = Typesetter(Studio(CACHE))
        return [lay_out(self.story, placement, self.kit, typesetter) for placement in self.placements]

    def ours(self, out: Path) -> float:
        """The seconds it takes us to make every placement into the folder `out`."""
        typesetter = Typesetter(Studio(CACHE))
        return spent(lambda: [self._made(placement, typesetter, out) for placement in self.placements])

    def cards(self, addresses: Sequence[str], *, shrunk: bool) -> list[Values]:
        """The same pages for the peer, each with the address of its photo."""
        cards = [card_of(page, self.story) for page in self.pages]
        for card, address in zip(cards, addresses, strict=True):
            if isinstance(card["photo"], dict):
                card["photo"] |= {"url": address, "shrunk": shrunk}
        return cards

    def shrunk(self, folder: Path) -> list[str]:
        """The photo of every page at the size it is shown, as files, by their addresses."""
        whole = open_image(CACHE / PHOTO)
        addresses = []
        for placement, page in zip(self.placements, self.pages, strict=True):
            path = folder / f"{placement.name}.jpg"
            photograph = photograph_of(page)
            by_lanczos(whole, photograph).save(path, "JPEG", quality=SHRUNK_QUALITY, subsampling="4:4:4")
            addresses.append(path.as_uri())
        return addresses

    def _made(self, placement: Placement, typesetter: Typesetter, out: Path) -> Path:
        made, *_ = make(Order(self.story, placement, self.kit, "jpeg"), typesetter, out / placement.name)
        if made.problem is not None:
            raise made.problem
        return made.path

    def compare(self, pictures: Sequence[bytes], out: Path) -> None:
        """Refuse a peer whose pictures do not show what ours show: there would be nothing to compare."""
        self.ours(out)
        for placement, content in zip(self.placements, pictures, strict=True):
            theirs, ours = Image.open(BytesIO(content)), Image.open(out / f"{placement.name}.part")
            if theirs.size != ours.size:
                raise ValueError(f"{placement.name}: the peer's picture is {theirs.size}, ours {ours.size} px.")
            apart = float(np.abs(_thumbnail(theirs) - _thumbnail(ours)).mean())
            if apart > _MOST_APART:
                raise ValueError(f"{placement.name}: the peer's picture is not ours, by {apart:.0f} of 255 on average.")


def figures() -> Iterator[Figure]:
    draw_photo()
    kit = brand()
    bulletin = _story("bulletin")
    frame = bulletin.model_copy(update={"theme": "frame"})
    plain = bulletin.model_copy(update={"blocks": tuple(block for block in bulletin.blocks if block.block != "photo")})
    with warm_chromium() as chromium, tempfile.TemporaryDirectory(prefix="attache-bench-") as temporary:
        say(f"Peer: {chromium.version}")
        for suffix, story in (("", bulletin), (".frame", frame)):
            yield from _with_photo(Contest(story, kit, PLACEMENTS), suffix, chromium, Path(temporary))
        yield from _without_photo(Contest(plain, kit, PLAIN), chromium)
    yield psnr([Contest(story, kit, PLACEMENTS) for story in (bulletin, frame)])
    yield layout(Contest(bulletin, kit, PLACEMENTS))


def _with_photo(contest: Contest, suffix: str, chromium: Chromium, folder: Path) -> Iterator[Figure]:
    """The peer with the whole photo, under an address that is new each round; the same with a new document a card; and
    with photos of the right size.
    """
    small = contest.shrunk(folder)
    whole = (CACHE / PHOTO).as_uri()
    turns = count()

    def full() -> list[Values]:
        return contest.cards([f"{whole}?{suffix}{next(turns)}"] * len(contest.placements), shrunk=False)

    def preshrunk() -> list[Values]:
        turn = next(turns)
        return contest.cards([f"{address}?{suffix}{turn}" for address in small], shrunk=True)

    peers = {
        "": Peer(full, chromium.shoot),
        ".preshrunk": Peer(preshrunk, chromium.shoot),
        ".anew": Peer(full, chromium.shoot_anew),
    }
    yield from _rounds(f"stills.photo.12{suffix}", ">= 5", contest, chromium, peers)


def _without_photo(contest: Contest, chromium: Chromium) -> Iterator[Figure]:
    cards = contest.cards([""] * len(contest.placements), shrunk=False)
    peers = {"": Peer(lambda: cards, chromium.shoot), ".anew": Peer(lambda: cards, chromium.shoot_anew)}
    return _rounds("stills.plain.10", ">= 10", contest, chromium, peers)


@dataclass(frozen=True)
class Peer:
    """One way to let the peer make a round of cards."""

    cards: Callable[[], list[Values]]
    shoot: Callable[[Values], bytes]

    def pictures(self) -> list[bytes]:
        return [self.shoot(card) for card in self.cards()]

    def seconds(self, tree: Tree) -> float:
        cards = self.cards()
        return tree.spent(lambda: [self.shoot(card) for card in cards])


def _rounds(name: str, aim: str, contest: Contest, chromium: Chromium, peers: Mapping[str, Peer]) -> Iterator[Figure]:
    """Ours and each peer in turn, a figure a peer; a first round of each warms up and is looked at."""
    say(f"{name}, and what belongs to it:")
    with tempfile.TemporaryDirectory(prefix="attache-bench-") as temporary:
        folder = Path(temporary)
        for peer in peers.values():
            contest.compare(peer.pictures(), folder)
        if chromium.squeezed:
            say(f"  The peer's words stand too high on {', '.join(sorted(chromium.squeezed))}.")
        sides = {suffix: partial(peer.seconds, chromium.tree) for suffix, peer in peers.items()}
        seconds = medians(ROUNDS, {"ours": partial(contest.ours, folder), **sides})
    ours = seconds["ours"]
    for suffix in peers:
        yield Figure(f"{name}{suffix}", ours, seconds[suffix], seconds[suffix] / ours, aim)


def psnr(contests: Sequence[Contest]) -> Figure:
    """The worst of our photos beside Pillow's LANCZOS from full size, in dB."""
    whole = open_image(CACHE / PHOTO)
    worst = float("inf")
    for contest in contests:
        studio = Studio(CACHE)
        for placement, page in zip(contest.placements, contest.pages, strict=True):
            photograph = photograph_of(page)
            ours = studio.pixels(photograph.picture, photograph.crop, photograph.size)[..., :3]
            decibels = _psnr(ours, np.asarray(by_lanczos(whole, photograph)))
            say(f"  {placement.name} {page.theme}: {decibels:.1f} dB")
            worst = min(worst, decibels)
    return Figure("stills.photo.psnr", worst, LEAST_PSNR, worst / LEAST_PSNR, ">= 1")


def layout(contest: Contest) -> Figure:
    """A page's layout beside the building of its finished paragraphs alone; the mean of the placements, ours first.

    Fonts and glyphs are warm on both sides. Paragraphs are cold: the typesetter is new, and Skia's own cache is filled
    with other texts before each.
    """
    studio = Studio(CACHE)
    seconds: list[tuple[float, float]] = []
    say("stills.layout, ms:")
    for placement, page in zip(contest.placements, contest.pages, strict=True):
        paragraphs = [found.item for found in walk(page.frame) if isinstance(found.item, Paragraph)]
        both = medians(
            ROUNDS,
            {
                "ours": partial(_cold, studio, partial(lay_out, contest.story, placement, contest.kit)),
                "skia": partial(_cold, studio, partial(_set, paragraphs)),
            },
        )
        say(f"  {placement.name}: {1000 * both['ours']:.1f} / {1000 * both['skia']:.1f}")
        seconds.append((both["ours"], both["skia"]))
    ours, peer = (sum(side) / len(seconds) for side in zip(*seconds, strict=True))
    return Figure("stills.layout", ours, peer, ours / peer, "<= 3")


def _cold(studio: Studio, work: Callable[[Typesetter], object]) -> float:
    other = Typesetter(studio)
    style = TextStyle(("IBM Plex Sans",), 20, 400, 1.3, "#000000")
    for number in range(_FORGOTTEN):
        other.one_line(Run(f"{number} {own_seconds()}", style), Language("en"), right_to_left=False)
    typesetter = Typesetter(studio)
    return spent(lambda: work(typesetter))


def _set(paragraphs: Sequence[Paragraph], typesetter: Typesetter) -> None:
    for paragraph in paragraphs:
        language = Language(paragraph.language)
        typesetter.set(
            paragraph.runs, paragraph.size.width, language, align=paragraph.align, right_to_left=paragraph.right_to_left
        )


def photograph_of(page: LaidOut) -> Photograph:
    return next(found.item for found in walk(page.frame) if isinstance(found.item, Photograph))


def by_lanczos(whole: Image.Image, photograph: Photograph) -> Image.Image:
    """The part of the picture that the page shows, resized from full size at once."""
    crop, (width, height) = photograph.crop, whole.size
    box = (crop.x * width, crop.y * height, crop.right * width, crop.bottom * height)
    size = (round(photograph.size.width), round(photograph.size.height))
    return whole.resize(size, Image.Resampling.LANCZOS, box=box)


def _psnr(one: np.ndarray, other: np.ndarray) -> float:
    error = float(np.mean((one.astype(np.float32) - other.astype(np.float32)) ** 2))
    return 10 * np.log10(255**2 / error) if error else 99.0


def _thumbnail(image: Image.Image) -> np.ndarray:
    return np.asarray(image.convert("RGB").resize(_THUMBNAIL, Image.Resampling.BOX), np.float32)


def _story(theme: str) -> Infographic:
    """The example with the large photo in the place of its own."""
    told = json.loads(story_text("missions", "en")) | {"theme": theme, "carousel": False}
    for block in told["blocks"]:
        if block["block"] == "photo":
            block["picture"] |= {"path": PHOTO, "focal": SCENES["bay"].focal}
    return Infographic.model_validate_json(json.dumps(told))


def draw_photo() -> None:
    path = CACHE / PHOTO
    if path.exists():
        return
    say(f"Drawing {path}, once.")
    CACHE.mkdir(exist_ok=True)
    part = path.with_name(path.name + ".part")
    SCENES["bay"].draw(*PHOTO_SIZE).save(part, "JPEG", quality=90)
    part.replace(path)
