"""The state of one reading of a goal, in one sentence."""

from __future__ import annotations

from decimal import Decimal

from analytics.burnup import Burnup
from analytics.format import Amount, percent
from analytics.zones import Zone
from language import _, named


def goal_finding(seen: Burnup, amount: Amount, zone: Zone | None) -> str:
    """The finding of the chosen reading, in one sentence."""
    card = seen.card
    what = named(card.headline.metric)
    if zone:
        what = _("{zone}：{what}", zone=named(zone), what=what)
    value = amount.said(card.value)
    if card.value is None:
        return _("{what}因缺报尚不能知道", what=what)
    if not seen.is_measured:
        whole = sum((value for value in card.zones.values() if value), Decimal(0))
        if zone and whole:
            return _("{what} {value}，占全部空间的 {share}", what=what, value=value, share=percent(card.value / whole))
        return f"{what} {value}"
    if card.share is None:
        return _("{what}已达到 {value}，共 {target}", what=what, value=value, target=amount.with_unit(amount.target(card.goal.target)))
    done = _("{what} {value}，为目标的 {share}", what=what, value=value, share=percent(card.share))
    return _("{done}：{clauses}", done=done, clauses=_("，").join(part for part in (_against_plan(seen, amount), _needed(seen, amount)) if part))


def _against_plan(seen: Burnup, amount: Amount) -> str:
    if seen.planned_now is None or seen.card.value is None:
        return ""
    ahead = seen.card.value - seen.planned_now
    text = amount.rate(abs(ahead))
    if not any(digit in text for digit in "123456789"):
        return _("与拟定计划线持平")
    return _("比拟定计划线多 {amount}", amount=amount.with_unit(text)) if ahead > 0 else _("比拟定计划线少 {amount}", amount=amount.with_unit(text))


def _needed(seen: Burnup, amount: Amount) -> str:
    card = seen.card
    if card.gap == 0:
        return _("已达到目标")
    if card.pace == "rate":
        return _("此后每月需 {amount}", amount=amount.with_unit(amount.rate(card.required_per_month)))
    return _("距目标尚差 {amount}", amount=amount.said(card.gap))
