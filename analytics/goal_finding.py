"""The state of one reading of a goal, in one sentence."""

from __future__ import annotations

from decimal import Decimal

from analytics.burnup import Burnup
from analytics.format import Amount, percent
from analytics.zones import Zone


def goal_finding(seen: Burnup, amount: Amount, zone: Zone | None) -> str:
    """The finding of the chosen reading, in one sentence."""
    card = seen.card
    what = (f"{zone.name_zh}：" if zone else "") + card.headline.metric.name_zh
    if card.value is None:
        return f"{what}因缺报尚不能知道"
    if not seen.is_measured:
        whole = sum((value for value in card.zones.values() if value), Decimal(0))
        return f"{what} {amount.said(card.value)}" + (f"，占全部空间的 {percent(card.value / whole)}" if zone and whole else "")
    if card.share is None:
        return f"{what}已达到 {amount.said(card.value)}，共 {amount.target(card.goal.target)}"
    done = f"{what} {amount.said(card.value)}，为目标的 {percent(card.share)}"
    return done + "：" + "，".join(part for part in (_against_plan(seen, amount), _needed(seen, amount)) if part)


def _against_plan(seen: Burnup, amount: Amount) -> str:
    if seen.planned_now is None or seen.card.value is None:
        return ""
    ahead = seen.card.value - seen.planned_now
    text = amount.rate(abs(ahead))
    if not any(digit in text for digit in "123456789"):
        return "与拟定计划线持平"
    return f"比拟定计划线{'多' if ahead > 0 else '少'} {text} {amount.unit}"


def _needed(seen: Burnup, amount: Amount) -> str:
    card = seen.card
    if card.gap == 0:
        return "已达到目标"
    return f"此后每月需 {amount.rate(card.required_per_month)} {amount.unit}" if card.pace == "rate" else f"距目标尚差 {amount.said(card.gap)}"
