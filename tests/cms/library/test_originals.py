"""Copies of originals come and go under the hands of several processes."""

from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from cms.library import originals


@pytest.fixture
def stored(db, monkeypatch) -> str:
    """An object that is copied, as from another disk."""
    monkeypatch.setattr(originals, "_linked", lambda key, part: False)
    return default_storage.save("originals/race.bin", ContentFile(b"bytes"))


@pytest.fixture
def vanishing(monkeypatch):
    """Another process tidies a file away just after somebody has seen that it is there."""

    def vanish_after(method: str, target: Path) -> None:
        real = getattr(Path, method)

        def looked(path: Path, *arguments, **keywords):
            found = real(path, *arguments, **keywords)
            if path == target:
                monkeypatch.setattr(Path, method, real)
                path.unlink()
            return found

        monkeypatch.setattr(Path, method, looked)

    return vanish_after


@pytest.mark.parametrize("method", ["stat", "exists"])
def test_what_is_tidied_away_while_it_is_asked_for_is_brought_again(method, stored, vanishing):
    path = originals.bring(stored, "race.bin")
    vanishing(method, path)

    assert originals.bring(stored, "race.bin").read_bytes() == b"bytes"


def test_what_vanishes_while_somebody_tidies_is_no_fault(tmp_path, monkeypatch):
    for name in ("gone", "kept"):
        (tmp_path / name).write_bytes(b"bytes")
    listed = list(tmp_path.glob("*"))
    (tmp_path / "gone").unlink()
    monkeypatch.setattr(Path, "glob", lambda self, pattern: iter(listed))

    originals.tidy(tmp_path, 0)

    assert (tmp_path / "kept").exists()  # it was used today
