"""The columns of the rows the door gives, alike in JSON, CSV and Parquet: those of the contract, as rows.sql reads them."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import polars as pl

from exports.api.number_bodies import Group, Row

AMOUNT = pl.Decimal(20, 6)
KINDS: dict[str, Any] = {
    "occurred_on": pl.Date(), "counts_from": pl.Date(), "counts_until": pl.Date(), "value": AMOUNT, "is_pending": pl.Boolean(), "row": pl.Int64(),
    "received_at": pl.Datetime("us", "UTC"), "year": pl.Int64()}


def _schema(body: type[Row] | type[Group]) -> dict[str, Any]:
    return {each.name: KINDS.get(each.name, pl.String()) for each in fields(body)}


ROW_SCHEMA, GROUP_SCHEMA = _schema(Row), _schema(Group)
INSTANT = pl.col("received_at").dt.replace_time_zone("UTC")  # stored as UTC without a zone


def typed(rows: pl.DataFrame) -> pl.DataFrame:
    """Rows as read, in columns of their own types."""
    return rows.with_columns(INSTANT).select(pl.col(name).cast(kind) for name, kind in ROW_SCHEMA.items())


def in_text(rows: pl.DataFrame, scale: int) -> pl.DataFrame:
    """Typed rows for CSV: values with as many decimals as the metric's rows have, moments and days as ISO 8601."""
    found = {"value": pl.col("value").cast(pl.Decimal(20, scale)), "received_at": pl.col("received_at").dt.strftime("%Y-%m-%dT%H:%M:%SZ"),
             "is_pending": pl.col("is_pending").cast(pl.String)}
    return rows.with_columns(expression for name, expression in found.items() if name in rows.columns)
