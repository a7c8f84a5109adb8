"""The peers: the same cleaning in pandas, and the same bytes into DuckDB tables without any cleaning."""

from __future__ import annotations

import multiprocessing as mp
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Literal

import duckdb
import pandas as pd

YES_NO = {"是": True, "否": False}
DAY_FORMS = ("%Y-%m-%d", "%Y/%m/%d", "%Y年%m月%d日")
SPAN = r"(?P<year>\d{4})年(?:(?P<first>\d{1,2})-)?(?P<last>\d{1,2})月"
YUAN_PER_UNIT = {"元": 1, "千元": 1_000, "万元": 10_000, "亿元": 100_000_000}
Parser = Literal["c", "pyarrow"]


@dataclass(frozen=True, kw_only=True)
class Field:
    """A column as the contract of its feed has it, told in plain types: the processes of pandas load nothing of ours."""

    name: str
    kind: str
    headings: tuple[str, ...]
    is_key: bool
    is_required: bool
    words: Mapping[str, str]
    unit: str
    pattern: str | None
    low: float | None
    high: float | None


@dataclass(kw_only=True)
class Cleaning:
    """One file on its way: `typed` columns grow, `reasons` collect what is wrong."""

    received_on: pd.Timestamp
    typed: dict[str, pd.Series] = field(default_factory=dict)
    reasons: list[pd.DataFrame] = field(default_factory=list)

    def refuse(self, cells: pd.Series, wrong: pd.Series, heading: str, expected: str) -> None:
        """Note a reason for the rows where `wrong` holds."""
        if wrong.any():
            value = cells[wrong]
            said = ("，填的是“" + value + "”").fillna("，没有填")
            self.reasons.append(pd.DataFrame({"row": value.index, "heading": heading, "value": value, "reason": f"{heading}：{expected}" + said}))


def load_bare(tables: Mapping[str, Sequence[Path]], database: Path) -> None:
    """Each group of CSV files into one table of a new database file, every column as text."""
    with duckdb.connect(str(database)) as con:
        for name, paths in tables.items():
            con.execute(f"CREATE TABLE {name} AS FROM read_csv({[str(path) for path in paths]}, all_varchar = true)")


def clean_all(feeds: Sequence[Sequence[Field]], paths: Sequence[Path], folder: Path, received_on: str, *, workers: int, parser: Parser) -> tuple[int, int]:
    """Clean the files, the largest first, `workers` at a time. Returns how many rows were accepted and refused."""
    by_size = sorted(paths, key=lambda path: -path.stat().st_size)
    cleaner = partial(clean, feeds, folder=folder, received_on=received_on, parser=parser)
    if workers == 1:
        counts = [cleaner(path) for path in by_size]
    else:
        with mp.get_context("spawn").Pool(workers) as pool:
            counts = list(pool.imap_unordered(cleaner, by_size))
    return sum(accepted for accepted, _ in counts), sum(refused for _, refused in counts)


def clean(feeds: Sequence[Sequence[Field]], path: Path, *, folder: Path, received_on: str, parser: Parser) -> tuple[int, int]:
    """Clean one file into accepted, refused and reasons, as Parquet below `folder`."""
    sent = pd.read_csv(path, dtype=str, engine=parser)
    sent.index += 2  # the row as Excel shows it
    there = {re.sub(r"\(.*\)", "", heading): heading for heading in sent.columns}
    feed = next(feed for feed in feeds if all(_heading(column, there) for column in feed if column.is_required))
    cleaning = Cleaning(received_on=pd.Timestamp(received_on))
    for column in feed:
        heading = _heading(column, there)
        cells = sent[there[heading]].str.strip() if heading else pd.Series(pd.NA, index=sent.index, dtype="str")
        cells = cells.replace("", pd.NA)
        READ[column.kind](column, cells, cleaning)
        if column.is_required:
            cleaning.refuse(cells, cells.isna(), column.headings[0], "必填")
    return _written(feed, path, sent[[there[heading] for column in feed if (heading := _heading(column, there))]], cleaning, folder)


def _heading(column: Field, there: Mapping[str, str]) -> str | None:
    return next((heading for heading in column.headings if heading in there), None)


def _written(feed: Sequence[Field], path: Path, sent: pd.DataFrame, cleaning: Cleaning, folder: Path) -> tuple[int, int]:
    typed = pd.DataFrame(cleaning.typed)
    keys = [name for column in feed if column.is_key for name in typed.columns if name in (column.name, f"{column.name}_from", f"{column.name}_to")]
    twice = typed.duplicated(keys, keep=False)
    cleaning.refuse(sent.iloc[:, 0], twice, "、".join(column.headings[0] for column in feed if column.is_key), "编号重复")
    reasons = pd.concat(cleaning.reasons) if cleaning.reasons else pd.DataFrame({"row": []})
    is_refused = typed.index.isin(reasons["row"])
    out = folder / "-".join(path.parts[-3:])
    out.mkdir(parents=True)
    refused = sent[is_refused]
    cells = pd.DataFrame({"row": refused.index, "cells": [line for line in refused.to_json(orient="records", lines=True, force_ascii=False).splitlines() if line]})
    for name, frame in (("accepted", typed[~is_refused].reset_index(names="row")), ("refused", cells), ("reasons", reasons)):
        frame.to_parquet(out / f"{name}.parquet", compression="lz4", index=False)
    return len(typed) - len(refused), len(refused)


def _text(column: Field, cells: pd.Series, cleaning: Cleaning) -> None:
    cleaning.typed[column.name] = cells
    if column.pattern:
        cleaning.refuse(cells, cells.notna() & ~cells.str.fullmatch(column.pattern).fillna(False).astype(bool), column.headings[0], "格式不对")


def _word(column: Field, cells: pd.Series, cleaning: Cleaning) -> None:
    codes = cells.map(column.words if column.words else YES_NO)
    cleaning.typed[column.name] = codes
    cleaning.refuse(cells, cells.notna() & codes.isna(), column.headings[0], f"应为 {'、'.join(column.words or YES_NO)} 之一")


def _words(column: Field, cells: pd.Series, cleaning: Cleaning) -> None:
    def coded(text: str) -> str | None:
        found = [column.words.get(word) for word in re.split("[、,，;；/]", text)]
        return None if None in found else "|".join(dict.fromkeys(filter(None, found)))

    codes = cells.map({text: coded(text) for text in cells.dropna().unique()})
    cleaning.typed[column.name] = codes
    cleaning.refuse(cells, cells.notna() & codes.isna(), column.headings[0], f"应为 {'、'.join(column.words)}（可填多个）")


def _day(column: Field, cells: pd.Series, cleaning: Cleaning) -> None:
    days = pd.to_datetime(cells, format=DAY_FORMS[0], errors="coerce")
    for form in DAY_FORMS[1:]:
        rest = cells[days.isna() & cells.notna()]
        days = days.fillna(pd.to_datetime(rest, format=form, errors="coerce").reindex(days.index))
    rest = cells[days.isna() & cells.notna()]
    months = pd.to_datetime(rest, format="%Y年%m月", errors="coerce").reindex(days.index)
    precision = pd.Series("D", index=cells.index, dtype="str").where(days.notna(), pd.Series("M", index=cells.index, dtype="str").where(months.notna()))
    first = days.fillna(months)
    cleaning.typed[column.name] = days.fillna(months + pd.offsets.MonthEnd(0))
    cleaning.typed[f"{column.name.removesuffix('_on')}_precision"] = precision
    cleaning.refuse(cells, cells.notna() & first.isna(), column.headings[0], "应为日期（如 2026-03-31）")
    cleaning.refuse(cells, first > cleaning.received_on, column.headings[0], "在将来")


def _period(column: Field, cells: pd.Series, cleaning: Cleaning) -> None:
    parts = cells.drop_duplicates().str.extract(SPAN)
    first = pd.to_datetime(parts["year"] + "-" + parts["first"].fillna(parts["last"]), format="%Y-%m", errors="coerce")
    last = pd.to_datetime(parts["year"] + "-" + parts["last"], format="%Y-%m", errors="coerce") + pd.offsets.MonthEnd(0)
    texts = cells.drop_duplicates()
    cleaning.typed[f"{column.name}_from"] = cells.map(dict(zip(texts, first, strict=True)))
    cleaning.typed[f"{column.name}_to"] = cells.map(dict(zip(texts, last, strict=True)))
    cleaning.refuse(cells, cells.notna() & cleaning.typed[f"{column.name}_to"].isna(), column.headings[0], "应为期间（如 2026年1-3月）")


def _number(column: Field, cells: pd.Series, cleaning: Cleaning) -> None:
    is_percent = cells.str.endswith("%").fillna(False).astype(bool)
    numbers = pd.to_numeric(cells.str.rstrip("%").str.replace(",", ""), errors="coerce")
    numbers = numbers.where(~is_percent, numbers / 100)
    if column.kind == "money":
        numbers = (numbers * YUAN_PER_UNIT[column.unit]).round(2)
    cleaning.refuse(cells, cells.notna() & numbers.isna(), column.headings[0], "应为一个数")
    low, high = -float("inf") if column.low is None else column.low, float("inf") if column.high is None else column.high
    cleaning.refuse(cells, numbers.notna() & ~numbers.between(low, high), column.headings[0], f"应在 {low:g} 到 {high:g} 之间")
    cleaning.typed[column.name] = numbers.astype("Int64") if column.kind == "integer" else numbers


READ: dict[str, Callable[[Field, pd.Series, Cleaning], None]] = {
    "text": _text, "word": _word, "yes_no": _word, "words": _words, "day": _day, "period": _period, "money": _number, "share": _number,
    "number": _number, "integer": _number}
