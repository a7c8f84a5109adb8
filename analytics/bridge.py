"""The change bridge: why metrics now are not what they were, in terms that add up to the difference exactly."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Literal

import duckdb

from warehouse.at_day import MARTS

BRIDGE_SQL = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
DIFFERING_SQL = (Path(__file__).parent / "bridge_differing.sql").read_text(encoding="utf-8")
HEAPS_SQL = (MARTS / "contribution_heap.sql").read_text(encoding="utf-8")
ORDERED = "SELECT metric_id, unit, term, change FROM changed ORDER BY metric_id, step, term, unit"

Why = Literal["口径变更", "范围变更", "程序修正", "待分"]  # 待分: A′ has not been replayed, so rules and later reports cannot be told apart
RULES_TERMS = ("口径变更", "范围变更", "程序修正")
TOLD_TERMS = ("迟报补录", "更正撤销", "更正修订")
REAL_TERMS = ("真实新增", "真实减少")


@dataclass(frozen=True, kw_only=True)
class Between:
    """From A(V_A) by way of A′ to N(V_N). `a`, `b`, `n`: names of relations like mart.contribution, such as issue.mart.contribution of an attached file.

    B is A′, the data acts of A under the rules and code of N (etl.replay.prime; A itself where rules and code are the same). `why`: what the first step is
    called, but for the `redefined` metrics, whose definition has another version. `distinct`: metrics that count entities and not rows.
    """

    a: str
    b: str
    n: str
    v_a: dt.date
    v_n: dt.date
    why: Why
    redefined: tuple[str, ...] = ()
    distinct: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Term:
    """What one fact adds to the change, and for what reason. `change` in the metric's unit, never 0."""

    key: str
    term: str
    change: Decimal


@dataclass(frozen=True, kw_only=True)
class Bridge:
    """The terms from A(V_A) to N(V_N): first what the rules moved, then what was told later, then what happened."""

    metric_id: str
    zone: str | None
    v_a: dt.date
    v_n: dt.date
    terms: tuple[Term, ...]

    @property
    def total(self) -> Decimal:
        """N(V_N) − A(V_A)."""
        return sum((term.change for term in self.terms), Decimal(0))

    @property
    def by_term(self) -> dict[str, Decimal]:
        """The change of each term, in the order of the steps."""
        return {name: sum((each.change for each in self.terms if each.term == name), Decimal(0))
                for name in dict.fromkeys(each.term for each in self.terms)}


def look(con: duckdb.DuckDBPyConnection, between: Between) -> None:
    """Find where the states differ, once for a connection; the bridges that follow look there alone. Raises duckdb.Error where a relation is missing."""
    pairs = dict.fromkeys(pair for pair in ((between.a, between.b), (between.b, between.n)) if pair[0] != pair[1])
    con.execute("CREATE OR REPLACE TEMP TABLE differing (heap UBIGINT PRIMARY KEY)")
    for one, other in pairs:
        con.execute(f"INSERT OR IGNORE INTO differing {DIFFERING_SQL}", {"one": _heaps(con, one), "other": _heaps(con, other)})


def _heaps(con: duckdb.DuckDBPyConnection, relation: str) -> str:
    """The table of the relation's heaps: the snapshot's own, or made now where it has none, or was made by a DuckDB that hashes otherwise."""
    kept, made = f"{relation}_heap", f"{relation.replace('.', '_')}_heap"
    try:
        if con.execute(f"SELECT 1 FROM {kept} WHERE heap = 262144 AND seal = hash('heap')").fetchall():
            return kept
    except duckdb.CatalogException:  # a snapshot made before, or a relation of rows alone
        pass
    con.execute(f"CREATE OR REPLACE TEMP TABLE {made} AS {HEAPS_SQL.replace('mart.contribution AS', f'{relation} AS')}")
    return made


def build(con: duckdb.DuckDBPyConnection, between: Between, *, metrics: Sequence[str] | None = None, zone: str | None = None,
          department: str | None = None) -> None:
    """Make the temporary table changed (metric_id, unit, step, term, change, entity_kind, entity_id, org_id) of these metrics, None for all, in one zone
    and of one department or of all.

    `look` comes first. Raises duckdb.Error.
    """
    con.execute(f"CREATE OR REPLACE TEMP TABLE changed AS {BRIDGE_SQL}", {
        "before": between.a, "primed": between.b, "now": between.n, "v_before": between.v_a, "v_now": between.v_n, "rules_term": between.why,
        "redefined": list(between.redefined), "distinct": list(between.distinct), "metrics": None if metrics is None else list(metrics), "zone": zone,
        "department": department})


def bridges(con: duckdb.DuckDBPyConnection, between: Between, *, metrics: Sequence[str] | None = None, zone: str | None = None,
            department: str | None = None) -> dict[str, Bridge]:
    """Every bridge with a term, by metric, with all its terms. Otherwise as `build`."""
    look(con, between)
    build(con, between, metrics=metrics, zone=zone, department=department)
    found: dict[str, list[Term]] = {}
    for metric_id, key, term, change in con.execute(ORDERED).fetchall():
        found.setdefault(metric_id, []).append(Term(key=key, term=term, change=change))
    return {metric_id: Bridge(metric_id=metric_id, zone=zone, v_a=between.v_a, v_n=between.v_n, terms=tuple(terms)) for metric_id, terms in found.items()}


def reason_of_rules(*, version_a: int | None, version_n: int | None, rules_hash_a: str, rules_hash_n: str) -> Why:
    """What A′ differs from A by: the metric's own definition, else other reference rows, else nothing but the code.

    `version_*`: the metric's version in each dictionary, None where it is not in it; `rules_hash_*`: of meta.snapshot.
    """
    if version_a != version_n:
        return "口径变更"
    return "范围变更" if rules_hash_a != rules_hash_n else "程序修正"
