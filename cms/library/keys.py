"""Where objects stand in the private store: under names that nobody can guess."""

import secrets
from pathlib import PurePosixPath

_BYTES = 20  # 160 bits: guessing is hopeless


def object_key(folder: str, name: str) -> str:
    """A new key in `folder`, with the ending of `name` in plain letters."""
    suffix = PurePosixPath(name).suffix.lower()
    plain = suffix if suffix[1:].isascii() and suffix[1:].isalnum() else ""
    return f"{folder}/{secrets.token_hex(_BYTES)}{plain[:10]}"


def original_key(instance: object, name: str) -> str:
    return object_key("originals", name)


def likeness_key(instance: object, name: str) -> str:
    return object_key("likenesses", name)


def proxy_key(instance: object, name: str) -> str:
    return object_key("proxies", name)
