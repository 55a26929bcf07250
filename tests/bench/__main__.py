"""Measure ourselves beside our peers: `python -m tests.bench [--only stills]`.

One JSON object a figure on standard output, words on standard error. An aim that is not held is no failure.
"""

import argparse
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from pkgutil import iter_modules

from tests.bench.measure import Figure

_PACKAGE = "tests.bench"


def benches() -> dict[str, Callable[[], Iterator[Figure]]]:
    """The modules beside this one that have `figures`, by name."""
    folder = import_module(_PACKAGE).__path__
    names = sorted(info.name for info in iter_modules(folder) if not info.ispkg and info.name != "__main__")
    modules = {name: import_module(f"{_PACKAGE}.{name}") for name in names}
    return {name: module.figures for name, module in modules.items() if hasattr(module, "figures")}


def main() -> None:
    known = benches()
    parser = argparse.ArgumentParser(prog=f"python -m {_PACKAGE}", description=__doc__)
    parser.add_argument("--only", choices=known, help="one bench instead of all")
    only = parser.parse_args().only
    for name in [only] if only else known:
        for figure in known[name]():
            sys.stdout.write(figure.line() + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
