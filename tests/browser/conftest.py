"""Chromium against the pages as they are served, on the demonstration."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from once import made_once
from playwright.sync_api import Browser, BrowserContext, sync_playwright
from seen import LAUNCH, Look, Seen
from served import ROOT, serving

pytest.register_assert_rewrite("each_way")  # its assertions say what they found


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data home as `make demo` makes it. For reading only."""
    def make(folder: Path) -> None:
        done = subprocess.run([sys.executable, "-m", "etl", "demo"], cwd=ROOT, env={**os.environ, "GANZHIHUI_DATA": str(folder / "data")}, check=False,
                              capture_output=True, text=True)
        assert done.returncode in (0, 10), done.stderr

    return made_once(tmp_path_factory, "demo", make) / "data"


@pytest.fixture(scope="session")
def address(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the demonstration is served."""
    with serving(demo, tmp_path_factory.mktemp("served") / "log") as address:
        yield address


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One browser for a module: while it is open, nothing else may run an event loop."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=LAUNCH)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def tabs(chromium: Browser) -> Iterator[BrowserContext]:
    """Where the pages of a module's tests are opened, one after the other in the same tab: a fresh one would fetch, read and compile Streamlit's scripts
    again, which costs three times what a page itself does."""
    context = chromium.new_context()
    yield context
    context.close()


@pytest.fixture
def look(tabs: BrowserContext) -> Iterator[Look]:
    """Opens an address in a fresh session, 1440 px wide and light unless told otherwise, and waits until the page is still.

    A test that looks twice has both open. Nothing is left to the next test but what a browser keeps of files.
    """
    free = tabs.pages

    def open_(url: str, *, width: int = 1440, scheme: str = "light") -> Seen:
        return Seen.of(free.pop() if free else tabs.new_page(), url, width=width, scheme=scheme)

    yield open_
    tabs.clear_cookies()
    for page in tabs.pages:
        page.evaluate("localStorage.clear(), sessionStorage.clear()")
