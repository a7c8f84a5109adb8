"""The task force's work: the tree of tasks, what the joint meeting resolved, and the newest appraisal."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Literal

import duckdb

from language import spoken

HERE = Path(__file__).parent
TASKS_SQL, RESOLUTIONS_SQL, APPRAISALS_SQL, NUMBERS_SQL = (
    (HERE / f"{name}.sql").read_text(encoding="utf-8") for name in ("tasks", "resolutions", "appraisals", "task_numbers"))

State = Literal["overdue", "extended", "running", "not_started", "done", "done_late", "stopped"]
FEWEST_RANKED = 5  # units with a score, below which none is ranked
OPEN: frozenset[State] = frozenset(("overdue", "extended", "running", "not_started"))


@dataclass(frozen=True, kw_only=True)
class Task:
    """One task at V. `original_due_on`: the first term where the present one is later; `overdue_days`: 0 of what is done, stopped or in time.

    `state` done: by its term; done_late: after it; extended: put off and not yet due. `confidence`: green, amber or red as a person rates it, with why and
    what is to be done; None: not rated. `has_evidence`: its document is in the list of documents; `depth`: below how many tasks it hangs.
    `is_orphan`: the task it is to hang below is not listed; `is_circular`: it hangs below itself.
    """

    task_id: str
    parent_task_id: str | None
    clause_id: str
    is_clause_known: bool
    content: str
    unit: str
    department_id: str | None
    partner_names: str | None
    due_on: dt.date
    due_precision: str
    original_due_on: dt.date | None
    state: State
    done_on: dt.date | None
    done_precision: str | None
    overdue_days: int
    evidence_id: str | None
    has_evidence: bool
    confidence: Literal["green", "amber", "red"] | None
    confidence_note: str | None
    remedy: str | None
    row_id: int
    depth: int = 0
    is_orphan: bool = False
    is_circular: bool = False

    @property
    def is_open(self) -> bool:
        return self.state in OPEN


@dataclass(frozen=True, kw_only=True)
class Resolution:
    """A matter resolved by the joint meeting, at V. `due_on` None: no term was set; `reminders` None: not told."""

    resolution_id: str
    meeting_id: str
    met_on: dt.date
    topic: str
    resolution: str
    unit: str
    department_id: str | None
    due_on: dt.date | None
    state: State
    closed_on: dt.date | None
    overdue_days: int
    reminders: int | None
    task_id: str | None
    row_id: int


@dataclass(frozen=True, kw_only=True)
class Appraisal:
    """What one unit was given in one appraisal. `weight`, `score`: sums over its indicators; `share`: the score by the weight, None where that is 0.

    `rank`: the place by that share, 1 the highest, equal ones the same; None where fewer than FEWEST_RANKED units have one.
    """

    period_from: dt.date
    period_to: dt.date
    unit: str
    department_id: str | None
    indicators: int
    weight: float
    score: float
    appeals: int
    rank: int | None = None

    @property
    def share(self) -> float | None:
        return self.score / self.weight if self.weight else None


@dataclass(frozen=True, kw_only=True)
class Numbers:
    """Tasks (or resolutions) at V: `due`: whose term has come; `in_time`: of these, done by it; `pending`: done without evidence."""

    listed: int = 0
    done: int = 0
    due: int = 0
    in_time: int = 0
    overdue: int = 0
    extended: int = 0
    pending: int = 0

    @property
    def in_time_share(self) -> Decimal | None:
        """Done on time by due (按期完成率); None where nothing was due."""
        return Decimal(self.in_time) / self.due if self.due else None


@dataclass(frozen=True, kw_only=True)
class Work:
    """What one department answers for."""

    tasks: Numbers
    resolutions: Numbers


def work(cursor: duckdb.DuckDBPyConnection, as_of: dt.date, clause_id: str | None = None) -> dict[str, Work]:
    """By department, "" for all and "?" for a name that is no department; `clause_id`: of the tasks of one clause. Each number is the metric's of its name."""
    found: dict[str, dict[str, tuple[int, int]]] = {}
    for department, metric_id, value, pending in cursor.execute(NUMBERS_SQL, {"v": as_of, "clause": clause_id}).fetchall():
        found.setdefault(department, {})[metric_id] = (value, pending)
    return {department: Work(tasks=_numbers(told, "task", "listed", "done"), resolutions=_numbers(told, "resolution", "made", "closed"))
            for department, told in found.items()}


def _numbers(told: Mapping[str, tuple[int, int]], kind: str, listed: str, done: str) -> Numbers:
    def value(name: str) -> int:
        return told.get(f"{kind}_{name}", (0, 0))[0]

    return Numbers(listed=value(listed), done=value(done), due=value("due"), in_time=value(f"{done}_on_time"), overdue=value("overdue"),
                   extended=value("extended"), pending=told.get(f"{kind}_{done}", (0, 0))[1])


def tasks(cursor: duckdb.DuckDBPyConnection, as_of: dt.date) -> tuple[Task, ...]:
    """The tree at V, each task after the one it hangs below; what hangs below nothing listed, or in a circle, is a root. Named in the language spoken."""
    names = [name for name in Task.__dataclass_fields__ if name not in ("depth", "is_orphan", "is_circular")]
    rows = cursor.execute(TASKS_SQL, {"v": as_of, "language": spoken()}).fetchall()
    return tuple(_tree([Task(**dict(zip(names, row, strict=True))) for row in rows]))


def resolutions(cursor: duckdb.DuckDBPyConnection, as_of: dt.date) -> tuple[Resolution, ...]:
    """All that was resolved by V, the newest meeting first."""
    rows = cursor.execute(RESOLUTIONS_SQL, {"v": as_of, "language": spoken()}).fetchall()
    return tuple(Resolution(**dict(zip(Resolution.__dataclass_fields__, row, strict=True))) for row in rows)


def appraisals(cursor: duckdb.DuckDBPyConnection, as_of: dt.date) -> tuple[Appraisal, ...]:
    """The newest appraisal that ended by V, in the order of the departments' codes; of fewer than FEWEST_RANKED units without places."""
    names = [name for name in Appraisal.__dataclass_fields__ if name != "rank"]
    found = [Appraisal(**dict(zip(names, row, strict=True))) for row in cursor.execute(APPRAISALS_SQL, {"v": as_of, "language": spoken()}).fetchall()]
    shares = [round(each.share, 6) for each in found if each.share is not None]
    if len(shares) < FEWEST_RANKED:
        return tuple(found)
    return tuple(replace(each, rank=None if each.share is None else 1 + sum(other > round(each.share, 6) for other in shares)) for each in found)


def _tree(listed: Sequence[Task]) -> Iterator[Task]:
    """Depth first from the roots; what a circle keeps from every root comes last, flat."""
    known = {each.task_id for each in listed}
    below: dict[str | None, list[Task]] = {}
    for each in listed:
        below.setdefault(each.parent_task_id if each.parent_task_id in known else None, []).append(each)
    seen: set[str] = set()
    waiting = [(each, 0) for each in reversed(below.get(None, []))]
    while waiting:
        each, depth = waiting.pop()
        seen.add(each.task_id)
        yield replace(each, depth=depth, is_orphan=each.parent_task_id is not None and each.parent_task_id not in known)
        waiting.extend((child, depth + 1) for child in reversed(below.get(each.task_id, [])))
    yield from (replace(each, is_circular=True) for each in listed if each.task_id not in seen)
