"""The rows below a header: which are data, and which are totals, notes, sections or blank."""

from __future__ import annotations

from collections.abc import Collection

import polars as pl

from etl.reading.heading import squeeze
from etl.reading.marks import FOOTER, FOOTER_HINTS, SECTION, SECTION_HINT, TOTAL, TOTAL_WORDS
from etl.reading.table import ASIDE_SCHEMA

_TAIL_ROWS = 60
_LABEL_COLUMNS = 4  # a total is named in one of the first columns
_LONG_NOTE = 20


def divide(frame: pl.DataFrame, *, after: int, header: list[list[str]],
           wide: Collection[int]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Data rows and rows set aside of a body whose first row is number `after` + 1.

    `header` are the cells of the header's rows; `wide` the numbers of rows merged across the table. Data rows keep their
    columns behind `row`; what is set aside has `row`, `kind` and `text`.
    """
    cells = frame.columns
    row = pl.int_range(after + 1, after + 1 + pl.len(), dtype=pl.Int64).alias("row")
    if frame.is_empty():
        return frame.select(pl.lit(0, pl.Int64).alias("row"), *cells).clear(), pl.DataFrame(schema=ASIDE_SCHEMA)
    numbered = frame.select(row, *cells)
    last = after + frame.height
    is_marked = (pl.col("row") > last - _TAIL_ROWS) | pl.col("row").is_in(list(wide))
    suspect = numbered.filter(_may_be_aside(cells, header) | is_marked)
    judged = suspect.select("row", kind=_kind(cells, header, wide), text=_text(cells), filled=_filled(cells))
    if _is_numbering(frame.row(0)):
        judged = judged.with_columns(kind=pl.when(pl.col("row") == after + 1).then(pl.lit("header")).otherwise("kind"))
    aside = pl.concat([judged.filter(pl.col("row") <= last - _TAIL_ROWS),
                       _with_closing_notes(judged.filter(pl.col("row") > last - _TAIL_ROWS), is_narrow=len(cells) < 3)])
    aside = aside.drop_nulls("kind").select("row", "kind", text=pl.when(pl.col("kind") != "blank").then("text"))
    return (numbered.filter(~pl.col("row").is_in(aside["row"].implode())) if aside.height else numbered), aside


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
    return tail.with_columns(kind=pl.Series(kinds, dtype=pl.String))


def _is_numbering(cells: tuple[str | None, ...]) -> bool:
    """Whether a row numbers the columns: 甲, 乙, 1, 2, … or 1, 2, 3, 4, …"""
    filled = [cell for cell in cells if cell]
    numbers = [cell.strip("()（）") for cell in filled if cell not in ("甲", "乙", "丙", "丁", "栏次", "行次")]
    is_lettered = len(numbers) < len(filled)
    return len(numbers) >= (1 if is_lettered else 4) and numbers == [str(number) for number in range(1, len(numbers) + 1)]


def _squeezed(text: pl.Expr) -> pl.Expr:
    return text.str.normalize("NFKC").str.replace_all(r"\s", "")


def _text(cells: list[str]) -> pl.Expr:
    return pl.concat_str(cells, separator=" | ", ignore_nulls=True)


def _filled(cells: list[str]) -> pl.Expr:
    return pl.sum_horizontal(pl.col(cells).is_not_null())


def _may_be_aside(cells: list[str], header: list[list[str]]) -> pl.Expr:
    """A cheap test that lets through every row that could be set aside, and few others."""
    first = pl.coalesce(cells)
    starts = [next(filter(None, row), "") for row in header]
    return (first.is_null() | first.str.contains_any(FOOTER_HINTS) | first.str.contains(SECTION_HINT) | first.is_in(starts)
            | pl.any_horizontal(pl.col(cells[:_LABEL_COLUMNS]).str.contains("计", literal=True)))


def _kind(cells: list[str], header: list[list[str]], wide: Collection[int]) -> pl.Expr:
    first = _squeezed(pl.coalesce(cells))
    alone = _filled(cells) == 1
    headings = [squeeze("|".join(filter(None, row))) for row in header]
    labels = [_is_total_label(cells, place) for place in range(min(_LABEL_COLUMNS, len(cells)))]
    total = first.str.contains(TOTAL) | pl.any_horizontal(labels)
    section = alone & (first.str.contains(SECTION) | pl.col("row").is_in(list(wide))) if len(cells) > 2 else pl.lit(False)
    return (pl.when(first.is_null()).then(pl.lit("blank"))
            .when(_squeezed(_text(cells)).is_in(headings)).then(pl.lit("header"))
            .when(total).then(pl.lit("total"))
            .when(first.str.contains(FOOTER)).then(pl.lit("footer"))
            .when(section).then(pl.lit("section")))


def _is_total_label(cells: list[str], place: int) -> pl.Expr:
    """Whether a cell is 合计 and no more, in one of the first two columns or behind blanks and numbers only."""
    is_label = _squeezed(pl.col(cells[place])).is_in(TOTAL_WORDS)
    before = [pl.col(name).is_null() | pl.col(name).str.contains(r"^\d+$") for name in cells[:place]]
    return is_label if place < 2 else is_label & pl.all_horizontal(before)
