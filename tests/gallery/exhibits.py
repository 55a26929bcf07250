"""What the gallery shows: every block, theme, shape and script, and a carousel; each picture is made when asked for."""

from collections.abc import Iterator
from dataclasses import dataclass

from PIL import Image

from media_tools.carousel import lay_out_slides
from media_tools.draw import draw_small
from media_tools.example import campaign
from media_tools.infographic import BLOCKS, THEMES, Infographic
from media_tools.layout.text import Typesetter
from media_tools.platforms import placements
from tests.declaration import DECLARATION, brand_in

SHAPES = ("instagram.feed_portrait", "instagram.feed_square", "instagram.story", "x.post", "x.header", "print.a4")
FEED, WIDE, SQUARE = "instagram.feed_portrait", "x.post", "instagram.feed_square"
LONG = ("headline", "photo", "key_figures", "column_chart", "timeline", "quote", "steps", "qr_call")
EVIDENCE = ("headline", "key_figures", "column_chart", "qr_call")
WIDTH = 540  # px: a phone held at arm's length, and sharp enough to judge type


@dataclass(frozen=True)
class Exhibit:
    """One picture, how it is called, and how it is made."""

    section: str
    name: str
    story: Infographic
    placement: str
    slide: int = 0

    @property
    def title(self) -> str:
        return f"{self.section}: {self.name}"

    def picture(self, typesetter: Typesetter) -> Image.Image:
        pages = lay_out_slides(self.story, placements()[self.placement], brand_in(self.story.language), typesetter)
        frame = pages[self.slide].frame
        pixels = draw_small(frame, typesetter, min(1, WIDTH / min(frame.size.width, frame.size.height)))
        return Image.fromarray(pixels[..., :3])


def exhibits() -> Iterator[Exhibit]:
    for part in (_blocks, _themes, _languages, _scripts, _carousel):
        yield from part()


def _told(names: tuple[str, ...], **fields: object) -> Infographic:
    blocks = [BLOCKS[name].example().model_dump() for name in names]
    plain = {"version": 1, "language": "en", "date": "Autumn 2026", "source": "Harbour Office, 2026", "blocks": blocks}
    return Infographic.model_validate({**plain, **fields})


def _blocks() -> Iterator[Exhibit]:
    """Each block under a headline, upright and wide."""
    for name in BLOCKS:
        story = _told(("headline",) if name == "headline" else ("headline", name), carousel=False)
        for placement in (FEED, WIDE):
            yield Exhibit("Blocks", f"{name} {placement}", story, placement)


def _themes() -> Iterator[Exhibit]:
    """Each theme in each shape, with figures and with a photo."""
    kinds = {"figures": EVIDENCE, "photo": ("headline", "photo", "key_figures")}
    for theme in THEMES:
        for placement in SHAPES:
            for kind, names in kinds.items():
                story = _told(names, theme=theme, carousel=False)
                yield Exhibit("Themes", f"{theme} {kind} {placement}", story, placement)


def _languages() -> Iterator[Exhibit]:
    """The example campaign in all its languages."""
    for name in campaign.names():
        for language in campaign.languages():
            yield Exhibit("Languages", f"{name} {language}", campaign.story(name, language), FEED)


def _scripts() -> Iterator[Exhibit]:
    """The Universal Declaration in every language that we promise."""
    for language, words in DECLARATION.items():
        headline = {"block": "headline", "text": words["title"][:140], "standfirst": words["text"][:200]}
        story = {"version": 1, "language": language, "source": "UN, 1948", "blocks": [headline]}
        yield Exhibit("Scripts", language, Infographic.model_validate(story), SQUARE)


def _carousel() -> Iterator[Exhibit]:
    """A story that one page cannot hold."""
    story = _told(LONG)
    for slide in range(4):
        yield Exhibit("Carousel", f"slide {slide + 1}", story, FEED, slide)
