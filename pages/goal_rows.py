"""The rows behind a number of the goals page, each with the lines of the files that said it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from analytics.drill import Counted, Drilled
from analytics.format import UNKNOWN, Amount, day
from analytics.zones import Zone
from exports.goal_frames import BEFORE
from exports.rows import KINDS
from language import _, counted, either, listed, named
from pages.dossier_link import dossier_link
from pages.downloads import downloads
from pages.goal_words import ALL_ZONES
from pages.group_rows import groups
from pages.markup import Markup, el, join, pill, table
from warehouse.source_line import Source

OF_FIRMS = ("loan", "deal", "position", "policy", "lease", "agreement", "surplus_equity")  # named by the firm


def rows(found: Drilled, amount: Amount, of: str, files: Sequence[tuple[str, str]]) -> Markup:
    """The rows behind a number, each with the lines of the files it comes from. `files`: kind and address of all of them as a file."""
    if found.grouped is not None:
        return groups(found, amount, of, files)
    if not found.is_known:
        return el("p", _("{of}：因缺报不能知道，没有可列的行。", of=of), class_="quiet")
    if not found.count:
        said = (_("{of}：没有计入的行，合计 0。", of=of) if found.total is not None else _("{of}：各输入指标都没有计入的行。", of=of) if found.is_statistic else
                _("{of}：没有计入的行，分母为 0，不成比率。", of=of))
        return el("p", said, class_="quiet")
    is_made = found.is_statistic or found.is_ratio
    headings = [_("名称"), _("主体"), _("发生日期"), _("空间"), _("阶段"), _("数值") if is_made else _("数值（{unit}）", unit=amount.unit), _("来源")]
    cells = [[_name(each), each.org_name or UNKNOWN, day(each.occurred_on, each.occurred_precision), each.zone or UNKNOWN, each.stage or UNKNOWN,
              f"{each.metric} {Amount(each.unit, amount.money).said(each.value)}" if is_made else amount.text(each.value), _sources(each)]
             for each in found.rows]
    said_at = {1: not amount.is_money and any(each.org_name for each in found.rows), 3: any(each.zone for each in found.rows), 4: any(each.stage for each in found.rows)}
    kept = [at for at in range(len(headings)) if said_at.get(at, True)]
    body = table(_("计入的行"), [headings[at] for at in kept], [[line[at] for at in kept] for line in cells], numbers=[kept.index(5)])
    total = amount.said(found.total)
    if found.is_statistic:
        said = counted("{of}：统计量，由各输入指标的 {n} 行算得，不是各行之和，列出 {shown} 行。", found.count, of=of, shown=len(found.rows))
    elif is_made:
        said = counted("{of}：分子与分母共 {n} 行，比率 {total}，列出 {shown} 行。", found.count, of=of, total=total, shown=len(found.rows))
    elif len(found.rows) == found.count:
        said = counted("{of}：共 {n} 行，合计 {total}。", found.count, of=of, total=total)
    else:
        said = counted("{of}：共 {n} 行，合计 {total}，列出最近的 {shown} 行。", found.count, of=of, total=total, shown=len(found.rows))
    return join([el("p", said, *downloads(files, found.count), class_="quiet taken"),
                 el("p", _("左右滑动看全表"), class_="hint"), body])


def chosen_rows(zone: Zone | None, month: str, at: dt.date) -> str:
    """What the rows below are of."""
    when = "" if not month else _(BEFORE) if month == "before" else _("{month} 发生", month=month)
    return " · ".join(part for part in (named(zone) if zone else _(ALL_ZONES), when, _("截至 {day}", day=day(at))) if part)


def _name(row: Counted) -> Markup:
    listed = Markup()
    if row.name is None and row.entity_kind in OF_FIRMS:
        listed = pill(_("待登记"), "warn", _("主体库里还没有这家企业，或没有写明是哪一家"))
    elif row.name is None:
        listed = pill(_("待建档"), "warn", _("事件先到，项目库里还没有它"))
    kind = _(KINDS[row.entity_kind]) if row.entity_kind in KINDS else ""
    number = "" if row.entity_id[:1].islower() else row.entity_id  # numbers are the departments'; what begins with a small letter is a code of ours
    if row.name is None and row.entity_kind == "pool_entry":  # money put into the pool is of no firm
        return join([dossier_link(row.entity_kind, row.entity_id, kind), el("small", number)])
    return join([dossier_link(row.entity_kind, row.entity_id, row.name or row.entity_id), el("small", f"{kind} {number}".strip()), listed,
                 pill(_("待佐证"), "warn") if row.is_pending else Markup()])


def _sources(row: Counted) -> Markup:
    """Closed: the file and line of the row itself. Open: every line it was made of."""
    first = row.sources[0]
    where = _("{file} 第 {row} 行", file=first.file, row=first.row)
    if len(row.sources) > 1:
        where = counted("{where} 等 {n} 行", len(row.sources), where=where)
    return el("details", el("summary", where), *map(source_line, row.sources), class_="sources")


def source_line(source: Source) -> Markup:
    """A line of a file as its department sent it, with who sent it when."""
    sheet = _(" · 工作表 {sheet}", sheet=source.sheet) if source.sheet else ""
    sender = " · ".join(part for part in (either(source.department, source.department_en), source.sender) if part)
    said = _("{sheet} · 第 {row} 行；{sender}报送，{moment} 收到", sheet=sheet, row=source.row, sender=sender, moment=f"{source.received_at:%Y-%m-%d %H:%M}")
    line = el("dl", *(el("div", el("dt", heading), el("dd", text)) for heading, text in source.cells))
    unit = [_("表外注明的金额单位：{unit}。", unit=source.unit)] if source.unit else []
    left_out = [counted("另有 {n} 列未收录，因是个人信息或不认识的列：{names}。", len(source.left_out), names=listed(source.left_out))] if source.left_out else []
    notes = unit + left_out if source.cells else [_("这一期没有留存原行。")]
    return el("div", el("p", el("strong", source.file), said), line, *(el("p", note, class_="quiet") for note in notes))
