"""The list of blocks in a row: plain JSON to migrations, and never a block that is silently lost."""

import json
from typing import Any

from wagtail.fields import StreamField


class UnknownBlock(Exception):
    """Stored blocks that this release does not know. Saving would lose them, so nothing is loaded."""

    def __init__(self, kinds: set[str]) -> None:
        self.kinds = kinds
        super().__init__(
            f"Stored blocks of the kinds {', '.join(sorted(kinds))} are not known here. "
            "Install the release that wrote them, or write a data migration."
        )


class Body(StreamField):
    """Blocks as JSON. Adding a kind of block needs no migration."""

    def __init__(self, block_types: Any = (), **options: Any) -> None:  # Django clones fields from deconstruct()
        super().__init__(block_types, **options)

    def deconstruct(self) -> Any:
        name, _path, _arguments, keywords = super().deconstruct()
        return name, "django.db.models.JSONField", [], {k: v for k, v in keywords.items() if k != "block_lookup"}

    def to_python(self, value: Any) -> Any:
        raw = json.loads(value) if isinstance(value, str) and value else value
        if isinstance(raw, list):
            kinds = {entry["type"] for entry in raw if isinstance(entry, dict)}
            if unknown := kinds - set(self.stream_block.child_blocks):
                raise UnknownBlock(unknown)
        return super().to_python(value)
