"""The statistics of the dictionary as one number each, at V of one snapshot: `python -m analytics.statistic_values` for a process of its own.

Statistics that are told for each agreement or firm apart (deal_return), or for which no report comes (guarantee_compensation_rate), have no such number.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from decimal import Decimal

import duckdb

from analytics.exposure import exposure
from analytics.funds import funds, pooled
from analytics.pool import pool
from warehouse.metric import UnknownMetric, metrics

Values = Mapping[str, Decimal | float | None]


def _exposure(cursor: duckdb.DuckDBPyConnection, as_of: dt.date) -> Values:
    found = exposure(cursor, as_of)
    return {"exp_hhi": found.concentration.hhi if found.total is not None and found.concentration else None}


def _pool(cursor: duckdb.DuckDBPyConnection, as_of: dt.date) -> Values:
    found = pool(cursor, as_of)
    assets = [each.net_assets for each in found.credit.guarantors]
    known = [each for each in assets if each is not None]
    guaranteed = sum((each.loans.guarantor for each in found.credit.guarantors), Decimal(0))
    return {"pool_coverage": found.coverage.bad, "pool_consumption": found.consumption, "pool_approval_rate": found.told.approval_rate,
            "pool_days_to_payment": found.told.mean_days,
            "guarantee_leverage": guaranteed / sum(known) if known and len(known) == len(assets) else None}


def _funds(cursor: duckdb.DuckDBPyConnection, as_of: dt.date) -> Values:
    found = funds(cursor, as_of)
    if not found.is_known:
        return {}
    whole = pooled(found.funds, as_of)
    return {"fund_tvpi": whole.tvpi, "fund_net_irr": whole.net.value, "fund_gross_irr": whole.gross.value}


FUNCTIONS: Mapping[tuple[str, ...], Callable[[duckdb.DuckDBPyConnection, dt.date], Values]] = {
    ("exp_hhi",): _exposure,
    ("pool_coverage", "pool_consumption", "pool_approval_rate", "pool_days_to_payment", "guarantee_leverage"): _pool,
    ("fund_tvpi", "fund_net_irr", "fund_gross_irr"): _funds}
EVALUATED = tuple(each for names in FUNCTIONS for each in names)


def statistic_values(cursor: duckdb.DuckDBPyConnection, as_of: dt.date, only: str | None = None) -> dict[str, float]:
    """Those of the snapshot's dictionary that can be told at V, by metric, in the metric's unit (a share 0–1); a snapshot from before their tables has none.

    `only`: no other than this one is wanted.
    """
    asked = {each.metric_id for each in metrics(cursor) if each.aggregation == "statistic" and only in (None, each.metric_id)}
    found: dict[str, float] = {}
    for names, function in FUNCTIONS.items():
        if asked.isdisjoint(names):
            continue
        try:
            values = function(cursor, as_of)
        except (duckdb.CatalogException, duckdb.BinderException, UnknownMetric):  # a table, a column or a metric came later than this snapshot
            continue
        found |= {name: float(value) for name, value in values.items() if value is not None and name in asked}
    return found


def of_file(path: str, days: Iterable[dt.date]) -> list[dict[str, object]]:
    """Rows of metric_id, as_of (ISO) and value, of a snapshot file."""
    with closing(duckdb.connect(path, read_only=True)) as con:
        return [{"metric_id": metric_id, "as_of": day.isoformat(), "value": value} for day in days for metric_id, value in statistic_values(con, day).items()]


if __name__ == "__main__":
    asked = json.load(sys.stdin)
    sys.stdout.write(json.dumps(of_file(asked["path"], map(dt.date.fromisoformat, asked["days"]))) + "\n")
