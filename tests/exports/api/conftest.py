"""A small home with an issue, another snapshot since, and two tokens; and the door asked as a client asks it."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from api_client import Client, Enter, Served, plenty
from issue_home import frozen, quickly, told_more
from park import Park
from starlette.applications import Starlette

from analytics.access import Role
from etl.home import VARIABLE, Home
from exports.api.door import api_routes
from exports.api.throttle import Throttle
from exports.api.tokens import new
from warehouse.here import reader


@pytest.fixture(scope="session")
def served_home(told: Park, tmp_path_factory: pytest.TempPathFactory) -> Served:
    """For reading; only tokens and records are added to it."""
    root = tmp_path_factory.mktemp("door") / "data"
    shutil.copytree(told.home.root, root)
    park = Park(home=Home(root=root))
    with quickly(), pytest.MonkeyPatch.context() as patch:
        patch.setenv(VARIABLE, str(root))
        issue = frozen(park)
        now = told_more(park)
    return Served(park=park, issue=issue, now=now)


@pytest.fixture
def enter(served_home: Served, monkeypatch: pytest.MonkeyPatch) -> Iterator[Enter]:
    """Gives out a token of a role and comes with it; None: comes without one."""
    monkeypatch.setenv(VARIABLE, str(served_home.park.home.root))
    reader.cache_clear()

    def entered(role: Role | None = Role.SECRETARY, throttle: Throttle | None = None, root: Path = served_home.park.home.root) -> Client:
        token = new(root, "联席会议系统", role, until=None, by="test", now=dt.datetime.now(dt.UTC))[1] if role else None
        return Client(app=Starlette(routes=api_routes(throttle or plenty())), root=root, token=token)

    yield entered
    reader.cache_clear()


@pytest.fixture
def secretary(enter: Enter) -> Client:
    return enter()


@pytest.fixture
def viewer(enter: Enter) -> Client:
    return enter(Role.VIEWER)


@pytest.fixture
def stranger(enter: Enter) -> Client:
    return enter(None)
