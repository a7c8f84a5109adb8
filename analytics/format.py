"""How numbers, units and dates are written for readers; what cannot be known is “—”, never 0."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from analytics.goal_card import GoalCard
from analytics.share import percent, points
from analytics.units import PERCENT, RATIO, YUAN
from language import N_, Named, _, named, spoken

__all__ = ["UNKNOWN", "Amount", "Money", "count", "day", "goal_money", "money_unit", "one_decimal", "percent", "points", "short"]

UNKNOWN = "—"
# From which amount on a page says its money in which unit; English has no word for 亿 and 万.
SCALES = {"zh": ((10**8, N_("亿元"), "0.01"), (10**4, N_("万元"), "0.1")), "en": ((10**6, N_("百万元"), "0.1"), (10**3, N_("千元"), "0.1"))}


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
    """One unit for a whole page, by its largest amount: 亿元 or 万元."""
    largest = max((abs(value) for value in values if value is not None), default=Decimal(0))
    scales = SCALES[spoken()]
    cny, unit, decimals = next((scale for scale in scales if largest >= scale[0]), scales[-1])
    return Money(unit=_(unit), cny=Decimal(cny), decimals=Decimal(decimals))


def goal_money(cards: Iterable[GoalCard]) -> Money:
    """The unit for a page that shows these goals."""
    return money_unit(figure.value for card in cards if card.goal.unit == YUAN for figure in (card.headline, *card.readings))


def short(place: Named) -> str:
    """The name of a zone or milestone without the words that all carriers share."""
    return named(place).removesuffix("产业承载区")


class Amount:
    """How the amounts of one metric are written: counts as they are, money in the unit of the page. `unit`: 项, 次, 元, as the dictionary says it."""

    def __init__(self, unit: str, money: Money) -> None:
        self.money = money
        self._money = money if unit == YUAN else None
        self.is_money = unit == YUAN
        self.is_share = unit == PERCENT
        self._is_bare = unit in (PERCENT, RATIO)  # a share carries its sign, a ratio has no unit
        self.unit = self._money.unit if self._money else _(unit)

    def number(self, value: Decimal | None) -> float | None:
        """In the unit, for a drawing."""
        return None if value is None else float(value / self._money.cny if self._money else value * 100 if self.is_share else value)

    def text(self, value: Decimal | None) -> str:
        """Without the unit, but for a share, which is said in per cent."""
        if self.is_share:
            return UNKNOWN if value is None else percent(value)
        return self._money.text(value) if self._money else count(_short(value))

    def rate(self, value: Decimal | None) -> str:
        return self._money.text(value) if self._money else one_decimal(value)

    def target(self, value: Decimal) -> str:
        """Without the decimals that say nothing: 20, not 20.00."""
        text = self.text(value)
        return text.rstrip("0").rstrip(".") if "." in text else text

    def with_unit(self, text: str) -> str:
        """A number and its unit: 52 项; a ratio has none."""
        return text if text == UNKNOWN or self._is_bare else f"{text} {self.unit}"

    def said(self, value: Decimal | None) -> str:
        """A value with its unit."""
        return self.with_unit(self.text(value))


def _short(value: Decimal | None) -> Decimal | None:
    """With two decimals at most: a quotient has many."""
    return None if value is None else value.quantize(Decimal("0.01"), ROUND_HALF_UP)


def day(on: dt.date | None, precision: str = "D") -> str:
    """As precisely as it is known: 2026-03-31, 2026年3月, 2026年第1季度, 2026年上半年, 2026年. A month is never shown as a day."""
    if on is None:
        return UNKNOWN
    match precision:
        case "M":
            return _("{year}年{month}月", year=on.year, month=on.month)
        case "Q":
            return _("{year}年第{quarter}季度", year=on.year, quarter=(on.month + 2) // 3)
        case "H":
            return _("{year}年上半年", year=on.year) if on.month <= 6 else _("{year}年下半年", year=on.year)
        case "Y":
            return _("{year}年", year=on.year)
        case _:
            return f"{on:%Y-%m-%d}"
