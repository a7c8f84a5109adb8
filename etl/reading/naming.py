"""What the columns under a header are called, and in which units they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from itertools import count

from etl.reading.grid import Grid
from etl.reading.heading import plain, split_unit, unit_alone
from etl.reading.rows import are_instructions, are_units, is_numbering


@dataclass(frozen=True, kw_only=True)
class Names:
    """A name per column, "" where none; the units by name."""

    names: tuple[str, ...]
    units: dict[str, str]
    warnings: tuple[str, ...]


def names_of(grid: Grid, first: int, last: int, known: Collection[str]) -> Names:
    """The names of the columns under the header rows `first` to `last`, 0-based."""
    block = block_of(grid, first, last)
    names, warnings = _told_apart([heading_name(parts, known) for parts in block], block, grid.hidden_columns)
    of_columns = _unit_row(grid, first, last)
    units = {name: unit for place, (name, parts) in enumerate(zip(names, block, strict=True))
             if name and (unit := of_columns.get(place) or _unit(parts))}
    return Names(names=names, units=units, warnings=warnings)


def _unit_row(grid: Grid, first: int, last: int) -> dict[int, str]:
    """The units that a row of the header gives by column."""
    return {place: unit for row in grid.head[first + 1 : last + 1] if are_units(row) for place, cell in enumerate(row)
            if (unit := unit_alone(cell, bracketed=False))}


def block_of(grid: Grid, first: int, last: int) -> list[list[str]]:
    """The texts of a header block, per column from the top down, each group written over all of its columns."""
    rows = [list(row) for row in grid.head[first : last + 1]]
    width = max(map(len, rows), default=0)
    for row in rows:
        row.extend([""] * (width - len(row)))
    is_leaf = [number > 0 and (are_units(row) or is_numbering(row) or are_instructions(row)) for number, row in enumerate(rows)]
    has_groups = False
    for (top, left), (bottom, right) in grid.merges:
        if first <= top and bottom <= last and right > left:
            has_groups = True
            rows[top - first][left : right + 1] = [rows[top - first][left]] * (right - left + 1)
    for number, row in enumerate(rows[:-1] if not has_groups else []):
        has_leaf = [any(lower[place] for of, lower in zip(is_leaf[number + 1 :], rows[number + 1 :], strict=True) if not of)
                    for place in range(width)]
        for place in range(1, width):
            if not row[place] and has_leaf[place] and row[place - 1] and all(
                    upper[place] == upper[place - 1] for upper in rows[:number]):
                row[place] = row[place - 1]
    kept = [row for of, row in zip(is_leaf, rows, strict=True) if not of]
    return [[cell for cell in column if cell] for column in zip(*kept, strict=True)]


def heading_name(parts: list[str], known: Collection[str]) -> str:
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


def _told_apart(names: list[str], block: list[list[str]], hidden: Collection[int]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Names no two columns share; a hidden column gives way to one that is seen. Where groups tell two equal leaves apart, neither is taken for
    the known one."""
    repeated = {name for name, count in Counter(names).items() if name and count > 1}
    joined = ["_".join(dict.fromkeys(map(plain, parts))) if name in repeated else name
              for name, parts in zip(names, block, strict=True)]
    apart: dict[int, str] = {}
    for place in sorted(range(len(joined)), key=lambda place: (place in hidden, place)):
        name, others = joined[place], {*apart.values()}
        taken = {"row", *others, *joined} if name in others or name == "row" else set()
        apart[place] = next(other for again in count(1) if (other := f"{name}_{again}" if again > 1 or name == "row" else name) not in taken
                            ) if name else ""
    return tuple(apart[place] for place in range(len(joined))), tuple(f"表头重复：{name}" for name in sorted(repeated))
