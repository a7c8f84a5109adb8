"""All feeds at once: two deliveries of every report, made from its declaration alone, with one row in a hundred that must be refused."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
import polars.selectors as cs

from bench.cells import credit_codes, numbered, picked, some_days, written
from bench.data import SPACE_SHARES, SPACES
from etl.contract import AtMost, Column, Feed, InOrder, Kind, SumToOne
from etl.feeds import FEEDS

DELIVERIES = ("202609", "202610")
BAD_EVERY = 100
FEW = 6  # rows of a report whose key is words and periods only
_LISTED = {"project_id": "projects", "outcome_id": "outcomes", "fund_id": "funds", "agreement_id": "invest_first_deals", "unit_id": "premises",
           "manager_id": "tech_managers", "contract_no": "tech_contracts", "contract_id": "loans", "evidence_id": "evidence"}
_SHARES = ("0.5", "0.3", "0.2")
_WRONG = (Kind.WORD, Kind.DAY, Kind.MONEY, Kind.NUMBER, Kind.INTEGER, Kind.PERIOD)


def write(folder: Path, rows: int) -> list[Path]:
    """Write `rows` rows below `folder`, about as many of each feed; a list says the same keys twice, events others each time."""
    rng = np.random.default_rng(20251029)
    small = [feed for feed in FEEDS.values() if not any(column.kind is Kind.TEXT for column in feed.key())]
    each = (rows // len(DELIVERIES) - FEW * len(small)) // (len(FEEDS) - len(small))
    codes = credit_codes(each)
    files = []
    for turn, month in enumerate(DELIVERIES):
        for feed in FEEDS.values():
            count = FEW if feed in small else each
            first = turn * count if feed.mode == "events" else 0
            path = folder / feed.departments[0].replace("*", "D08") / f"{feed.title}-{month}.csv"
            path.parent.mkdir(parents=True, exist_ok=True)
            _table(rng, feed, np.arange(first, first + count), codes, month).with_columns(cs.string().replace("", None)).write_csv(path)
            files.append(path)
    return files


def _table(rng: np.random.Generator, feed: type[Feed], number: np.ndarray, codes: pl.Series, month: str) -> pl.DataFrame:
    begun, size = some_days(rng, len(number), date(2024, 5, 1), date(2026, 4, 30)), rng.integers(1000, 9000, len(number))
    cells = {column.heading: _cells(rng, feed, column, number, codes, begun, size, month) for column in feed.columns}
    wrong = next((column.heading for column in feed.columns if column.required and not column.key and column.kind in _WRONG), None)
    table = pl.DataFrame(cells)
    if wrong:
        table = table.with_columns(pl.when(pl.Series(number % BAD_EVERY == BAD_EVERY - 1)).then(pl.lit("坏值")).otherwise(wrong).alias(wrong))
    return table


def _cells(rng: np.random.Generator, feed: type[Feed], column: Column, number: np.ndarray, codes: pl.Series, begun: pl.Series, size: np.ndarray,
           month: str) -> pl.Series:
    count = len(number)
    match column.kind:
        case Kind.TEXT:
            return _text(rng, feed, column, number, codes)
        case Kind.WORD | Kind.WORDS:
            return pl.Series(list(column.words), dtype=pl.String).gather(number % len(column.words)) if column.key else picked(
                rng, count, list(column.words) if column.name != "validity" else ["有效"])
        case Kind.YES_NO:
            return picked(rng, count, ("是", "否"))
        case Kind.DAY:
            return written(rng, begun.dt.offset_by(f"{10 * _place(feed, column)}d"))
        case Kind.PERIOD:
            return pl.Series([f"{month[:4]}年{int(month[4:])}月"]).gather(np.zeros(count, dtype=np.int64))
        case Kind.SHARE:
            return pl.Series([_SHARES[_place(feed, column)]]).gather(np.zeros(count, dtype=np.int64))
        case Kind.PERSONAL:
            return picked(rng, count, ("甲", "乙", "丙"))
        case _:
            return pl.Series(size % int(column.high) + 1 if column.high else size // 2 ** _place(feed, column)).cast(pl.String)


def _place(feed: type[Feed], column: Column) -> int:
    """Which a column is of days in order, of shares that make a whole, or how deep a part of a part: 0 where no rule is about it."""
    depth = 0
    for rule in feed.rules:
        match rule:
            case InOrder(days=names) | SumToOne(shares=names):
                depth = max(depth, names.index(column.name) if column.name in names else 0)
            case AtMost(part=part, whole=whole) if part == column.name:
                depth = 1 + max((_place(feed, each) for each in feed.columns if each.name == whole), default=0)
    return depth


def _text(rng: np.random.Generator, feed: type[Feed], column: Column, number: np.ndarray, codes: pl.Series) -> pl.Series:
    count, listed = len(number), _LISTED.get(column.name)
    if column.pattern:
        return numbered("{}", number, 64)
    if column.name.startswith("parent_"):
        return pl.Series([""]).gather(np.zeros(count, dtype=np.int64))
    if column.name == "org_id" or column.name.endswith("_org_id"):
        return codes.gather(number % len(codes) if column.key else rng.integers(0, len(codes), count))
    if column.name in ("zone_name", "space_name"):
        return picked(rng, count, SPACES, SPACE_SHARES)
    if column.name == "unit_name":
        return picked(rng, count, ("科技局", "工信局", "财政局", "促进中心"))
    if column.name == "clause_id":
        return numbered("C{}", rng.integers(1, 88, count), 2)
    if column.key or listed:
        return numbered((listed or feed.name).upper() + "-{}", number if column.key else rng.integers(0, count, count))
    return numbered(column.heading + "{}", rng.integers(0, 1000, count), 3)
