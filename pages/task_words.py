"""What the tasks page says: the counts, the tree of tasks, what the meeting resolved, and the newest appraisal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from analytics.format import UNKNOWN, count, day
from analytics.share import percent
from analytics.task_finding import STATES
from analytics.tasks import FEWEST_RANKED, Appraisal, Numbers, Resolution, State, Task, Work
from language import _, counted
from pages.cite import box
from pages.dossier_link import dossier_link
from pages.frame import address
from pages.goal_rows import source_line
from pages.markup import Markup, el, join, pill
from pages.tables import wide
from pages.task_ratings import Model, rating
from warehouse.source_line import Source

TONES: Mapping[State, str] = {"overdue": "bad", "extended": "warn", "running": "plain", "not_started": "plain", "done": "good", "done_late": "warn", "stopped": "plain"}


def states() -> dict[str, str]:
    """What a task may be, by code."""
    return {state: _(name) for state, name in STATES.items()}


def boxes(numbers: Work) -> Markup:
    """Tasks and resolutions: how many, how many of those due were in time, and what is late."""
    seen, resolved = numbers.tasks, numbers.resolutions
    return el("div", _box(_("任务"), seen.listed, counted("已完成 {n} 项", seen.done), counted("待佐证 {n} 项", seen.pending) if seen.pending else "",
                          metric="task_listed"),
              _box(_("到期任务"), seen.due, _("按期完成 {share}", share=_share(seen)), metric="task_due"),
              _box(_("逾期任务"), seen.overdue, _("自时限次日起"), metric="task_overdue"),
              _box(_("延期任务"), seen.extended, _("原时限照列"), metric="task_extended"),
              _box(_("议定事项"), resolved.listed, counted("已办结 {n} 项", resolved.done), counted("逾期 {n} 项", resolved.overdue) if resolved.overdue else "",
                   metric="resolution_made"),
              _box(_("到期议定事项"), resolved.due, _("按期办结 {share}", share=_share(resolved)), metric="resolution_due"), class_="state")


def by_department(numbers: Mapping[str, Work], names: Mapping[str, str]) -> Markup:
    """Every department with what it answers for, in the order of the policy: no ranking."""
    headings = (_("单位"), _("任务"), _("已完成"), _("到期"), _("按期完成"), _("逾期"), _("延期"), _("议定事项"), _("已办结"), _("逾期"))
    rows = [[_unit(department, names), *map(count, (each.tasks.listed, each.tasks.done, each.tasks.due)), _share(each.tasks),
             _alarm(each.tasks.overdue), count(each.tasks.extended), *map(count, (each.resolutions.listed, each.resolutions.done)),
             _alarm(each.resolutions.overdue)] for department, each in sorted(numbers.items(), key=lambda item: (item[0] == "?", item[0])) if department]
    return el("section", el("h2", _("各单位")), wide(_("各单位"), headings, rows, numbers=range(1, 10), is_long=True))


def tree(seen: Sequence[Task], lines: Mapping[int, Source], models: Mapping[str, Model], measured: frozenset[str]) -> Markup:
    """The tasks, each below the one it is a part of. `models`: by clause; `measured`: clauses with metrics."""
    if not seen:
        return el("section", el("h2", _("任务分解")), el("p", _("没有这样的任务。"), class_="quiet"))
    headings = (_("任务"), _("牵头单位"), _("时限"), _("状态"), _("信心与措施"), _("佐证"), _("来源"))
    rows = [[_task(each), join([each.unit, el("small", each.partner_names) if each.partner_names else ""]), _term(each), _state(each.state, each.overdue_days),
             rating(each, models.get(each.clause_id), is_measured=each.clause_id in measured), _evidence(each), _source(lines.get(each.row_id))] for each in seen]
    return el("section", el("h2", _("任务分解")), wide(_("任务分解"), headings, rows, numbers=(), is_long=True), class_="rows tasks")


def resolved(seen: Sequence[Resolution], lines: Mapping[int, Source]) -> Markup:
    """What the joint meeting resolved, the newest meeting first."""
    if not seen:
        return el("section", el("h2", _("议定事项")), el("p", _("没有这样的议定事项。"), class_="quiet"))
    headings = (_("议定事项"), _("会议"), _("责任单位"), _("时限"), _("状态"), _("催办"), _("来源"))
    rows = [[join([el("span", each.resolution), el("small", el("code", each.resolution_id), f" {each.topic}")]), join([day(each.met_on), el("small", each.meeting_id)]),
             each.unit, day(each.due_on), join([_state(each.state, each.overdue_days), el("small", day(each.closed_on)) if each.closed_on else ""]),
             UNKNOWN if each.reminders is None else counted("{n} 次", each.reminders), _source(lines.get(each.row_id))] for each in seen]
    return el("section", el("h2", _("议定事项")), wide(_("议定事项"), headings, rows, numbers=(), is_long=True), class_="rows tasks")


def appraised(found: Sequence[Appraisal]) -> Markup:
    """The newest appraisal, in the order of the departments' codes."""
    if not found:
        return el("section", el("h2", _("绩效考评")), el("p", _("还没有收到考评结果。"), class_="quiet"))
    period = _("{first} 至 {last}", first=day(found[0].period_from), last=day(found[0].period_to))
    is_ranked = any(each.rank for each in found)
    said = (_("考评期 {period}。按部门次序列出；位次按得分率，各单位的指标不同，仅供参考。", period=period) if is_ranked else
            counted("考评期 {period}。按部门次序列出，不足 {n} 个单位，不作排名。", FEWEST_RANKED, period=period))
    rows = [[each.unit, count(each.indicators), f"{each.weight:g}", f"{each.score:.1f}", UNKNOWN if each.share is None else f"{each.share:.1%}",
             *([str(each.rank) if each.rank else UNKNOWN] if is_ranked else []), count(each.appeals) if each.appeals else UNKNOWN] for each in found]
    headings = (_("单位"), _("指标数"), _("权重合计"), _("得分合计"), _("得分率"), *([_("位次")] if is_ranked else []), _("申诉"))
    return el("section", el("h2", _("绩效考评")), el("p", said, class_="quiet"), wide(_("绩效考评"), headings, rows, numbers=range(1, len(headings))), class_="appraised")


def method() -> Markup:
    """How tasks are counted."""
    return el("p", _("完成以佐证经上级认可之日为准；按期完成率只算已到期的任务，未到期的不在分母；延期须经议定，原时限照列。"),
              _("信心评级由责任人填报，是人的判断。"), class_="source")


def _box(name: str, number: int, *notes: str, metric: str) -> Markup:
    return box(name, el("a", count(number), href=address("dictionary", metric=metric), target="_self"), *notes, of=metric)


def _share(numbers: Numbers) -> str:
    return UNKNOWN if numbers.in_time_share is None else percent(numbers.in_time_share)


def _unit(department: str, names: Mapping[str, str]) -> Markup:
    return el("a", names.get(department, _("写法不识的单位")), href=address("tasks", department=department), target="_self")


def _alarm(number: int) -> Markup:
    """A number that ought to be 0."""
    return el("b", count(number)) if number else el("span", "0", class_="zero")


def _task(task: Task) -> Markup:
    clause = el("a", task.clause_id, href=address("clauses", clause=task.clause_id), target="_self") if task.is_clause_known else pill(task.clause_id, "warn", _(
        "条款表里没有这个编号"))
    fault = (pill(_("上级任务成环"), "warn", _("上级任务绕回了自己")) if task.is_circular else
             pill(_("上级任务不在名单"), "warn", task.parent_task_id) if task.is_orphan else "")
    return el("div", dossier_link("task", task.task_id, task.content), el("small", el("code", task.task_id), " ", clause, fault), class_=f"depth{min(task.depth, 3)}")


def _term(task: Task) -> Markup:
    was = el("small", el("del", day(task.original_due_on)), _(" 原时限")) if task.original_due_on else ""
    done = el("small", _("{day} 完成", day=day(task.done_on, task.done_precision or "D"))) if task.done_on else ""
    return join([el("time", day(task.due_on, task.due_precision)), was, done])


def _state(state: State, overdue_days: int) -> Markup:
    return pill(counted("逾期 {n} 天", overdue_days) if overdue_days else _(STATES[state]), TONES[state])


def _evidence(task: Task) -> Markup:
    if task.evidence_id:
        return join([el("code", task.evidence_id), "" if task.has_evidence else pill(_("目录中没有"), "warn")])
    return pill(_("待佐证"), "warn") if not task.is_open and task.state != "stopped" else el("span", UNKNOWN, class_="zero")


def _source(line: Source | None) -> Markup:
    if line is None:
        return Markup()
    return el("details", el("summary", _("{file} 第 {row} 行", file=line.file, row=line.row)), source_line(line), class_="sources")
