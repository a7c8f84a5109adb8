"""How a share is said: in per cent with one decimal, and never 100 % of what is not yet reached."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

TENTH = Decimal("0.1")


def percent(share: Decimal) -> str:
    """0.4824 → 48.2%. A share below 1 that would round to 100.0% is said as 99.9%."""
    shown = (share * 100).quantize(TENTH, ROUND_HALF_UP)
    return f"{min(shown, Decimal('99.9')) if share < 1 else shown}%"


def points(difference: Decimal) -> str:
    """The distance between two shares in percentage points, without its sign: −0.0153 → 1.5."""
    return str((abs(difference) * 100).quantize(TENTH, ROUND_HALF_UP))
