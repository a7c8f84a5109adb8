"""The rows behind one term: what each was and is, what files say otherwise, and those lines themselves."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from analytics.change_bridge import MetricChange
from analytics.changed_rows import FIELDS, Moved, MovedRow
from analytics.changes_said import moved_by, word
from analytics.format import UNKNOWN, Amount, Money, day
from analytics.units import UNITS
from language import _, counted, listed
from pages.downloads import downloads
from pages.goal_rows import source_line
from pages.markup import Markup, el, fill, join, table
from warehouse.what_stands import Stands


def rows(change: MetricChange, term: str, found: Moved, unit: Money, files: Sequence[tuple[str, str]]) -> Markup:
    """All of them or the largest. `files`: kind and address of all of them as a file."""
    effect = next((each.exact for each in change.terms if each.term == term), None)
    whole = moved_by(change, effect, unit) if effect is not None else UNKNOWN
    said = counted("{term}：共 {n} 条，合计 {whole}。", found.count, term=word(change, term), whole=whole) if len(found.rows) == found.count else counted(
        "{term}：共 {n} 条，合计 {whole}，列出变化最大的 {shown} 条。", found.count, term=word(change, term), whole=whole, shown=len(found.rows))
    is_ratio = len(change.metric.made_of) > 1
    headings = [_("名称"), *([_("分子或分母")] if is_ratio else []), _("变化"), _("上期"), _("本期"), _("改了什么"), _("谁报的")]
    cells = [[_name(each), *([each.metric] if is_ratio else []), *(Amount(each.unit, unit).said(part) for part in (each.fact.change, each.value_before, each.value_now)),
              _what(each, unit), _lines(each)] for each in found.rows]
    first = 2 if is_ratio else 1
    return join([el("p", said, *downloads(files, found.count), class_="quiet taken"), el("p", _("左右滑动看全表"), class_="hint"),
                 table(_("构成的行"), headings, cells, numbers=range(first, first + 3))])


def _name(row: MovedRow) -> Markup:
    return join([el("span", row.fact.name), el("small", row.fact.unit) if row.fact.unit != row.fact.name else Markup()])


def _what(row: MovedRow, unit: Money) -> Markup:
    """Fields before and after; where it counts at one end alone, why."""
    said: list[Markup] = []
    if row.until:
        said.append(el("li", _("计至 {day}", day=day(row.until))))
    for each in row.differences:
        before, now = (_field(each.field, text, row.unit, unit) for text in (each.before, each.now))
        said.append(_changed(_(FIELDS[each.field]), before, now))
    said += [_changed(*cell) for cell in row.cells]
    for stands in row.stands:
        said += _stands(stands)
    return el("ul", *said) if said else el("span", _("新报来") if row.value_before is None else _("不再计入"))


def _changed(heading: str, before: str, now: str) -> Markup:
    return el("li", _("{heading}：", heading=heading), el("del", before or _("空")), " → ", el("ins", now or _("空")))


def _field(name: str, text: str, unit: str, money: Money) -> str:
    if name == "value" and text and unit in (*UNITS, "%"):
        return listed(Amount(unit, money).said(Decimal(each)) for each in text.split(_("、")))
    return text


def _stands(stands: Stands) -> list[Markup]:
    moment = f"{stands.at:%Y-%m-%d %H:%M}" if stands.at else UNKNOWN
    match stands.how:
        case "unlisted":
            return [el("li", fill(_("{file}（{moment} 收到）不再列出它"), file=el("strong", stands.file), moment=moment))]
        case "withdrawn":
            return [el("li", _("所在文件已撤下（{by}，{moment}）", by=stands.by or UNKNOWN, moment=moment))]
        case "added":
            return [el("li", _("同一对象后来另有新报的行"))]
    return [_changed(*cell) for cell in stands.cells]


def _lines(row: MovedRow) -> Markup:
    """Closed: who sent the newest line and when. Open: every line."""
    if not row.lines:
        return Markup(UNKNOWN)
    first = row.lines[0]
    who = _("{file} 第 {row} 行，{moment} 收到", file=first.file, row=first.row, moment=f"{first.received_at:%Y-%m-%d}")
    return el("details", el("summary", who), *map(source_line, row.lines), class_="sources")
