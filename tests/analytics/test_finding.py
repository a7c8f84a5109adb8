"""The sentence about the goals is true in each case that can arise."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest
from goals_by_hand import BASE, DEADLINE, HALF_WAY, card

from analytics.finding import finding
from analytics.goal_card import GoalCard


def test_it_says_who_is_ahead_of_time_and_who_behind() -> None:
    cards = [card("g1", value=52), card("g2", value=14, target=30), card("g3", value=9, target=20),
             card("g4", value=951, target=2000, kind="window", metric_id="g4a_output_year", headline_id="g4a_output_12m"),
             card("g5", value=6, target=13, kind="stock")]
    assert finding(cards) == "目标期已过 49.9%：概念验证及小试项目快于时序，中试项目、转化落地科技成果慢于时序；产值近十二个月为目标的 47.6%"


def test_it_says_what_is_unknown() -> None:
    assert finding([card("g1", value=52), card("g3", value=None)]) == "目标期已过 49.9%：概念验证及小试项目快于时序；转化落地科技成果因缺报尚不能知道"
    assert finding([card("g1", value=None), card("g2", value=None)]) == "目标期已过 49.9%；概念验证及小试项目、中试项目因缺报尚不能知道"


def test_it_says_what_is_reached_before_the_others() -> None:
    assert finding([card("g1", value=10), card("g2", value=31, target=30)]) == "目标期已过 49.9%：中试项目已达到目标，概念验证及小试项目慢于时序"


def test_exactly_in_time_is_neither_ahead_nor_behind() -> None:
    half = dt.date(2026, 10, 1)
    cards = [card("g1", value=(half - BASE).days, target=(DEADLINE - BASE).days, as_of=half)]
    assert finding(cards).endswith("：概念验证及小试项目与时序持平")


def test_after_the_deadline_it_says_what_was_not_reached() -> None:
    cards = [card("g1", value=100, as_of=DEADLINE), card("g2", value=29, target=30, as_of=DEADLINE),
             card("g5", value=12, target=13, kind="stock", as_of=DEADLINE)]
    assert finding(cards) == "目标期已过 100.0%：概念验证及小试项目已达到目标，中试项目、一核引领、多区联动到期未达到目标"


def test_before_the_base_date_nothing_is_judged() -> None:
    assert finding([card("g1", value=0, as_of=dt.date(2025, 9, 1))]) == "截至日早于基准日 2025-09-29，各项目标尚未起算"


def test_without_goals_it_says_so() -> None:
    assert finding([]) == "还没有设定目标"


VALUES = (None, 0, 49, 50, 99, 100, 140)


@pytest.mark.parametrize("as_of", [BASE, HALF_WAY, DEADLINE], ids=str)
def test_no_goal_is_said_to_be_what_it_is_not(as_of: dt.date) -> None:
    for first, second in itertools.product(VALUES, repeat=2):
        cards = [card("g1", value=first, as_of=as_of), card("g2", value=second, as_of=as_of)]
        said = finding(cards)
        for each in cards:
            clauses = [clause for clause in said.replace("；", "，").replace("：", "，").split("，") if each.goal.name_zh in clause]
            assert [word(each)] == [next(end for end in WORDS if clause.endswith(end)) for clause in clauses], said


WORDS = ("已达到目标", "到期未达到目标", "快于时序", "与时序持平", "慢于时序", "因缺报尚不能知道")


def word(each: GoalCard) -> str:
    """The word that is true of a goal, judged from the numbers alone."""
    if each.value is None:
        return "因缺报尚不能知道"
    if each.value >= each.goal.target:
        return "已达到目标"
    if each.as_of >= each.goal.deadline_on:
        return "到期未达到目标"
    days, whole = (each.as_of - each.goal.base_on).days, (each.goal.deadline_on - each.goal.base_on).days
    distance = each.value * whole - each.goal.target * days
    return "快于时序" if distance > 0 else "慢于时序" if distance < 0 else "与时序持平"
