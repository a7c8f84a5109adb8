"""What there is to do and what was done: findings with their age, refused rows with the cells at fault, and what was put right."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence

from analytics.format import UNKNOWN, count
from analytics.quality import Correction, Corrections, Problem, Quality, RefusedRow
from analytics.reporting import feed_title
from language import _, counted, listed, named
from pages.markup import Markup, el, fill, join, pill
from pages.tables import wide

FEW = 2  # reports that are named


def problems(found: Sequence[Problem], quality: Quality) -> Markup:
    """What the checks found, the longest open first; of one check all senders together."""
    heading = el("h2", _("待核对"))
    if not found:
        return el("section", heading, el("p", _("检查没有发现需要核对的。") if quality.is_checked else _("该期无检查结果。"), class_="quiet"))
    names = {each.department_id: named(each) for each in quality.departments}
    titles = {duty.row.feed: duty.row.title for each in quality.departments for duty in each.duties}
    by_check: dict[str, list[Problem]] = {}
    for each in found:
        by_check.setdefault(each.check_id, []).append(each)
    return el("section", heading, el("div", *(_check(group, names, titles) for group in by_check.values()), class_="findings"))


def refused(rows: Sequence[RefusedRow], number: int, page: int, most: int, today: dt.date, *, is_readable: bool) -> Markup:
    """One page of the refused rows; the whole file comes back marked by a command. Who may not read them is told how many there are."""
    heading = el("h2", _("待改正的退回行"))
    if not number:
        return el("section", heading, el("p", _("没有退回的行。"), class_="quiet"))
    if not is_readable:
        return el("section", heading, el("p", counted("共 {n} 行。行的内容只给报送部门的数据员看。", number), class_="quiet"))
    said = counted("共 {n} 行，等得最久的在前；这里是第 {first}–{last} 行。", number, first=count((page - 1) * most + 1), last=count((page - 1) * most + len(rows)))
    how = fill(_("请：改正后把整份文件重新放进同一位置。取回在原表上标好的文件：{command}。"), command=el("code", "python -m etl answer ", _("文件名")))
    headings = (_("文件与行"), _("编号"), _("退回原因"), _("等了"), _("该行"))
    cells = [[_place(each), _key(each.key), _reasons(each), counted("{n} 天", (today - each.opened_at.date()).days), _cells(each)] for each in rows]
    return el("section", heading, el("p", said, class_="quiet"), el("p", how, class_="quiet"),
              wide(_("待改正的退回行"), headings, cells, numbers=(3,), is_long=True), class_="rows refused")


def corrected(found: Corrections) -> Markup:
    """What was put right, and how fast."""
    heading = el("h2", _("已改正"))
    if not found.number or found.median_days is None:
        return el("section", heading, el("p", _("还没有改正过的退回行。"), class_="quiet"))
    if not found.latest:
        return el("section", heading, el("p", counted("共改正 {n} 行，一半在 {days} 天内改正。", found.number, days=f"{found.median_days:g}"), class_="quiet"))
    said = counted("共改正 {n} 行，一半在 {days} 天内改正；列出最近的 {shown} 行。", found.number, days=f"{found.median_days:g}", shown=len(found.latest))
    headings = (_("编号"), _("退回于"), _("改正于"), _("用了"), _("改正的文件"), _("结果"))
    rows = [[_key(each.key), f"{each.opened_at:%Y-%m-%d}", f"{each.closed_at:%Y-%m-%d}", counted("{n} 天", each.days), each.closed_by, _outcome(each)]
            for each in found.latest]
    return el("section", heading, el("p", said, class_="quiet"), wide(_("已改正的退回行"), headings, rows, numbers=(3,), is_long=True), class_="rows")


def _check(group: Sequence[Problem], names: Mapping[str, str], titles: Mapping[str, str]) -> Markup:
    """Closed: what ought to hold, who must act, in how many places it does not and since when. Open: what to do, and the first of them by sender."""
    first = group[0]
    since = min((each.since for each in group if each.since), default=None)
    owners = listed(dict.fromkeys(names.get(each.owner, each.owner) for each in group))
    reports = list(dict.fromkeys(feed_title(each.feed, titles.get(each.feed, each.feed)) for each in group if each.feed))
    of = listed(reports) if len(reports) <= FEW else counted("{n} 张报表", len(reports))
    told = " · ".join(part for part in (of, owners, _("{day} 起", day=f"{since:%Y-%m-%d}") if since else "") if part)
    summary = el("summary", el("span", el("span", _(first.sentence)), el("small", told)), pill(_(first.dimension)),
                 pill(counted("{n} 处", sum(each.failed for each in group)), "warn"))
    return el("details", summary, el("p", el("strong", _("请：")), el("span", _(first.action))), *(_sender(each, names, titles) for each in group))


def _sender(each: Problem, names: Mapping[str, str], titles: Mapping[str, str]) -> Markup:
    report = feed_title(each.feed, titles.get(each.feed, each.feed))
    where = " · ".join(part for part in (names.get(each.department_id, each.department_id), each.sender, report) if part)
    examples = [el("li", el("span", key), el("span", found, class_="quiet")) for key, found in each.examples]
    more = [el("li", counted("另有 {n} 处。", each.failed - len(each.examples)), class_="quiet")] if each.failed > len(each.examples) else []
    return join([el("p", counted("{where}：查 {checked}，不符 {n} 处", each.failed, where=where, checked=count(each.checked)), class_="quiet"),
                 el("ul", *examples, *more, lang="zh-CN")])


def _place(each: RefusedRow) -> Markup:
    sheet = f"{each.sheet} · " if each.sheet else ""
    return join([el("span", each.file), el("small", sheet, _("第 {row} 行", row=each.row))])


def _key(key: str) -> str:
    return key or el("span", _("读不出"), class_="zero")


def _reasons(each: RefusedRow) -> Markup:
    return el("ul", *(el("li", reason) for _heading, reason in each.reasons), lang="zh-CN", class_="reasons")


def _cells(each: RefusedRow) -> Markup:
    """All cells of the row as sent, those at fault marked; what is personal was never kept."""
    wrong = {heading for heading, _reason in each.reasons}
    cells = json.loads(each.cells)
    if not cells:  # of a feed about persons
        return el("span", UNKNOWN, class_="zero")
    line = (el("div", el("dt", heading), el("dd", el("mark", text or "　") if heading in wrong else text or "　")) for heading, text in cells.items()
            if text or heading in wrong)
    return el("details", el("summary", counted("{n} 格", len(cells))), el("div", el("dl", *line)), class_="sources", lang="zh-CN")


def _outcome(each: Correction) -> Markup:
    return pill(_("已接收"), "good") if each.is_accepted else pill(_("已除去"), title=_("改正的文件里不再有这一行"))
