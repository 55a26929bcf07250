"""The words of our screens: collected from code and templates, and kept for translators in one catalogue a language."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_python
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation import templatize
from wagtail import hooks

WORDS_HOOK = "attache_words"
"""Called without arguments; returns words that stand in no code of the site, such as names of blocks and fields."""

_KEYWORDS = {
    "_": None, "gettext": None, "gettext_lazy": None, "gettext_noop": None, "ngettext": (1, 2), "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
}  # fmt: skip
_PLACES = ("cms", "templates")


def collected() -> Catalog:
    """Every sentence that a screen of ours can show, with the files it stands in."""
    catalog = Catalog(charset="utf-8")
    for path, message, comments in _found():
        catalog.add(message, locations=[(path, None)], auto_comments=comments)
    for ask in hooks.get_hooks(WORDS_HOOK):
        for words in ask():
            catalog.add(words)
    return catalog


def kept(language: str) -> Catalog:
    path = catalogue(language)
    if not path.exists():
        return Catalog(locale=language, domain="django", charset="utf-8", fuzzy=False)
    with path.open("rb") as source:
        return read_po(source, locale=language, domain="django", charset="utf-8")


def keep(language: str, catalog: Catalog) -> None:
    """Write it in a stable order and without dates, so that a change shows nothing but what changed."""
    content = BytesIO()
    write_po(content, catalog, width=0, omit_header=True, no_location=True, sort_output=True, ignore_obsolete=True)
    header = f'msgid ""\nmsgstr ""\n"Language: {language}\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n'
    plural = f'"Plural-Forms: {catalog.plural_forms}\\n"\n\n'
    catalogue(language).parent.mkdir(parents=True, exist_ok=True)
    catalogue(language).write_bytes(f"{header}{plural}".encode() + content.getvalue().strip() + b"\n")


def catalogue(language: str) -> Path:
    return Path(settings.LOCALE_PATHS[0]) / language / "LC_MESSAGES" / "django.po"


def _found() -> Iterator[tuple[str, str | tuple[str, ...], list[str]]]:
    for place in _PLACES:
        for path in sorted((settings.ROOT / place).rglob("*")):
            if path.suffix in (".py", ".html", ".txt"):
                source = path.read_text(encoding="utf-8")
                code = source if path.suffix == ".py" else _as_code(source)
                for _line, function, message, comments in extract_python(
                    BytesIO(code.encode()), _KEYWORDS, ("Translators:",), {}
                ):
                    words = _words(function, message)
                    if words:
                        yield path.relative_to(settings.ROOT).as_posix(), words, comments


def _as_code(template: str) -> str:
    """Django turns a template into calls of gettext; the rest of each line becomes letters that mean nothing."""
    return "\n".join(line.strip() for line in templatize(template).splitlines())


def _words(function: str | None, message: object) -> str | tuple[str, ...] | None:
    if function is None:
        return None
    if isinstance(message, tuple):
        singular, plural = message[0], message[1] if len(message) > 1 else None
        if not isinstance(singular, str):
            return None
        return (singular, plural) if function.startswith("ngettext") and isinstance(plural, str) else singular
    return message if isinstance(message, str) else None
