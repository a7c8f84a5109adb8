"""The funnel in the report: the stock by stage, and how many of those that enter go on."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb

from analytics.format import count
from analytics.funnel import BETWEEN, OVERDUE, REACHED, STOCK, TERMINATED
from analytics.funnel_finding import funnel_finding, months, said
from exports.figure import NotDrawable
from exports.figures import figure
from exports.pack.document import Block, Picture, Table, Text
from exports.pack.meeting import Meeting
from language import _, counted, named

HORIZON = 12  # months


def stages(cursor: duckdb.DuckDBPyConnection, seen: Meeting) -> Iterator[Block]:
    """The finding, the figure, the table."""
    found = seen.funnel
    yield Text(text=funnel_finding(found, seen.passages, HORIZON, "") + _("。") + (
        counted("已终止或撤回 {n} 项", found.count(TERMINATED)) + counted("；在阶段之间等待的 {n} 项", found.count(BETWEEN))
        + counted("；超过停留时限的 {n} 项。", found.count(OVERDUE)) if found else ""))
    if found is None:
        return
    for metric_id in (STOCK, REACHED):
        try:
            drawn = figure(cursor, "stages", metric_id, seen.as_of)
        except NotDrawable:
            continue
        yield Picture(caption=_("{what}：{figure}", what=named(drawn.metric), figure=drawn.name), drawing=drawn.within(), alt=drawn.words.alt)
    passages = {each.stage.stage_id: each for each in seen.passages}
    rows = [[named(stage), count(found.count(STOCK, stage)), count(found.count(REACHED, stage)), said(passages[stage.stage_id].advanced(HORIZON)),
             said(passages[stage.stage_id].quit(HORIZON)), months(passages[stage.stage_id])] for stage in found.stages]
    yield Table(caption=_("各阶段在途、到达与转化"), headings=[
        _("阶段"), _("在途（项）"), _("到达（项）"), counted("{n} 个月内转入后面阶段", HORIZON), counted("{n} 个月内终止或撤回", HORIZON), _("中位停留")], rows=rows,
        widths=(12, 12, 12, 22, 22, 20), numbers=(1, 2))
    yield Text(is_note=True, text=_("注：在途、到达、转化是三种看法，不能相加。转化与终止按竞争风险估计，括号内为 95% 区间；不足 5 项只列个数。"))
