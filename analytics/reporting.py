"""Who has reported up to when, who is late or never reported, and which goals may read too low because of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

import duckdb

from analytics.goal_card import Goal
from analytics.goals import headlines
from language import either, named
from warehouse.coverage import Coverage, coverage
from warehouse.metric import Metric


@dataclass(frozen=True, kw_only=True)
class Late:
    """One sender that is late, in the language spoken. `as_of`: of its oldest late report, None where one never came; `overdue_days`: of that longest overdue;
    `is_uneven`: whether the others stand elsewhere. `goals`: names of what may read too low."""

    department: str
    sender: str
    reports: tuple[str, ...]
    as_of: dt.date | None
    overdue_days: int
    is_uneven: bool
    goals: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Reporting:
    """`rows`: every sender of every feed, the late ones first. `late`: who is late, worst first."""

    rows: tuple[Coverage, ...]
    late: tuple[Late, ...]

    @property
    def in_time(self) -> int:
        """How many of the rows are neither late nor missing."""
        return sum(not _is_late(row) for row in self.rows)


def reporting(cursor: duckdb.DuckDBPyConnection, today: dt.date, as_of: dt.date, departments: frozenset[str] | None = None) -> Reporting:
    """Judged at `today`, the clock's day in Shanghai; which goals each feed matters for at V = `as_of` is read from the dictionary.

    `departments`: whose; None: all. Raises UnknownMetric.
    """
    seen = [row for row in coverage(cursor, today) if departments is None or row.department in departments]
    rows = sorted(seen, key=lambda row: (not _is_late(row), row.as_of is not None, -row.overdue_days, row.title,
                                                            row.department, row.sender))
    late = sorted((row for row in rows if _is_late(row)), key=_sender)
    read = headlines(cursor, as_of)
    groups = [_late(list(group), read) for _, group in groupby(late, key=_sender)]
    return Reporting(rows=tuple(rows), late=tuple(sorted(groups, key=lambda each: (each.as_of is not None, -each.overdue_days))))


def feed_title(feed: str, title: str) -> str:
    """In the language spoken; in English the feed's name, which is the field's term."""
    return either(title, feed.replace("_", " ").capitalize())


def department(row: Coverage) -> str:
    """A department's name in the language spoken."""
    return either(row.department_name, row.department_name_en)


def _late(rows: Sequence[Coverage], read: Sequence[tuple[Goal, Metric]]) -> Late:
    feeds = {row.feed for row in rows}
    known = [row.as_of for row in rows if row.as_of]
    return Late(
        department=department(rows[0]), sender=rows[0].sender, reports=tuple(dict.fromkeys(feed_title(row.feed, row.title) for row in rows)),
        as_of=min(known) if len(known) == len(rows) else None, overdue_days=max(row.overdue_days for row in rows),
        is_uneven=len({(row.as_of, row.overdue_days) for row in rows}) > 1,
        goals=tuple(named(goal) for goal, headline in read if feeds & set(headline.feeds)))


def _is_late(row: Coverage) -> bool:
    return row.as_of is None or row.overdue_days > 0


def _sender(row: Coverage) -> tuple[str, str]:
    return row.department, row.sender
