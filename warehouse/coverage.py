"""Who has reported up to when, and who is late."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import duckdb


@dataclass(frozen=True, kw_only=True)
class Coverage:
    """One feed of one sender. `as_of`, `due_on` None: never reported. `overdue_days` against the clock, 0 when in time."""

    feed: str
    title: str
    department: str
    department_name: str
    department_name_en: str | None
    sender: str
    last_file: str | None
    as_of: dt.date | None
    accepted: int | None
    refused: int | None
    due_on: dt.date | None
    overdue_days: int


def coverage(cursor: duckdb.DuckDBPyConnection, today: dt.date) -> tuple[Coverage, ...]:
    """Every sender of every feed, those who should report and never did included."""
    rows = cursor.execute(
        "SELECT c.feed, c.title, c.department_id, d.name_zh, d.name_en, c.sender, c.last_file, c.last_as_of, c.accepted, c.refused, c.due_on "
        "FROM meta.coverage AS c LEFT JOIN ref.department AS d USING (department_id) ORDER BY ALL").fetchall()
    return tuple(
        Coverage(feed=feed, title=title, department=department, department_name=name or department, department_name_en=name_en, sender=sender, last_file=file,
                 as_of=as_of, accepted=accepted, refused=refused, due_on=due_on, overdue_days=max((today - due_on).days, 0) if due_on else 0)
        for feed, title, department, name, name_en, sender, file, as_of, accepted, refused, due_on in rows)
