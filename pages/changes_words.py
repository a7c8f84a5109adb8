"""The words and tables of the page of changes."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from analytics.bridge import REAL_TERMS, RULES_TERMS
from analytics.change_bridge import HAPPENED, TOLD, UNDIVIDED, Changes, MetricChange, Side
from analytics.changes_said import chances as chances_said
from analytics.changes_said import moved_by, value
from analytics.families import TITLES
from analytics.format import UNKNOWN, Money, day
from language import _, counted, listed, named
from pages.choices import here, link
from pages.markup import Markup, el, join, pill
from pages.tables import wide

GROUPS = ((REAL_TERMS, (HAPPENED,)), (("迟报补录",), ()), (("更正撤销", "更正修订"), (TOLD,)), ((*RULES_TERMS, UNDIVIDED), ()))


def sides(changes: Changes) -> Markup:
    """What is compared with what."""
    def one(side: Side) -> str:
        issue = _("{issue} 期专刊，", issue=side.issue) if side.issue else ""
        return _("{issue}截至 {day}，知悉截至 {moment}，快照 {snapshot}", issue=issue, day=day(side.as_of), snapshot=side.snapshot,
                 moment=f"{side.known_at:%Y-%m-%d %H:%M}")

    return el("p", _("上期：{before}。本期：{now}。", before=one(changes.before), now=one(changes.now)), class_="quiet")


def overview(changes: Changes, unit: Money, chosen: str, *, is_all: bool) -> Markup:
    """A table for each family: what changed, and by which reason; the rest as a count."""
    shown = [each for each in changes.metrics if each.is_changed or is_all]
    tables = []
    for index, (family, group) in enumerate(groupby(shown, key=lambda each: each.family)):
        found = list(group)
        summary = counted("{family}：{n} 个指标", len(found), family=_(TITLES[family]))
        is_open = index == 0 or any(each.metric.metric_id == chosen for each in found)
        tables.append(el("details", el("summary", summary), _table(_(TITLES[family]), found, unit, chosen), class_="more family", open="" if is_open else None))
    rest = counted("另有 {n} 个指标没有变化。", len(changes.unchanged)) if not is_all and changes.unchanged else ""
    unknown = [named(each.metric) for each in changes.metrics if each.standing == "unknown"]
    gaps = counted("{n} 个指标两期都因缺报不能知道：{names}。", len(unknown), names=listed(unknown)) if unknown else ""
    return el("section", el("h2", _("各指标的变化（金额：{unit}）", unit=unit.unit)),
              el("p", _("每行：上期 ＋ 真实 ＋ 迟报 ＋ 更正 ＋ 口径等 ＝ 本期，一分不差。点指标看构成与来源行。"), class_="quiet"), *tables,
              el("p", rest, gaps, class_="quiet") if rest or gaps else Markup(), class_="changes")


def statistics(changes: Changes, unit: Money) -> Markup:
    """Statistics telescoped, probabilities previous and now."""
    known = [each for each in changes.statistics if each.standing != "unknown"]
    said = chances_said(changes)
    if not known and not said:
        return Markup()
    table = _table(_("统计量"), known, unit, "") if known else Markup()
    return el("section", el("h2", _("统计量与概率")), el("p", _("统计量不由行相加：在四个状态各算一次，差额依次归到口径、补报与更正、真实变化。概率只列上期与本期。"),
                                                     class_="quiet"), table,
              el("ul", *(el("li", each) for each in said), class_="odds") if said else Markup(), class_="changes")


def _table(caption: str, found: Sequence[MetricChange], unit: Money, chosen: str) -> Markup:
    headings = [_("指标"), _("上期"), _("本期"), _("变化"), _("真实"), _("迟报"), _("更正"), _("口径等")]
    return wide(caption, headings, [_row(each, unit, chosen) for each in found], numbers=range(1, 8), is_long=True)


def _row(change: MetricChange, unit: Money, chosen: str) -> list[str]:
    metric = change.metric
    href = link("dictionary", metric=metric.metric_id) if metric.aggregation == "statistic" else here(metric=metric.metric_id, term=None)
    name = el("a", named(metric), href=href, target="_self", aria_current="true" if metric.metric_id == chosen else None)
    mark = {"begun": pill(_("首次有数"), "plain", _("上期没有数，作为基期，不作比较")), "added": pill(_("新指标"), "plain", _("上期的口径词典里没有")),
            "ended": pill(_("缺报"), "warn", _("本期因缺报不能知道"))}.get(change.standing, Markup())
    total = el("strong", moved_by(change, change.total, unit)) if change.total else el("span", UNKNOWN if change.total is None else "0", class_="zero")
    return [join([name, mark]), value(change, change.before, unit), value(change, change.now, unit), total,
            *(_cell(change, unit, (*rows, *steps)) for rows, steps in GROUPS)]


def _cell(change: MetricChange, unit: Money, terms: Sequence[str]) -> Markup:
    moved = change.of(*terms)
    if moved is None:
        return el("span", "", class_="zero")
    first = next((each.term for each in change.terms if each.term in terms and each.count), None)
    text = moved_by(change, moved, unit) if moved else _("相抵为 0")
    return el("a", text, href=here(metric=change.metric.metric_id, term=first), target="_self") if first else el("span", text)


def method() -> Markup:
    """How the reasons are told apart."""
    terms = [
        (_("真实新增、真实减少"), _("按现在所知，上期截至日之后发生或到期的。")),
        (_("迟报补录"), _("上期截至日以前已发生，上期尚未报来的。首次接入的报表是基期，不算迟报。")),
        (_("更正撤销"), _("上期计入、后来被撤回或查明不实的。")), (_("更正修订"), _("上期计入、后来改了数值、日期、空间或阶段的。")),
        (_("口径变更、范围变更、程序修正"),
         _("上期的数据照现行口径、参照表与程序重放一遍，与上期所报之差：指标定义改了版本为口径变更，参照表改了为范围变更，只有程序改了为程序修正。"))]
    return el("section", el("details", el("summary", _("各项怎样区分")), el("dl", *(el("div", el("dt", term), el("dd", said)) for term, said in terms)),
                            el("p", _("比率的每项为（分子的变化 − 上期比率 × 分母的变化）÷ 本期分母，各项之和恰为比率的变化。")), class_="more"), class_="method")
