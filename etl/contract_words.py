"""A feed's declaration said in words: what a report is, what a cell of each column holds, what a row must fulfil."""

from __future__ import annotations

import sys
from collections.abc import Mapping

from etl.contract import AtMost, Column, Feed, InOrder, Kind, RowRule, SumToOne

KINDS = {Kind.TEXT: "文字", Kind.WORD: "选一", Kind.WORDS: "选多", Kind.DAY: "日期", Kind.PERIOD: "期间", Kind.MONEY: "金额", Kind.NUMBER: "数",
         Kind.INTEGER: "整数", Kind.SHARE: "比例", Kind.YES_NO: "是/否", Kind.PERSONAL: "个人信息"}


def summary(feed: type[Feed]) -> str:
    """The Chinese half of the module's first line."""
    return (sys.modules[feed.__module__].__doc__ or feed.title).splitlines()[0].partition("。")[0] + "。"


def meaning(column: Column) -> str:
    """What a cell of the column holds, in words."""
    told = KINDS[column.kind]
    match column.kind:
        case Kind.WORD | Kind.WORDS:
            told += f"：{'、'.join(vocabulary(column).values())}"
        case Kind.MONEY:
            told += f"（列名、单位列、表头都没有写单位的，按{column.unit}）"
        case Kind.DAY | Kind.PERIOD:
            told += "，可在将来" if column.ahead else ""
        case Kind.PERSONAL:
            told += "：只留在原件中，不进入任何表"
        case Kind.SHARE:
            told += "，0–1 或百分数"
    if column.kind in (Kind.NUMBER, Kind.INTEGER):
        told += {(False, False): "", (True, False): f"，不小于 {column.low:g}" if column.low is not None else "",
                 (True, True): f"，{column.low or 0:g} 到 {column.high or 0:g}"}.get((column.low is not None, column.high is not None), "")
    return told + (f"，格式 `{column.pattern}`" if column.pattern else "")


def vocabulary(column: Column) -> dict[str, str]:
    """Code → the word that messages use."""
    first: dict[str, str] = {}
    for word, code in column.words.items():
        first.setdefault(code, word)
    return first


def rule_sentence(rule: RowRule, titles: Mapping[str, str]) -> str:
    """What the cells of one row must fulfil together, in words. `titles`: column → heading."""
    match rule:
        case InOrder():
            return "日期先后：" + " ≤ ".join(titles[name] for name in rule.days)
        case AtMost():
            return f"{titles[rule.part]} ≤ {titles[rule.whole]}"
        case SumToOne():
            return f"{' + '.join(titles[name] for name in rule.shares)} = 1（容许 0.01）"
