"""Pages of documents that we made, as pixels again: what checks look at."""

from pathlib import Path

import pypdfium2
from PIL import Image

from media_tools.spec.geometry import Size


def open_page(path: Path, number: int, size: Size) -> Image.Image:
    """The page `number`, from 1, as it is shown (without what is cut off), in RGB at `size` px."""
    document = pypdfium2.PdfDocument(path)
    try:
        page = document[number - 1]
        seen: Image.Image = page.render(scale=size.width / page.get_width()).to_pil()
        return seen.convert("RGB")
    finally:
        document.close()
