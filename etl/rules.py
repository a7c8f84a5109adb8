"""What typed cells must satisfy by their contract: presence, range, pattern. The only module that knows dataframely."""

from __future__ import annotations

from types import new_class
from typing import Any, cast

import dataframely as dy
import polars as pl

from etl.contract import Column, Feed, Kind
from etl.parsing import typed

_TYPES: dict[type[pl.DataType], type[dy.Column]] = {
    pl.String: dy.String, pl.Date: dy.Date, pl.Boolean: dy.Bool, pl.Float64: dy.Float64, pl.Int64: dy.Int64,
    pl.Decimal: dy.Decimal}


def breaches(feed: type[Feed], table: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Split typed rows: those that keep the contract, and what the others break.

    `table`: at UInt32 (the row's number), sheet_no, row and every typed column of the feed; so is the first frame.
    The second has one row per breach: at, order (of the contract's column), expected (Chinese, without what was found).
    """
    kept, failure = _schema(feed).filter(table)
    details = failure.details()
    rules = pl.DataFrame(
        [(f"{name}|{rule}", order, _expected(column, rule)) for order, column in enumerate(feed.columns) for name in typed(column)
         for rule in ("nullability", "regex", "min", "max")],
        schema={"variable": pl.String, "order": pl.UInt32, "expected": pl.String}, orient="row")
    breach = pl.col("value") == "invalid"
    found = details.unpivot([name for name in details.columns if "|" in name], index="at").filter(breach)
    return kept, found.join(rules, on="variable", maintain_order="left").select("at", "order", "expected")


def _expected(column: Column, rule: str) -> str:
    if rule == "nullability":
        return "必填"
    if rule == "regex":
        return "格式不对"
    if column.kind is Kind.SHARE:
        return "应在 0 到 1 之间（百分数请写 %，如 35%）"
    if column.low is not None and column.high is not None:
        return f"应在 {column.low:g} 到 {column.high:g} 之间"
    return f"应不小于 {column.low:g}" if column.low is not None else f"应不大于 {column.high or 0:g}"


def _schema(feed: type[Feed]) -> type[dy.Schema]:
    """The contract as a schema. Its attributes are numbered: a feed may call a column what the library calls a method."""
    rules: list[dy.Column] = [dy.UInt32(alias="at"), dy.Int16(alias="sheet_no"), dy.Int64(alias="row")]
    for column in feed.columns:
        for position, (name, dtype) in enumerate(typed(column).items()):
            rules.append(_TYPES[type(dtype)](alias=name, **_options(column, dtype, first=position == 0)))
    attributes = {f"column_{number}": rule for number, rule in enumerate(rules)}
    return cast("type[dy.Schema]", new_class(f"{feed.__name__}Rules", (dy.Schema,), {}, lambda body: body.update(attributes)))


def _options(column: Column, dtype: pl.DataType, *, first: bool) -> dict[str, Any]:
    """Only the first typed column of a contract's column carries its rules: the second is a precision or an end."""
    options: dict[str, Any] = {"nullable": not (first and column.required)}
    if column.pattern is not None:
        options["regex"] = f"^(?:{column.pattern})$"
    if column.low is not None:
        options["min"] = column.low if column.kind is Kind.NUMBER else int(column.low)
    if column.high is not None:
        options["max"] = column.high if column.kind is Kind.NUMBER else int(column.high)
    if isinstance(dtype, pl.Decimal):
        options |= {"precision": dtype.precision, "scale": dtype.scale}
    return options
