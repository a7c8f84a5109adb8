"""What the cells of one row must satisfy together by their contract: days in order, a part within its whole, shares that make one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import polars as pl

from etl.contract import AtMost, Column, Feed, InOrder, RowRule, SumToOne
from etl.parsing.cell import shown
from etl.reading.dates import first_day

TOLERANCE = 0.01  # shares are rounded to whole per cents


def row_faults(feed: type[Feed], table: pl.DataFrame, texts: Mapping[int, pl.Series]) -> Iterator[tuple[int, pl.DataFrame]]:
    """Per rule and column the rows that break it: the number of the column it is told under, and a frame of at UInt32, reason.

    `table`: at and every typed column of the feed; `texts`: the cells as sent, by number of the column. What is blank or could
    not be read breaks no rule.
    """
    order = {column.name: number for number, column in enumerate(feed.columns)}
    for rule in feed.rules:
        for name, broken, reason in _told(rule, {column.name: column for column in feed.columns}):
            sent = [texts[order[each]].alias(f"{each} as sent") for each in _named(rule)]
            found = table.with_columns(sent).filter(broken).select("at", reason=reason)
            if found.height:
                yield order[name], found


def _named(rule: RowRule) -> tuple[str, ...]:
    """The columns a rule speaks of."""
    match rule:
        case InOrder():
            return rule.days
        case AtMost():
            return rule.part, rule.whole
        case SumToOne():
            return rule.shares


def _told(rule: RowRule, columns: Mapping[str, Column]) -> Iterator[tuple[str, pl.Expr, pl.Expr]]:
    """The column a breach is told under, what breaks, and what to say after its heading."""
    match rule:
        case InOrder():
            for number, later in enumerate(rule.days):
                for earlier in rule.days[:number]:
                    yield later, _known_from(earlier) > pl.col(later), _beside(later, "不应早于", earlier, columns)
        case AtMost():
            yield rule.part, pl.col(rule.part) > pl.col(rule.whole), _beside(rule.part, "不应大于", rule.whole, columns)
        case SumToOne():
            total = pl.sum_horizontal(pl.col(name).cast(pl.Float64) for name in rule.shares).round(6)
            told = [pl.col(name) for name in rule.shares]
            filled = pl.any_horizontal(each.is_not_null() for each in told) & pl.all_horizontal(each.is_between(0, 1).fill_null(value=True) for each in told)
            others = "、".join(columns[name].heading for name in rule.shares[1:])
            yield rule.shares[0], filled & ((total - 1).abs().round(6) > TOLERANCE), pl.format("与{}之和应为 1，现为 {}", pl.lit(others), total)


def _known_from(name: str) -> pl.Expr:
    return first_day(pl.col(name), pl.col(f"{name.removesuffix('_on')}_precision"))


def _beside(name: str, must: str, other: str, columns: Mapping[str, Column]) -> pl.Expr:
    """Both cells as the department wrote them: an amount in the unit of its column."""
    return pl.format("填的是{}，{}{}{}", shown(pl.col(f"{name} as sent")), pl.lit(must), pl.lit(columns[other].heading),
                     shown(pl.col(f"{other} as sent")))
