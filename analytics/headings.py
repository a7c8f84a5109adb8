"""What senders' own headings were said to mean, with the files in force that are read so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from warehouse.duties import has
from warehouse.said_headings import Said, said_headings

FILES = Path(__file__).with_name("heading_files.sql").read_text(encoding="utf-8")


@dataclass(frozen=True, kw_only=True)
class Explained:
    """One explanation. `files`: names of the standing files of its sender that have the heading, the newest first; empty where it no longer holds."""

    said: Said
    files: tuple[str, ...]


def explained(home: Path, cursor: duckdb.DuckDBPyConnection | None, departments: frozenset[str] | None) -> tuple[Explained, ...]:
    """The newest first. `cursor`: on the pinned snapshot, None before the first; `departments`: whose, None: all. Raises LandingDamaged."""
    told = [each for each in said_headings(home) if departments is None or each.department_id in departments]
    files = _files(cursor, told) if cursor and told and has(cursor, "raw.sent_table") else {}
    return tuple(Explained(said=each, files=files.get(place, ())) for place, each in enumerate(told))


def _files(cursor: duckdb.DuckDBPyConnection, told: Sequence[Said]) -> dict[int, tuple[str, ...]]:
    """By place in `told`."""
    rows = [(place, each.feed, each.department_id, each.sender, each.heading) for place, each in enumerate(told) if each.holds]
    asked = ", ".join("(?, ?, ?, ?, ?)" for _ in rows)
    found: dict[int, tuple[str, ...]] = {}
    for place, name in cursor.execute(FILES.format(said=asked), [cell for row in rows for cell in row]).fetchall() if rows else ():
        found[place] = (*found.get(place, ()), name)
    return found
