"""Rules, plans and applications: the policy's checklist, the steps each item has taken, and which terms were kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from pathlib import Path
from typing import Literal

import duckdb

from analytics.tally import Tally
from language import spoken
from warehouse.duties import has

HERE = Path(__file__).parent
ENTRIES_SQL, ITEMS_SQL = ((HERE / f"policy_{name}.sql").read_text(encoding="utf-8") for name in ("entries", "items"))

State = Literal["done", "declined", "overdue", "running", "silent"]
COURSES: dict[str, tuple[str, ...]] = {
    "rule": ("drafting", "consultation", "issued", "filed"), "plan": ("drafting", "consultation", "issued"),
    "application": ("applied", "accepted", "approved"), "advocacy": ("applied", "accepted", "approved")}
DONE = ("issued", "filed", "approved")


@dataclass(frozen=True, kw_only=True)
class Step:
    """A step that was told. `is_catalogued` None: it names no document."""

    step: str
    on: dt.date
    precision: str
    document_no: str | None
    is_catalogued: bool | None
    row_id: int


@dataclass(frozen=True, kw_only=True)
class Item:
    """What a department told of one item by V, its steps in the order of their days. `clause_id` None: not told."""

    item_key: str
    entry_id: str
    item_id: str
    name: str
    kind: str
    clause_id: str | None
    is_clause_known: bool
    unit: str
    department_id: str | None
    steps: tuple[Step, ...]

    @property
    def done(self) -> Step | None:
        """The step by which it was issued or approved."""
        return next((each for each in self.steps if each.step in DONE), None)

    @property
    def is_declined(self) -> bool:
        return self.done is None and any(each.step == "declined" for each in self.steps)

    @property
    def next_step(self) -> str | None:
        """The step after the furthest one taken; None where none is left, or the item was declined."""
        if self.is_declined:
            return None
        course, taken = COURSES[self.kind], {each.step for each in self.steps}
        furthest = max((at for at, step in enumerate(course) if step in taken), default=-1)
        return course[furthest + 1] if furthest + 1 < len(course) else None

    def state(self) -> State:
        return "done" if self.done else "declined" if self.is_declined else "running"


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One entry of the checklist at V with the items told under it.

    `is_stated`: the policy names it, else it follows from the clause; `is_owner_stated`: so too for who answers for it. `due_on` None: no task of the
    clause has a term; `original_due_on`: the first term, where the present one is later.
    """

    entry_id: str
    name_zh: str
    name_en: str
    kind: str
    clause_id: str
    department_ids: tuple[str, ...]
    departments: tuple[str, ...]
    is_owner_stated: bool
    is_stated: bool
    wording: str
    due_on: dt.date | None
    due_precision: str
    original_due_on: dt.date | None
    task_id: str | None
    task_row_id: int | None
    items: tuple[Item, ...] = ()

    @property
    def done(self) -> Step | None:
        """The first step by which one of its items was issued or approved."""
        return min((each.done for each in self.items if each.done), key=lambda step: step.on, default=None)

    def state(self, as_of: dt.date) -> State:
        """`overdue` from the day after the term; `silent`: nothing was reported of it."""
        if self.done:
            return "done"
        if self.due_on and self.due_on < as_of:
            return "overdue"
        if not self.items:
            return "silent"
        return "declined" if all(each.is_declined for each in self.items) else "running"

    def days_late(self, as_of: dt.date) -> int:
        """Days by which it was or is over its term; 0 or less where it is in time, and 0 where there is no term or it is still open."""
        if self.due_on is None:
            return 0
        return (self.done.on - self.due_on).days if self.done else max((as_of - self.due_on).days, 0)

    @property
    def is_kept(self) -> bool | None:
        """Whether it was done by its term; None while it is not done, or has no term."""
        return None if self.done is None or self.due_on is None else self.done.on <= self.due_on


@dataclass(frozen=True, kw_only=True)
class Policies:
    """All that the page shows of one view. `others`: items that belong to no entry of the checklist."""

    as_of: dt.date
    tally: Tally
    entries: tuple[Entry, ...]
    others: tuple[Item, ...]

    def count(self, *states: State) -> int:
        """Entries in one of these states."""
        return sum(each.state(self.as_of) in states for each in self.entries)

    @property
    def row_ids(self) -> set[int]:
        """Of all lines that are cited."""
        items = [each for entry in self.entries for each in entry.items] + list(self.others)
        return {step.row_id for each in items for step in each.steps} | {each.task_row_id for each in self.entries if each.task_row_id is not None}


def policies(cursor: duckdb.DuckDBPyConnection, as_of: dt.date) -> Policies | None:
    """At V, within the snapshot's span; None of a snapshot from before there was the checklist. Named in the language spoken."""
    if not has(cursor, "core.policy_due"):
        return None
    items = _items(cursor, as_of)
    known = [row[0] for row in cursor.execute("SELECT metric_id FROM ref.metric WHERE metric_id LIKE 'policy\\_%' ESCAPE '\\' ORDER BY rowid").fetchall()]
    names = [name for name in Entry.__dataclass_fields__ if name != "items"]
    entries = [dict(zip(names, row, strict=True)) for row in cursor.execute(ENTRIES_SQL, {"language": spoken()}).fetchall()]
    return Policies(
        as_of=as_of, tally=Tally(cursor, known, as_of), others=tuple(each for each in items if not each.entry_id),
        entries=tuple(Entry(**cells | {"department_ids": tuple(cells["department_ids"]), "departments": tuple(cells["departments"] or ())},
                            items=tuple(each for each in items if each.entry_id == cells["entry_id"])) for cells in entries))


def done_rate(entries: Iterable[Entry]) -> Decimal | None:
    """清单办结率: entries done by all of the checklist; None where it is empty."""
    listed = tuple(entries)
    return Decimal(sum(each.done is not None for each in listed)) / len(listed) if listed else None


def _items(cursor: duckdb.DuckDBPyConnection, as_of: dt.date) -> tuple[Item, ...]:
    rows: Sequence[tuple[object, ...]] = cursor.execute(ITEMS_SQL, {"v": as_of, "language": spoken()}).fetchall()
    names = [name for name in Item.__dataclass_fields__ if name != "steps"]
    found = []
    for _key, group in groupby(rows, key=lambda row: row[0]):
        lines = list(group)
        steps = tuple(Step(**dict(zip(Step.__dataclass_fields__, row[len(names):], strict=True))) for row in lines)  # type: ignore[arg-type]
        found.append(Item(**dict(zip(names, lines[-1][:len(names)], strict=True)), steps=steps))  # type: ignore[arg-type]
    return tuple(found)
