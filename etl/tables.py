"""A feed as a table of the warehouse: which SQL columns its typed columns become."""

from __future__ import annotations

import polars as pl

from etl.contract import Feed
from etl.parsing import typed
from warehouse.inputs import FeedTable


def feed_table(feed: type[Feed]) -> FeedTable:
    """The raw table of a feed; every column carries the department's own heading as its comment."""
    columns = {name: (_sql(dtype), column.heading + ("（日期精度 D M Q Y）" if name.endswith("_precision") else ""))
               for column in feed.columns for name, dtype in typed(column).items()}
    expected = () if feed.departments == ("*",) else feed.departments
    period = feed.scope_period()
    key = tuple(name for column in feed.key() for name in typed(column))
    return FeedTable(name=feed.name, title=feed.title, mode=feed.mode, rhythm=feed.rhythm, dated_by=feed.dated_by, departments=expected,
                     columns=columns, key=key, is_shared=feed.shared_key, period=tuple(typed(period)) if period else ())


def _sql(dtype: pl.DataType) -> str:
    if isinstance(dtype, pl.Decimal):
        return f"DECIMAL({dtype.precision}, {dtype.scale})"
    return {pl.String(): "VARCHAR", pl.Date(): "DATE", pl.Boolean(): "BOOLEAN", pl.Int64(): "BIGINT", pl.Float64(): "DOUBLE"}[dtype]
