import tomllib
from decimal import Decimal
from pathlib import Path

import pytest
from pydantic import ValidationError

import media_tools
from media_tools.spec.figure import Figure, Written, written_number
from media_tools.spec.language import Language

WORDS = Path(media_tools.__file__).with_name("words.toml")
LANGUAGES = tuple(tomllib.loads(WORDS.read_text(encoding="utf-8"))["source"])
DIGITS = {"ar": "arab", "hi": "deva", "fa": "arabext", "bn": "beng"}

NUMBERS = [
    ("en", "10000", "10,000"),
    ("en", "28000000", "28 million"),
    ("en", "28123456", "28,123,456"),
    ("en", "2.5", "2.5"),
    ("en", "999999", "999,999"),
    ("en", "1500000", "1.5 million"),
    ("en", "1234567.25", "1,234,567.25"),
    ("fr", "10000", "10\u202f000"),
    ("fr", "28000000", "28 millions"),
    ("fr", "1500000", "1,5 million"),
    ("fr", "1000000", "1 million"),
    ("fr", "28123456", "28\u202f123\u202f456"),
    ("fr", "2.5", "2,5"),
    ("vi", "10000", "10.000"),
    ("vi", "28000000", "28 triệu"),
    ("vi", "28123456", "28.123.456"),
    ("vi", "2.5", "2,5"),
    ("ar", "10000", "١٠٬٠٠٠"),
    ("ar", "28000000", "٢٨ مليون"),
    ("ar", "28123456", "٢٨٬١٢٣٬٤٥٦"),
    ("ar", "2.5", "٢٫٥"),
    ("hi", "10000", "१०,०००"),
    ("hi", "28000000", "२.८ करोड़"),
    ("hi", "28123456", "२,८१,२३,४५६"),
    ("hi", "2.5", "२.५"),
]

SIGNED = [
    ("en", {"value": 500, "notation": "growth"}, "+500%"),
    ("fr", {"value": 500, "notation": "growth"}, "+500\u00a0%"),
    ("vi", {"value": 500, "notation": "growth"}, "+500%"),
    ("ar", {"value": 500, "notation": "growth"}, "+٥٠٠٪"),
    ("hi", {"value": 500, "notation": "growth"}, "+५००%"),
    ("en", {"value": 0, "notation": "growth"}, "0%"),
    ("fr", {"value": 70, "notation": "percent"}, "70\u00a0%"),
    ("fr", {"value": "12.5", "notation": "percent"}, "12,5\u00a0%"),
    ("en", {"value": "0.125", "notation": "percent"}, "0.125%"),
    ("en", {"value": 28000000, "bound": "about"}, "~28 million"),
    ("ar", {"value": 28000000, "bound": "about"}, "~٢٨ مليون"),
    ("en", {"value": 160, "bound": "at_least"}, "160+"),
    ("hi", {"value": 160, "bound": "at_least"}, "१६०+"),
]

AMOUNTS = [
    Decimal(lead).scaleb(power)
    for power in range(13)
    for lead in ("1", "1.01", "1.04", "1.2345", "1.5", "2.8", "2.81", "2.85", "9.99", "9.999999")
]


def said(written: Written) -> str:
    return " ".join(part for part in written if part)


@pytest.mark.parametrize(("language", "value", "expected"), NUMBERS)
def test_a_number_is_written_as_its_language_writes_it(language, value, expected):
    written = written_number(Decimal(value), Language(language), DIGITS.get(language, "latn"))

    assert said(written) == expected


@pytest.mark.parametrize(("language", "fields", "expected"), SIGNED)
def test_growth_shares_and_bounds_have_their_signs(language, fields, expected):
    figure = Figure.model_validate({"label": "visitors", **fields})

    assert said(figure.written(Language(language), DIGITS.get(language, "latn"))) == expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_different_amounts_never_look_the_same(language):
    written = {}

    for amount in AMOUNTS:
        written.setdefault(said(written_number(amount, Language(language), DIGITS.get(language, "latn"))), set()).add(
            amount
        )

    assert {text: amounts for text, amounts in written.items() if len(amounts) > 1} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_large_part_holds_the_digits_and_the_small_part_the_word(language):
    digits, magnitude = written_number(Decimal(28_000_000), Language(language), DIGITS.get(language, "latn"))

    assert any(character.isdigit() for character in digits)
    assert not any(character.isdigit() for character in magnitude)


@pytest.mark.parametrize(
    "value", [True, False, "10k", "1,000", "1 000", "1e5", "١٠", "ten", "", " ", "nan", "infinity", "-", "--5", "1.2.3"]
)
def test_what_is_not_a_number_is_refused_with_what_to_write(value):
    with pytest.raises(ValidationError, match=r"is not a number\. Write digits"):
        Figure(value=value, label="visitors")


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf"), Decimal("NaN"), Decimal("Infinity")])
def test_a_value_without_end_is_refused_with_what_to_write(value):
    with pytest.raises(ValidationError, match=r"is not a number\. Write digits"):
        Figure(value=value, label="visitors")


@pytest.mark.parametrize(("value", "kept"), [(10000, "10000"), ("10000", "10000"), (2.5, "2.5"), (" -3 ", "-3")])
def test_a_number_is_kept_exactly(value, kept):
    assert Figure(value=value, label="visitors").value == Decimal(kept)
