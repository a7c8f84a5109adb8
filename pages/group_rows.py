"""What stands in place of the rows of a metric whose rows would be persons: its groups, and the files they come from."""

from __future__ import annotations

from collections.abc import Sequence

from analytics.drill import Drilled
from analytics.format import Amount
from analytics.grouped import Group, unsaid
from language import _, counted, listed
from pages.downloads import downloads
from pages.markup import Markup, el, join
from pages.tables import wide
from warehouse.small_cells import Said

NAMED = 6  # files named, the last received


def groups(found: Drilled, amount: Amount, of: str, files: Sequence[tuple[str, str]]) -> Markup:
    """The groups behind a number. `files`: kind and address of all of them as a file."""
    if not found.is_known or found.grouped is None:
        return el("p", _("{of}：因缺报不能知道，没有可列的组。", of=of), class_="quiet")
    told = found.grouped
    whole = amount.said(told.total.value) if told.total.said is Said.VALUE else unsaid(told.total.said)
    said = counted("{of}：{whole}，共 {n} 组。只到组，不列个人。", len(told.groups), of=of, whole=whole)
    headings = [_("指标"), _("空间"), _("分类"), _("年份"), _("数值")]
    rows = [[each.metric, each.zone or _("全部"), each.category or _("全部"), str(each.year or _("全部")), _written(each, amount)] for each in told.groups]
    kept = [at for at in range(len(headings)) if at == len(headings) - 1 or len({row[at] for row in rows}) > 1]
    named = told.files[-NAMED:]
    source = counted("来自 {n} 份文件，最近的：{names}。", len(told.files), names=listed(named)) if named else ""
    body = wide(_("计入的组"), [headings[at] for at in kept], [[row[at] for at in kept] for row in rows], numbers=(len(kept) - 1,)) if rows else Markup()
    return join([el("p", said, *downloads(files, len(told.groups)), class_="quiet taken"), body, el("p", source, class_="quiet") if source else Markup()])


def _written(each: Group, amount: Amount) -> str:
    return Amount(each.unit, amount.money).said(each.value) if each.said is Said.VALUE else unsaid(each.said)
