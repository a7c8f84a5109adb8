"""The milestones of the space goal as a list to tick: every one by name, with its state and since when."""

from __future__ import annotations

from analytics.format import UNKNOWN, day, short
from analytics.milestones import Milestone, Milestones
from language import N_, _, counted
from pages.markup import Markup, el, pill

STATES = {"reached": (N_("已达到"), "good"), "open": (N_("未达到"), "warn"), "unknown": (UNKNOWN, "plain"), "unconnected": (N_("未接入"), "plain")}


def checklist(milestones: Milestones) -> Markup:
    """The core beside the zones."""
    title = _("核心区功能")
    untold = any(each.state in ("unknown", "unconnected") for each in milestones.core)
    core = _group(title, milestones.core, _("载体台账还没有报送，是否投用不能判定。") if untold else "") if milestones.core else el(
        "div", el("h3", title), el("p", _("该期无此表：核心区功能的名单在这一期之后才有。"), class_="quiet"))
    return el("div", core, _group(_("产业承载区"), milestones.carriers), class_="milestones")


def _group(title: str, milestones: tuple[Milestone, ...], note: str = "") -> Markup:
    return el("div", el("h3", counted("{title} {n} 项", len(milestones), title=title)), el("p", note, class_="quiet") if note else Markup(),
              el("ul", *map(_line, milestones), aria_label=title))


def _line(milestone: Milestone) -> Markup:
    word, tone = STATES[milestone.state]
    since = el("time", _("{day} 起", day=day(milestone.since_on, milestone.since_precision))) if milestone.since_on else Markup()
    return el("li", el("span", short(milestone)), since, pill(_(word), tone))
