"""Whether a row next to a header belongs to it: groups above, leaves, units, a translation or column numbers below."""

from __future__ import annotations

from etl.reading.grid import Grid, Merge
from etl.reading.heading import squeeze
from etl.reading.marks import ABOVE, has_han, is_latin, is_mark, is_value
from etl.reading.rows import LETTERS, LONGEST_HEADING, are_instructions, are_units, filled, is_numbering, is_worded

DEEPEST = 8  # five rows of groups and leaves, a translation, units and column numbers
_ROWS_BELOW = 30

Rows = list[list[str]]


def continues(grid: Grid, first: int, last: int) -> bool:
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
        last + 2 - first < DEEPEST and last + 2 < len(grid.head) and _completes(grid, first, last + 1))  # a group within a group


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


def groups(grid: Grid, number: int) -> bool:
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
