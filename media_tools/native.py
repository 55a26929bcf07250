"""The system's own libraries that Skia needs, looked for before anything of ours is installed or imported."""

import ctypes
import sys

_PACKAGES = {"libEGL.so.1": "libegl1", "libGL.so.1": "libgl1", "libexpat.so.1": "libexpat1"}


def missing_packages() -> tuple[str, ...]:
    """The Debian packages to install; empty where all is there or this is no Linux."""
    return (
        tuple(package for library, package in _PACKAGES.items() if not _loads(library))
        if sys.platform == "linux"
        else ()
    )


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def check() -> None:
    """Exit with the command that helps, where a library is missing."""
    if packages := missing_packages():
        sys.exit(f"Some system libraries are missing. Install them first: sudo apt-get install {' '.join(packages)}")


if __name__ == "__main__":
    check()
