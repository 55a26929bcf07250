"""Judge every language, length and kind of placement: `python -m tests.sweep [LANGUAGE ...]`."""

import argparse
import os
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

from media_tools.example import campaign
from media_tools.layout.text import Typesetter
from media_tools.studio import Studio
from tests.declaration import DECLARATION
from tests.media_tools.slots import UNLIKE
from tests.sweep.judge import faults
from tests.sweep.stories import LENGTHS

WIDTH = 2400  # px of the example's pictures


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.sweep", description=__doc__)
    parser.add_argument("languages", nargs="*", metavar="LANGUAGE", default=list(DECLARATION))
    parser.add_argument("--processes", type=int, default=os.process_cpu_count() or 1)
    asked = parser.parse_args()
    found = 0
    with TemporaryDirectory() as folder, ProcessPoolExecutor(asked.processes) as pool:
        campaign.draw_pictures(Path(folder), width=WIDTH)
        campaign.copy_artwork(Path(folder))
        for lines in pool.map(_judged, asked.languages, [folder] * len(asked.languages)):
            sys.stdout.writelines(f"{line}\n" for line in lines)
            sys.stdout.flush()
            found += len(lines)
    pages = len(asked.languages) * len(LENGTHS) * len(UNLIKE)
    sys.exit(
        f"{found} faults in {pages} pages." if found else sys.stdout.write(f"{pages} pages without fault.\n") and 0
    )


def _judged(tag: str, folder: str) -> list[str]:
    return list(_each(tag, Path(folder)))


def _each(tag: str, folder: Path) -> Iterator[str]:
    typesetter = Typesetter(Studio(folder))
    with TemporaryDirectory() as out:
        for length in LENGTHS:
            for placement in UNLIKE:
                try:
                    yield from faults(tag, length, placement, typesetter, Path(out))
                except Exception as error:  # noqa: BLE001 - the rest is judged all the same
                    yield f"{tag} {length} {placement.name}: gave up with {error!r}"


if __name__ == "__main__":
    main()
