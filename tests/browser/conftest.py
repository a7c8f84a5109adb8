"""Chromium against the pages as they are served, on the demonstration."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from once import made_once
from playwright.sync_api import Browser, sync_playwright
from seen import LAUNCH, Look, Seen
from served import ROOT, serving


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


@pytest.fixture
def look(chromium: Browser) -> Iterator[Look]:
    """Opens an address in a fresh session, 1440 px wide and light unless told otherwise, and waits until the page is still."""
    opened: list[Seen] = []

    def open_(url: str, *, width: int = 1440, scheme: str = "light") -> Seen:
        opened.append(Seen.of(chromium, url, width=width, scheme=scheme))
        return opened[-1]

    yield open_
    for each in opened:
        each.page.context.close()
