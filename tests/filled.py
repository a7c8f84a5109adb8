"""A form filled in as a clerk would: the right kind of value in each cell, saved by another program than wrote it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path

import openpyxl
from hypothesis import strategies as st

from etl.contract import AtMost, Column, Feed, InOrder, Kind
from etl.parsing.cell import is_code
from etl.returning.meaning import choices, heading
from etl.returning.template import FIRST_ROW

Value = str | float | int | dt.date | None
AS_OF = dt.date(2026, 9, 30)
_CODES = "0123456789ABCDEFGHJKLMNPQRTUWXY-"
_NAMES = "甘肃兰新材料生物医药装备中心一二三区研究院科技有限公司αβ ABC（）·"


def asked_for(feed: type[Feed]) -> list[Column]:
    return [column for column in feed.columns if column.kind is not Kind.PERSONAL]


def good(column: Column) -> st.SearchStrategy[Value]:
    """Values of a column that a careful person could enter."""
    drawn: st.SearchStrategy[Value]
    match column.kind:
        case Kind.WORD | Kind.YES_NO:
            drawn = st.sampled_from(choices(column))
        case Kind.WORDS:
            drawn = st.lists(st.sampled_from(choices(column)), min_size=1, max_size=3, unique=True).map("、".join)
        case Kind.DAY:
            drawn = st.dates(dt.date(2000, 1, 1), AS_OF) | st.dates(dt.date(2000, 1, 1), AS_OF).map(lambda day: f"{day.year}年{day.month}月{day.day}日")
        case Kind.PERIOD:
            drawn = st.builds(lambda year, month: f"{year}年{month}月", st.integers(2020, 2025), st.integers(1, 12))
        case Kind.MONEY:
            drawn = st.integers(-10**9, 10**9).map(lambda cents: cents / 100)
        case Kind.SHARE:
            drawn = st.integers(0, 100).map(lambda percent: percent / 100)
        case Kind.NUMBER:
            drawn = st.floats(-1e6 if column.low is None else column.low, 1e6 if column.high is None else column.high, width=32)
        case Kind.INTEGER:
            drawn = st.integers(0 if column.low is None else int(column.low), 9999 if column.high is None else int(column.high))
        case _ if column.pattern is not None:
            drawn = st.from_regex(column.pattern, fullmatch=True).filter(str.isascii)
        case _ if is_code(column):
            drawn = st.text(_CODES, min_size=6, max_size=20).filter(lambda text: text.strip("-0") != "" and text[0] != "-")
        case _:
            drawn = st.text(_NAMES, min_size=4, max_size=20).map(lambda text: f"项目{text.strip()}号")
    return drawn if column.required or column.key else st.none() | drawn


def rows(feed: type[Feed], most: int = 4) -> st.SearchStrategy[list[dict[str, Value]]]:
    """Rows by the columns' names, each with a key of its own."""
    row = st.fixed_dictionaries({column.name: good(column) for column in asked_for(feed)}).map(lambda row: keeping_rules(feed, row))
    keys = [column.name for column in feed.columns if column.key]
    return st.lists(row, min_size=1, max_size=most, unique_by=lambda row: tuple(str(row[name]).lower() for name in keys))


def keeping_rules(feed: type[Feed], row: dict[str, Value]) -> dict[str, Value]:
    """The row with what its feed asks of cells together: days in order, parts within their wholes, shares that make one."""
    row = dict(row)
    for rule in feed.rules:
        if isinstance(rule, InOrder):
            days = sorted(day if isinstance(day, dt.date) else AS_OF for name in rule.days if (day := row[name]) is not None)
            row |= {name: days.pop(0) for name in rule.days if row[name] is not None}
        elif isinstance(rule, AtMost):
            row |= {rule.part: 0, rule.whole: abs(float(str(row[rule.whole] or 0)))}
        else:
            row |= {name: 1 if name == rule.shares[0] else None for name in rule.shares}
    return row


def fill(form: Path, feed: type[Feed], told: Sequence[Mapping[str, Value]], as_of: dt.date | None = AS_OF) -> None:
    """Fill the form in and save it."""
    book = openpyxl.load_workbook(form)
    sheet = book[feed.title]
    places = {cell.value: at for at, cell in enumerate(sheet[FIRST_ROW - 1], 1)}
    sheet.cell(2, 2).value = as_of
    for line, row in enumerate(told, start=FIRST_ROW):
        for column in asked_for(feed):
            sheet.cell(line, places[heading(column)]).value = row[column.name]
    book.save(form)
    book.close()
