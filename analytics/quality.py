"""What the departments' files are worth: what is due, came, was accepted and refused, and what the checks found, by department and report."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import duckdb

from analytics.row_key import by_code, said_key, vocabulary
from analytics.snapshot import SHANGHAI
from language import N_
from warehouse.coverage import Coverage, coverage
from warehouse.duties import APART, ROWS, Told, has
from warehouse.duties import told as told_by

SQL = {path.stem: path.read_text(encoding="utf-8") for path in (Path(__file__).parent / "quality_sql").glob("*.sql")}
DIMENSIONS = (N_("规范性"), N_("完整性"), N_("准确性"), N_("一致性"), N_("时效性"), N_("可访问性"))  # GB/T 36344-2018, in its order
POINTS = 24  # publications of a trend
Departments = frozenset[str] | None  # ids of those whose work is looked at; None: all


@dataclass(frozen=True, kw_only=True)
class Score:
    """Of one dimension: rows or keys examined, and those found wrong. A key examined by several checks counts in each."""

    checked: int
    failed: int

    @property
    def share(self) -> Decimal | None:
        """Of those examined, those in order; None where nothing was examined."""
        return Decimal(self.checked - self.failed) / self.checked if self.checked else None


Scores = Mapping[str, Score]  # by dimension; one without a score was not examined


@dataclass(frozen=True, kw_only=True)
class Duty:
    """One sender's report. `accepted`: rows of its files in force; `refused`: rows still to be put right; None: nothing came."""

    row: Coverage
    arrived_at: dt.datetime | None
    accepted: int | None
    refused: int | None
    scores: Scores

    @property
    def state(self) -> str:
        """never, late or fine."""
        return "never" if self.row.as_of is None else "late" if self.row.overdue_days else "fine"


@dataclass(frozen=True, kw_only=True)
class Department:
    """One department, its reports and the sums over them. `problems`: what the checks found that it must act on."""

    department_id: str
    name_zh: str
    name_en: str
    duties: tuple[Duty, ...]
    scores: Scores
    problems: int

    def number(self, state: str) -> int:
        """Duties in this state."""
        return sum(duty.state == state for duty in self.duties)

    @property
    def accepted(self) -> int:
        return sum(duty.accepted or 0 for duty in self.duties)

    @property
    def refused(self) -> int:
        return sum(duty.refused or 0 for duty in self.duties)


@dataclass(frozen=True, kw_only=True)
class Quality:
    """All departments, those with most to do first. `is_checked` False: the snapshot was published without checks."""

    departments: tuple[Department, ...]
    is_checked: bool


@dataclass(frozen=True, kw_only=True)
class Problem:
    """What one check found in one sender's report. `owner`: the department that acts; `since`: when it was first published, Shanghai."""

    check_id: str
    dimension: str
    sentence: str
    action: str
    feed: str
    department_id: str
    sender: str
    owner: str
    failed: int
    checked: int
    since: dt.datetime | None
    examples: tuple[tuple[str, str], ...]  # key, what was found


@dataclass(frozen=True, kw_only=True)
class RefusedRow:
    """A row to be put right. `key`: as people say it, blank where it cannot be read; `cells`: by the department's headings, in its order; `reasons`:
    heading and reason; times in Shanghai."""

    feed: str
    department_id: str
    sender: str
    key: str
    opened_at: dt.datetime
    file: str
    sheet: str
    row: int
    cells: str
    reasons: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class Correction:
    """A refused row that was put right, by which file and how fast. `key`: as of `RefusedRow`; `is_accepted` False: the file no longer holds it."""

    feed: str
    department_id: str
    sender: str
    key: str
    opened_at: dt.datetime
    closed_at: dt.datetime
    closed_by: str
    is_accepted: bool
    days: int


@dataclass(frozen=True, kw_only=True)
class Corrections:
    """The latest, how many there are in all, and in how many days half of them were put right (None where there are none)."""

    latest: tuple[Correction, ...]
    number: int
    median_days: float | None


def quality(cursor: duckdb.DuckDBPyConnection, today: dt.date, departments: Departments = None) -> Quality:
    """Judged at `today`, the clock's day in Shanghai. Departments without a report to send are among them."""
    is_checked = has(cursor, "meta.check_part")
    told = told_by(cursor)
    parts = cursor.execute("SELECT p.feed, p.department_id, p.sender, r.dimension, p.checked, p.failed, coalesce(r.owner, p.department_id), r.\"table\" "
                           "FROM meta.check_part AS p JOIN meta.check_result AS r USING (check_id)").fetchall() if is_checked else []
    duties = [_duty(row, told.get((row.feed, row.department, row.sender)), [each for each in parts if each[:3] == (row.feed, row.department, row.sender)])
              for row in coverage(cursor, today)]
    found = [Department(
        department_id=department_id, name_zh=name_zh, name_en=name_en or name_zh,
        duties=tuple(sorted((duty for duty in duties if duty.row.department == department_id), key=_late_first)),
        scores=_scores(each for each in parts if each[1] == department_id),
        problems=sum(each[5] for each in parts if each[6] == department_id and each[7] not in APART))
        for department_id, name_zh, name_en in cursor.execute("SELECT department_id, name_zh, name_en FROM ref.department").fetchall()
        if departments is None or department_id in departments]
    return Quality(departments=tuple(sorted(found, key=_most_to_do_first)), is_checked=is_checked)


def scores(departments: Iterable[Department]) -> Scores:
    """Over several departments."""
    return _scores(("", "", "", dimension, score.checked, score.failed) for each in departments for dimension, score in each.scores.items())


def problems(cursor: duckdb.DuckDBPyConnection, departments: Departments = None, feed: str | None = None, *, most: int = 5) -> tuple[Problem, ...]:
    """What the checks found, the longest open first, each with its first `most` examples; refused rows are apart."""
    if not has(cursor, "meta.check_part"):
        return ()
    found = cursor.execute(SQL["problems"], {"departments": departments and sorted(departments), "feed": feed, "most": most, "apart": list(APART)}).fetchall()
    names = ("check_id", "dimension", "sentence", "action", "feed", "department_id", "sender", "owner", "failed", "checked")
    return tuple(Problem(**dict(zip(names, row, strict=False)), since=row[-2] and _local(row[-2]),
                         examples=tuple((each["key"], each["found"]) for each in row[-1])) for row in found)


def refused_rows(cursor: duckdb.DuckDBPyConnection, departments: Departments = None, feed: str | None = None, *, most: int = 50,
                 skip: int = 0) -> tuple[RefusedRow, ...]:
    """One page of the rows to be put right, the longest open first. However many there are, no more than `most` are read."""
    if not has(cursor, ROWS):
        return ()
    found = cursor.execute(SQL["refused_rows"], {"departments": departments and sorted(departments), "feed": feed, "most": most, "skip": skip}).fetchall()
    names = ("feed", "department_id", "sender", "key", "opened_at", "file", "sheet", "row", "cells")
    known = by_code(vocabulary(cursor))
    return tuple(RefusedRow(**dict(zip(names, row, strict=False)) | {"key": said_key(row[3], known.get(row[0], {})), "opened_at": _local(row[4])},
                            reasons=tuple((each["heading"], each["reason"]) for each in row[-1] or ())) for row in found)


def corrections(cursor: duckdb.DuckDBPyConnection, departments: Departments = None, feed: str | None = None, *, most: int = 20) -> Corrections:
    """What was put right."""
    if not has(cursor, "rejected.correction"):
        return Corrections(latest=(), number=0, median_days=None)
    found = cursor.execute(SQL["corrections"], {"departments": departments and sorted(departments), "feed": feed, "most": most}).fetchall()
    known = by_code(vocabulary(cursor))
    latest = tuple(Correction(feed=row[0], department_id=row[1], sender=row[2], key=said_key(row[3], known.get(row[0], {})), opened_at=_local(row[4]),
                              closed_at=_local(row[5]), closed_by=row[6], is_accepted=row[7], days=row[8]) for row in found)
    return Corrections(latest=latest, number=found[0][-2] if found else 0, median_days=found[0][-1] if found else None)


def trend(cursor: duckdb.DuckDBPyConnection, departments: Departments = None) -> Mapping[str, tuple[tuple[dt.datetime, Score], ...]]:
    """By dimension the scores of the last publications, this one last."""
    if not has(cursor, "meta.check_part"):
        return {}
    rows = cursor.execute(SQL["trend"], {"departments": departments and sorted(departments)}).fetchall()
    return {dimension: tuple((_local(at), Score(checked=checked, failed=failed)) for at, each, checked, failed in rows if each == dimension)[-POINTS:]
            for dimension in DIMENSIONS}


def _duty(row: Coverage, told: Told | None, parts: Sequence[tuple[object, ...]]) -> Duty:
    if told is None:
        return Duty(row=row, arrived_at=None, accepted=None, refused=None, scores=_scores(parts))
    return Duty(row=row, arrived_at=_local(told.arrived_at) if told.arrived_at else None, accepted=told.accepted, refused=told.refused, scores=_scores(parts))


def _scores(parts: Iterable[Sequence[object]]) -> Scores:
    """Of parts that hold the dimension, checked and failed in fourth place and after."""
    added: dict[str, tuple[int, int]] = {}
    for part in parts:
        dimension, checked, failed = str(part[3]), int(str(part[4])), int(str(part[5]))
        before = added.get(dimension, (0, 0))
        added[dimension] = (before[0] + checked, before[1] + failed)
    return {dimension: Score(checked=added[dimension][0], failed=added[dimension][1]) for dimension in DIMENSIONS if added.get(dimension, (0,))[0]}


def _late_first(duty: Duty) -> tuple[object, ...]:
    return duty.state != "late", duty.state != "never", -duty.row.overdue_days, -(duty.refused or 0), duty.row.title, duty.row.sender


def _most_to_do_first(each: Department) -> tuple[object, ...]:
    return -each.number("late"), -each.refused, -each.problems, -each.number("never"), each.department_id


def _local(stored: dt.datetime) -> dt.datetime:
    return stored.replace(tzinfo=dt.UTC).astimezone(SHANGHAI)
