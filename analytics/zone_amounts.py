"""How the values of a measure are written: counts and money as everywhere, ratios in per cent, densities for each km²."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

from analytics.format import UNKNOWN, Amount, money_unit
from analytics.share import percent
from analytics.units import YUAN
from analytics.zone_measures import Measure
from language import _

HUNDREDTH = Decimal("0.01")


class Ratio(Amount):
    """0.825 → 82.5%."""

    def __init__(self) -> None:
        super().__init__("", money_unit(()))

    def number(self, value: Decimal | None) -> float | None:
        return None if value is None else float(value * 100)

    def text(self, value: Decimal | None) -> str:
        return UNKNOWN if value is None else percent(value)

    def with_unit(self, text: str) -> str:
        return text


class Density(Amount):
    """1.94 项/平方千米."""

    def __init__(self, unit: str, values: Iterable[Decimal | None]) -> None:
        super().__init__(unit, money_unit(values))
        self.unit = _("{unit}/平方千米", unit=self.unit)

    def text(self, value: Decimal | None) -> str:
        if value is None or self.is_money:
            return super().text(value)
        shown = value.quantize(HUNDREDTH, ROUND_HALF_UP)
        return f"<{HUNDREDTH}" if value > 0 and not shown else f"{shown:,}" if value else "0"


def amount_of(measure: Measure, *, density_of: Iterable[Decimal | None] | None = None) -> Amount:
    """Of the values of a measure; `density_of`: the values for each km², where those are shown."""
    if measure.is_ratio:
        return Ratio()
    unit = measure.metric.unit
    if density_of is not None:
        return Density(unit, density_of)
    return Amount(unit, money_unit(measure.zones.values() if unit == YUAN else ()))
