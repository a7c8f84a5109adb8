"""Where the header of a sheet is: its first and last row, found by known headings or by its look."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from etl.reading.grid import Grid
from etl.reading.header_rows import DEEPEST, Rows, continues, groups
from etl.reading.heading import plain, squeeze
from etl.reading.marks import ABOVE, CHINESE_NUMERAL, is_mark, is_value, matches
from etl.reading.naming import block_of, heading_name, names_of
from etl.reading.rows import filled, is_worded
from etl.reading.sums import SERIAL

_DEEPEST_KNOWN = 5
_LAST_START = 60
_LEAST_COVERED = 0.6  # of the columns in use below: fewer cells are a title or a line of metadata
_FULL = 0.9
_ROWS_BELOW = 30
_FORM_ROWS = 8
_TITLE_ROWS = 6
_ENTRY = re.compile(r"^.{0,8}(?:名称|姓名|编号|代码|单位|企业|公司|机构|部门|学校|项目|地区|地址|类别|类型|行业|专业|产品|品种|指标|人员)$")


@dataclass(frozen=True, kw_only=True)
class Header:
    """The header block: rows first to last, 0-based."""

    first: int
    last: int
    names: tuple[str, ...]  # one per column, "" where none
    units: dict[str, str]
    known: int  # how many known headings it holds
    warnings: tuple[str, ...]


def find_header(grid: Grid, known: Collection[str]) -> Header | None:
    """The block with most known headings (two or more, or all it has); else the first that looks like one; else None."""
    found = _by_known(grid, known) or _by_look(grid)
    return None if found is None else _described(grid, *found, known)


def header_at(grid: Grid, first: int, known: Collection[str]) -> Header | None:
    """The header that begins at a row by its look; None where that row begins none."""
    last = _block_end(grid, first)
    return None if last is None else _described(grid, first, last, known)


def _described(grid: Grid, first: int, last: int, known: Collection[str]) -> Header:
    first, last = _widened(grid, first, last)
    named = names_of(grid, first, last, known)
    return Header(first=first, last=last, names=named.names, units=named.units, known=len(set(named.names) & set(known)),
                  warnings=named.warnings)


def _by_known(grid: Grid, known: Collection[str]) -> tuple[int, int] | None:
    if not known:
        return None
    best, chosen = 0, None
    has_known = [any(plain(cell) in known for cell in row if cell) for row in grid.head[: _LAST_START + _DEEPEST_KNOWN]]
    for depth in range(_DEEPEST_KNOWN):  # of equals the shallowest and highest: the others hold a title or data as well
        for first in range(min(len(grid.head) - depth, _LAST_START)):
            if not any(has_known[first : first + depth + 1]):
                continue
            names = [name for parts in block_of(grid, first, first + depth) if (name := heading_name(parts, known))]
            score = len(set(names) & set(known))
            if score > best and (score >= 2 or score == len(names)):
                best, chosen = score, (first, first + depth)
    return chosen


def _by_look(grid: Grid) -> tuple[int, int] | None:
    for first in range(min(len(grid.head), _LAST_START)):
        if (last := _block_end(grid, first)) is not None:
            return first, last
    return _one_column(grid)


def _one_column(grid: Grid) -> tuple[int, int] | None:
    """The heading of a list of one column, told by its word, with two entries at least and no sentence among them."""
    lines = [(number, "".join(row)) for number, row in enumerate(grid.head) if any(row)]
    if any(filled(row) > 1 for row in grid.head) or any(mark in text for _, text in lines for mark in "。！？；"):
        return None
    return next(((number, number) for place, (number, text) in enumerate(lines[:-2])
                 if _ENTRY.search(squeeze(text)) and place < _TITLE_ROWS), None)


def _block_end(grid: Grid, first: int) -> int | None:
    """The last row of the header that begins at `first` by its look; None where none begins there."""
    row = grid.head[first]
    if not is_worded(row):
        return None
    last = first
    while last + 1 < len(grid.head) and last + 1 - first < DEEPEST and continues(grid, first, last):
        last += 1
    below = _below(grid.head[last + 1 : last + 1 + _ROWS_BELOW])
    covered, used = _covered(grid, first, last), _in_use(below)
    enough = _LEAST_COVERED * len(used)
    is_above = filled(row) < max(4, enough) and any(ABOVE.search(squeeze(cell)) for cell in row)
    texts = [squeeze(cell) for cell in row if cell]
    is_distinct = len(set(texts)) >= max(2, len(texts) / 4) or last > first
    is_header = len(covered & used) >= enough and len(covered) >= 2 and is_distinct and not is_above
    is_full = len(covered & used) >= _FULL * len(used)
    return last if is_header and (is_full or _body_follows(below)) and not _leads_to_list(grid.head, last) else None


def _leads_to_list(rows: Rows, last: int) -> bool:
    """Whether lines of a form (申请单位 | 甲公司 | 账号 | …) and no gap stand between a row and the head of a numbered list."""
    for number in range(last + 1, min(last + 1 + _FORM_ROWS, len(rows) - 1)):
        row, following = rows[number], rows[number + 1]
        if filled(row) < 2:
            return False
        if squeeze(row[0]) in SERIAL and is_worded(row):
            return bool(following) and following[0] == "1" and squeeze(rows[last][0]) not in SERIAL
    return False


def _below(rows: Rows) -> Rows:
    """The rows below a header that are wider than a note, up to a gap behind the first few: what follows it may be another table."""
    found: Rows = []
    for row in rows:
        if filled(row) > 1:
            found.append(row)
        elif len(found) > 1:
            break
    return found


def _covered(grid: Grid, first: int, last: int) -> set[int]:
    """The columns that have a heading in a block, those under a merged group included."""
    covered = {place for row in grid.head[first : last + 1] for place, cell in enumerate(row) if cell}
    for (top, left), (_, right) in grid.merges:
        if first <= top <= last and left in covered and left > 0:
            covered.update(range(left, right + 1))
    return covered


def _in_use(rows: Rows) -> set[int]:
    """The columns filled in at least a third of the rows."""
    width = max(map(len, rows), default=0)
    counts = [sum(place < len(row) and bool(row[place]) for row in rows) for place in range(width)]
    return {place for place, count in enumerate(counts) if count * 3 >= len(rows)}


def _body_follows(below: Rows) -> bool:
    """Whether values come first below a header where values come at all: words before them are the header still."""
    has_value = [any(is_value(cell) for cell in row) for row in below]
    full = max(map(filled, below), default=0)
    rest = [place for place, row in enumerate(below) if filled(row) * 2 > full and not matches(CHINESE_NUMERAL, row[0])]
    if not rest or sum(has_value) * 2 < len(below):
        return True
    return has_value[rest[0]] or any(is_mark(cell) for cell in below[rest[0]]) or not any(
        has_value[place] for place in rest[1:3])


def _widened(grid: Grid, first: int, last: int) -> tuple[int, int]:
    """The block with the group rows above it and the rows below that complete it."""
    while last + 1 < len(grid.head) and last + 1 - first < DEEPEST and continues(grid, first, last):
        last += 1
    while first > 0 and last + 1 - first < DEEPEST and groups(grid, first - 1):
        first -= 1
    return first, last
