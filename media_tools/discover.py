"""Finds what a package holds, so that adding a file is all it takes to add a thing."""

from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType


def discover[Thing](package: ModuleType, base: type[Thing]) -> dict[str, type[Thing]]:
    """Map each module name in `package` to the one concrete `base` subclass it defines."""
    found = {}
    for info in iter_modules(package.__path__):
        module = import_module(f"{package.__name__}.{info.name}")
        classes = [
            value
            for value in vars(module).values()
            if isinstance(value, type) and issubclass(value, base) and value.__module__ == module.__name__
        ]
        if len(classes) != 1:
            raise TypeError(f"{module.__name__} must define one {base.__name__}, not {len(classes)}.")
        found[info.name] = classes[0]
    return found
