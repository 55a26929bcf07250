"""Amounts in rows, one column a series, as an editor fills them in."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import reduce

from pydantic import Field

from media_tools.spec import Spec, Words
from media_tools.spec.figure import Amount, written_number
from media_tools.spec.language import Language

_COLUMNS = ("first", "second", "third", "fourth")
_TOLD = 8  # amounts of a line that are all told to people who cannot see it


class SeriesRow(Spec):
    """The amounts of one place or time."""

    label: Words = Field(min_length=1, max_length=40, description="The place or time: 2025, or Northern coast.")
    first: Amount | None = Field(default=None, description="The first series' amount; empty where nobody counted.")
    second: Amount | None = Field(default=None, description="The second series' amount, where there are two or more.")
    third: Amount | None = Field(default=None, description="The third series' amount, where there are three or more.")
    fourth: Amount | None = Field(default=None, description="The fourth series' amount, where there are four.")


@dataclass(frozen=True, slots=True)
class Series:
    """What is counted, and its amount in each row; None where nobody counted."""

    name: str
    values: tuple[Decimal | None, ...]


def series_of(rows: Sequence[SeriesRow], names: Sequence[str]) -> tuple[Series, ...]:
    """The series that have an amount in some row. Raises ValueError for columns that make no series."""
    columns = [tuple(getattr(row, column) for row in rows) for column in _COLUMNS]
    filled = [any(value is not None for value in column) for column in columns]
    count = filled.index(False) if False in filled else len(filled)
    if not count:
        raise ValueError("rows has no amounts. Give the first series an amount in each row.")
    if any(filled[count:]):
        raise ValueError(f"rows leaves the {_COLUMNS[count]} series empty and fills a later one. Fill them in order.")
    named = tuple(names[:count])
    if count > 1 and not all(named):
        raise ValueError(f"rows has {count} series and not each has a name. Name every series.")
    if len(set(named)) < count:
        raise ValueError("two series have the same name. Give each its own.")
    return tuple(Series(name, column) for name, column in zip(named, columns, strict=False))


def has_gaps(series: Sequence[Series]) -> bool:
    return any(value is None for each in series for value in each.values)


def said_rows(rows: Sequence[SeriesRow], series: Sequence[Series], language: Language, digits: str) -> tuple[str, ...]:
    """Each row that has an amount as a sentence: 2025: 12, or 2025: Calls 12, Rescues 7."""
    sentences = []
    for index, row in enumerate(rows):
        amounts = [
            f"{each.name if len(series) > 1 else ''} {said_amount(value, language, digits)}".strip()
            for each in series
            if (value := each.values[index]) is not None
        ]
        if amounts:
            sentences.append(f"{row.label}: {_listed(amounts, language)}")
    return tuple(sentences)


def said_amount(value: Decimal, language: Language, digits: str) -> str:
    return " ".join(written_number(value, language, digits)).strip()


def said_turns(rows: Sequence[SeriesRow], series: Sequence[Series], language: Language, digits: str) -> tuple[str, ...]:
    """A sentence a series: all amounts of a short one; first, lowest, highest and last of a long one."""
    sentences = []
    for each in series:
        known = [index for index, value in enumerate(each.values) if value is not None]
        if len(known) > _TOLD:
            known = sorted({known[0], _extreme(each, min), _extreme(each, max), known[-1]})
        amounts = [
            f"{said_amount(value, language, digits)} ({rows[index].label})"
            for index in known
            if (value := each.values[index]) is not None
        ]
        told = _listed(amounts, language)
        sentences.append(f"{each.name}: {told}" if len(series) > 1 else told)
    return tuple(sentences)


def _extreme(series: Series, pick: Callable[[Iterable[Decimal]], Decimal]) -> int:
    """The first row with the lowest or highest amount."""
    return series.values.index(pick(value for value in series.values if value is not None))


def _listed(words: Sequence[str], language: Language) -> str:
    """The words with what the language puts between two in the middle of a list."""
    between = language.cldr.list_patterns["standard"]["middle"]
    return reduce(between.format, words)
