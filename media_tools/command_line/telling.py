"""What was made, for programs and for people: a row of JSON a file, and words."""

import json
import sys
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from media_tools.clips.film import Film
from media_tools.stills import Still


def told_stills(stills: Iterable[Still], count: int) -> list[Still]:
    done = []
    for number, still in enumerate(stills, start=1):
        print_row(_row(still))
        _say_made(number, count, still)
        done.append(still)
    return done


def told_films(films: Iterable[Film], count: int) -> list[Film]:
    done = []
    for number, film in enumerate(films, start=1):
        findings = [finding.model_dump(mode="json") for finding in film.findings]
        print_row({**asdict(film), **_names(film), "findings": findings})
        _say_made(number, count, film)
        done.append(film)
    return done


def _say_made(number: int, count: int, made: Still | Film) -> None:
    heard = f": {made.sound}" if isinstance(made, Film) and made.sound else ""
    mission = f" for {made.mission}" if isinstance(made, Film) and made.mission else ""
    say(f"{number}/{count} {made.placement}{mission}" + (": refused" if made.refused else heard))
    for finding in made.findings if made.refused else ():
        say(f"  {finding.level}: {finding.message} {finding.remedy}")


def progress(share: float) -> None:
    if sys.stderr.isatty():
        print(f"\r{share:4.0%} ", end="", file=sys.stderr, flush=True)


def _names(film: Film) -> dict[str, Any]:
    """Paths as text, for JSON."""
    return {
        "path": str(film.path) if film.path else None,
        "poster": str(film.poster) if film.poster else None,
        "sidecars": [str(path) for path in film.sidecars],
    }


def _row(still: Still) -> dict[str, Any]:
    findings = [finding.model_dump(mode="json") for finding in still.findings]
    paths = {"path": str(still.path) if still.path else None, "slides": [str(path) for path in still.slides]}
    return {**asdict(still), **paths, "findings": findings}


def print_row(row: dict[str, Any]) -> None:
    print(json.dumps(row, ensure_ascii=False), flush=True)


def say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)
