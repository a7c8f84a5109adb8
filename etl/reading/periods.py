"""Periods written in words: 2026年1—9月, 2026Q3, 截至2026年10月31日, in cells, in titles and in file names."""

from __future__ import annotations

import calendar
import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date

Span = tuple[date, date]
Stated = tuple[date | None, date]

_FIGURES = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_CHINESE_YEAR = re.compile(r"[一二][〇○零一二三四五六七八九]{3}(?=年)")
_ONES = "[一二三四五六七八九]"
_CHINESE_DAY = re.compile(rf"(?<=年)(?:十[一二]?|{_ONES})(?=月)|(?<=月)(?:[一二三]?十{_ONES}?|廿{_ONES}?|{_ONES})(?=[日号])")
_QUARTER = {"1": 1, "2": 2, "3": 3, "4": 4, "一": 1, "二": 2, "三": 3, "四": 4}
_YEAR = r"(?P<y>(?:19|20)\d\d)"
_TO = r"(?:-|至|到)"
_MONTH_END = r"月份?(?!\d)"
# Longest first: where two forms begin at the same place, the earlier one is meant.
_WORDED = [
    rf"{_YEAR}年(?P<m>\d{{1,2}})月?{_TO}(?P<y2>(?:19|20)\d\d)年(?P<m2>\d{{1,2}}){_MONTH_END}",
    rf"{_YEAR}年(?P<m>\d{{1,2}})月?{_TO}(?P<m2>\d{{1,2}}){_MONTH_END}",
    rf"{_YEAR}年(?P<m>\d{{1,2}})月(?P<d>\d{{1,2}})[日号]?(?!\d)",
    rf"{_YEAR}年(?P<m>\d{{1,2}}){_MONTH_END}",
    rf"{_YEAR}年?(?P<half>上半年|下半年|H[12])",
    rf"{_YEAR}年?前(?P<q2>[二三])季度",
    rf"{_YEAR}年?第?(?P<q>[1-4一二三四])季度",
    rf"{_YEAR}年?[-_]?Q(?P<q>[1-4])(?!\d)",
]
_WHOLE_YEAR = [rf"{_YEAR}年(?:度|全年|末|底)?(?![\d初前上下第一二三四半])"]
_DIGITS = [
    rf"{_YEAR}[-./_](?P<m>\d{{1,2}}){_TO}(?P<y2>(?:19|20)\d\d)[-./_](?P<m2>\d{{1,2}})(?![-./_]?\d)",
    rf"{_YEAR}(?P<m>\d\d){_TO}(?P<y2>(?:19|20)\d\d)(?P<m2>\d\d)(?!\d)",
    rf"{_YEAR}[-./_](?P<m>\d{{1,2}})[-./_](?P<d>\d{{1,2}})(?![-./_]?\d)",
    rf"{_YEAR}[-./_](?P<m>\d{{1,2}})(?![-./_]?\d)",
]
_COMPACT = [rf"{_YEAR}(?P<m>\d\d)(?P<d>\d\d)(?!\d)", rf"{_YEAR}(?P<m>\d\d)(?!\d)"]


def _forms(forms: list[str]) -> list[re.Pattern[str]]:
    return [re.compile(form) for form in forms]


_IN_CELL = _forms(_WORDED + _WHOLE_YEAR + _DIGITS + _COMPACT + [rf"{_YEAR}"])
_IN_LABEL = _forms(_WORDED + _WHOLE_YEAR + _DIGITS + _COMPACT)
# In a title, digits glued to letters, digits or a hyphen are a number of something (GZH-2025-10), not a date.
_IN_TITLE = _forms([rf"(?<!\d){form}" for form in _WORDED] + [rf"(?<![0-9A-Za-z_./-]){form}" for form in _DIGITS])
_IN_NAME = _forms([rf"(?<!\d){form}" for form in _WORDED + _DIGITS + _COMPACT])

_AS_OF = re.compile(r"截[至止]{1,2}到?(?:时间|日期)?[::]?|数据时点[::]?|时点[::]")
_PERIOD = re.compile(r"(?:报告期|统计期|所属期|统计期间|报告期间|数据期间|统计时间|期间|时期)别?[::]")
# The day of filling in, of printing or of an approval says nothing about the data: it goes, label and date.
_OTHER_DATE = re.compile(
    r"(?:填报|填表|制表|报送|上报|报出|打印|印发|编制|导出|更新|审核|批准|签发)(?:日期|时间)?[::]?"
    r"(?:(?:19|20)\d\d(?:年|[-./])\d{1,2}(?:月|[-./])?(?:\d{1,2}日?)?|(?:19|20)\d{6})"
)
_NOTE = re.compile(r"^[(\[]?(?:注|说明|备注|附注|数据来源|资料来源|填表|制表)")


def squeezed(text: str) -> str:
    """NFKC without white space, every dash a hyphen, dates in Chinese numerals in figures."""
    return in_figures(re.sub(r"[‐‑‒–—―−~∼〜]+", "-", "".join(unicodedata.normalize("NFKC", text).split())))


def in_figures(text: str) -> str:
    """The years, months and days of a text that are written in Chinese numerals in figures: 二〇二六年三月十五日 → 2026年3月15日."""
    text = _CHINESE_YEAR.sub(lambda found: found.group().translate(_FIGURES), text)
    return _CHINESE_DAY.sub(lambda found: str(_counted(found.group())), text)


def _counted(numeral: str) -> int:
    """A numeral up to 99: 十五 → 15, 廿一 → 21."""
    tens, ten, ones = numeral.replace("廿", "二十").rpartition("十")
    return (int((tens or "一").translate(_FIGURES)) * 10 if ten else 0) + int((ones or "零").translate(_FIGURES))


def month_end(year: int, month: int) -> date:
    """The last day of a month. Raises ValueError where there is no such month."""
    return date(year, month, calendar.monthrange(year, month)[1])


def span_of(text: str) -> Span | None:
    """The whole months a cell names, first to last day: 2026年1-2月, 2026-09, 2026Q1, 2026年; anything else → None.

    A cell holding the first of a month counts as that month: this is what spreadsheets make of a typed `2026-09`.
    """
    plain = re.sub(r"T?00:00:00$", "", squeezed(text))
    for form in _IN_CELL:
        if found := form.fullmatch(plain):
            start, end = _dated(found) or (None, None)
            if start and end:
                return start, end
            return (end, month_end(end.year, end.month)) if end and end.day == 1 else None
    return None


def stated_period(texts: Iterable[str]) -> Stated | None:
    """The period the texts around a table state, as (from, as-of); from is None where only an as-of is stated.

    A labelled 截至… outweighs a labelled 报告期, and this a month in a title. The day of filling in, digits that belong to a
    number and a bare year are no statement; a title that names two months is none either.
    """
    lines = [_OTHER_DATE.sub("", squeezed(text)) for text in texts]
    bodies = [line for line in lines if not _NOTE.match(line)]
    as_of = _after(_AS_OF, bodies) or _after(_AS_OF, lines)
    labelled = _after(_PERIOD, bodies)
    if as_of:
        start = labelled[0] if labelled and labelled[0] and labelled[0] <= as_of[1] else None
        return start, as_of[1]
    if labelled:
        return labelled
    for line in bodies:
        if found := _only(_all(_IN_TITLE, line)):
            return found
    return None


def period_in_name(name: str) -> Stated | None:
    """The period a file name carries (202610, 2026年9月, 2026-10, 20261031, 2026Q3); two different ones → None.

    A month or quarter outweighs a day: the day is then when the file was written.
    """
    found = list(_all(_IN_NAME, squeezed(name.rpartition(".")[0] or name)))
    return _only([stated for stated in found if stated[0] is not None] or found)


def _dated(found: re.Match[str]) -> Stated | None:
    """The dates of a match; None where the calendar has no such date."""
    part = {name: value for name, value in found.groupdict().items() if value is not None}
    year = int(part["y"])
    first, last = 1, 12
    if "q" in part:
        first, last = 3 * _QUARTER[part["q"]] - 2, 3 * _QUARTER[part["q"]]
    elif "q2" in part:
        last = 3 * _QUARTER[part["q2"]]
    elif "half" in part:
        first, last = (1, 6) if part["half"] in ("上半年", "H1") else (7, 12)
    elif "m" in part:
        first, last = int(part["m"]), int(part.get("m2", part["m"]))
    try:
        if "d" in part:
            return None, date(year, first, int(part["d"]))
        span = date(year, first, 1), month_end(int(part.get("y2", year)), last)
    except ValueError:
        return None
    return span if span[0] <= span[1] else None


def _all(forms: list[re.Pattern[str]], text: str) -> Iterator[Stated]:
    """Every period in a text, the longest form at each place."""
    taken: list[tuple[int, int]] = []
    for form in forms:
        for found in form.finditer(text):
            if all(found.end() <= start or end <= found.start() for start, end in taken):
                taken.append(found.span())
                if stated := _dated(found):
                    yield stated


def _after(label: re.Pattern[str], lines: list[str]) -> Stated | None:
    """What stands directly after the first label that a period follows."""
    for line in lines:
        for found in label.finditer(line):
            for form in _IN_LABEL:
                if (stated := form.match(line, found.end())) and (dated := _dated(stated)):
                    return dated
    return None


def _only(found: Iterable[Stated]) -> Stated | None:
    """The one period of several mentions; None where they differ."""
    different = set(found)
    return different.pop() if len(different) == 1 else None
