"""How far the labels of rows are set in: by blanks before the text or by the indent of the cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from etl.reading.grid import LABEL_COLUMNS

_MOST = 100_000  # more rows than that are set in by a program, not by a person
_OF_WHICH = 6  # half characters: what follows 其中：天然气 is set in as far as 天然气
_BLANKS = r"^([\s\x{a0}\x{3000}]+)"


def unindented(frame: pl.DataFrame, after: int) -> tuple[pl.DataFrame, dict[tuple[int, int], int]]:
    """A body without the blanks before its labels; these as widths in half characters by (row, column), 0-based.

    `after`: the number of the body's first row.
    """
    widths: dict[tuple[int, int], int] = {}
    for place, name in enumerate(frame.columns[:LABEL_COLUMNS]):
        bare = frame[name].str.strip_chars_start()
        at = (bare.str.len_bytes() != frame[name].str.len_bytes()).arg_true()
        if len(at):
            blanks = frame[name].gather(at).str.extract(_BLANKS)
            wide = blanks.str.len_chars() + blanks.str.count_matches("[\u3000\t]")
            heads = set(wide.filter(frame[name].gather(at).str.contains(r"^\s*其中\s*[:：]")))
            widths |= {(after + row, place): width - _OF_WHICH if width - _OF_WHICH in heads else width
                       for row, width in zip(at, wide, strict=True)} if len(at) <= _MOST else {}
            frame = frame.with_columns(bare)
    return frame, widths


def levels(rows: pl.Series, names: Sequence[str], indents: Mapping[tuple[int, int], int], first_column: int) -> dict[int, int]:
    """The level of each row's label that is set in, from 1: the ranks of the widths in the first column with a heading.

    `rows`: 1-based numbers of the rows on the sheet; `indents`: widths by (row, column) there, 0-based.
    """
    if not indents:
        return {}
    there = set(rows)
    for place, name in enumerate(names[:LABEL_COLUMNS]):
        wide = {row + 1: width for (row, column), width in indents.items() if column == place + first_column and row + 1 in there}
        if name and wide:
            ranks = sorted({*wide.values(), *([0] if len(wide) < len(there) else [])})
            return {row: rank for row, width in sorted(wide.items()) if (rank := ranks.index(width))}
    return {}
