"""What a column of a contract wants, in the words of who fills it in."""

from __future__ import annotations

import re
from collections.abc import Sequence

from etl.contract import Column, Feed, Kind, SumToOne
from etl.parsing.cell import is_code

_EXAMPLES = ("XM-2026-001", "91620100MA00000A1X", "2026-001", "C2614", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "1", "A")
_SEPARATOR = "、"


def choices(column: Column) -> tuple[str, ...]:
    """The words a cell may hold, one per meaning, as people write them; none where it is no vocabulary."""
    if column.kind is Kind.YES_NO:
        return "是", "否"
    first: dict[str, str] = {}
    for word, code in column.words.items():
        first.setdefault(code, word)
    return tuple(first.values())


def heading(column: Column) -> str:
    """As the form shows it: a star where it must be filled, the unit of money behind it."""
    unit = f"（{column.unit}）" if column.kind is Kind.MONEY else ""
    return f"{'*' if column.required else ''}{column.heading}{unit}"


def how(column: Column) -> str:
    """How to fill a cell, in a sentence."""
    match column.kind:
        case Kind.WORD:
            return "从下拉列表中选一个"
        case Kind.YES_NO:
            return "选 是 或 否"
        case Kind.WORDS:
            return f"可填几个，中间用“{_SEPARATOR}”隔开"
        case Kind.DAY:
            return "日期，如 2026-03-31；只知道月份的写 '2026年3月（前面的英文单引号使表格软件不改它）"
        case Kind.PERIOD:
            return "期间，如 2026年9月、2026年1-9月、2026年；按文本填"
        case Kind.MONEY:
            return f"金额，只填数，单位为{column.unit}"
        case Kind.SHARE:
            return "比例，0 到 1 之间，如 35% 或 0.35"
        case Kind.NUMBER:
            return f"一个数{_range(column)}"
        case Kind.INTEGER:
            return f"一个整数{_range(column)}"
        case _ if is_code(column):
            return "编号，按文本填，前面的 0 和全部位数都保留" + ("；每行不同，不重复" if column.key else "")
        case _:
            return "文字"


def examples(feed: type[Feed]) -> dict[str, str]:
    """A row that would be accepted, by the columns' names; blank where nothing general can be said."""
    row = {column.name: _example(column) for column in feed.columns}
    for rule in feed.rules:
        if isinstance(rule, SumToOne):
            row |= dict.fromkeys(rule.shares, "0%") | {rule.shares[0]: "60%", rule.shares[-1]: "40%"}
    return row


def _example(column: Column) -> str:
    words = choices(column)
    match column.kind:
        case Kind.WORD | Kind.YES_NO:
            return words[0]
        case Kind.WORDS:
            return _SEPARATOR.join(words[:2])
        case Kind.DAY:
            return "2026-03-31"
        case Kind.PERIOD:
            return "2026年9月"
        case Kind.MONEY:
            return "1234.56"
        case Kind.SHARE:
            return "35%"
        case Kind.NUMBER | Kind.INTEGER:
            return f"{_middle(column):g}"
        case _ if column.pattern is not None:
            return next((text for text in _EXAMPLES if re.fullmatch(column.pattern, text)), "")
        case _ if "信用代码" in column.heading:
            return _EXAMPLES[1]
        case _ if is_code(column):
            return _EXAMPLES[0]
        case _:
            return "（文字）"


def alternatives(words: Sequence[str]) -> str:
    """A vocabulary on one line."""
    return _SEPARATOR.join(words)


def _range(column: Column) -> str:
    if column.low is not None and column.high is not None:
        return f"，{column.low:g} 到 {column.high:g} 之间"
    return f"，不小于 {column.low:g}" if column.low is not None else f"，不大于 {column.high:g}" if column.high is not None else ""


def _middle(column: Column) -> float:
    low, high = column.low, column.high
    if low is not None and high is not None:
        return float((low + high) // 2)
    return low if low is not None else min(3.0, high) if high is not None else 3.0
