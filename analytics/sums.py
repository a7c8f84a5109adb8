"""The sum of a column of money, 0 of an empty one."""

from __future__ import annotations

from decimal import Decimal

import polars as pl


def added(column: pl.Series) -> Decimal:
    """In the unit of the column."""
    return Decimal(column.sum() or 0)
