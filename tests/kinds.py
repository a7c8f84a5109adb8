"""Of the metrics of a dictionary one of each kind: what holds of these holds of all, for one query reads each kind."""

from __future__ import annotations

import datetime as dt

import duckdb

from warehouse.metric import Metric, metrics


def of_each_kind(con: duckdb.DuckDBPyConnection, on: dt.date) -> list[Metric]:
    """One of each way to add up, to drill and to end, with a place and without, with rows and without, with rows of several sources, pending and ended.

    `python -m exports.selfcheck` compares every metric, each night.
    """
    counted = {name: kind for name, *kind in con.execute("""
        SELECT c.metric_id, bool_or(c.counts_until IS NOT NULL), bool_or(c.is_pending), bool_or(c.category IS NOT NULL), count(DISTINCT c.entity_kind),
            bool_or(s.metric_id IS NOT NULL)
        FROM mart.contribution AS c LEFT JOIN mart.contribution_source AS s ON s.metric_id = c.metric_id AND s.key = c.key
        WHERE c.counts_from <= ? GROUP BY ALL""", [on]).fetchall()}
    found: dict[object, Metric] = {}
    for each in metrics(con):
        rows = counted.get(each.metric_id)
        found.setdefault((each.aggregation, each.drill, each.is_zoned, each.time_kind, each.numerator_id is not None, repr(rows)), each)
    return list(found.values())
