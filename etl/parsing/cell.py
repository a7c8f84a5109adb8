"""What the parsers share: a cell in three spellings, what its meaning depends on, and how a reason quotes it."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date

import polars as pl

from etl.contract import Column, Kind

AS_SENT = pl.col("text")
TIDY = pl.col("tidy")  # NFKC, trimmed
SOLID = pl.col("solid")  # NFKC, no white space at all

_INVISIBLE = r"[\s\x{200b}\x{feff}]+"


@dataclass(frozen=True, kw_only=True)
class Around:
    """What the meaning of a cell depends on besides its text.

    `unit`: stated in the heading or for the table, if any. `yuan_per_row`: Int64, 元 per unit by row where the file has a
    unit column, null where that is blank. `counts_from_1904`: the workbook counts days from there.
    """

    received_on: date
    unit: str | None = None
    yuan_per_row: pl.Series | None = None
    counts_from_1904: bool = False


def spelled(texts: pl.Series) -> pl.DataFrame:
    """text, tidy, solid."""
    tidied = texts.alias("text").to_frame().with_columns(tidy=AS_SENT.str.normalize("NFKC").str.strip_chars())
    return tidied.with_columns(solid=TIDY.str.replace_all(_INVISIBLE, ""))


def solid(text: str) -> str:
    """A word as it is compared: NFKC, no white space, small letters."""
    return "".join(unicodedata.normalize("NFKC", text).split()).lower()


def is_code(column: Column) -> bool:
    """Whether a text is a code, compared sign by sign, rather than a name: keys, patterns, and what is named like one."""
    named_so = column.name.endswith(("_id", "_no", "_code"))
    return column.kind is Kind.TEXT and (column.key or column.pattern is not None or named_so)


def shown(text: pl.Expr) -> pl.Expr:
    """A cell quoted inside a reason: on one line, and not the whole of an essay."""
    line = text.str.replace_all(r"\s+", " ")
    return pl.format("“{}”", pl.when(line.str.len_chars() > 60).then(line.str.slice(0, 60) + "……").otherwise(line))


def one_value(cells: pl.DataFrame, value: pl.Expr, reason: pl.Expr, **more: pl.Expr) -> pl.DataFrame:
    """text, value, more, reason: the reason stands where no value came out."""
    return cells.select("text", value=value, why=reason, **more).select(
        "text", "value", *more, reason=pl.when(pl.col("value").is_null()).then(pl.col("why")))
