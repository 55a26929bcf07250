import unicodedata
from collections.abc import Iterator
from typing import ClassVar

from media_tools.checks import Bench, Check, Examples
from media_tools.layout.frame import Paragraph, walk
from media_tools.made import Made
from media_tools.spec.finding import Finding, Level


class GlyphMissing(Check):
    """Some font has every letter: what no font has would be an empty box on the page."""

    code: ClassVar[str] = "glyph-missing"
    level: ClassVar[Level] = Level.BLOCKING

    def findings(self, made: Made) -> Iterator[Finding]:
        paragraphs = (found.item for found in walk(made.page.frame) if isinstance(found.item, Paragraph))
        missing = "".join(dict.fromkeys("".join(made.typesetter.missing(paragraph) for paragraph in paragraphs)))
        for script in dict.fromkeys(_script(character) for character in missing):
            letters = "".join(character for character in missing if _script(character) == script)
            yield self.finding(
                f"No font here has {len(letters)} of the letters used, of the script {script}: {letters[:12]}",
                f"Install a font package with {script}, or name a family that has it in brand.fonts.by_script.",
            )

    def examples(self, bench: Bench) -> Examples:
        return Examples(bench.make(), bench.make(story=bench.blocks("headline", text="བོད་ཡིག", short="")))


def _script(character: str) -> str:
    """The script's name as Unicode's character names begin: TIBETAN LETTER BA."""
    return unicodedata.name(character, "UNNAMED").split(" ")[0].title()
