"""Who may hand in, what each owes, and by what name its offices are known: of the served snapshot, or of the committee's own table before the first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb
import polars as pl

from analytics.quality import Department, Quality, quality

DEPARTMENTS = Path(__file__).parents[1] / "warehouse" / "reference" / "departments.csv"
OF_MANY = ("D07", "D10")  # departments that are many offices or operators: etl/inbox.py reads their folders so


@dataclass(frozen=True, kw_only=True)
class Owing:
    """`departments`: those asked for, by id; `titles`: of reports, by feed."""

    quality: Quality
    departments: Mapping[str, Department]
    titles: Mapping[str, str]

    def senders(self, department: str) -> tuple[str, ...]:
        """Offices or operators of a department that have sent something; none where the department sends for itself."""
        found = self.departments.get(department)
        return tuple(sorted({each.row.sender for each in found.duties if each.row.sender})) if found and department in OF_MANY else ()


def owing(cursor: duckdb.DuckDBPyConnection | None, today: dt.date, departments: frozenset[str] | None) -> Owing:
    """`cursor`: on the served snapshot, None before the first; `departments`: whose; None: all."""
    told = quality(cursor, today, departments) if cursor else Quality(departments=_named(departments), is_checked=False)
    known = sorted(told.departments, key=lambda each: each.department_id)
    titles = dict(cursor.execute("SELECT feed, title FROM meta.feed ORDER BY title").fetchall()) if cursor else {}
    return Owing(quality=told, departments={each.department_id: each for each in known}, titles=titles)


def _named(departments: frozenset[str] | None) -> tuple[Department, ...]:
    rows = pl.read_csv(DEPARTMENTS, infer_schema=False).select("department_id", "name_zh", "name_en").iter_rows(named=True)
    return tuple(Department(**row, duties=(), scores={}, problems=0) for row in rows if departments is None or row["department_id"] in departments)
