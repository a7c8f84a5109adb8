"""Numbers, whole numbers, shares and sums of money; a range or an inequality is none of them."""

from __future__ import annotations

from decimal import Decimal

import polars as pl

from etl.contract import Column
from etl.parsing.cell import AS_SENT, SOLID, TIDY, Around, one_value, shown
from etl.reading.heading import YUAN_PER

_EXACT = pl.Decimal(38, 10)
_TOO_MUCH = 10**15  # more than any sum in any unit, and so small that no product of it overflows
_TOO_MUCH_CNY = Decimal(10) ** 13  # ten trillion 元: no firm here, but a slip in the unit
_YUAN_PER = {**YUAN_PER, "万": YUAN_PER["万元"], "亿": YUAN_PER["亿元"]}
_UNIT = r"(百万元|千元|万元|亿元|元|万|亿)$"

_NUMERAL = r"^[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,2})?$"
_GROUPED = r"^[+-]?[0-9]{1,3}(?:[, ][0-9]{3})+(?:\.[0-9]+)?$"
_RANGE = r"^[^0-9]*[0-9][0-9.,]*%?\s*(?:[-~‐-―−至到]|\.\.)\s*[0-9][0-9.,]*%?[^0-9]*$"
_INEQUALITY = r"[<>≤≥≦≧≮≯]|以[上下内]|超过?|[高低大小多少]于|达到|[至最][高低多少大小]"
_ABOUT = r"^[约近]|[余多]$|左右|上下|大约"


def quick_exact(_: Column, cells: pl.Series, __: Around) -> pl.Series:
    """Numerals as they stand, exactly (Decimal)."""
    return cells.cast(_EXACT, strict=False)


def quick_share(_: Column, cells: pl.Series, around: Around) -> pl.Series:
    """Numerals as they stand; hundredths where the heading says %."""
    return pl.select(_as_share(pl.lit(cells.cast(_EXACT, strict=False)), percent=pl.lit(around.unit == "%"))).to_series()


def quick_number(_: Column, cells: pl.Series, __: Around) -> pl.Series:
    """Numerals as they stand (Float64)."""
    number = cells.cast(pl.Float64, strict=False)
    return pl.select(pl.when(number.is_finite()).then(number)).to_series()


def quick_integer(_: Column, cells: pl.Series, __: Around) -> pl.Series:
    """Whole numerals as they stand (Int64)."""
    return cells.cast(pl.Int64, strict=False)


def money(_: Column, cells: pl.DataFrame, __: Around) -> pl.DataFrame:
    """text, value, per, reason: the number as written, and 元 per unit where the cell itself names one (1.2万元)."""
    per = SOLID.str.extract(_UNIT).replace_strict(list(_YUAN_PER), list(_YUAN_PER.values()), default=None, return_dtype=pl.Int64)
    return one_value(cells, _numeral(TIDY.str.replace(rf"\s*{_UNIT}", "")).cast(_EXACT, strict=False), _not_a_number(), per=per)


def share(_: Column, cells: pl.DataFrame, around: Around) -> pl.DataFrame:
    """0.35, 35%, or 35 under a heading that says %."""
    number = _numeral(TIDY.str.replace(r"\s*%$", "")).cast(_EXACT, strict=False)
    percent = TIDY.str.ends_with("%") | pl.lit(around.unit == "%")
    return one_value(cells, _as_share(number, percent=percent), _not_a_number())


def number(_: Column, cells: pl.DataFrame, around: Around) -> pl.DataFrame:
    """A measurement in its column's unit, % included where the heading says so."""
    text = TIDY.str.replace(r"\s*%$", "") if around.unit == "%" else TIDY
    return one_value(cells, _numeral(text).cast(pl.Float64, strict=False), _not_a_number())


def integer(_: Column, cells: pl.DataFrame, __: Around) -> pl.DataFrame:
    """A whole number, also as 3.0."""
    value = _numeral(TIDY).cast(pl.Float64, strict=False)
    whole = pl.when(value == value.floor()).then(value).cast(pl.Int64, strict=False)
    reason = pl.when(value.is_null()).then(_not_a_number()).otherwise(pl.format("应为整数，填的是{}", shown(AS_SENT)))
    return one_value(cells, whole, reason)


def in_yuan(column: Column, numbers: pl.Series, per: pl.Series, around: Around) -> tuple[pl.Series, pl.DataFrame]:
    """Amounts in 元, and the faults (at, reason) of those too large.

    The nearest unit wins: that of the cell (`per`, 元 per unit), the row, the heading or table (`around`), the contract.
    """
    of_row = pl.lit(None, dtype=pl.Int64) if around.yuan_per_row is None else around.yuan_per_row
    factor = pl.coalesce(per, of_row, pl.lit(YUAN_PER.get(around.unit or "", YUAN_PER[column.unit]), dtype=pl.Int64))
    sane = pl.when(numbers.abs() < _TOO_MUCH).then(numbers)
    amounts = pl.select((sane * factor).round(2, mode="half_away_from_zero").cast(pl.Decimal(20, 2), strict=False)).to_series()
    amounts = amounts.set(amounts.abs() >= _TOO_MUCH_CNY, None)
    too_large = pl.DataFrame({"at": (numbers.is_not_null() & amounts.is_null()).arg_true().cast(pl.UInt32)})
    return amounts, too_large.with_columns(reason=pl.lit("金额大得不合理，请核对数字和单位"))


def _as_share(number: pl.Expr, *, percent: pl.Expr) -> pl.Expr:
    """Rounded to six decimals. What is far outside 0–1 stays outside, for the range rule to find."""
    fraction = pl.when(percent).then(number.clip(-_TOO_MUCH, _TOO_MUCH) * pl.lit(Decimal("0.01"))).otherwise(number)
    return fraction.round(6, mode="half_away_from_zero").clip(-999, 999).cast(pl.Decimal(9, 6))


def _numeral(text: pl.Expr) -> pl.Expr:
    """A numeral without Excel's apostrophe, the sign of money and well-placed separators of thousands; else null."""
    bare = text.str.replace("^['’]", "").str.replace(r"^[¥￥]\s*", "").str.replace("^−", "-")
    together = pl.when(bare.str.contains(_GROUPED)).then(bare.str.replace_all("[, ]", "")).otherwise(bare)
    return pl.when(together.str.contains(_NUMERAL), ~AS_SENT.str.contains(r"\p{No}")).then(together)  # 10² is not 102


def _not_a_number() -> pl.Expr:
    what = (pl.when(TIDY.str.contains(_RANGE) | TIDY.str.contains(_INEQUALITY)).then(pl.lit("范围"))
            .when(TIDY.str.contains(_ABOUT)).then(pl.lit("约数")).otherwise(pl.lit("")))
    return pl.format("应为一个数，填的是{}{}", what, shown(AS_SENT))
