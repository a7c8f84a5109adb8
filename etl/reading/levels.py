"""How far the labels of rows are set in: by blanks before the text or by the indent of the cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

_LABEL_COLUMNS = 3
_MOST = 100_000  # more rows than that are set in by a program, not by a person
_BLANKS = r"^([\s\x{a0}\x{3000}]+)\S"


def set_in(frame: pl.DataFrame, after: int) -> dict[tuple[int, int], int]:
    """The cells of the first columns that begin with blanks, by (row, column), 0-based, and how wide these are in half characters.

    `frame`: cells as sent, of which the first is row `after`.
    """
    found: dict[tuple[int, int], int] = {}
    for place, name in enumerate(frame.columns[:_LABEL_COLUMNS]):
        if frame.schema[name] != pl.String:
            continue
        at = frame[name].str.contains(_BLANKS).fill_null(value=False).arg_true()
        if 0 < len(at) <= _MOST:
            blanks = frame[name].gather(at).str.extract(_BLANKS)
            wide = blanks.str.len_chars() + blanks.str.count_matches("[\u3000\t]")
            found |= {(after + row, place): width for row, width in zip(at, wide, strict=True)}
    return found


def levels(rows: pl.Series, names: Sequence[str], indents: Mapping[tuple[int, int], int], first_column: int) -> dict[int, int]:
    """The level of each row's label that is set in, from 1: the ranks of the widths in the first column with a heading.

    `rows`: 1-based numbers of the rows; `indents`: widths by (row, column) on the sheet, 0-based.
    """
    if not indents:
        return {}
    for place, name in enumerate(names[:_LABEL_COLUMNS]):
        wide = {row: width for row in rows if (width := indents.get((row - 1, place + first_column), 0))}
        if name and wide:
            ranks = sorted({indents.get((row - 1, place + first_column), 0) for row in rows} | {0})
            return {row: ranks.index(width) for row, width in wide.items()}
    return {}
