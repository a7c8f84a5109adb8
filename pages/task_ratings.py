"""How confident those in charge of a task are and what they would do, beside what the model says of the goal."""

from __future__ import annotations

from dataclasses import dataclass

from analytics.confidence import agree
from analytics.forecast import GoalForecast
from analytics.format import UNKNOWN
from analytics.outlook import Outlook
from analytics.tasks import Task
from language import N_, _
from pages.frame import address
from pages.goal_outlook import word
from pages.markup import Markup, el, join, pill

CONFIDENCE = {"green": (N_("信心：绿"), "good"), "amber": (N_("信心：黄"), "warn"), "red": (N_("信心：红"), "bad")}


@dataclass(frozen=True, kw_only=True)
class Model:
    """What the forecast says of the goal of a clause."""

    goal: GoalForecast
    outlook: Outlook


def rating(task: Task, model: Model | None, *, is_measured: bool) -> Markup:
    """What a person says and would do, beside what the model says of the goal, or the way to the figures of the clause."""
    beside = _beside(task, model, is_measured=is_measured)
    if not task.confidence:
        return join([el("span", UNKNOWN, class_="zero"), beside])
    name, tone = CONFIDENCE[task.confidence]
    action = task.remedy or (_("未填") if task.confidence != "green" and task.is_open else "")
    return join([pill(_(name), tone), el("small", task.confidence_note) if task.confidence_note else "",
                 el("small", _("改进：{what}", what=action)) if action else "", beside])


def _beside(task: Task, model: Model | None, *, is_measured: bool) -> Markup:
    if not task.is_open:
        return Markup()
    if model is None:
        return el("small", el("a", _("看该条款的指标"), href=address("clauses", clause=task.clause_id), target="_self")) if is_measured and task.confidence else Markup()
    chance = model.goal.probability
    differs = task.confidence is not None and chance is not None and model.goal.goal_id in model.outlook.bands and not agree(task.confidence, chance)
    return el("small", _("模型："), word(model.goal, model.outlook), _(" 与评级不同") if differs else "")
