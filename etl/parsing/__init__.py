"""Texts as sent become typed values, one parser per kind of column, and a cell that cannot be read gets one reason.

Departments repeat themselves: two million rows hold a few thousand dates and a dozen words. So a parser reads the distinct
texts only, and the rows look their value up. Codes and numbers, which do differ from row to row, are first tried as they
stand in one pass over the column; only what that leaves goes the long way.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import polars as pl

from etl.contract import Column, Kind
from etl.parsing import days, numbers, texts
from etl.parsing.cell import SOLID, TIDY, Around, is_code, shown, solid, spelled

__all__ = ["Around", "Parsed", "parse", "typed"]

_PARSERS: dict[Kind, Callable[[Column, pl.DataFrame, Around], pl.DataFrame]] = {
    Kind.TEXT: texts.text, Kind.WORD: texts.word, Kind.WORDS: texts.words, Kind.YES_NO: texts.yes_no,
    Kind.DAY: days.day, Kind.PERIOD: days.period,
    Kind.MONEY: numbers.money, Kind.SHARE: numbers.share, Kind.NUMBER: numbers.number, Kind.INTEGER: numbers.integer}
_QUICK: dict[Kind, Callable[[Column, pl.Series, Around], pl.Series]] = {
    Kind.TEXT: texts.quick_text, Kind.MONEY: numbers.quick_exact, Kind.SHARE: numbers.quick_share,
    Kind.NUMBER: numbers.quick_number, Kind.INTEGER: numbers.quick_integer}

_DASHES = r"[-‐-―−─━_.…⋯/\\]+"
_NOT_APPLICABLE = r"不适用|空|暂缺|未统计|(?i:n/?a|null|none|nil)"
_CROSSES = r"[×✕*※]+"  # in a yes-or-no column a cross is an answer
_EXCEL_ERROR = r"^#(?:N/A|REF!|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!|GETTING_DATA)$"


@dataclass(frozen=True, kw_only=True)
class Parsed:
    """A column after parsing: typed values by name, one per row, and the faults (at UInt32, reason String) of unread cells."""

    values: dict[str, pl.Series]
    faults: pl.DataFrame


def typed(column: Column) -> dict[str, pl.DataType]:
    """The typed columns that a column of the contract becomes. The first is null exactly where the cell is."""
    name = column.name
    match column.kind:
        case Kind.TEXT | Kind.WORD | Kind.WORDS:
            return {name: pl.String()}
        case Kind.DAY:
            return {name: pl.Date(), f"{name.removesuffix('_on')}_precision": pl.String()}
        case Kind.PERIOD:
            return {f"{name}_from": pl.Date(), f"{name}_to": pl.Date()}
        case Kind.MONEY:
            return {name: pl.Decimal(20, 2)}
        case Kind.SHARE:
            return {name: pl.Decimal(9, 6)}
        case Kind.NUMBER:
            return {name: pl.Float64()}
        case Kind.INTEGER:
            return {name: pl.Int64()}
        case Kind.YES_NO:
            return {name: pl.Boolean()}
        case Kind.PERSONAL:
            return {}


def parse(column: Column, cells: pl.Series, around: Around) -> Parsed:
    """Parse a String column as the contract's column. Blank cells and null marks become null without a fault."""
    quick = _QUICK[column.kind](column, cells, around) if column.kind in _QUICK else None
    pending = cells if quick is None else pl.select(pl.when(quick.is_null()).then(cells)).to_series()
    distinct = pending.drop_nulls().unique()
    table = _distinct(column, distinct, around)
    places = pending.cast(pl.Enum(distinct)).to_physical()
    found = {name: table[name].gather(places) for name in table.columns if name not in ("text", "reason")}
    if quick is not None:
        found["value"] = quick if distinct.is_empty() else pl.select(pl.coalesce(quick, found["value"])).to_series()
    faults = _faults(table["reason"], places)
    if column.kind is Kind.MONEY:
        amounts, too_large = numbers.in_yuan(column, found["value"], found["per"], around)
        found, faults = {"value": amounts}, pl.concat([faults, too_large])
    values = {to: value.cast(dtype).alias(to) for (to, dtype), value in zip(typed(column).items(), found.values(), strict=True)}
    return Parsed(values=values, faults=faults)


def _distinct(column: Column, distinct: pl.Series, around: Around) -> pl.DataFrame:
    """text, the values, reason. The parser sees neither null marks nor Excel's own errors."""
    known = [solid(word) for word in column.words]
    cells = spelled(distinct).with_columns(
        blank=SOLID.str.contains(_null_marks(column)) & ~SOLID.str.to_lowercase().is_in(known),
        excel=pl.when(TIDY.str.contains(_EXCEL_ERROR)).then(pl.format("单元格是公式错误{}", shown(TIDY))))
    ordinary = cells.filter(~pl.col("blank"), pl.col("excel").is_null()).select("text", "tidy", "solid")
    return (cells.select("text", "excel").join(_PARSERS[column.kind](column, ordinary, around), on="text", how="left",
                                               maintain_order="left")
            .with_columns(reason=pl.coalesce("excel", "reason")).drop("excel"))


def _null_marks(column: Column) -> str:
    """In a name only dashes mean nothing; in a yes-or-no column 无 might be an answer."""
    if column.kind is Kind.TEXT and not is_code(column):
        return rf"^(?:{_DASHES})?$"
    return rf"^(?:{_DASHES}|{_NOT_APPLICABLE}{'' if column.kind is Kind.YES_NO else f'|无|暂无|{_CROSSES}'})?$"


def _faults(reasons: pl.Series, places: pl.Series) -> pl.DataFrame:
    """The rows whose text has a reason; looked for only where there is any."""
    at = pl.Series("at", [], dtype=pl.UInt32)
    if reasons.null_count() < len(reasons):
        at = reasons.is_not_null().gather(places).fill_null(value=False).arg_true().cast(pl.UInt32).alias("at")
    return pl.DataFrame({"at": at, "reason": reasons.gather(places.gather(at)).cast(pl.String)})
