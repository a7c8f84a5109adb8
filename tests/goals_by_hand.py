"""Goal cards made by hand, to ask what follows from their numbers."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from analytics.goal_card import Figure, Goal, GoalCard, Month
from warehouse.metric import Metric

BASE, DEADLINE = dt.date(2025, 9, 29), dt.date(2027, 12, 31)
HALF_WAY = dt.date(2026, 11, 14)  # 411 of 823 days: 49.9 %
NAMES = {"g1": "概念验证及小试项目", "g2": "中试项目", "g3": "转化落地科技成果", "g4": "产值", "g5": "一核引领、多区联动"}


def card(goal_id: str = "g1", *, value: int | None, target: int = 100, as_of: dt.date = HALF_WAY, kind: str = "cumulative",
         metric_id: str | None = None, headline_id: str | None = None, months: tuple[int | None, ...] = ()) -> GoalCard:
    """A card with these numbers and nothing beside them."""
    of_goal = metric_id or f"{goal_id}_metric"
    metric = Metric(metric_id=headline_id or of_goal, version=1, name_zh=NAMES[goal_id], name_en="", unit="项", status="拟定",
                    statement_zh="怎样数", statement_en="how it is counted", is_zoned=False, feeds=("stage_events",))
    goal = Goal(goal_id=goal_id, metric_id=of_goal, name_zh=NAMES[goal_id], name_en="", unit="项", target=Decimal(target), base_on=BASE,
                deadline_on=DEADLINE, clause_id="C05", status="拟定")
    amount = None if value is None else Decimal(value)
    return GoalCard(
        goal=goal, as_of=as_of, headline=Figure(metric=metric, value=amount, pending=None if value is None else 0), kind=kind, zones={},
        months=tuple(Month(ends_on=as_of, value=None if each is None else Decimal(each)) for each in months))
