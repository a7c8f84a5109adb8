"""A store of toy snapshots, small enough to publish by the hundred."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from warehouse.publish import Publication, Store

NOON = datetime(2026, 11, 5, 4, tzinfo=UTC)


def toy(number: int) -> Callable[[Path], None]:
    """A builder of a snapshot whose only fact is a number."""

    def build(path: Path) -> None:
        with duckdb.connect(path) as connection:
            connection.execute("CREATE TABLE fact AS SELECT ?::INTEGER AS number", [number])

    return build


@dataclass(frozen=True, kw_only=True)
class Toys:
    """A store and the shortest way to put something in."""

    store: Store

    def publish(self, number: int, *, now: datetime = NOON, label: str | None = None) -> Publication:
        """Publish a toy; the acts it knows are as many as its number."""
        return self.store.publish(toy(number), now=now, acts_upto=number, inputs_hash=f"{number:08x}", label=label)

    def snapshots(self) -> list[str]:
        """What the catalogue lists, oldest first."""
        return [each.snapshot for each in self.store.publications()]

    def files(self) -> set[str]:
        """Every name in the directory but the catalogue's."""
        return {path.name for path in self.store.root.iterdir()} - {"catalogue.json"}

    def damage(self, snapshot: str) -> None:
        """Make a published file one that DuckDB does not open."""
        path = self.store.path(snapshot)
        path.chmod(0o644)
        path.write_bytes(b"not a database")


def number_in(connection: duckdb.DuckDBPyConnection) -> int:
    """The one fact of a toy snapshot."""
    [(number,)] = connection.execute("SELECT number FROM fact").fetchall()
    return int(number)
