"""A data home, a login set up, and a server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from at_the_door import Server, set_up

from door import noted
from warehouse.here import DATA_HOME


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty data home."""
    monkeypatch.setenv(DATA_HOME, str(tmp_path / "data"))
    monkeypatch.setattr(noted, "_last", {})
    return tmp_path / "data"


@pytest.fixture
def server(home: Path, tmp_path: Path) -> Iterator[Server]:
    """With a login."""
    set_up(tmp_path / "login.toml")
    yield Server.opened()
    set_up(tmp_path / "login.toml", None)
