"""What a test needs and a user's machine may lack."""

import os
from typing import NoReturn

import pytest


def absent(why: str) -> NoReturn:
    """Skip with the reason on a user's machine; fail in CI, where nothing may be lacking."""
    if os.environ.get("CI"):
        pytest.fail(why)
    pytest.skip(why)
