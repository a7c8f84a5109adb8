"""What a report asks of its department: its columns, how each is filled in, and what must hold within a row."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from warehouse.duties import has
from warehouse.inputs import Field

FEED = """SELECT f.title, f.summary, f.mode, f.rhythm, d.note_zh, f.rules
FROM meta.feed AS f LEFT JOIN ref.due_day AS d USING (rhythm) WHERE f.feed = ?"""
FIELDS = "SELECT heading, meaning, is_required, is_key, aliases FROM meta.feed_field WHERE feed = ? ORDER BY place"


@dataclass(frozen=True, kw_only=True)
class Contract:
    """One report. `mode`: full (a whole list each time) or events; `due`: by when, in words; `rules`: what must hold within a row."""

    feed: str
    title: str
    summary: str
    mode: str
    rhythm: str
    due: str
    fields: tuple[Field, ...]
    rules: tuple[str, ...]


def contract(cursor: duckdb.DuckDBPyConnection, feed: str) -> Contract | None:
    """The contract of one report in the pinned snapshot; None where it has none of that name, or is older than contracts."""
    if not has(cursor, "meta.feed"):
        return None
    found = cursor.execute(FEED, [feed]).fetchone()
    if not found:
        return None
    title, summary, mode, rhythm, due, rules = found
    fields = tuple(Field(heading=heading, meaning=meaning, is_required=required, is_key=key, aliases=tuple(aliases.split("|")) if aliases else ())
                   for heading, meaning, required, key, aliases in cursor.execute(FIELDS, [feed]).fetchall())
    return Contract(feed=feed, title=title, summary=summary, mode=mode, rhythm=rhythm, due=due or "", fields=fields, rules=tuple(rules))
