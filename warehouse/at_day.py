"""The marts that hold the newest day alone, as a query for any other day, and for chosen projects only: the same SQL, so that both say the same."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache
from pathlib import Path

import duckdb

from warehouse.duties import has
from warehouse.known import span

MARTS = Path(__file__).parent / "marts"
NEWEST = re.compile(r"SELECT max\(f\.as_of\) AS as_of\n  FROM raw\.file AS f\n  WHERE f\.is_standing")
CHOSEN = Path(__file__).with_name("chosen_projects.sql").read_text(encoding="utf-8")


@cache
def at_day(mart: str, *, chosen: bool, zoned: bool) -> str:
    """The SELECT of marts/<mart>.sql on $v. `chosen`: of the projects that chosen_projects.sql selects; `zoned`: of the space $zone where it happened."""
    select, found = NEWEST.subn("SELECT $v::DATE AS as_of", (MARTS / f"{mart}.sql").read_text(encoding="utf-8"))
    if found != 1:
        raise ValueError(f"{mart}.sql does not say its day")
    select = of_chosen(select) if chosen else select
    return re.sub(r"true /\* zone (\S+) \*/", r"\1 = $zone", select) if zoned else select


def on_day(cursor: duckdb.DuckDBPyConnection, mart: str, as_of: dt.date) -> tuple[str, dict[str, object]]:
    """A SELECT of such a mart on a day, with its parameters: the table itself on the newest day, unless the snapshot is older than it."""
    known = span(cursor)
    if known and as_of == known.newest_as_of and has(cursor, f"mart.{mart}"):
        return f"SELECT * FROM mart.{mart}", {}
    return at_day(mart, chosen=False, zoned=False), {"v": as_of}


def of_chosen(select: str) -> str:
    """A SELECT that marks a place for it, of the projects that chosen_projects.sql selects; it takes that file's parameters besides its own."""
    return re.sub(r"true /\* chosen (\S+) \*/", lambda found: f"{found[1]} IN ({CHOSEN})", select)
