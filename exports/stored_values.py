"""Every metric's value on a day as text: what an issue records, and what its stored rows must give again."""

from __future__ import annotations

import datetime as dt

import duckdb

from warehouse.metric import metrics
from warehouse.value import value


def values(cursor: duckdb.DuckDBPyConnection, as_of: dt.date) -> dict[str, str | None]:
    """By metric, in its unit, money in 元; None where it cannot be known or is no sum of rows. Of a snapshot or of `warehouse.stored`."""
    found = {each.metric_id: value(cursor, each, as_of) for each in metrics(cursor)}
    return {metric_id: None if number is None else str(number) for metric_id, number in found.items()}
