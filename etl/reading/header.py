"""Where the header of a sheet is: its first and last row, found by known headings or by its look."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from etl.reading.grid import Grid, Merge
from etl.reading.heading import plain, squeeze
from etl.reading.marks import ABOVE, CHINESE_NUMERAL, has_han, is_latin, is_mark, is_value, matches
from etl.reading.naming import block_of, heading_name, names_of
from etl.reading.rows import LETTERS, LONGEST_HEADING, are_instructions, are_units, filled, is_numbering, is_worded
from etl.reading.sums import SERIAL

_DEEPEST = 8  # five rows of groups and leaves, a translation, units and column numbers
_DEEPEST_KNOWN = 5
_LAST_START = 60
_LEAST_COVERED = 0.6  # of the columns in use below: fewer cells are a title or a line of metadata
_FULL = 0.9
_ROWS_BELOW = 30
_FORM_ROWS = 8
_TITLE_ROWS = 6
_ENTRY = re.compile(r"^.{0,8}(?:名称|姓名|编号|代码|单位|企业|公司|机构|部门|学校|项目|地区|地址|类别|类型|行业|专业|产品|品种|指标|人员)$")

Rows = list[list[str]]


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
    while last + 1 < len(grid.head) and last + 1 - first < _DEEPEST and _continues(grid, first, last):
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


def _continues(grid: Grid, first: int, last: int) -> bool:
    """Whether the row after a block belongs to it: merged parts, leaves, units, a translation, column numbers."""
    block, row = grid.head[first : last + 1], grid.head[last + 1]
    if is_numbering(row):
        return not is_numbering(block[-1]) and _is_followed_by_data(row, grid.head[last + 2 :])
    if are_units(row) or are_instructions(row):
        return not is_numbering(block[-1])
    if not any(row) or is_numbering(block[-1]) or any(is_value(cell) for cell in row) or (filled(row) == 1 and ABOVE.search(squeeze("".join(row)))):
        return False
    return (_reaches_below(grid.merges, first, last) or _completes(grid, first, last) or _translates(grid, first, last)
            or _repeats(block[-1], row))


def _is_followed_by_data(row: list[str], rows: Rows) -> bool:
    """Whether rows follow what may number the columns (甲, 1, 2), and they do not go on counting (乙, 3, 4)."""
    openings = [squeeze(next(filter(None, each))) for each in (row, *rows[:_ROWS_BELOW]) if any(each)]
    return len(openings) > 1 and (openings[0] not in LETTERS or not {*openings} & {*LETTERS} - {openings[0]})


def _reaches_below(merges: list[Merge], first: int, last: int) -> bool:
    return any(first <= top <= last < bottom for (top, _), (bottom, _) in merges)


def _completes(grid: Grid, first: int, last: int) -> bool:
    """Whether the row after a block holds the leaves of its groups: cells only under groups and blanks."""
    row = grid.head[last + 1]
    width = len(row)
    above = [any(place < len(upper) and upper[place] for upper in grid.head[first : last + 1]) for place in range(width)]
    leaves = _under_groups(grid.merges, first, last)
    opened = {place for place in range(width) if not above[place]}
    heads = {place for place in range(width - 1) if above[place] and place + 1 in opened}
    cells = {place for place in range(width) if row[place]}
    if not cells or not cells <= opened | heads | leaves or all(is_mark(row[place]) for place in cells):
        return False
    gained = cells & ({place for place in opened if any(above[:place])} | leaves)
    is_label = len(cells) == 1 and not cells & leaves  # of a section, below a blank corner
    if gained and not is_label:
        return True
    return cells <= heads and not any(map(is_value, grid.head[last + 2] if last + 2 < len(grid.head) else [])) and (
        last + 2 - first < _DEEPEST and last + 2 < len(grid.head) and _completes(grid, first, last + 1))  # a group within a group


def _under_groups(merges: list[Merge], first: int, last: int) -> set[int]:
    """The columns under cells merged across that end in a block's last row or above it."""
    return {place for (top, left), (bottom, right) in merges if first <= top and bottom <= last and right > left
            for place in range(left, right + 1)}


def _repeats(upper: list[str], row: list[str]) -> bool:
    """Whether a row of headings repeats one above it, or fills groups whose name is written in each of their columns."""
    pairs = [(above, cell) for above, cell in zip(upper, row, strict=False) if above and cell]
    same = sum(squeeze(above) == squeeze(cell) for above, cell in pairs if not is_mark(above))
    groups = [range(left, right) for left, right in _runs(upper) if right - left > 1]
    told_apart = all(len({squeeze(row[place]) for place in group if place < len(row)}) == len(group) for group in groups)
    is_all_groups = sum(map(len, groups)) == len(pairs) == len(row)
    return is_worded(row) and bool(groups) and told_apart and (same > 0 or is_all_groups)


def _runs(row: list[str]) -> list[tuple[int, int]]:
    """First column and the one behind the last of equal cells next to each other."""
    starts = [place for place, cell in enumerate(row) if place == 0 or not cell or cell != row[place - 1]]
    return list(zip(starts, [*starts[1:], len(row)], strict=True))


def _translates(grid: Grid, first: int, last: int) -> bool:
    """Whether the row after a block says the same in another script; the rows of data after it do not all look like it."""
    block, row = grid.head[first : last + 1], [cell for cell in grid.head[last + 1] if cell]
    upper = [cell for cell in block[-1] if cell]
    after = [cells for each in grid.head[last + 2 : last + 8] if (cells := [cell for cell in each if cell])]
    if len(row) < max(2, len(upper) / 2):
        return False
    if all(map(is_latin, row)) and any(has_han(cell) for line in block for cell in line):
        return any(not all(map(is_latin, cells)) for cells in after[:3])
    is_named_twice = all(map(is_latin, upper)) and all(map(has_han, row)) and len(row) == len(upper)
    return is_named_twice and any(any(map(is_value, cells)) or not all(map(has_han, cells)) for cells in after)


def _widened(grid: Grid, first: int, last: int) -> tuple[int, int]:
    """The block with the group rows above it and the rows below that complete it."""
    while last + 1 < len(grid.head) and last + 1 - first < _DEEPEST and _continues(grid, first, last):
        last += 1
    while first > 0 and last + 1 - first < _DEEPEST and _groups(grid, first - 1):
        first -= 1
    return first, last


def _groups(grid: Grid, number: int) -> bool:
    """Whether a row names groups of the columns below it, and is no title and no metadata."""
    row = grid.head[number]
    cells = [cell for cell in row if cell]
    if not cells or any(is_value(cell) or ABOVE.search(squeeze(cell)) or len(cell) > LONGEST_HEADING for cell in cells):
        return False
    if grid.merges:
        width = max(place + 1 for place, cell in enumerate(grid.head[number + 1]) if cell)
        spans = [(left, right) for (top, left), (_, right) in grid.merges if top == number and right > left]
        return any(right - left + 1 < width - (left == 0) for left, right in spans)
    heads = [place for place, cell in enumerate(row) if cell]
    return len(cells) >= 2 and not row[-1] and all(place + 1 < len(row) and not row[place + 1] for place in heads)
