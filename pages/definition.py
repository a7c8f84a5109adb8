"""The definition of a metric: closed its version and state, open its words, code, period and clause."""

from __future__ import annotations

from collections.abc import Iterable

from analytics.format import day
from analytics.goal_card import GoalCard
from language import N_, _, counted, either, named
from pages.cite import cite
from pages.markup import Markup, el
from warehouse.metric import Metric

STATES = (N_("已定"), N_("拟定"), N_("未定"))  # of a definition, as the dictionary says them


def statement(metric: Metric) -> str:
    """What is counted, in words."""
    return either(metric.statement_zh, metric.statement_en)


def definition(card: GoalCard) -> Markup:
    """Of what the card measures."""
    metric, goal = card.headline.metric, card.goal
    return el("details", el("summary", _("口径第 {version} 版 · {status}", version=metric.version, status=_(metric.status)), title=statement(metric)),
              el("p", statement(metric)),
              el("p", _("指标代码 {metric}；期间 {base} 至 {deadline}；依据条款 {clause}。", metric=metric.metric_id, base=day(goal.base_on),
                        deadline=day(goal.deadline_on), clause=goal.clause_id)), class_="definition")


def definitions(metrics: Iterable[Metric]) -> Markup:
    """Of all that a page shows, closed."""
    lines = [el("div", el("dt", named(each), " ", el("code", each.metric_id)), el("dd", statement(each), " ",
                _("第 {version} 版 · {status}", version=each.version, status=_(each.status)), " ", cite(each.metric_id))) for each in metrics]
    return el("details", el("summary", counted("{n} 个指标的口径", len(lines))), el("dl", *lines), class_="definition")
