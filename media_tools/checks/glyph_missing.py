from collections.abc import Iterator
from typing import ClassVar

from fontTools.unicodedata import script, script_name

from media_tools.checks import Bench, Check, Examples
from media_tools.layout.emoji import each_emoji
from media_tools.layout.frame import Paragraph, walk
from media_tools.made import Made
from media_tools.spec.finding import Finding, Level

_SHOWN = 8  # characters: more would hide the remedy
_EMOJI = "Emoji"
_FAMILIES = {
    _EMOJI: "Noto Color Emoji", "Common": "Noto Sans Symbols 2", "Tibetan": "Noto Serif Tibetan",
    "Han": "Noto Sans CJK", "Hiragana": "Noto Sans CJK", "Katakana": "Noto Sans CJK", "Hangul": "Noto Sans CJK",
    "Latin": "Noto Sans", "Greek": "Noto Sans", "Cyrillic": "Noto Sans", "Inherited": "Noto Sans",
}  # fmt: skip
"""Of scripts whose Noto family is not called after them."""


class GlyphMissing(Check):
    """Some font has every letter: what no font has would be an empty box on the page."""

    code: ClassVar[str] = "glyph-missing"
    level: ClassVar[Level] = Level.BLOCKING

    def findings(self, made: Made) -> Iterator[Finding]:
        paragraphs = (found.item for found in walk(made.page.frame) if isinstance(found.item, Paragraph))
        missing = dict.fromkeys(letter for each in paragraphs for letter in made.typesetter.missing(each))
        for name in dict.fromkeys(map(_script, missing)):
            letters = [letter for letter in missing if _script(letter) == name]
            shown = ", ".join(f"{letter} (U+{ord(letter[0]):04X})" for letter in letters[:_SHOWN])
            more = f" and {len(letters) - _SHOWN} more" if len(letters) > _SHOWN else ""
            yield self.finding(
                f"No font here has these characters of the script {name}: {shown}{more}.",
                f"Install a font package with {name}, such as one of {_FAMILIES.get(name, f'Noto Sans {name}')}, "
                "and name it in brand.fonts.by_script if it should come first. Or write without these characters.",
            )

    def examples(self, bench: Bench) -> Examples:
        return Examples(bench.make(), bench.make(story=bench.blocks("headline", text="བོད་ཡིག", short="")))


def _script(letter: str) -> str:
    """The name of the Unicode script; emoji are of none."""
    if each_emoji(letter):
        return _EMOJI
    return str(script_name(script(letter[0]))).replace("_", " ")
