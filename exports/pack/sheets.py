"""The tables of the workbook that are not a metric's rows: what each card says, in cells."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from analytics.exposure import BESIDE, COUNTED
from analytics.funnel import BETWEEN, OVERDUE, REACHED, STOCK, TERMINATED
from analytics.reporting import department, feed_title
from analytics.task_finding import STATES
from exports.pack.meeting import Meeting
from language import _, either, listed, named
from warehouse.metric import Metric

Cell = str | int | float | Decimal | dt.date | None


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A heading a column; texts stay texts, numbers are numbers in the metric's own unit (元, shares 0–1). `about`: what the sheet is, for 说明."""

    name: str
    about: str
    headings: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    widths: Sequence[int]
    shares: Sequence[int] = ()  # columns shown in per cent


def cards(seen: Meeting) -> Sheet:
    """Every number that a card of the overview shows."""
    rows: list[list[Cell]] = []
    for card in seen.cards:
        rows.append([named(card.goal), *_metric(card.headline.metric), card.value, _(card.goal.unit), card.goal.target, card.share, card.elapsed_share,
                     card.required_per_month, card.headline.pending])
        rows += [[named(card.goal), *_metric(each.metric), each.value, _(each.metric.unit), None, None, None, None, each.pending]
                 for each in (*card.parts, *([card.terminated] if card.terminated else []), *([card.with_stock] if card.with_stock else []), *card.readings)]
    return Sheet(name=_("目标"), about=_("各目标的首要读数与其他读数"), rows=rows, widths=(24, 24, 34, 16, 16, 8, 16, 10, 10, 12, 10), shares=(7, 8), headings=[
        _("目标"), _("代码"), _("指标"), _("版本与状态"), _("现值"), _("单位"), _("目标值"), _("完成"), _("时序"), _("每月还需"), _("待佐证")])


def changes(seen: Meeting) -> Sheet:
    """The bridge between the issues; of a baseline, that it is one."""
    found = seen.changes
    if found is None:
        return Sheet(name=_("变化"), about=_("与上一期相比的变化"), headings=[_("说明")], widths=(80,),
                     rows=[[_("本期是基期，没有上一期可以比较；初次入库的数据不算迟报。")]])
    terms = list(dict.fromkeys(term for each in found.changes for term in each.terms))
    rows: list[list[Cell]] = [[each.metric.metric_id, named(each.metric), _(each.metric.unit), each.before,
                               *(each.terms.get(term, Decimal(0)) for term in terms), each.now] for each in found.changes]
    return Sheet(name=_("变化"), about=_("与 {since} 相比的变化，各项原因之和等于差数", since=found.since), rows=rows,
                 widths=(24, 34, 8, 16, *(14 for _each in terms), 16),
                 headings=[_("代码"), _("指标"), _("单位"), _("上期"), *(_(term) for term in terms), _("本期")])


def funnel(seen: Meeting) -> Sheet:
    """By stage."""
    found, ids = seen.funnel, (STOCK, REACHED, BETWEEN, OVERDUE, TERMINATED)
    rows: list[list[Cell]] = [[stage.stage_id, named(stage), *(found.count(each, stage) for each in ids)] for stage in found.stages] if found else []
    return Sheet(name=_("转化漏斗"), about=_("各阶段的项目数；三种看法不能相加"), rows=rows, widths=(14, 16, 12, 12, 14, 14, 14),
                 headings=[_("代码"), _("阶段"), _("在途"), _("到达"), _("阶段之间"), _("超过停留时限"), _("已终止或撤回")])


def exposure(seen: Meeting) -> Sheet:
    """By enterprise group, in 元; the last line is all together."""
    found, layers = seen.exposure, (*COUNTED, *BESIDE)
    headings = [_("代码"), _("企业（集团）"), _("企业数"), _("空间"), _("政府敞口（元）"), _("占比")]
    about = _("政府敞口，按企业（集团），元；L1 至 L5 计入合计，其余只列示")
    if found is None:
        return Sheet(name=_("政府敞口"), about=about, headings=headings, rows=[], widths=(24, 40, 10, 30, 18, 10))
    places = {each.zone_id: named(each) for each in seen.zones}
    rows: list[list[Cell]] = [[each.group_id, each.name or _("未写明企业"), each.firms, listed(places[zone] for zone in each.zones), each.total, each.share,
                               *(each.layers[layer] for layer in layers)] for each in found.groups]
    if found.others:
        rows.append(["", _("其余"), found.others.firms, "", found.others.total, found.others.share, *(found.others.layers[layer] for layer in layers)])
    if found.unnamed:
        rows.append(["", _("未写明企业"), None, "", found.unnamed, None, *(None for _each in layers)])
    rows.append(["", _("合计"), None, "", found.total, None, *(found.layers[layer] for layer in layers)])
    return Sheet(name=_("政府敞口"), about=about, rows=rows, shares=(5,), widths=(24, 40, 10, 30, 18, 10, *(18 for _each in layers)),
                 headings=[*headings, *(named(found.metrics[layer]) for layer in layers)])


def zones(seen: Meeting) -> Sheet:
    """Every measure of the map by zone; the last line is all together."""
    found = list(seen.measures.values())
    rows: list[list[Cell]] = [[zone.zone_id, named(zone), *(each.zones[zone.zone_id] for each in found)] for zone in seen.zones]
    rows.append(["", _("合计"), *(each.total for each in found)])
    return Sheet(name=_("空间布局"), about=_("各空间的指标，含区外与未落区，各列相加等于合计；比率不相加"), rows=rows, widths=(12, 34, *(16 for _each in found)),
                 shares=[at for at, each in enumerate(found, 2) if each.is_ratio],
                 headings=[_("代码"), _("空间"), *(named(each.metric) if each.is_ratio else _("{what}（{unit}）", what=named(each.metric), unit=_(each.metric.unit))
                                               for each in found)])


def tasks(seen: Meeting) -> Sheet:
    """All of them."""
    rows: list[list[Cell]] = [[each.task_id, each.parent_task_id or "", each.clause_id, each.content, each.unit, each.partner_names or "", each.due_on,
                               each.original_due_on, _(STATES[each.state]), each.overdue_days, each.done_on, each.evidence_id or "",
                               each.remedy or ""] for each in seen.tasks]
    return Sheet(name=_("任务"), about=_("任务分解，全部"), rows=rows, widths=(14, 14, 8, 50, 26, 26, 12, 12, 12, 10, 12, 16, 30), headings=[
        _("编号"), _("上级任务"), _("条款"), _("任务"), _("牵头单位"), _("配合单位"), _("时限"), _("原时限"), _("状态"), _("逾期天数"), _("完成"), _("佐证"), _("措施")])


def resolutions(seen: Meeting) -> Sheet:
    """All of them."""
    rows: list[list[Cell]] = [[each.resolution_id, each.meeting_id, each.met_on, each.topic, each.resolution, each.unit, each.due_on, _(STATES[each.state]),
                               each.overdue_days, each.closed_on, each.reminders, each.task_id or ""] for each in seen.resolutions]
    return Sheet(name=_("议定事项"), about=_("联席会议议定事项，全部"), rows=rows, widths=(12, 14, 12, 26, 50, 26, 12, 12, 10, 12, 8, 14), headings=[
        _("编号"), _("会议"), _("开会日"), _("议题"), _("议定事项"), _("责任单位"), _("时限"), _("状态"), _("逾期天数"), _("办结"), _("催办"), _("任务")])


def reports(seen: Meeting) -> Sheet:
    """Who has reported up to when."""
    rows: list[list[Cell]] = [[department(row), row.sender, feed_title(row.feed, row.title), row.as_of, row.due_on, row.overdue_days, row.accepted, row.refused]
                              for row in seen.reporting.rows]
    return Sheet(name=_("报送"), about=_("各单位报送情况"), rows=rows, widths=(26, 26, 26, 12, 12, 10, 10, 10), headings=[
        _("部门"), _("报送主体"), _("报表"), _("最近截至"), _("下次到期"), _("逾期天数"), _("接收"), _("退回")])


def _metric(metric: Metric) -> tuple[str, str, str]:
    return metric.metric_id, named(metric), _("第 {version} 版 · {status}", version=metric.version, status=_(metric.status))


def definitions(dictionary: Sequence[Metric]) -> Sheet:
    """The dictionary of metrics."""
    rows: list[list[Cell]] = [[*_metric(each), _(each.unit), either(each.statement_zh, each.statement_en)] for each in dictionary]
    return Sheet(name=_("口径"), about=_("口径词典"), rows=rows, widths=(26, 34, 16, 8, 100), headings=[_("代码"), _("指标"), _("版本与状态"), _("单位"), _("口径")])
