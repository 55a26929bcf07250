"""What searches for faces found, as rows."""

from collections.abc import Mapping

from django.db import models

from cms.clips.paths import FramePath
from cms.library.models import Media


class FoundPath(models.Model):
    """The key frames that a search for faces found: the same search, such as another language's, finds them here."""

    digest = models.CharField(max_length=64, unique=True)
    keys = models.JSONField()
    found_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.digest

    def path(self, footage: Media) -> FramePath:
        return FramePath.model_validate({"keys": self.keys, "found": self.digest, "footage": footage.sha256})


def as_found(path: FramePath, found: Mapping[str, FramePath]) -> bool:
    """Nobody has corrected it."""
    return path.found in found and path.keys == found[path.found].keys
