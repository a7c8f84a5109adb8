"""How far the numbers may be trusted, in the report."""

from __future__ import annotations

from collections.abc import Iterator

from analytics.format import count, day, percent
from analytics.quality import DIMENSIONS, scores
from analytics.quality_finding import quality_finding
from exports.pack.document import Block, Table, Text
from exports.pack.meeting import Meeting
from exports.pack.numbering import date
from language import _, counted, listed


def trust(seen: Meeting) -> Iterator[Block]:
    """What is missing and what it may hide, then the six scores."""
    yield Text(text=quality_finding(seen.quality, None) + _("。") + _("以 {day} 的报送情况为准；缺报的指标记“—”，不按 0 计。", day=date(seen.today)))
    late = seen.reporting.late
    if late:
        rows = [[each.department, each.sender or _("本部门"), listed(each.reports), day(each.as_of), counted("{n} 天", each.overdue_days) if each.overdue_days else "",
                 listed(each.goals)] for each in late]
        yield Table(caption=_("逾期与未报的单位"), headings=[_("部门"), _("报送主体"), _("报表"), _("最近截至"), _("逾期"), _("可能偏低的目标")], rows=rows,
                    widths=(18, 17, 29, 18, 12, 23))
    found = scores(seen.quality.departments)
    rows = [[_(each), count(score.checked), count(score.failed), percent(score.share)] for each in DIMENSIONS for score in (found.get(each),)
            if score is not None and score.share is not None]
    if seen.quality.is_checked and rows:
        yield Table(caption=_("数据质量六个维度"), headings=[_("维度"), _("查"), _("不符"), _("符合占比")], rows=rows, widths=(40, 20, 20, 20), numbers=(1, 2, 3))
        yield Text(is_note=True, text=_("注：六个维度按 GB/T 36344—2018，维度之间不加总。"))
