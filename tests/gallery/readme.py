"""The README's pictures, made by the library: `python -m tests.gallery.readme` makes them anew."""

from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image

from media_tools.draw import draw
from media_tools.example import campaign
from media_tools.infographic import lay_out
from media_tools.layout.text import Typesetter
from media_tools.platforms import placements
from media_tools.studio import Studio

FOLDER = Path(__file__).parent
HEIGHT = 540  # px: sharp at 270 in the README
PICTURES = {
    "missions_en": ("missions", "en", "instagram.feed_portrait"),
    "newsrooms_vi": ("newsrooms", "vi", "x.post"),
    "missions_ar": ("missions", "ar", "x.post"),
}


def picture(name: str, typesetter: Typesetter) -> Image.Image:
    """One of PICTURES as the code makes it now, made small."""
    story, language, placement = PICTURES[name]
    laid = lay_out(campaign.story(story, language), placements()[placement], campaign.brand(), typesetter)
    page = Image.fromarray(draw(laid.frame, typesetter)[..., :3])
    return page.resize((round(page.width * HEIGHT / page.height), HEIGHT), Image.Resampling.LANCZOS)


def typesetter_with_pictures(folder: Path) -> Typesetter:
    """The pictures as large as the demo draws them: crops depend on it."""
    campaign.draw_pictures(
        folder, only=[scene for story, _, _ in PICTURES.values() for scene in campaign.pictures_of(story)]
    )
    return Typesetter(Studio(folder))


def main() -> None:
    with TemporaryDirectory() as folder:
        typesetter = typesetter_with_pictures(Path(folder))
        for name in PICTURES:
            picture(name, typesetter).save(FOLDER / f"{name}.jpg", quality=84)


if __name__ == "__main__":
    main()
