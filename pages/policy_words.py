"""What the page of rules and applications says: its title, the counts, the policy's checklist with its course in time, and what goes beyond it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from itertools import groupby

from analytics.format import UNKNOWN, Amount, day, money_unit, percent
from analytics.policies import COURSES, Entry, Item, Policies, State, Step, done_rate
from language import N_, _, counted, named
from language import listed as enumerated
from pages.choices import link
from pages.cite import box, clause_links
from pages.frame import address
from pages.goal_rows import source_line
from pages.markup import Markup, el, fill, join, pill
from pages.tables import wide
from warehouse.source_line import Source

KINDS = {"rule": N_("制度"), "plan": N_("规划"), "application": N_("申报"), "advocacy": N_("政策争取")}
STATES: Mapping[State, tuple[str, str]] = {
    "done": (N_("已办结"), "good"), "overdue": (N_("逾期"), "bad"), "running": (N_("推进中"), "plain"), "declined": (N_("未获批"), "warn"),
    "silent": (N_("尚无报送"), "warn")}
STEPS = {"drafting": N_("起草"), "consultation": N_("征求意见"), "issued": N_("印发"), "filed": N_("备案"), "applied": N_("申报"), "accepted": N_("受理"),
         "approved": N_("获批"), "declined": N_("未获批")}
START, END = dt.date(2025, 9, 29), dt.date(2027, 12, 31)  # the least that the picture of the courses spans


def kinds() -> dict[str, str]:
    """What an item may be, by code."""
    return {kind: _(name) for kind, name in KINDS.items()}


def states() -> dict[str, str]:
    """How an entry may stand, by code."""
    return {state: _(name) for state, (name, _tone) in STATES.items()}


def title(seen: Policies) -> str:
    """How much of the checklist is done, what is late, and of what nothing was reported."""
    if not seen.entries:
        return _("清单中没有这样的事项")
    said = counted("政策要求的 {n} 项制度、规划与申报，已办结 {done} 项", len(seen.entries), done=seen.count("done"))
    late, silent = seen.count("overdue"), sum(not each.items for each in seen.entries)
    said += counted("，逾期 {n} 项", late) if late else _("，没有逾期")
    return said + (counted("；{n} 项尚无报送", silent) if silent else "")


def boxes(seen: Policies, kind: str) -> Markup:
    """The numbers of the dictionary for the kind chosen, and the share of the checklist for what is shown."""
    def said(metric_id: str) -> Markup:
        value = seen.tally.value(metric_id, category=kind or None)
        text = Amount(seen.tally.metric(metric_id).unit, money_unit([])).said(value) if metric_id in seen.tally.dictionary else UNKNOWN
        if not value:
            return el("span", text, class_="zero")
        return el("a", text, href=link("policies", metric=metric_id, kind=kind or None), target="_self", title=named(seen.tally.metric(metric_id)))

    rate, done = done_rate(seen.entries), seen.count("done")
    kept = [each.is_kept for each in seen.entries]
    return el("div", box(_("清单办结"), f"{done} / {len(seen.entries)}", percent(rate) if rate is not None else UNKNOWN,
                         _("按期 {kept} 项，晚于时限 {late} 项", kept=kept.count(True), late=kept.count(False)), of="policy_done_rate"),
              box(_("逾期环节"), said("policy_overdue"), fill(_("按期 {kept} / 到期 {due}，按期率 {rate}"), kept=said("policy_on_time"), due=said("policy_due"),
                                                          rate=said("policy_on_time_rate")), of="policy_overdue"),
              box(_("已印发的制度和规划"), said("policy_issued"), of="policy_issued"),
              box(_("已申报"), said("policy_applied"), fill(_("受理 {accepted}，获批 {approved}，未获批 {declined}"), accepted=said("policy_accepted"),
                                                       approved=said("policy_approved"), declined=said("policy_declined")), of="policy_applied"),
              box(_("在办"), said("policy_open"), fill(_("已起步 {begun}"), begun=said("policy_begun")), of="policy_open"), class_="state")


def whole() -> Markup:
    """Beside the boxes, where a department is chosen."""
    return el("p", _("选了部门时，清单办结只计该部门的，其余各数仍是全部部门的合计。"), class_="quiet")


def checklist(seen: Policies, lines: Mapping[int, Source]) -> Markup:
    """The policy's list kind by kind: the course of each entry in time, beside its term."""
    if not seen.entries:
        return el("section", el("h2", _("政策清单")), el("p", _("没有这样的事项。"), class_="quiet"))
    ends = [END, *(each.due_on for each in seen.entries if each.due_on)]
    headings = (_("事项"), _("责任部门"), _("状态"), _("时限"), _("进程"), _("环节与文号"), _("来源"))
    parts = []
    for kind, group in groupby(seen.entries, key=lambda each: each.kind):
        rows = [[_name(each), _owner(each), _state(each, seen.as_of), _term(each), _track(each, seen.as_of, max(ends)), _courses(each.items),
                 _sources(each.items, lines, each.task_row_id)] for each in group]
        name = counted("{kind}：清单 {n} 项", len(rows), kind=_(KINDS[kind]))
        parts.append(el("section", el("h2", name), wide(name, headings, rows, numbers=(), is_long=True), class_="rows tasks policies"))
    return join([_legend(), *parts])


def others(seen: Policies, lines: Mapping[int, Source]) -> Markup:
    """Items that departments told and the checklist has not."""
    if not seen.others:
        return Markup()
    headings = (_("事项"), _("类别"), _("责任单位"), _("状态"), _("环节与文号"), _("来源"))
    rows = [[join([el("span", each.name), el("small", el("code", each.item_id), " ", _clause(each))]), _(KINDS[each.kind]), each.unit, _plain(each.state()),
             _courses([each], is_named=False), _sources([each], lines)] for each in seen.others]
    return el("section", el("h2", _("清单之外的事项")), wide(_("清单之外的事项"), headings, rows, numbers=(), is_long=True), class_="rows tasks")


def method() -> Markup:
    """How items and terms come about."""
    return el("p", _("清单出自实施意见，名称含清单中关键词的报送事项归入。办结指制度、规划印发，申报、争取获批；时限据任务分解中同一条款的任务，"
                     "延期的原时限照列。“尚无报送”只说明没有部门报过，不等于没有起步。"), class_="source")


def _name(entry: Entry) -> Markup:
    how = "" if entry.is_stated else pill(_("由条款推出"), "plain", entry.wording)
    return join([el("span", named(entry), title=entry.wording), el("small", clause_links([entry.clause_id]), how, class_="cite")])


def _clause(item: Item) -> Markup:
    if item.clause_id is None:
        return Markup()
    return clause_links([item.clause_id]) if item.is_clause_known else pill(item.clause_id, "warn", _("条款表里没有这个编号"))


def _owner(entry: Entry) -> Markup:
    return join([enumerated(entry.departments), el("small", _("原文明确") if entry.is_owner_stated else _("推定"))])


def _state(entry: Entry, as_of: dt.date) -> Markup:
    state, late = entry.state(as_of), entry.days_late(as_of)
    if state == "overdue":
        return join([pill(counted("逾期 {n} 天", late), "bad"), el("small", _("尚无报送")) if not entry.items else ""])
    if state == "done" and entry.is_kept is not None:
        said = _("按期") if entry.is_kept else counted("晚 {n} 天", late)
        return join([_plain("done" if entry.is_kept else state), el("small", said)])
    return _plain(state)


def _plain(state: State) -> Markup:
    name, tone = STATES[state]
    return pill(_(name), tone)


def _term(entry: Entry) -> Markup:
    if entry.due_on is None:
        return join([pill(_("未定"), "warn", _("任务分解中没有这一条款的任务"))])
    was = el("small", el("del", day(entry.original_due_on)), _(" 原时限")) if entry.original_due_on else ""
    task = el("small", el("a", entry.task_id or "", href=address("tasks", clause=entry.clause_id), target="_self"))
    return join([el("time", day(entry.due_on, entry.due_precision)), was, task])


def _track(entry: Entry, as_of: dt.date, end: dt.date) -> Markup:
    """Steps as points in time, the term as a rhombus, the day shown as a line."""
    def place(on: dt.date) -> str:
        return f"left:{min(max((on - START).days / (end - START).days, 0), 1) * 100:.2f}%"

    steps = [step for item in entry.items for step in item.steps]
    points = [el("i", class_=f"step {'closing' if step.step in ('issued', 'filed', 'approved') else step.step}", style=place(step.on),
                 title=f"{_(STEPS[step.step])} {day(step.on, step.precision)}") for step in steps]
    term = [el("i", class_="term late" if entry.state(as_of) == "overdue" or entry.is_kept is False else "term", style=place(entry.due_on),
               title=_("时限 {day}", day=day(entry.due_on)))] if entry.due_on else []
    told = [f"{_(STEPS[each.step])} {day(each.on, each.precision)}" for each in steps]
    said = _("；").join(told + ([_("时限 {day}", day=day(entry.due_on))] if entry.due_on else []))
    return el("div", el("b", style=place(as_of)), *term, *points, class_="track", role="img", aria_label=said or _("没有报过环节，也没有时限"))


def _legend() -> Markup:
    marks = ((el("i", class_="step"), _("环节")), (el("i", class_="step closing"), _("印发、备案或获批")), (el("i", class_="step declined"), _("未获批")),
             (el("i", class_="term"), _("时限")), (el("i", class_="term late"), _("已过的时限")), (el("b"), _("截至日")))
    return el("p", *(el("span", mark, said) for mark, said in marks), class_="marks")


def _courses(items: Sequence[Item], *, is_named: bool = True) -> Markup:
    if not items:
        return el("span", UNKNOWN, class_="zero")
    return join(el("div", el("span", each.name) if is_named and len(items) > 1 else "", *map(_step, each.steps), _next(each)) for each in items)


def _step(step: Step) -> Markup:
    paper = join([" ", el("span", step.document_no), "" if step.is_catalogued else pill(_("待佐证"), "warn", _("文号不在佐证材料目录"))]) if step.document_no else ""
    return el("small", f"{_(STEPS[step.step])} ", el("time", day(step.on, step.precision)), paper)


def _next(item: Item) -> Markup:
    return el("small", _("下一环节：{step}", step=_(STEPS[item.next_step]))) if item.next_step in COURSES[item.kind] else Markup()


def _sources(items: Sequence[Item], lines: Mapping[int, Source], task_row_id: int | None = None) -> Markup:
    rows = [step.row_id for item in items for step in item.steps] + ([task_row_id] if task_row_id is not None else [])
    found = [lines[each] for each in dict.fromkeys(rows) if each in lines]
    return el("details", el("summary", counted("{n} 行", len(found))), *map(source_line, found), class_="sources") if found else el("span", UNKNOWN, class_="zero")
