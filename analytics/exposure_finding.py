"""The exposure in a sentence."""

from __future__ import annotations

from decimal import Decimal

from analytics.exposure import Exposure
from analytics.format import Money
from analytics.share import percent
from language import _, counted


def exposure_finding(seen: Exposure, money: Money) -> str:
    """The title: how much, in how many, and how concentrated."""
    if seen.total is None:
        return _("政府敞口不能知道：所需的报表还没有报齐")
    if not seen.total or seen.concentration is None:
        return _("没有政府敞口")
    much = money.text(seen.total)
    return counted("政府敞口{least} {much} {unit}，分布在 {n} 户：最大一户占 {one}，前五户占 {five}", seen.number, much=much, unit=money.unit,
                   least=_("至少") if is_minimum(seen) else "", one=percent(Decimal(str(seen.concentration.largest))),
                   five=percent(Decimal(str(seen.concentration.five_largest))))


def is_minimum(seen: Exposure) -> bool:
    """Whether some funds cannot be looked through entirely, so that more may be at risk."""
    return seen.looked_through is not None and seen.looked_through < 1
