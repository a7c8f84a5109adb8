"""What a single row at the head of a sheet looks like: headings, units, column numbers."""

from __future__ import annotations

import re

from etl.reading.heading import squeeze, unit_alone
from etl.reading.marks import is_mark, is_period, is_value

LONGEST_HEADING = 60
LETTERS = ("甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "栏次", "行次", "A", "B", "C", "D")
_NO_UNIT = ("-", "—", "/", "单位", "计量单位")
_INSTRUCTION = re.compile(r"[(\[]?(?:必填|选填|必须填|非必填|自动生成|下拉|请填|请选择|填写|格式[:为]|示例[:]|例如|如:)")
_DATE_PARTS = {"年", "月", "日", "时", "分", "项"}  # 类, 款, 项 and 年, 月, 日 are leaves of a group


def filled(row: list[str]) -> int:
    """How many cells are not blank."""
    return sum(map(bool, row))


def is_worded(row: list[str]) -> bool:
    """Whether a row could be headings: two cells or more, words and periods, no values, few essays and no sentences."""
    cells = [cell for cell in row if cell]
    if len(cells) < 2 or sum(len(cell) > LONGEST_HEADING for cell in cells) * 4 > len(cells) or any("。" in cell for cell in cells):
        return False
    if values := [cell for cell in cells if is_value(cell)]:
        return len(values) >= 3 and not is_value(cells[0]) and _counts(values)  # months across: 地区, 1, 2, 3, …
    return not all(is_period(cell) or is_mark(cell) for cell in cells) or sum(map(is_period, cells)) >= 2


def are_units(row: list[str]) -> bool:
    """Whether a row below headings says their units: 个 | 万元 | %, with dashes where there is none."""
    if filled(row) == 1 and row[0]:
        return False  # a statement on the whole table
    cells = {squeeze(cell) for cell in row if cell}.difference(_NO_UNIT)
    return bool(cells) and all(unit_alone(cell, bracketed=False) for cell in cells) and not cells <= _DATE_PARTS



def are_instructions(row: list[str]) -> bool:
    """Whether a row below headings says how they are to be filled in: 必填，18位 | 选填 | 格式：2026-03-05."""
    cells = [squeeze(cell) for cell in row if cell]
    return len(cells) > 1 and sum(map(bool, map(_INSTRUCTION.match, cells))) * 2 >= len(cells)


def is_numbering(row: list[str]) -> bool:
    """Whether a row numbers the columns: 甲, 乙, 1, 2, 3=1+2, … or 1, 2, 3, 4, …"""
    cells = [squeeze(cell) for cell in row if cell]
    numbers = [cell.strip("()").partition("=")[0] for cell in cells if cell not in LETTERS]
    return len(numbers) >= (1 if len(numbers) < len(cells) else 4) and _counts(numbers)


def _counts(cells: list[str]) -> bool:
    return cells == [str(number) for number in range(1, len(cells) + 1)]
