"""Tasks and what the joint meeting resolved, in the report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from analytics.format import UNKNOWN, day, percent
from analytics.task_finding import STATES, task_finding
from analytics.tasks import Numbers, Resolution, Task
from exports.pack.document import Block, Table, Text
from exports.pack.meeting import Meeting
from language import _, counted

SHOWN = 12  # of each kind; the others stand in the workbook


def work(seen: Meeting) -> Iterator[Block]:
    """The finding, what is overdue, and what is still open of the resolutions."""
    if "" not in seen.work:
        yield Text(text=_("尚未收到任务分解与议定事项。"))
        return
    numbers = seen.work[""]
    yield Text(text=task_finding(numbers) + _("。") + _("到期任务按期完成率 {tasks}，议定事项按期办结率 {resolutions}。", tasks=_share(numbers.tasks),
                                                      resolutions=_share(numbers.resolutions)))
    late = sorted((each for each in seen.tasks if each.state == "overdue"), key=lambda each: (-each.overdue_days, each.task_id))
    if late:
        yield tasks(_("逾期任务"), late[:SHOWN])
        yield from _rest(len(late) - SHOWN)
    open_ = sorted((each for each in seen.resolutions if each.closed_on is None), key=lambda each: (-each.overdue_days, each.due_on or seen.as_of, each.resolution_id))
    if open_:
        yield resolutions(_("未办结的议定事项"), open_[:SHOWN])
        yield from _rest(len(open_) - SHOWN)
    else:
        yield Text(text=_("议定事项均已办结。"))


def tasks(caption: str, listed: Sequence[Task]) -> Table:
    """With terms, states and what brings an overdue one back."""
    rows = [[each.task_id, each.content, each.unit, day(each.due_on, each.due_precision), state(each), each.remedy or each.confidence_note or ""] for each in listed]
    return Table(caption=caption, headings=[_("编号"), _("任务"), _("牵头单位"), _("时限"), _("状态"), _("措施")], rows=rows, widths=(14, 31, 17, 18, 15, 17))


def resolutions(caption: str, listed: Sequence[Resolution]) -> Table:
    """With who answers for them."""
    rows = [[each.resolution_id, each.resolution, each.meeting_id, each.unit, day(each.due_on), state(each)] for each in listed]
    return Table(caption=caption, headings=[_("编号"), _("议定事项"), _("会议"), _("责任单位"), _("时限"), _("状态")], rows=rows, widths=(12, 31, 18, 17, 18, 14))


def state(of: Task | Resolution) -> str:
    """逾期 12 天, or the state's name."""
    return counted("逾期 {n} 天", of.overdue_days) if of.overdue_days else _(STATES[of.state])


def _rest(number: int) -> Iterator[Text]:
    if number > 0:
        yield Text(is_note=True, text=counted("另有 {n} 项，见数据表。", number))


def _share(numbers: Numbers) -> str:
    return UNKNOWN if numbers.in_time_share is None else percent(numbers.in_time_share)
