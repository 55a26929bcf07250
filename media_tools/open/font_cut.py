"""A font with the letters of one document and at one weight: what a file can carry with it."""

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path


def cut(path: Path, number: int, text: str, position: Mapping[str, float]) -> bytes:
    """The face `number` of a font file with what `text` needs of it, its variable axes fixed at `position`.

    All that shapes letters into words stays: ligatures, marks, joining forms.
    """
    from fontTools.subset import Options, Subsetter  # these three take half a second, and only documents need them
    from fontTools.ttLib import TTFont
    from fontTools.varLib.instancer import instantiateVariableFont

    with TTFont(path, fontNumber=number) as font:
        options = Options()
        options.layout_features = ["*"]
        options.notdef_outline = True
        subsetter = Subsetter(options)
        subsetter.populate(text=text)
        subsetter.subset(font)
        if position:
            instantiateVariableFont(font, position, inplace=True)
        stream = BytesIO()
        font.save(stream, reorderTables=None)
        return stream.getvalue()
