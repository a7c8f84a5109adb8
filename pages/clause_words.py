"""What the page of the clauses says: its title, and each clause with all that tells of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import groupby

from analytics.clauses import Clause, State
from analytics.dictionary import Entry
from language import N_, _, counted, named
from language import listed as enumerated
from pages.frame import address
from pages.markup import Markup, el, join, pill

STATES: Mapping[State, tuple[str, str]] = {
    "measured": (N_("有指标"), "good"), "tasked": (N_("只有任务"), "plain"), "unconnected": (N_("未接入"), "warn")}

PREAMBLE = "序"
PAGES = {"": N_("总览"), "goals": N_("2027目标"), "funnel": N_("转化漏斗"), "funds": N_("基金敞口"), "zones": N_("空间布局"), "platforms": N_("平台与载体"),
         "people": N_("人才与技术经理人"), "adoption": N_("推广应用"), "leads": N_("招引"), "tasks": N_("任务督办"), "policies": N_("制度与申报"),
         "dossier": N_("档案"), "dictionary": N_("口径词典"), "changes": N_("会间变化")}  # by URL path, those that clauses name


def states() -> dict[str, str]:
    """What a clause may be, by code."""
    return {state: _(name) for state, (name, _tone) in STATES.items()}


def title(seen: Sequence[Clause]) -> str:
    """How many clauses anything tells of."""
    number = Counter(each.state for each in seen)
    said = _("、").join(counted("{n} 条{state}", number[state], state=_(name)) for state, (name, _tone) in STATES.items() if number[state])
    overdue = sum(each.overdue for each in seen)
    late = counted("；{n} 项任务逾期", overdue) if overdue else ""
    return counted("{n} 条条款：{said}", len(seen), said=said) + late if seen else _("没有这样的条款")


def listed(seen: Sequence[Clause], metrics: Mapping[str, Entry]) -> Markup:
    """The clauses, article by article."""
    return join(el("section", el("h2", _("序言") if article == PREAMBLE else _("条目 {article}", article=article)),
                   *(_clause(each, metrics) for each in group), class_="clauses") for article, group in groupby(seen, key=lambda each: each.article))


def method() -> Markup:
    """How to read the page."""
    return el("p", _("原文明确的责任部门照录，未明确的按部门职责推定。“未接入”：还没有指标或任务说到它；没有指标的都注明为什么。"
                     "条款没有数据，不等于没有进展。"), class_="source")


def _clause(clause: Clause, metrics: Mapping[str, Entry]) -> Markup:
    name, tone = STATES[clause.state]
    how = pill(_("原文明确") if clause.is_stated else _("推定"))
    lines: list[tuple[str, str]] = [
        (_("责任部门"), join([enumerated(clause.departments), " ", how])),
        (_("指标"), join(_link(named(metrics[each].metric), address("dictionary", metric=each)) for each in clause.metric_ids)),
        (_("任务"), _tasks(clause)),
        (_("报表"), _reports(clause)),
        (_("页面"), join(_link(_(PAGES[page]), address(page)) for page in clause.pages))]
    why = el("p", _why(clause), class_="quiet") if clause.state != "measured" else Markup()
    return el("article", el("h3", el("code", clause.clause_id), el("span", clause.text, lang="zh-CN"), pill(_(name), tone)), why, el("dl", *(
        el("div", el("dt", heading), el("dd", text)) for heading, text in lines if text), class_="entry"), id=clause.clause_id)


def _tasks(clause: Clause) -> Markup:
    if not clause.tasks:
        return Markup()
    said = counted("{n} 项，完成 {done}", clause.tasks, done=clause.done)
    late = pill(counted("逾期 {n} 项", clause.overdue), "warn") if clause.overdue else ""
    return join([_link(said, address("tasks", clause=clause.clause_id)), late])


def _reports(clause: Clause) -> Markup:
    parts = [enumerated(clause.arrived)] if clause.arrived else []
    waiting = [el("span", _("尚未收到：{reports}", reports=enumerated(clause.waiting)), class_="quiet")] if clause.waiting else []
    return join([*parts, *waiting])


def _why(clause: Clause) -> str:
    """Why no number tells of it: as the committee's table says, else as the reports have it."""
    if clause.reason:
        return _("未接入指标：{reason}。", reason=clause.reason)
    if clause.waiting and not clause.arrived:
        return _("未接入指标：所需报表都还没有收到。")
    return _("未接入指标：报表已有，尚未定义指标。") if clause.arrived else _("未接入指标：政策未给出可以计数的内容。")


def _link(text: str, href: str | None) -> Markup:
    """A way to another page, or the bare text where this reader has no such page."""
    return el("a", text, href=href, target="_self") if href else el("span", text)
