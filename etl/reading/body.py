"""The rows below a header: which are data, and which are totals, notes, sections or blank."""

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
    has_han,
)
from etl.reading.sums import Sums
from etl.reading.table import ASIDE_SCHEMA, Total

_TAIL_ROWS = 60
_UNLABELLED = "is unlabelled"
_LABEL_COLUMNS = 6  # a total is named in one of the first columns
_LONG_NOTE = 20
_MANY = 8  # rows below 全国 from which it is the total of a list, even of shares that add up to nothing
_MOST_SECTIONS = 0.4
_INDICATOR = re.compile("^(?:统计|主要)?指标")
_OWN_UNIT = re.compile("^(?:指标|行)?代码$|^计量单位$|^行次$")
_MOST_WEIGHED = 200_000_000  # rows to weigh × rows to add up: beyond, a body is no table with sums in it


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


@dataclass(frozen=True, kw_only=True)
class Divided:
    """`rows`: row Int64 and the columns as they were; `aside`: row, kind, text; `totals`: the figures of total rows, held against the rows they sum."""

    rows: pl.DataFrame
    aside: pl.DataFrame
    totals: tuple[Total, ...] = ()


def divide(frame: pl.DataFrame, around: Frame) -> Divided:
    """Data rows, and rows set aside, of a body whose first row is number `after` + 1."""
    cells = frame.columns
    row = pl.int_range(around.after + 1, around.after + 1 + pl.len(), dtype=pl.Int64).alias("row")
    if frame.is_empty():
        return Divided(rows=frame.select(pl.lit(0, pl.Int64).alias("row"), *cells).clear(), aside=pl.DataFrame(schema=ASIDE_SCHEMA))
    own = _own_cells(frame, around.merged)
    numbered = frame.select(row, *cells).with_columns(_is_unlabelled(own, around.names).alias(_UNLABELLED))
    last = around.after + frame.height
    is_marked = (pl.col("row") > last - _TAIL_ROWS) | pl.col("row").is_in([*around.wide, *around.hidden])
    suspect = numbered.filter(_may_be_aside(cells, around) | is_marked)
    numbered = numbered.drop(_UNLABELLED)
    judged = suspect.select("row", kind=_kind(cells, around), text=_text(cells), filled=_filled(cells),
                            first=_squeezed(pl.coalesce(cells)), opening=_squeezed(pl.col(cells[0])))
    judged, totals = _weighed(judged, own, around)
    aside = pl.concat([judged.filter(pl.col("row") <= last - _TAIL_ROWS),
                       _with_closing_notes(judged.filter(pl.col("row") > last - _TAIL_ROWS), is_narrow=len(cells) < 3)])
    aside = aside.drop_nulls("kind").select("row", "kind", text=pl.when(pl.col("kind") != "blank").then("text"))
    rows = numbered.filter(~pl.col("row").is_in(aside["row"].implode())) if aside.height else numbered
    return Divided(rows=rows, aside=aside, totals=totals)


def _with_closing_notes(tail: pl.DataFrame, *, is_narrow: bool) -> pl.DataFrame:
    """The last rows, with the lone texts that follow a total or a note, or read like a note, as footers."""
    kinds: list[str | None] = tail["kind"].to_list()
    start = len(kinds)
    while start > 0 and (kinds[start - 1] is not None or tail["filled"][start - 1] == 1):
        start -= 1
    is_closed = is_noted = False
    for place in range(start, len(kinds)):
        text = tail["text"][place] or ""
        reads_like_note = len(text) > _LONG_NOTE or any(mark in text for mark in "。；：:")
        if (kinds[place] in (None, "section") and is_noted) or (
                kinds[place] is None and not is_narrow and (is_closed or reads_like_note)):
            kinds[place] = "footer"
        is_noted |= kinds[place] == "footer"
        is_closed |= kinds[place] in ("total", "footer")
    following = False
    for place in range(len(kinds) - 1, start - 1, -1):  # what heads nothing is no section
        following |= kinds[place] in (None, "total")
        if kinds[place] == "section" and not following and (is_closed or place < len(kinds) - 1):
            kinds[place] = "footer"
    return tail.with_columns(kind=pl.Series(kinds, dtype=pl.String))


def _squeezed(text: pl.Expr) -> pl.Expr:
    return text.str.normalize("NFKC").str.replace_all(r"\s", "")


def _text(cells: list[str]) -> pl.Expr:
    return pl.concat_str(cells, separator=" | ", ignore_nulls=True)


def _filled(cells: list[str]) -> pl.Expr:
    return pl.sum_horizontal(pl.col(cells).is_not_null())


def _may_be_aside(cells: list[str], around: Frame) -> pl.Expr:
    """A cheap test that lets through every row that could be set aside, and few others."""
    first = pl.coalesce(cells)
    starts = [next(filter(None, row), "") for row in (*around.header, *around.above)]
    return (first.is_null() | first.str.contains_any(FOOTER_HINTS + TOTAL_HINTS) | first.str.contains(SECTION_HINT) | first.is_in(starts)
            | (_filled(cells) == 1) | pl.col(_UNLABELLED)
            | pl.any_horizontal(pl.col(cells[:_LABEL_COLUMNS]).str.contains_any(["计", "計"])))


def _is_unlabelled(own: pl.DataFrame, names: Sequence[str]) -> pl.Series:
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
            .when(pl.col(_UNLABELLED)).then(pl.lit("unlabelled?"))
            .when(alone).then(pl.lit("alone?")))


def _has_own_units(names: Sequence[str]) -> bool:
    """Whether rows are indicators, each with a code or unit of its own, so that a name like 资产总计 need not be a sum of others."""
    return names[:1] != () and (bool(_INDICATOR.match(names[0])) or any(_OWN_UNIT.match(name) for name in names))


def _is_total_label(cells: list[str], place: int) -> pl.Expr:
    """Whether a cell is 合计 and no more, in one of the first two columns or behind blanks and numbers only."""
    is_label = _squeezed(pl.col(cells[place])).is_in(TOTAL_WORDS)
    before = [pl.col(name).is_null() | pl.col(name).str.contains(r"^\d+$") for name in cells[:place]]
    return is_label if place < 2 else is_label & pl.all_horizontal(before)


def _weighed(judged: pl.DataFrame, frame: pl.DataFrame, around: Frame) -> tuple[pl.DataFrame, tuple[Total, ...]]:
    """The kinds with those decided that need a look at the figures, and the totals with what the rows add up to."""
    kinds: list[str | None] = judged["kind"].to_list()
    asked = [place for place, kind in enumerate(kinds) if kind == "total" or (kind or "").endswith("?")]
    if not asked or len(asked) * frame.height > _MOST_WEIGHED:
        return judged.with_columns(kind=pl.Series([None if (kind or "").endswith("?") else kind for kind in kinds], dtype=pl.String)), ()
    at = [number - around.after - 1 for number in judged["row"]]
    sums = Sums(frame, around.names, aside=[place for place, kind in zip(at, kinds, strict=True) if kind and not kind.endswith("?")],
                rates=around.rates, parts=_parts(judged, kinds, around, frame.height))
    for place, kind in zip(at, kinds, strict=True):
        if kind in ("total", "section"):
            sums.part(place, is_total=kind == "total")
    for place in asked:
        kinds[place] = _decided(kinds[place], judged.row(place, named=True), at[place], sums, is_known=around.is_known)
        if kinds[place] in ("total", "section"):
            sums.part(at[place], is_total=kinds[place] == "total")
    _words_as_sections(kinds, judged, at, sums, is_known=around.is_known)
    totals = tuple(total for number, place, kind in zip(judged["row"], at, kinds, strict=True) if kind == "total" for total in sums.totals(place, number))
    return judged.with_columns(kind=pl.Series(kinds, dtype=pl.String)), totals



def _parts(judged: pl.DataFrame, kinds: list[str | None], around: Frame, height: int) -> list[int]:
    """The places of rows that are set in deeper than the uppermost rows of data; totals often stand further out than all of them."""
    others = {row for row, kind in zip(judged["row"], kinds, strict=True) if kind and not kind.endswith("?")}
    inner = {row: level for row, level in around.levels.items() if row not in others}
    least = min(inner.values(), default=0) if len(inner) + len(others) == height else 0
    return [row - around.after - 1 for row, level in inner.items() if level > least]


def _own_cells(frame: pl.DataFrame, merged: Collection[tuple[int, int, int]]) -> pl.DataFrame:
    """The body with a cell that is merged over several rows in the first of them alone."""
    repeated: dict[int, list[int]] = {}
    for first, last, column in merged:
        repeated.setdefault(column, []).extend(range(first + 1, last + 1))
    row = pl.int_range(pl.len())
    return frame.with_columns(
        pl.when(~row.is_in(rows)).then(pl.col(f"c{column}")).alias(f"c{column}")
        for column, rows in repeated.items() if column < frame.width)


def _decided(kind: str | None, row: dict[str, object], place: int, sums: Sums, *, is_known: bool) -> str | None:
    match kind:
        case "named?":
            return "total" if sums.adds_up(place) else None  # 资产总计 among other indicators
        case "place?":
            is_edge = place in (sums.first, sums.last) and sums.rows > _MANY and str(row["first"]).startswith("全")
            return "total" if is_edge or sums.adds_up(place) else None
        case "numeral?":
            words = sums.words(place)
            if not sums.is_serial or is_known or words > (2 if row["opening"] == row["first"] and len(str(row["first"])) <= 5 else 1):
                return None
            return "total" if sums.has_figures(place) else "section"
        case "unlabelled?":
            is_below_names = not row["opening"] or sums.words(place - 1) > 0  # else the merged cell is all the name its rows have
            return "total" if sums.words(place) == 0 and is_below_names and sums.adds_up(place, above_only=True) else None
        case _:
            return kind


def _words_as_sections(kinds: list[str | None], judged: pl.DataFrame, at: list[int], sums: Sums, *, is_known: bool) -> None:
    """A lone word among rows of figures heads what follows it. In a report we know it is a row that lacks its cells."""
    alone = [place for place, kind in enumerate(kinds) if kind == "alone?"]
    is_heading = [not is_known and sums.is_label(at[place]) and sums.figures_follow(at[place]) and has_han(judged["text"][place])
                  and len(judged["text"][place]) <= 2 * _LONG_NOTE for place in alone]
    few = sum(is_heading) <= _MOST_SECTIONS * sums.rows
    for place, heads in zip(alone, is_heading, strict=True):
        kinds[place] = "section" if heads and few else None
