"""Moments of footage as people type them."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from cms.clips.moments import read_moment, written

A_DAY = 24 * 3600 * 1000


@given(st.integers(0, A_DAY))
def test_what_was_written_is_read_as_the_same_moment(ms):
    assert read_moment(written(ms)) == ms


@pytest.mark.parametrize(
    ("text", "ms"),
    [
        ("0", 0),
        ("83.5", 83_500),
        ("83,5", 83_500),
        ("1:23.5", 83_500),
        (" 01:23 ", 83_000),
        ("00:01:23,500", 83_500),
        ("1:00:00", 3_600_000),
        ("0:00.001", 1),
        ("٨٣.٥", 83_500),
        ("١:٢٣.٥", 83_500),
        ("١:٢٣٫٥", 83_500),
        ("۱:۲۳", 83_000),
    ],
)
def test_every_way_of_writing_a_moment_is_read(text, ms):
    assert read_moment(text) == ms


@pytest.mark.parametrize("text", ["abc", "1:2:3:4", "1:23.5000", "-1", "1;23", "12 s", "1:", ":30", "1e3"])
def test_what_is_no_moment_is_refused_by_what_was_typed(text):
    with pytest.raises(ValidationError, match="is no time") as refused:
        read_moment(text)

    assert f"“{text}”" in refused.value.messages[0]


@pytest.mark.parametrize(
    ("ms", "text"),
    [(0, "0:00"), (83_500, "1:23.5"), (600_000, "10:00"), (3_600_050, "1:00:00.05"), (9_007, "0:09.007")],
)
def test_no_nought_is_written_that_says_nothing(ms, text):
    assert written(ms) == text
