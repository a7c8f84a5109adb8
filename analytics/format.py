"""How numbers and dates are written for readers; what cannot be known is “—”, never 0."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from analytics.goal_card import GoalCard
from analytics.share import percent, points

__all__ = ["UNKNOWN", "Amount", "Money", "count", "day", "goal_money", "money_unit", "month", "one_decimal", "percent", "points"]

UNKNOWN = "—"


def count(value: Decimal | int | None) -> str:
    """1234 → 1,234; a count that is no whole number keeps its digits."""
    if value is None:
        return UNKNOWN
    return f"{int(value):,}" if value == int(value) else f"{Decimal(value).normalize():,f}"


def one_decimal(value: Decimal | None) -> str:
    """A rate: 3.83 → 3.8."""
    return UNKNOWN if value is None else f"{value.quantize(Decimal('0.1'), ROUND_HALF_UP):,}"


@dataclass(frozen=True, kw_only=True)
class Money:
    """The unit that a page says its money in. Values come in 元."""

    unit: str
    cny: Decimal
    decimals: Decimal

    def text(self, value: Decimal | None) -> str:
        """The number without its unit. An amount too small for the decimals is said to be below them, never 0."""
        if value is None:
            return UNKNOWN
        shown = (value / self.cny).quantize(self.decimals, ROUND_HALF_UP)
        return f"<{self.decimals}" if value > 0 and not shown else f"{shown:,}" if value else "0"


def money_unit(values: Iterable[Decimal | None]) -> Money:
    """One unit for a whole page: 亿元 where the largest amount reaches it, else 万元."""
    largest = max((abs(value) for value in values if value is not None), default=Decimal(0))
    if largest >= 10**8:
        return Money(unit="亿元", cny=Decimal(10**8), decimals=Decimal("0.01"))
    return Money(unit="万元", cny=Decimal(10**4), decimals=Decimal("0.1"))


def goal_money(cards: Iterable[GoalCard]) -> Money:
    """The unit for a page that shows these goals."""
    return money_unit(figure.value for card in cards if card.goal.unit == "元" for figure in (card.headline, *card.readings))


class Amount:
    """How the amounts of a goal are written: counts as they are, money in the unit of the page."""

    def __init__(self, unit: str, money: Money) -> None:
        self._money = money if unit == "元" else None
        self.unit = self._money.unit if self._money else unit

    def number(self, value: Decimal | None) -> float | None:
        """In the unit, for a drawing."""
        return None if value is None else float(value / self._money.cny if self._money else value)

    def text(self, value: Decimal | None) -> str:
        return self._money.text(value) if self._money else count(value)

    def rate(self, value: Decimal | None) -> str:
        return self._money.text(value) if self._money else one_decimal(value)

    def said(self, value: Decimal | None) -> str:
        """With its unit: 52 项; of a target without decimals that say nothing."""
        return UNKNOWN if value is None else f"{self.text(value)} {self.unit}"

    def target(self, value: Decimal) -> str:
        text = self.text(value)
        return f"{text.rstrip('0').rstrip('.') if '.' in text else text} {self.unit}"


def day(on: dt.date | None, precision: str = "D") -> str:
    """As precisely as it is known: 2026-03-31, 2026年3月, 2026年第1季度, 2026年. A month is never shown as a day."""
    if on is None:
        return UNKNOWN
    return {"D": f"{on:%Y-%m-%d}", "M": f"{on.year}年{on.month}月", "Q": f"{on.year}年第{(on.month + 2) // 3}季度", "Y": f"{on.year}年"}[precision]


def month(ends_on: dt.date) -> str:
    """The month that ends on a day, without its year: 10月."""
    return f"{ends_on.month}月"
