"""The export routes over the park, and snapshots altered by hand."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import duckdb
import pytest
from asked import Answer, Get, ask
from park import Park
from starlette.applications import Starlette

from exports.figure_routes import figure_routes
from exports.routes import export_routes
from warehouse.here import reader


@pytest.fixture
def get() -> Iterator[Get]:
    """Asks the routes of the data home in the environment for an address."""
    reader.cache_clear()
    app = Starlette(routes=[*export_routes(), *figure_routes()])

    def run(url: str, **asked: object) -> Answer:
        return ask(app, url, **asked)  # type: ignore[arg-type]

    yield run
    reader.cache_clear()


@pytest.fixture
def cursor(park: Park) -> Iterator[duckdb.DuckDBPyConnection]:
    """The park's snapshot."""
    with park.open() as connection:
        yield connection


@pytest.fixture
def altered(park: Park, tmp_path: Path) -> Iterator[Callable[..., duckdb.DuckDBPyConnection]]:
    """Opens a copy of the park's snapshot in which these statements were run."""
    opened: list[duckdb.DuckDBPyConnection] = []

    def alter(*statements: str) -> duckdb.DuckDBPyConnection:
        current = park.home.store.current()
        assert current
        path = tmp_path / f"altered-{len(opened)}.duckdb"
        shutil.copy(park.home.store.path(current.snapshot), path)
        path.chmod(0o600)
        with closing(duckdb.connect(str(path))) as connection:
            for statement in statements:
                connection.execute(statement)
        opened.append(duckdb.connect(str(path), read_only=True, config={"threads": 1}))
        return opened[-1]

    yield alter
    for each in opened:
        each.close()
