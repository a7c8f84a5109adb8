"""How the demo park's departments put their files: who sent it, what stands above the table, and the bytes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from etl.demo.model import AS_OF
from etl.demo.sheets import Cell, Row, Sheet, comma_text, xlsx

QUARTERS = (date(2026, 6, 30), date(2026, 9, 30))  # what the quarterly reports of the first and second delivery show


@dataclass(frozen=True, kw_only=True)
class SentFile:
    """A file as it is put into the inbox; `path` is relative to it."""

    path: str
    content: bytes


def sent(path: str, sheet: Sheet, encoding: str = "gb18030") -> SentFile:
    """The file of a sheet: XLSX or CSV, as its name says."""
    return SentFile(path=path, content=xlsx(sheet) if path.endswith(".xlsx") else comma_text(sheet, encoding=encoding))


def month(delivery: int) -> str:
    """The month a delivery reports, as file names have it: 202609."""
    return f"{AS_OF[delivery - 1]:%Y%m}"


def chinese(on: date) -> str:
    """2026年9月30日."""
    return f"{on.year}年{on.month}月{on.day}日"


def stated(who: str, on: date, *more: str) -> tuple[str, ...]:
    """What stands below the title: who fills it in and as of which day."""
    return f"填报单位：{who}", f"截至{chinese(on)}", *more


def over_month(who: str, delivery: int, since: str, *more: str) -> tuple[str, ...]:
    """What stands below the title of a file of events: the first delivery carries the history from `since` on."""
    as_of = AS_OF[delivery - 1]
    span = f"{since}至{as_of.year}年{as_of.month}月" if delivery == 1 else f"{as_of.year}年{as_of.month}月"
    return f"填报单位：{who}", f"报告期：{span}", *more


def numbered(rows: Iterable[Row]) -> tuple[Row, ...]:
    """Rows with 序号 before them."""
    return tuple((number, *row) for number, row in enumerate(rows, start=1))


def total(rows: Iterable[Row], *places: int) -> Row:
    """合计 of the amounts at these places; blank elsewhere."""
    whole = tuple(rows)
    sums = [sum((cell for row in whole if isinstance(cell := row[place], Decimal)), Decimal()) for place in places]
    cells: list[Cell] = [None] * (max(places) + 1)
    for place, amount in zip(places, sums, strict=True):
        cells[place] = amount
    return ("合计", *cells[1:])


def percent(share: Decimal | float | None, number: int = 0) -> Cell:
    """A share as the clerk of row `number` writes it: 35% or 0.35."""
    if share is None:
        return None
    return f"{share:.10g}" if number % 4 == 3 else f"{share * 100:.10g}%"


def yes_no(*, answer: bool | None) -> Cell:
    """是, 否 or nothing."""
    return None if answer is None else "是" if answer else "否"
