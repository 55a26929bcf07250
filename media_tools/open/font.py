"""The font files of the installed font packages: fonts never come from the system by accident."""

from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from pkgutil import iter_modules

_PACKAGES = ("fontpkg_", "manimgx_fonts")
_SUFFIXES = (".ttf", ".otf", ".ttc", ".otc")


def font_files() -> Iterator[Path]:
    """Upright faces only, packages in alphabetical order: the same lock gives the same list."""
    for name in sorted(module.name for module in iter_modules() if module.name.startswith(_PACKAGES)):
        spec = find_spec(name)
        for folder in spec.submodule_search_locations or () if spec else ():
            yield from sorted(
                path for path in Path(folder).rglob("*") if path.suffix in _SUFFIXES and "Italic" not in path.stem
            )
