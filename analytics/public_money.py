"""Public money from budget to spending, by source and year, and the surplus funds that became equity."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import duckdb

from analytics.funds import ratio
from language import N_
from warehouse.known import is_knowable
from warehouse.metric import metric

PUBLIC_MONEY_SQL = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
SURPLUS_SQL = Path(__file__).with_name("surplus_equity.sql").read_text(encoding="utf-8")
SOURCES = {"local": N_("本级专项"), "central_budget": N_("中央预算内"), "provincial_project": N_("省级科技项目"), "municipal_project": N_("市级科技项目"),
           "special_bond": N_("专项债"), "reits": N_("公募REITs"), "joint_fund": N_("联合科研基金")}
STEPS = {"budget_requested": N_("申报"), "budget_planned": N_("预算"), "budget_issued": N_("下达"), "budget_received": N_("到位"), "budget_spent": N_("支出")}


@dataclass(frozen=True, kw_only=True)
class Line:
    """One source in one year, or several together, in 元. A step no item tells of is missing."""

    source: str
    year: int | None
    items: int
    steps: dict[str, Decimal]

    @property
    def execution(self) -> Decimal | None:
        """支出 ÷ 下达; None where nothing was allocated."""
        return ratio(self.steps.get("budget_spent", Decimal()), self.steps.get("budget_issued", Decimal()))


@dataclass(frozen=True, kw_only=True)
class PublicMoney:
    """All lines at V, by source and year. `is_known`: whether the list was there by V."""

    as_of: dt.date
    is_known: bool
    lines: tuple[Line, ...]

    @property
    def years(self) -> tuple[int, ...]:
        return tuple(sorted({each.year for each in self.lines if each.year is not None}))

    def together(self, year: int | None = None) -> Line:
        """All sources of one year, or of all."""
        found = [each for each in self.lines if year in (None, each.year)]
        sums: dict[str, Decimal] = defaultdict(Decimal)
        for each in found:
            for step, value in each.steps.items():
                sums[step] += value
        return Line(source="", year=year, items=sum(each.items for each in found), steps=dict(sums))


@dataclass(frozen=True, kw_only=True)
class Surplus:
    """One investment of surplus funds, in 元; share 0–1."""

    investment_id: str
    institute: str
    firm: str
    project: str | None
    surplus: Decimal
    equity: Decimal
    share: Decimal | None
    approval_no: str
    approved_on: dt.date
    is_title_clear: bool
    is_title_evidenced: bool


def public_money(cursor: duckdb.DuckDBPyConnection, as_of: dt.date) -> PublicMoney:
    """Lists standing at V."""
    cells: dict[tuple[str, int], dict[str, Decimal]] = defaultdict(dict)
    items: dict[tuple[str, int], int] = defaultdict(int)
    for source, year, metric_id, value, count in cursor.execute(PUBLIC_MONEY_SQL, {"v": as_of}).fetchall():
        cells[source, year][metric_id] = value
        items[source, year] = max(items[source, year], count)
    order = list(SOURCES)
    lines = tuple(Line(source=source, year=year, items=items[source, year], steps=steps)
                  for (source, year), steps in sorted(cells.items(), key=lambda item: (item[0][1], order.index(item[0][0]))))
    return PublicMoney(as_of=as_of, is_known=is_knowable(cursor, metric(cursor, "budget_planned"), as_of), lines=lines)


def surplus_equity(cursor: duckdb.DuckDBPyConnection, as_of: dt.date) -> tuple[Surplus, ...] | None:
    """Every investment approved by V, the latest first; None where the report has never come by V."""
    if not is_knowable(cursor, metric(cursor, "surplus_equity"), as_of):
        return None
    found = cursor.execute(SURPLUS_SQL, {"v": as_of})
    names = [column for column, *_ in found.description or ()]
    return tuple(Surplus(**dict(zip(names, row, strict=True))) for row in found.fetchall())
