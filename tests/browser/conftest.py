"""Debian's Chromium through Playwright: no browser is downloaded."""

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

_QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Headless Chromium; a user's machine without it skips these tests, CI fails them."""
    path = shutil.which("chromium")
    if path is None:
        explain = "Chromium is not installed: sudo apt-get install chromium"
        pytest.fail(explain) if os.environ.get("CI") else pytest.skip(explain)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=_QUIET)
        yield browser
        browser.close()
