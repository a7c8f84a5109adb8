"""What a row of a body is by its figures: sums without a name, names that may be sums, and totals that do not add up."""

from __future__ import annotations

from collections.abc import Collection

import polars as pl

from etl.reading.marks import has_han
from etl.reading.row_kinds import Frame
from etl.reading.sums import Sums
from etl.reading.table import Total

LONG_NOTE = 20
_MANY = 8  # rows below 全国 from which it is the total of a list, even of shares that add up to nothing
_MOST_SECTIONS = 0.4
_MOST_WEIGHED = 200_000_000  # rows to weigh × rows to add up: beyond, a body is no table with sums in it


def weighed(judged: pl.DataFrame, frame: pl.DataFrame, around: Frame) -> tuple[pl.DataFrame, tuple[Total, ...]]:
    """The kinds with those decided that need a look at the figures, and the figures of total rows held against the rows they sum."""
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


def own_cells(frame: pl.DataFrame, merged: Collection[tuple[int, int, int]]) -> pl.DataFrame:
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
                  and len(judged["text"][place]) <= 2 * LONG_NOTE for place in alone]
    few = sum(is_heading) <= _MOST_SECTIONS * sums.rows
    for place, heads in zip(alone, is_heading, strict=True):
        kinds[place] = "section" if heads and few else None
