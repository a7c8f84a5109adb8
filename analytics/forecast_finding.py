"""The chance of a goal in a sentence, and the words of its limiting transitions."""

from __future__ import annotations

from decimal import Decimal

from analytics.forecast import LEAST_EVENTS, LEAST_MONTHS, Forecast, GoalForecast
from analytics.format import Amount, day
from analytics.likelihood import rounded
from analytics.outlook import Outlook
from language import N_, _, counted

LIMITS = {"arrivals": N_("新项目到来"), "poc": N_("概念验证 → 后续阶段"), "small": N_("小试 → 中试"), "pilot": N_("中试 → 转化落地")}
SHORT_NAMES = {"g1": N_("概念验证及小试"), "g2": N_("中试"), "g3": N_("转化落地"), "g4": N_("产值")}


def chance_finding(goal: GoalForecast, told: Outlook, amount: Amount) -> str:
    """How likely the goal is to be met, within which range it ends, and what holds it back."""
    return "".join((_chance(goal, told), _range(goal, told, amount), _limit(goal)))


def _chance(goal: GoalForecast, told: Outlook) -> str:
    found = told.bands.get(goal.goal_id)
    if goal.probability is None:
        return _("报产值的落地成果不足三项，只列实际数，不给概率。")
    if found is None:
        return _("到期达到目标的可能：证据不足（{why}）。", why=lacking(goal, told.forecast))
    return _("到期达到目标{word}，概率{rounded}。", word=found.said, rounded=rounded(goal.probability))


def _range(goal: GoalForecast, told: Outlook, amount: Amount) -> str:
    if not goal.path:
        return ""
    low, middle, high = (amount.text(Decimal(str(round(each)))) for each in (goal.end.low, goal.end.middle, goal.end.high))
    return _("按目前的进度推算，到 {deadline} 的中位数为 {middle}，八成把握在 {low}–{high} {unit}之间。", deadline=day(told.forecast.deadline_on),
             middle=amount.with_unit(middle), low=low, high=high, unit=amount.unit)


def _limit(goal: GoalForecast) -> str:
    if goal.limiting is None:
        return ""
    raises = round(goal.raises * 100)
    what = _(LIMITS[goal.limiting])
    return counted("限制环节是“{what}”，这一环快两成，概率提高约 {n} 个百分点。", raises, what=what) if raises else _("限制环节是“{what}”。", what=what)


def lacking(goal: GoalForecast, made: Forecast) -> str:
    """Why there is too little to go by for a word."""
    if made.months < LEAST_MONTHS:
        return _("基准日以来的数据不满 {n} 个月", n=round(LEAST_MONTHS))
    return counted("限制环节至今只见 {n} 次，不足 {least} 次", goal.events, least=LEAST_EVENTS)
