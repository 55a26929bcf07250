"""A share of the sweep: every language with each length, the kinds of placements shared out among them."""

import pytest

from media_tools.layout.text import Typesetter
from tests.declaration import DECLARATION
from tests.media_tools.slots import UNLIKE
from tests.sweep.judge import faults
from tests.sweep.stories import LENGTHS, story

_EACH = 2  # placements to a language and length: every kind comes four times
CASES = [(tag, length) for tag in DECLARATION for length in LENGTHS]


@pytest.mark.parametrize(("tag", "length"), CASES)
def test_no_file_is_refused_but_for_want_of_room(tag, length, typesetter: Typesetter, tmp_path):
    turn = CASES.index((tag, length)) * _EACH
    wanted = [UNLIKE[place % len(UNLIKE)] for place in range(turn, turn + _EACH)]

    found = [fault for placement in wanted for fault in faults(tag, length, placement, typesetter, tmp_path)]

    assert found == []


@pytest.mark.parametrize("tag", DECLARATION)
def test_longer_stories_say_more(tag):
    said = [len(story(tag, length).model_dump_json()) for length in LENGTHS]

    assert said == sorted(set(said))
