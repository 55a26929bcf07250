"""What every kind of design owes the rest of the workshop: Django's models cannot be abstract by Python's own means."""

import pytest

from cms.editions.kinds import kinds


@pytest.mark.parametrize("promise", ["format_of", "frozen", "files", "sketch"])
def test_each_kind_keeps_what_designs_promise(promise):
    assert kinds()
    for kind in kinds():
        assert promise in vars(kind)
