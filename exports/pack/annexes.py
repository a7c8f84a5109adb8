"""The annexes of the report: what each department answers for, the largest exposures, the milestones, and the definitions."""

from __future__ import annotations

from collections.abc import Sequence

from analytics.format import UNKNOWN, count, day, percent
from analytics.milestones import Milestone, State
from exports.pack.document import Block, Heading, Table
from exports.pack.meeting import Meeting
from language import N_, _, counted, either, listed, named

MOST = 30  # enterprise groups
REACHED: dict[State, str] = {"reached": N_("已达到"), "open": N_("未达到"), "unknown": N_("尚无报送"), "unconnected": N_("尚无报表")}


def annexes(seen: Meeting) -> tuple[Sequence[Block], ...]:
    """Each on a page of its own."""
    made = (_departments(seen), _groups(seen), _milestones(seen), _definitions(seen))
    titles = (_("各单位任务与议定事项"), _("政府敞口前列企业（集团）"), _("空间布局里程碑"), _("指标口径"))
    return tuple((Heading(level=3, text=_("附件{number}", number=number)), Heading(level=4, text=title), table)
                 for number, (title, table) in enumerate(zip(titles, made, strict=True), 1))


def _departments(seen: Meeting) -> Table:
    names = {each.department_id: named(each) for each in seen.quality.departments}
    rows = [[names.get(department, _("写法不识的单位")), *map(count, (own.tasks.listed, own.tasks.done, own.tasks.due)),
             UNKNOWN if own.tasks.in_time_share is None else percent(own.tasks.in_time_share), count(own.tasks.overdue),
             *map(count, (own.resolutions.listed, own.resolutions.done, own.resolutions.overdue))]
            for department, own in sorted(seen.work.items(), key=lambda item: (item[0] == "?", item[0])) if department]
    return Table(caption=_("各单位任务与议定事项（项）"), headings=[_("单位"), _("任务"), _("完成"), _("到期"), _("按期完成"), _("逾期"),
                 _("议定事项"), _("办结"), _("逾期")], rows=rows, widths=(30, 10, 10, 10, 13, 10, 13, 10, 10), numbers=range(1, 9))


def _groups(seen: Meeting) -> Table:
    found, amount = seen.exposure, seen.exposure_amount
    places = {each.zone_id: each for each in seen.zones}
    rows = [[str(number), each.name or _("未写明企业"), listed(named(places[zone]) for zone in each.zones), amount.text(each.total), percent(each.share)]
            for number, each in enumerate(found.groups[:MOST] if found else (), 1)]
    return Table(caption=counted("政府敞口最大的 {n} 户（{unit}）", len(rows), unit=amount.unit), headings=[
        _("次序"), _("企业（集团）"), _("空间"), _("敞口"), _("占比")], rows=rows, widths=(9, 42, 32, 15, 13), numbers=(0, 3, 4))


def _milestones(seen: Meeting) -> Table:
    kinds = ((_("核心区功能"), seen.milestones.core), (_("承载区"), seen.milestones.carriers))
    rows = [[kind, named(each), _(REACHED[each.state]), _since(each)] for kind, own in kinds for each in own]
    return Table(caption=_("一核引领、多区联动的里程碑"), headings=[_("类别"), _("里程碑"), _("状态"), _("自")], rows=rows, widths=(20, 50, 18, 18))


def _since(each: Milestone) -> str:
    return day(each.since_on, each.since_precision) if each.since_on else ""


def _definitions(seen: Meeting) -> Table:
    used = {card.headline.metric.metric_id: card.headline.metric for card in seen.cards}
    used |= {each.metric.metric_id: each.metric for card in seen.cards for each in (*card.parts, *([card.with_stock] if card.with_stock else []), *card.readings)}
    used |= {metric_id: measure.metric for metric_id, measure in seen.measures.items()} | (dict(seen.exposure.metrics) if seen.exposure else {})
    rows = [[f"{named(each)}\n{metric_id}", _("第 {version} 版 · {status}", version=each.version, status=_(each.status)), either(each.statement_zh, each.statement_en)]
            for metric_id, each in used.items()]
    return Table(caption=_("本材料所用指标的口径"), headings=[_("指标与代码"), _("版本与状态"), _("口径")], rows=rows, widths=(57, 20, 79))
