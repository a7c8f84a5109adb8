"""Where the header of a sheet is, and what its columns are called."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from etl.reading.grid import Grid, Merge
from etl.reading.heading import plain, split_unit, squeeze, unit_alone
from etl.reading.marks import METADATA, is_value

_DEEPEST = 3
_LAST_START = 60
_LONGEST_HEADING = 60
_LEAST_FILLED = 0.6  # of the fullest row below: fewer cells are a title or a line of metadata

Block = list[list[str]]


@dataclass(frozen=True, kw_only=True)
class Header:
    """The header block: rows first to last, 0-based; a name per column ("" where none); units by name."""

    first: int
    last: int
    names: tuple[str, ...]
    units: dict[str, str]
    known: int  # how many known headings it holds
    warnings: tuple[str, ...]


def find_header(grid: Grid, known: Collection[str]) -> Header | None:
    """The block with most known headings (two or more, or all it has); else the first row that looks like one; else None."""
    found = _by_known(grid, known) or _by_look(grid)
    if found is None:
        return None
    first, last = _widened(grid, *found)
    block = _block(grid, first, last)
    names, warnings = _told_apart([_name(parts, known) for parts in block], block)
    units = {name: unit for name, parts in zip(names, block, strict=True) if name and (unit := _unit(parts))}
    return Header(first=first, last=last, names=names, units=units, known=len(set(names) & set(known)), warnings=warnings)


def _by_known(grid: Grid, known: Collection[str]) -> tuple[int, int] | None:
    best, chosen = 0, None
    for depth in range(_DEEPEST):  # of equals the shallowest and highest: the others hold a title or data as well
        for first in range(min(len(grid.head) - depth, _LAST_START)):
            last = first + depth
            names = [name for parts in _block(grid, first, last) if (name := _name(parts, known))]
            score = len(set(names) & set(known))
            if score > best and (score >= 2 or score == len(names)):
                best, chosen = score, (first, last)
    return chosen


def _by_look(grid: Grid) -> tuple[int, int] | None:
    filled = [sum(map(bool, row)) for row in grid.head]
    for number, row in enumerate(grid.head[:_LAST_START]):
        cells = [squeeze(cell) for cell in row if cell]
        is_full = len(cells) >= 2 and len(cells) >= _LEAST_FILLED * max(filled[number + 1 : number + 21], default=0)
        is_worded = not any(is_value(cell) or METADATA.match(cell) or len(cell) > _LONGEST_HEADING for cell in cells)
        if is_full and is_worded and len(set(cells)) > len(cells) / 2:
            return number, number
    return None


def _widened(grid: Grid, first: int, last: int) -> tuple[int, int]:
    """The block with the group row above it and the rows below that complete it: merged parts, leaves, units."""
    while last + 1 < len(grid.head) and last + 1 - first < _DEEPEST and (
            _reaches_below(grid.merges, first, last) or _completes(grid.head[first : last + 1], grid.head[last + 1])
            or _are_units(grid.head[last + 1])):
        last += 1
    while first > 0 and last + 1 - first < _DEEPEST and _groups(grid, first - 1):
        first -= 1
    return first, last


def _reaches_below(merges: list[Merge], first: int, last: int) -> bool:
    return any(first <= top <= last < bottom for (top, _), (bottom, _) in merges)


def _completes(upper: Block, lower: list[str]) -> bool:
    """Whether a row holds the leaves of groups above: cells only under a group and its blanks, and under all of them."""
    above = [any(row[place] for row in upper if place < len(row)) for place in range(len(lower))]
    blanks = [place for place, filled in enumerate(above) if not filled]
    if not any(lower[place] for place in blanks) or any(is_value(cell) for cell in lower if cell):
        return False
    groups = {place for place in range(len(above) - 1) if above[place] and not above[place + 1]}
    return all(not cell or not above[place] or place in groups for place, cell in enumerate(lower))


def _are_units(row: list[str]) -> bool:
    cells = [cell for cell in row if cell]
    return any(map(unit_alone, cells)) and all(unit_alone(cell) or squeeze(cell) in ("-", "—", "/") for cell in cells)


def _groups(grid: Grid, number: int) -> bool:
    """Whether a row names groups of the columns below it, and is no title and no metadata."""
    cells = [cell for cell in grid.head[number] if cell]
    if any(is_value(cell) or METADATA.search(squeeze(cell)) or len(cell) > _LONGEST_HEADING for cell in cells):
        return False
    width = len(grid.head[number])
    spans = [right - left + 1 for (top, left), (_, right) in grid.merges if top == number and right > left]
    return any(span < width for span in spans) if grid.merges else len(cells) >= 2 and not grid.head[number][-1]


def _block(grid: Grid, first: int, last: int) -> list[list[str]]:
    """The texts of a header block, per column from the top down, each group written over all of its columns."""
    rows = [list(row) for row in grid.head[first : last + 1]]
    width = max(map(len, rows), default=0)
    for row in rows:
        row.extend([""] * (width - len(row)))
    for (top, left), (bottom, right) in grid.merges:
        if first <= top and bottom <= last and right > left:
            rows[top - first][left : right + 1] = [rows[top - first][left]] * (right - left + 1)
    for number, row in enumerate(rows[:-1]):
        has_leaf = [any(lower[place] for lower in rows[number + 1 :]) for place in range(width)]
        for place in range(1, width):
            if not row[place] and has_leaf[place] and has_leaf[place - 1]:
                row[place] = row[place - 1]
    return [[cell for cell in column if cell] for column in zip(*rows, strict=True)]


def _name(parts: list[str], known: Collection[str]) -> str:
    """One name of the parts of a heading: as a whole or by its lowest part where that is known, else joined as 上_下."""
    texts = [text for part in parts if not unit_alone(part) or len(parts) == 1 if (text := plain(part))]
    texts = [text for number, text in enumerate(texts) if number == 0 or text != texts[number - 1]]
    while len(texts) > 1 and texts[-1].startswith("(") and texts[-1].endswith(")"):
        texts.pop()  # a remark on how to fill in
    if not texts:
        return ""
    whole = "".join(texts)
    return whole if whole in known else texts[-1] if texts[-1] in known else "_".join(texts)


def _unit(parts: list[str]) -> str | None:
    return next((unit for part in reversed(parts) if (unit := split_unit(part)[1] or unit_alone(part))), None)


def _told_apart(names: list[str], block: list[list[str]]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Names no two columns share. Where groups tell two equal leaves apart, neither is taken for the known one."""
    repeated = {name for name, count in Counter(names).items() if name and count > 1}
    joined = ["_".join(dict.fromkeys(map(plain, parts))) if name in repeated else name
              for name, parts in zip(names, block, strict=True)]
    seen: Counter[str] = Counter()
    apart = []
    for name in joined:
        seen[name] += 1
        apart.append(f"{name}_{seen[name]}" if name and (seen[name] > 1 or name == "row") else name)
    return tuple(apart), tuple(f"表头重复：{name}" for name in sorted(repeated))
