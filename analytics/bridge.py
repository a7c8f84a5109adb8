"""The change bridge: why a metric now is not what it was, in terms that add up to the difference exactly."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Literal

import duckdb

BRIDGE_SQL = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")

Why = Literal["口径变更", "范围变更", "程序修正"]


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


def bridge(con: duckdb.DuckDBPyConnection, *, a: str, b: str, n: str, metric_id: str, zone: str | None, v_a: dt.date, v_n: dt.date,
           why: Why) -> Bridge:
    """The bridge of one metric, in one zone or all, from state A at `v_a` to state N at `v_n`.

    `a`, `b`, `n`: names of relations like mart.contribution, such as issue.mart.contribution of an attached snapshot. B is A′, the
    data acts of A under the rules and code of N (etl.replay.prime; A itself where rules and code are the same), and `why` names
    what it differs by. A metric or zone without rows has no terms. Raises duckdb.Error where a relation is missing.
    """
    rows = con.execute(BRIDGE_SQL, {"before": a, "primed": b, "now": n, "metric": metric_id, "zone": zone, "v_before": v_a, "v_now": v_n,
                                    "rules_term": why}).fetchall()
    return Bridge(metric_id=metric_id, zone=zone, v_a=v_a, v_n=v_n,
                  terms=tuple(Term(key=key, term=term, change=change) for key, term, change in rows))


def reason_of_rules(*, version_a: int | None, version_n: int | None, rules_hash_a: str, rules_hash_n: str) -> Why:
    """What A′ differs from A by: the metric's own definition, else other reference rows, else nothing but the code.

    `version_*`: the metric's version in each dictionary, None where it is not in it; `rules_hash_*`: of meta.snapshot.
    """
    if version_a != version_n:
        return "口径变更"
    return "范围变更" if rules_hash_a != rules_hash_n else "程序修正"
