"""The milestones of the space goal by name: the functions of the core, and the zones that carry pilots."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import duckdb

from warehouse.duties import has
from warehouse.known import is_knowable
from warehouse.metric import UnknownMetric, metric

MILESTONES_SQL = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
METRIC_ID, CORE_ID = "g5_milestones", "premise_core_functions"
CORE_SQL = """SELECT c.entity_id, c.occurred_on, c.occurred_precision FROM mart.contribution AS c
WHERE c.metric_id = $metric AND c.counts_from <= $v AND (c.counts_until IS NULL OR c.counts_until > $v)"""

State = Literal["reached", "open", "unknown", "unconnected"]


@dataclass(frozen=True, kw_only=True)
class Milestone:
    """One milestone at V. `since_on`: when it was reached, of an open one that once stood when it ceased to; None: never, or not known.

    `state` unknown: its feed has not reported; unconnected: there is no feed for it yet.
    """

    milestone_id: str
    name_zh: str
    name_en: str
    state: State
    since_on: dt.date | None = None
    since_precision: str = "D"


@dataclass(frozen=True, kw_only=True)
class Milestones:
    """`core`: the functions of the core, none in a snapshot made before their list was; `carriers`: the zones."""

    core: tuple[Milestone, ...]
    carriers: tuple[Milestone, ...]

    @property
    def reached(self) -> int:
        return sum(each.state == "reached" for each in (*self.core, *self.carriers))

    @property
    def unknown(self) -> int:
        """How many nothing has been reported of."""
        return sum(each.state in ("unknown", "unconnected") for each in (*self.core, *self.carriers))


def milestones(cursor: duckdb.DuckDBPyConnection, as_of: dt.date) -> Milestones:
    """All of them at V, in the order of the policy. Raises UnknownMetric."""
    return Milestones(core=_core(cursor, as_of), carriers=_carriers(cursor, as_of))


def _core(cursor: duckdb.DuckDBPyConnection, as_of: dt.date) -> tuple[Milestone, ...]:
    has_list = has(cursor, "ref.core_function")
    rows = cursor.execute("SELECT core_function_id, name_zh, name_en FROM ref.core_function ORDER BY core_function_id").fetchall() if has_list else []
    try:
        state: State = "open" if is_knowable(cursor, metric(cursor, CORE_ID), as_of) else "unknown"
    except UnknownMetric:  # a snapshot made before the register of buildings counted
        state = "unconnected"
    since = {id_: (on, precision) for id_, on, precision in cursor.execute(CORE_SQL, {"metric": CORE_ID, "v": as_of}).fetchall()}
    return tuple(Milestone(milestone_id=id_, name_zh=zh, name_en=en, state="reached", since_on=since[id_][0], since_precision=since[id_][1]) if id_ in since else
                 Milestone(milestone_id=id_, name_zh=zh, name_en=en, state=state) for id_, zh, en in rows)


def _carriers(cursor: duckdb.DuckDBPyConnection, as_of: dt.date) -> tuple[Milestone, ...]:
    is_known = is_knowable(cursor, metric(cursor, METRIC_ID), as_of)
    rows = cursor.execute(MILESTONES_SQL, {"metric": METRIC_ID, "v": as_of}).fetchall()
    return tuple(Milestone(milestone_id=id_, name_zh=zh, name_en=en, state="unknown") if not is_known else
                 Milestone(milestone_id=id_, name_zh=zh, name_en=en, state="reached" if is_reached else "open", since_on=since_on,
                           since_precision=precision or "D")
                 for id_, zh, en, is_reached, since_on, precision in rows)
