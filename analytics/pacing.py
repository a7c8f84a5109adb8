"""What calls and distributions may come, by the model of Takahashi and Alexander: a what-if, not a forecast, and not for fewer than three funds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

from analytics.funds import Fund

FEWEST, YEARS = 3, 8
UNLIMITED = 10.0  # years, where the register gives no term


@dataclass(frozen=True, kw_only=True)
class Assumptions:
    """RC, B, G and Y of the model, from the settings; yearly shares 0–1 but for the bow."""

    call_share: float
    bow: float
    growth: float
    income: float


@dataclass(frozen=True, kw_only=True)
class Year:
    """What may happen in one calendar year, in 元."""

    year: int
    called: float
    distributed: float
    nav: float


def assumptions(cursor: duckdb.DuckDBPyConnection) -> Assumptions:
    known = {name: float(value) for name, value in cursor.execute(
        "SELECT setting_id, value FROM ref.setting WHERE starts_with(setting_id, 'pacing_')").fetchall()}
    return Assumptions(call_share=known["pacing_call_share"], bow=known["pacing_bow"], growth=known["pacing_growth"], income=known["pacing_yield"])


def pacing(found: Sequence[Fund], given: Assumptions, years: int = YEARS) -> tuple[Year, ...]:
    """The years after V. C = RC·(CC − PIC); D = RD·NAV·(1 + G), RD = max(Y, (t/L)^B), all of it at the end of the term; NAV = NAV·(1 + G) + C − D."""
    sums: dict[int, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0])
    for each in found:
        position, start = each.position, each.listed.established_on
        left, nav = max(float(position.unfunded), 0.0), max(float(position.nav), 0.0)
        term = each.listed.term_years or UNLIMITED
        age = (position.as_of - start).days / 365.25 if start else 0.0
        for year in range(position.as_of.year + 1, position.as_of.year + years + 1):
            age += 1
            called = left * given.call_share if age < term else 0.0
            paid = min(max(given.income, (age / term) ** given.bow), 1.0) * nav * (1 + given.growth)
            left, nav = left - called, nav * (1 + given.growth) + called - paid
            for place, value in enumerate((called, paid, nav)):
                sums[year][place] += value
    return tuple(Year(year=year, called=called, distributed=paid, nav=nav) for year, (called, paid, nav) in sorted(sums.items()))
