"""The park, for every room's tests."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import kept_bytecode  # noqa: F401 -- before the other imports
import pytest
from adoption_world import adoption_world
from hypothesis import settings
from hypothesis.internal.conjecture import providers
from issue_home import quickly, small
from once import made_once
from park import Park, Unchecked, read_in_process
from worlds import World

from etl.home import VARIABLE, Home

# Hypothesis also tries constants out of whatever modules of ours were imported before, so that the same test would try other examples in each run.
NO_CONSTANTS = providers._local_constants
providers._get_local_constants = lambda: NO_CONSTANTS
settings.register_profile("no deadline", deadline=None)  # how long an example takes tells of the machine
settings.load_profile("no deadline")
# Begun first where files are handed out to several processes, lest one of them ends alone with a long one.
LONG = ("test_axe_browser.py", "test_login_browser.py", "test_refresh.py", "test_command_line.py", "test_rebuild.py", "test_work.py", "test_zones_browser.py",
        "test_bridge_on_real_histories.py", "test_viewers.py", "test_refresh_torture.py", "test_demo_feeds.py", "test_full_disk.py", "test_feed_text.py")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: LONG.index(item.path.name) if item.path.name in LONG else len(LONG))


@pytest.fixture(autouse=True)
def main_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page run without a browser puts its script in the place of the main module, which a child process would then run again."""
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])


@pytest.fixture(scope="session")
def park(tmp_path_factory: pytest.TempPathFactory) -> Park:
    """A whole small park from the feeds' own good samples, as the command line makes it: read in child processes, checked, published.

    For reading only; a test that changes anything takes `home`.
    """
    def make(folder: Path) -> None:
        park = Park.opened(folder / "data")
        park.send_samples()
        park.refresh(checks=True)

    return Park(home=Home(root=made_once(tmp_path_factory, "park", make) / "data"))


@pytest.fixture
def home(park: Park, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Park]:
    """A copy of the park to write to; the command line works on it, files are read in this process, checks and forecasts are left out."""
    shutil.copytree(park.home.root, tmp_path / "data")
    monkeypatch.setenv(VARIABLE, str(tmp_path / "data"))
    monkeypatch.setattr("etl.refresh.Checker", Unchecked)
    monkeypatch.setattr("etl.refresh.Forecaster", Unchecked)
    with read_in_process():
        yield Park(home=Home(root=tmp_path / "data"))


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Park]:
    """As `home`, with nothing sent yet."""
    monkeypatch.setenv(VARIABLE, str(tmp_path / "data"))
    monkeypatch.setattr("etl.refresh.Checker", Unchecked)
    monkeypatch.setattr("etl.refresh.Forecaster", Unchecked)
    with read_in_process():
        yield Park.opened(tmp_path / "data")


@pytest.fixture(scope="session")
def told(tmp_path_factory: pytest.TempPathFactory) -> Park:
    """A small home for issues. For copying only."""
    return small(tmp_path_factory.mktemp("told") / "data")


@pytest.fixture
def issue_home(told: Park, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Park]:
    """A copy of it to write to, in which nothing starts a process of its own."""
    shutil.copytree(told.home.root, tmp_path / "data")
    monkeypatch.setenv(VARIABLE, str(tmp_path / "data"))
    with quickly():
        yield Park(home=Home(root=tmp_path / "data"))


@pytest.fixture(scope="module")
def adoption_park(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """First uses, scenarios and leads written by hand."""
    made = adoption_world(tmp_path_factory.mktemp("adoption"))
    yield made
    made.con.close()


@pytest.fixture
def read_only(park: Park, monkeypatch: pytest.MonkeyPatch) -> Park:
    """The park itself, as what the command line works on. Nothing may be written."""
    monkeypatch.setenv(VARIABLE, str(park.home.root))
    return park


