"""The rows below a header: which are data, and which are totals, notes, sections or blank."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from etl.reading.row_kinds import UNLABELLED, Frame, is_unlabelled, judged, may_be_aside
from etl.reading.table import ASIDE_SCHEMA, Total
from etl.reading.weighing import LONG_NOTE, own_cells, weighed

_TAIL_ROWS = 60


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
    own = own_cells(frame, around.merged)
    numbered = frame.select(row, *cells).with_columns(is_unlabelled(own, around.names).alias(UNLABELLED))
    last = around.after + frame.height
    is_marked = (pl.col("row") > last - _TAIL_ROWS) | pl.col("row").is_in([*around.wide, *around.hidden])
    suspect = numbered.filter(may_be_aside(cells, around) | is_marked)
    numbered = numbered.drop(UNLABELLED)
    kinds, totals = weighed(judged(suspect, around), own, around)
    aside = pl.concat([kinds.filter(pl.col("row") <= last - _TAIL_ROWS),
                       _with_closing_notes(kinds.filter(pl.col("row") > last - _TAIL_ROWS), is_narrow=len(cells) < 3)])
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
        reads_like_note = len(text) > LONG_NOTE or any(mark in text for mark in "。；：:")
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
