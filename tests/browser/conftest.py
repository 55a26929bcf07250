"""Debian's Chromium through Playwright, and the demo served by real processes: no browser is downloaded."""

import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.absent import absent
from tests.workshop import Workshop

_QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESK, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
_WAIT = 60_000  # ms: a busy machine


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Headless Chromium; a user's machine without it skips these tests, CI fails them."""
    path = shutil.which("chromium")
    if path is None:
        absent("Chromium is not installed: sudo apt-get install chromium")
    with sync_playwright() as playwright:
        # Playwright's loop runs in this thread from now on, and Django would refuse its database to later tests.
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
        expect.set_options(timeout=_WAIT)
        browser = playwright.chromium.launch(executable_path=path, args=_QUIET)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    """What `make demo` fills, in a folder of its own."""
    workshop = Workshop(tmp_path_factory.mktemp("demo"))
    workshop.manage("demo", "--no-serve")
    return workshop


@pytest.fixture(scope="session")
def site(demo: Workshop) -> Iterator[str]:
    """The demo's address, with a worker beside it."""
    with demo.running("worker", "--interval", "0.2"), demo.serving() as address:
        yield address


@pytest.fixture
def enter(browser: Browser, demo: Workshop, site: str) -> Iterator[Callable[..., Page]]:
    """A window in which somebody of the demo has logged in, as they do."""
    passwords = json.loads((demo.folder / "demo/passwords.json").read_text(encoding="utf-8"))
    windows: list[BrowserContext] = []

    def enter(name: str, *, size: dict[str, int] = DESK, language: str = "en") -> Page:
        window = browser.new_context(viewport=size, locale=language, base_url=site, accept_downloads=True)
        window.set_default_timeout(_WAIT)
        windows.append(window)
        page = window.new_page()
        page.goto("/login/")
        page.fill("[name=username]", name)
        page.fill("[name=password]", passwords[name])
        page.locator("main button").click()
        page.wait_for_url(lambda address: "/login/" not in address)
        for button in page.locator(f"button[name=language][value={language}]").all():
            button.click()
        return page

    yield enter
    for window in windows:
        window.close()


@pytest.fixture
def shot() -> Callable[[Page, str], None]:
    """Keeps a picture of a page where ATTACHE_SCREENS names a folder, for people to look at."""
    folder = os.environ.get("ATTACHE_SCREENS")

    def shot(page: Page, name: str) -> None:
        if folder:
            page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)

    return shot
