"""What a row of a body is by its words."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from etl.reading.heading import squeeze
from etl.reading.marks import (
    BALANCE,
    CHINESE_NUMERAL,
    CONTINUED,
    FOOTER,
    FOOTER_HINTS,
    NAMED_TOTAL,
    PLACE_TOTAL,
    SECTION,
    SECTION_HINT,
    STAMPED,
    TOTAL,
    TOTAL_HINTS,
    TOTAL_WORDS,
)

UNLABELLED = "is unlabelled"
_LABEL_COLUMNS = 6  # a total is named in one of the first columns
_INDICATOR = re.compile("^(?:统计|主要)?指标")
_OWN_UNIT = re.compile("^(?:指标|行)?代码$|^计量单位$|^行次$")


@dataclass(frozen=True, kw_only=True)
class Frame:
    """What a body stands in: how many rows are above it, the cells of its header's rows and of the rows above that, the names of
    its columns, of those that hold shares (`rates`), and 1-based row numbers: `wide` ones are merged across the table, those in
    `levels` are set in. `merged`: first and last row of the body and column of cells merged downwards. `is_known`: it is a report we know."""

    after: int
    header: Sequence[Sequence[str]]
    above: Sequence[Sequence[str]]
    names: Sequence[str]
    wide: Collection[int]
    hidden: Collection[int]
    rates: Collection[str]
    levels: Mapping[int, int]
    merged: Collection[tuple[int, int, int]]
    is_known: bool


def judged(rows: pl.DataFrame, around: Frame) -> pl.DataFrame:
    """row, kind by its words (null: data), text, how many cells are filled, and the first of them and the first cell squeezed.

    `rows`: row, the cells, and UNLABELLED.
    """
    cells = [name for name in rows.columns if name not in ("row", UNLABELLED)]
    return rows.select("row", kind=_kind(cells, around), text=_text(cells), filled=_filled(cells),
                       first=_squeezed(pl.coalesce(cells)), opening=_squeezed(pl.col(cells[0])))


def _squeezed(text: pl.Expr) -> pl.Expr:
    return text.str.normalize("NFKC").str.replace_all(r"\s", "")


def _text(cells: list[str]) -> pl.Expr:
    return pl.concat_str(cells, separator=" | ", ignore_nulls=True)


def _filled(cells: list[str]) -> pl.Expr:
    return pl.sum_horizontal(pl.col(cells).is_not_null())


def may_be_aside(cells: list[str], around: Frame) -> pl.Expr:
    """A cheap test that lets through every row that could be set aside, and few others."""
    first = pl.coalesce(cells)
    starts = [next(filter(None, row), "") for row in (*around.header, *around.above)]
    return (first.is_null() | first.str.contains_any(FOOTER_HINTS + TOTAL_HINTS) | first.str.contains(SECTION_HINT) | first.is_in(starts)
            | (_filled(cells) == 1) | pl.col(UNLABELLED)
            | pl.any_horizontal(pl.col(cells[:_LABEL_COLUMNS]).str.contains_any(["计", "計"])))


def is_unlabelled(own: pl.DataFrame, names: Sequence[str]) -> pl.Series:
    """Whether the first column that has a heading is blank, as beside a subtotal without a name, or belongs to a merged cell further up."""
    named = [cell for cell, name in zip(own.columns, names, strict=False) if name]
    return own[named[0]].is_null() if named else pl.repeat(value=False, n=own.height, eager=True)


def _kind(cells: list[str], around: Frame) -> pl.Expr:
    """What a row is by its words; named?, place? and numeral? are to be weighed by their figures."""
    first, text = _squeezed(pl.coalesce(cells)), _squeezed(_text(cells))
    alone = _filled(cells) == 1
    repeated = [squeeze("|".join(filter(None, row))) for row in around.header]
    above = [line for row in around.above if (line := squeeze("|".join(filter(None, row))))]
    labels = [_is_total_label(cells, place) for place in range(min(_LABEL_COLUMNS, len(cells)))]
    section = alone & (first.str.contains(SECTION) | pl.col("row").is_in(list(around.wide))) if len(cells) > 1 else pl.lit(value=False)
    return (pl.when(pl.col("row").is_in(list(around.hidden))).then(pl.lit("hidden"))
            .when(first.is_null()).then(pl.lit("blank"))
            .when(text.is_in(repeated)).then(pl.lit("header"))
            .when(text.is_in(above) | (alone & first.str.contains(CONTINUED))).then(pl.lit("metadata"))
            .when(first.str.contains(TOTAL) | pl.any_horizontal(labels)).then(pl.lit("total"))
            .when(first.str.contains(FOOTER) | text.str.contains(STAMPED)).then(pl.lit("footer"))
            .when(section).then(pl.lit("section"))
            .when(first.str.contains(NAMED_TOTAL))
            .then(pl.lit("named?") if _has_own_units(around.names) else pl.when(first.str.contains(BALANCE)).then(pl.lit("named?")).otherwise(pl.lit("total")))
            .when(first.str.contains(PLACE_TOTAL)).then(pl.lit("place?"))
            .when(first.str.contains(CHINESE_NUMERAL) | first.str.contains(SECTION)).then(pl.lit("numeral?"))
            .when(pl.col(UNLABELLED)).then(pl.lit("unlabelled?"))
            .when(alone).then(pl.lit("alone?")))


def _has_own_units(names: Sequence[str]) -> bool:
    """Whether rows are indicators, each with a code or unit of its own, so that a name like 资产总计 need not be a sum of others."""
    return names[:1] != () and (bool(_INDICATOR.match(names[0])) or any(_OWN_UNIT.match(name) for name in names))


def _is_total_label(cells: list[str], place: int) -> pl.Expr:
    """Whether a cell is 合计 and no more, in one of the first two columns or behind blanks and numbers only."""
    is_label = _squeezed(pl.col(cells[place])).is_in(TOTAL_WORDS)
    before = [pl.col(name).is_null() | pl.col(name).str.contains(r"^\d+$") for name in cells[:place]]
    return is_label if place < 2 else is_label & pl.all_horizontal(before)
