from typing import Any

from django.utils.translation import get_language


class Worded:
    """A row that exists once and is worded in each language, in child rows named `words`."""

    words: Any

    def in_language(self, language: str) -> Any:
        """Its words in `language`, else in English, else in any; None where it has none."""
        rows = {row.language: row for row in self.words.all()}
        return rows.get(language) or rows.get("en") or next(iter(rows.values()), None)

    def for_reader(self) -> Any:
        """Its words in the language of the screen."""
        return self.in_language(get_language() or "en")
