"""Technology managers, their contracts, talent apartments and talent brought in at V: every figure of the page, small ones unsaid."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import duckdb

from analytics.categories import Category, categories
from analytics.concentration import Concentration, concentration
from analytics.tally import Tally
from analytics.waiting import Waits
from analytics.zones import Zone, zones
from warehouse.duties import has
from warehouse.groups import At, Number
from warehouse.small_cells import Said
from warehouse.value import said_value

CREDIT_SQL, MEAN_WAIT_SQL, CLAUSES_SQL = ((Path(__file__).parent / f"{name}.sql").read_text(encoding="utf-8")
                                          for name in ("manager_credit", "mean_wait", "people_clauses"))
FAMILIES = ("manager_", "contract_", "housing_", "talent_")
FEWEST_SHARES = 10  # managers with contracts, below which nothing is said of how their shares are spread
FIRST = 3  # managers whose shares are said together


@dataclass(frozen=True, kw_only=True)
class Spread:
    """How the turnover brokered is spread over managers. `first`: the share (0–1) of the three largest together; no single one is told."""

    spread: Concentration
    first: float


@dataclass(frozen=True, kw_only=True)
class People:
    """All that the page shows of one view. Lists of `categories`: of the committee's tables; `sites`, `years`: those there are.

    `spread` None: fewer than ten managers have brokered, or nothing is known. `mean_wait_days` None: not told, or of too few people.
    """

    as_of: dt.date
    tally: Tally
    zones: tuple[Zone, ...]
    grades: tuple[Category, ...]
    abilities: tuple[Category, ...]
    certificates: tuple[Category, ...]
    contracts: tuple[Category, ...]
    talents: tuple[Category, ...]
    sites: tuple[str, ...]
    years: tuple[int, ...]
    waits: Waits
    spread: Spread | None
    mean_wait_days: Decimal | None
    clauses: dict[str, tuple[str, ...]]

    def number(self, metric_id: str, zone: str | None = None, category: str | None = None, year: int | None = None) -> Number | None:
        """As it may be said; None where it cannot be known."""
        if not self.tally.is_known(metric_id) or self.tally.groups is None:
            return None
        return said_value(self.tally.groups, self.tally.metric(metric_id), zone, category, year)

    def rest(self, metric_id: str, category: str | None = None) -> Number | None:
        """What a metric leaves of the one that it is part of: the managers who are not active, the apartments that are vacant."""
        if not self.tally.is_known(metric_id) or self.tally.groups is None:
            return None
        return self.tally.groups.number(At(metric_id=metric_id, category=category, is_rest=True))

    def exact(self, metric_id: str, zone: str | None = None, category: str | None = None) -> Decimal | None:
        """Where it may be said and is known."""
        found = self.number(metric_id, zone, category)
        return None if found is None else found.value


def people(cursor: duckdb.DuckDBPyConnection, as_of: dt.date) -> People | None:
    """At V, within the snapshot's span; None of a snapshot from before there were these figures."""
    if not has(cursor, "core.manager_place"):
        return None
    known = [row[0] for row in cursor.execute("SELECT metric_id FROM ref.metric ORDER BY rowid").fetchall()]
    tally = Tally(cursor, [each for each in known if each.startswith(FAMILIES)], as_of)
    groups = tally.groups
    years = {at.year for each in ("talent_people", "talent_teams", "contract_registered") if groups for at in groups.all_of(each)}
    return People(
        as_of=as_of, tally=tally, zones=zones(cursor), grades=categories(cursor, "grade"), abilities=categories(cursor, "ability"),
        certificates=categories(cursor, "certificate"), contracts=categories(cursor, "contract"), talents=categories(cursor, "talent"),
        sites=tuple(sorted(tally.categories("housing_total"))), years=tuple(sorted(year for year in years if year is not None)),
        waits=Waits(cursor, "housing_applied", "housing_housed", as_of, precision="M", are_persons=True), spread=_spread(cursor, as_of),
        mean_wait_days=_mean_wait(cursor, tally, as_of),
        clauses={clause: tuple(found) for clause, found in cursor.execute(CLAUSES_SQL, {"metrics": list(tally.dictionary)}).fetchall()})


def _spread(cursor: duckdb.DuckDBPyConnection, as_of: dt.date) -> Spread | None:
    amounts = [float(amount) for (amount,) in cursor.execute(CREDIT_SQL, {"v": as_of}).fetchall()]
    found = concentration(amounts) if len(amounts) >= FEWEST_SHARES else None
    return Spread(spread=found, first=sum(amounts[:FIRST]) / sum(amounts)) if found else None


def _mean_wait(cursor: duckdb.DuckDBPyConnection, tally: Tally, as_of: dt.date) -> Decimal | None:
    """As the sites report it, each weighed by those who wait there; only where all of these numbers are said."""
    if not tally.is_known("housing_waiting") or tally.groups is None:
        return None
    waiting = tally.groups.all_of("housing_waiting")
    if any(number.said is not Said.VALUE for number in waiting.values()):
        return None
    [(mean,)] = cursor.execute(MEAN_WAIT_SQL, {"v": as_of}).fetchall()
    return None if mean is None else Decimal(mean)
