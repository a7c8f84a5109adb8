"""The page 退回说明, line by line, for whichever library writes it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from openpyxl.utils import get_column_letter, quote_sheetname

from etl.returning.told import HEAD, MOST, Fault, Told

COLUMNS = len(HEAD)
_LONGEST = 500  # characters of a cell that are repeated


@dataclass(frozen=True, kw_only=True)
class Line:
    """Cells from the left. `is_wide`: the second reaches over the rest. `link`: where the last leads, as 'Sheet'!C7."""

    cells: tuple[str | int, ...]
    is_head: bool = False
    is_wide: bool = False
    link: str | None = None


def lines(told: Told, *, reachable: frozenset[tuple[int, int]] | None = None) -> Iterator[Line]:
    """The page. `reachable`: the (sheet, row) that stand in the copy, where not all do."""
    yield Line(cells=("退回说明", ""), is_head=True)
    for name, said in told.about:
        yield Line(cells=(name, said), is_wide=True)
    for number, step in enumerate(told.steps, start=1):
        yield Line(cells=("下一步" if number == 1 else "", f"{number}. {step}"), is_wide=True)
    if told.by_heading:
        yield Line(cells=("",))
        yield Line(cells=("各列退回", "、".join(f"{heading} {count} 格" for heading, count in told.by_heading)), is_wide=True)
    yield from _listed("退回的单元格", told.faults, told.reasons, reachable)
    yield from _listed("另置的行（与别的行完全相同，只计一次）", told.set_aside, told.rows_aside, reachable)


def _listed(title: str, faults: tuple[Fault, ...], of: int, reachable: frozenset[tuple[int, int]] | None) -> Iterator[Line]:
    if not faults:
        return
    yield Line(cells=("",))
    more = f"，只列出并标注前 {MOST:,} 处；改正后再报，其余会再列出" if of > len(faults) else ""
    yield Line(cells=(title, f"共 {of:,} 处{more}。"), is_wide=True)
    yield Line(cells=HEAD, is_head=True)
    for number, fault in enumerate(faults, start=1):
        there = reachable is None or (fault.sheet_no, fault.row) in reachable
        cell = f"{get_column_letter((fault.column or 0) + 1 if fault.heading else 1)}{fault.row}"
        yield Line(cells=(number, fault.sheet, fault.row, fault.heading or "（整行）", _short(fault.value), fault.reason, cell),
                   link=f"{quote_sheetname(fault.sheet or DATA)}!{cell}" if there else None)


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "……"


DATA = "数据"  # the sheet of a copy made of a text file, which has no sheets of its own
