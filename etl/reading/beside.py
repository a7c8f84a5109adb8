"""Tables that stand side by side on a sheet, with blank columns between."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

import polars as pl

from etl.reading.grid import Grid
from etl.reading.header import Header, find_header
from etl.reading.layout import Part
from etl.reading.rows import filled


def beside(part: Part, known: Collection[str]) -> list[Part]:
    """A table, or the two or more that stand in it side by side with blank columns between."""
    columns = _stretches(part)
    if len(columns) < 2:
        return [part]
    sides = [_side(part, left, right) for left, right in columns]
    headers = [find_header(side, known) for side in sides]
    own = [header for header in headers if header and header.last == part.header.last and sum(map(bool, header.names)) > 1]
    if len(own) < len(columns) or not _are_independent(part, columns, own):
        return [part]
    return [replace(part, grid=side, header=header, first_column=left, body=_between(part.body, left, right))
            for side, header, (left, right) in zip(sides, own, columns, strict=True)]


def _stretches(part: Part) -> list[tuple[int, int]]:
    """The columns in use, first and behind the last, between columns that are blank from the header down."""
    names = part.header.names
    heads = part.grid.head[part.header.first : part.header.last + 1]
    width = max(len(names), part.body.width)
    is_blank = part.body.select(pl.all().is_null().all()).row(0) if part.body.height else (True,) * part.body.width
    used = [any(place < len(row) and row[place] for row in heads) or (place < len(is_blank) and not is_blank[place]) for place in range(width)]
    found: list[tuple[int, int]] = []
    for place in range(width):
        if used[place]:
            if found and found[-1][1] == place:
                found[-1] = (found[-1][0], place + 1)
            else:
                found.append((place, place + 1))
    return found


def _side(part: Part, left: int, right: int) -> Grid:
    return replace(part.grid, head=[row[left:right] for row in part.grid.head],
                   merges=[((top, max(start, left) - left), (bottom, min(end, right - 1) - left))
                           for (top, start), (bottom, end) in part.grid.merges if left <= start < right],
                   hidden_columns=frozenset(column - left for column in part.grid.hidden_columns if left <= column < right))


def _between(frame: pl.DataFrame, left: int, right: int) -> pl.DataFrame:
    columns = frame.columns[left:right]
    return frame.select(columns).rename({column: f"c{place}" for place, column in enumerate(columns)})


def _are_independent(part: Part, columns: list[tuple[int, int]], headers: list[Header]) -> bool:
    """Whether stretches of columns are tables of their own: each has a title, or they begin alike, or their rows do not go together."""
    above, body = part.grid.head[: min(header.first for header in headers)], part.body
    is_titled = any(filled(row) > 1 and all(left < len(row) and row[left] for left, _ in columns) for row in above)
    begins_alike = len({header.names[0] for header in headers}) == 1 and bool(headers[0].names[0])
    there = [pl.any_horizontal(pl.col(body.columns[left:right]).is_not_null()) for left, right in columns if body.columns[left:right]]
    apart = body.select((pl.any_horizontal(there) & ~pl.all_horizontal(there)).sum()).item() if body.height and there else 0
    return is_titled or begins_alike or apart >= max(2, body.height / 5)
