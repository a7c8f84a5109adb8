"""The policy clause by clause: who answers for it, which reports and metrics tell of it, and how its tasks stand."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import duckdb

from analytics.reporting import feed_title
from language import either

CLAUSES_SQL = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")

State = Literal["measured", "tasked", "unconnected"]


@dataclass(frozen=True, kw_only=True)
class Clause:
    """One clause at V. `is_stated`: the policy names who answers for it; else that is inferred from the departments' duties.

    `waiting`, `arrived`: titles of its reports without and with accepted rows; `metric_ids`: what measures it; `pages`: URL paths meant to carry it;
    `reason`: why no metric tells of it, "" where one does or the committee's table says nothing.
    `tasks`, `done`, `overdue`: of the task force's list; a task overdue is neither done nor stopped and its term lies before V.
    """

    clause_id: str
    article: str
    text: str
    department_ids: tuple[str, ...]
    departments: tuple[str, ...]
    is_stated: bool
    waiting: tuple[str, ...]
    arrived: tuple[str, ...]
    metric_ids: tuple[str, ...]
    pages: tuple[str, ...]
    tasks: int
    done: int
    overdue: int
    reason: str

    @property
    def state(self) -> State:
        """Whether a number tells of it, or only tasks, or nothing yet."""
        return "measured" if self.metric_ids else "tasked" if self.tasks else "unconnected"


def clauses(cursor: duckdb.DuckDBPyConnection, as_of: dt.date) -> tuple[Clause, ...]:
    """All of them in the order of the policy, names in the language spoken."""
    return tuple(
        Clause(clause_id=clause_id, article=article, text=text, department_ids=tuple(ids.split()), is_stated=is_stated, metric_ids=tuple(metric_ids),
               departments=tuple(either(each["name"], each["name_en"]) for each in departments or ()), pages=tuple(page.strip("/") for page in pages),
               waiting=tuple(feed_title(each["feed"], each["title"]) for each in feeds if not each["has_rows"]),
               arrived=tuple(feed_title(each["feed"], each["title"]) for each in feeds if each["has_rows"]), tasks=tasks, done=done, overdue=overdue,
               reason="" if metric_ids else either(reason, reason_en))
        for clause_id, article, text, is_stated, pages, departments, feeds, metric_ids, tasks, done, overdue, ids, reason, reason_en
        in cursor.execute(_sql(cursor), {"v": as_of}).fetchall())


def _sql(cursor: duckdb.DuckDBPyConnection) -> str:
    """As this snapshot can answer it: older ones kept no reasons."""
    has_reasons = cursor.execute("SELECT count(*) FROM duckdb_columns() WHERE database_name = current_database() AND schema_name = 'ref' "
                                 "AND table_name = 'clause' AND column_name = 'reason_zh'").fetchall()[0][0]
    return CLAUSES_SQL if has_reasons else CLAUSES_SQL.replace("c.reason_zh", "NULL").replace("c.reason_en", "NULL AS reason_en")
