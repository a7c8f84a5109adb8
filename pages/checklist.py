"""The milestones of the space goal as a list to tick: every one by name, with its state and since when."""

from __future__ import annotations

from analytics.format import UNKNOWN, day
from analytics.milestones import Milestone, Milestones
from pages.markup import Markup, el, pill

STATES = {"reached": ("已达到", "good"), "open": ("未达到", "warn"), "unknown": (UNKNOWN, "plain"), "unconnected": ("未接入", "plain")}
CORE, CARRIERS = "核心区功能", "产业承载区"
NO_FEED = "载体台账尚未接入，是否建成不能判定。"
NO_LIST = "该期无此表：核心区功能的名单在这一期之后才有。"


def checklist(milestones: Milestones) -> Markup:
    """The core beside the zones."""
    core = _group(CORE, milestones.core, NO_FEED) if milestones.core else el("div", el("h3", CORE), el("p", NO_LIST, class_="quiet"))
    return el("div", core, _group(CARRIERS, milestones.carriers), class_="milestones")


def _group(title: str, milestones: tuple[Milestone, ...], note: str = "") -> Markup:
    return el("div", el("h3", f"{title} {len(milestones)} 项"), el("p", note, class_="quiet") if note else Markup(),
              el("ul", *map(_line, milestones), aria_label=title))


def _line(milestone: Milestone) -> Markup:
    word, tone = STATES[milestone.state]
    since = el("time", f"{day(milestone.since_on, milestone.since_precision)} 起") if milestone.since_on else Markup()
    return el("li", el("span", milestone.name_zh.removesuffix("产业承载区")), since, pill(word, tone))
