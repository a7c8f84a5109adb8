"""The cells of one column in pandas: texts into typed values, and a reason for each that cannot be read."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import pandas as pd

YES_NO = {"是": True, "否": False}
DAY_FORMS = ("%Y-%m-%d", "%Y/%m/%d", "%Y年%m月%d日")
SPAN = r"(?P<year>\d{4})年(?:(?P<first>\d{1,2})-)?(?P<last>\d{1,2})月"
WIDE = "[\uff01-\uff5e\u3000]"
YUAN_PER_UNIT = {"元": 1, "千元": 1_000, "万元": 10_000, "亿元": 100_000_000}


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
    null_marks: tuple[str, ...]
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


def solid(cells: pd.Series, column: Field) -> pd.Series:
    """Trimmed, in narrow signs, null marks null. Only the cells with a wide sign are normalised, which is slow."""
    cells = cells.str.strip()
    is_wide = cells.str.contains(WIDE).fillna(False).astype(bool)
    if is_wide.any():
        cells = cells.where(~is_wide, cells[is_wide].str.normalize("NFKC").reindex(cells.index))
    return cells.mask(cells.isin(column.null_marks))


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
