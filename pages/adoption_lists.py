"""The lists of the page of results in use: products, scenarios that wait, friendly units."""

from __future__ import annotations

from collections.abc import Mapping

from analytics.adoption import First, Listed, Unit, Waiting
from analytics.format import UNKNOWN, Money, day, short
from analytics.zones import Zone
from language import N_, _, counted
from pages.adoption_words import LEVEL_WORDS
from pages.frame import address
from pages.markup import Markup, el, join, pill
from pages.tables import wide

UNIT_STATES = {"valid": (N_("有效"), "good"), "expiring": (N_("即将到期"), "warn"), "expired": (N_("已到期"), "bad")}


def products(found: Listed[First], money: Money) -> Markup:
    """Every recognised product with the outcome and project it comes from, those that wait for a first use before the others."""
    heading = el("h2", _("五首产品"))
    if not found.rows:
        return el("section", heading, el("p", _("没有认定过的五首产品。"), class_="quiet"))
    told = counted("共 {n} 项，待首次应用的在前，列出 {shown} 项。", found.number, shown=len(found.rows))
    headings = (_("产品"), _("级别"), _("认定"), _("首次应用"), _("应用单位"), _("采购（{unit}）", unit=money.unit), _("来自的成果与项目"))
    rows = [[join([el("span", each.product_name), el("small", each.product_id, " ", each.maker)]), _(LEVEL_WORDS[each.level]),
             _("日期不详") if each.recognised_precision == "Y" else day(each.recognised_on, each.recognised_precision),
             day(each.used_on, each.used_precision) if each.used_on else pill(_("待首次应用"), "warn"), each.buyer or UNKNOWN,
             money.text(each.purchase) if each.purchase is not None else UNKNOWN, _origin(each)] for each in found.rows]
    return el("section", heading, el("p", told, class_="quiet"), wide(_("五首产品"), headings, rows, numbers=(5,), is_long=True), class_="rows products")


def waiting(found: Listed[Waiting], zones: Mapping[str, Zone]) -> Markup:
    """The scenarios for which something is still to be done."""
    heading = el("h2", _("待揭榜与推进中的应用场景"))
    if not found.rows:
        return el("section", heading, el("p", _("没有待揭榜、推进中的应用场景。"), class_="quiet"))
    told = counted("共 {n} 个，待揭榜的在前，等得久的在前，列出 {shown} 个。", found.number, shown=len(found.rows))
    rows = [[join([el("span", each.name), el("small", each.scenario_id)]), each.publisher, short(zones[each.zone_id]),
             pill(_("推进中")) if each.is_taken else pill(_("待揭榜"), "warn"), day(each.since, each.precision), counted("{n} 天", each.days), day(each.until)]
            for each in found.rows]
    headings = (_("应用场景"), _("发布单位"), _("空间"), _("状态"), _("发布或揭榜"), _("已等"), _("有效期至"))
    return el("section", heading, el("p", told, class_="quiet"), wide(_("待揭榜与推进中的应用场景"), headings, rows, numbers=(5,), is_long=True), class_="rows")


def units(found: Listed[Unit], money: Money) -> Markup:
    """The friendly units, the first to end first."""
    heading = el("h2", _("应用友好单位"))
    if not found.rows:
        return el("section", heading, el("p", _("没有认定过的应用友好单位。"), class_="quiet"))
    told = counted("共 {n} 家，先到期的在前，列出 {shown} 家；有效期至当日仍有效，没有填有效期的视为有效。", found.number, shown=len(found.rows))
    rows = [[join([el("span", each.name), el("small", each.scenario_id)]), _unit_state(each), day(each.recognised_on, each.precision), day(each.until), _left(each),
             money.text(each.purchase) if each.purchase is not None else UNKNOWN] for each in found.rows]
    headings = (_("单位"), _("状态"), _("认定"), _("有效期至"), _("还有"), _("采购（{unit}）", unit=money.unit))
    body = wide(_("应用友好单位"), headings, rows, numbers=(4, 5), is_long=True)
    return el("section", heading, el("p", pill(_("拟定")), " ", told, class_="quiet"), body, class_="rows")


def _origin(each: First) -> Markup:
    """The outcome and, below it, the project; a number that is on no list is said to be so."""
    if each.outcome_id is None:
        return el("span", UNKNOWN, class_="zero")
    outcome = _way(each.outcome_name or each.outcome_id, "outcome", each.outcome_id)
    if each.outcome_name is None:
        return join([outcome, pill(_("未报"), "warn", _("科技成果表里还没有这个编号"))])
    project = el("small", _way(each.project_name or each.project_id, "project", each.project_id)) if each.project_id else ""
    return join([outcome, project])


def _way(text: str, kind: str, entity_id: str) -> Markup:
    href = address("dossier", kind=kind, id=entity_id)
    return el("a", text, href=href, target="_self") if href else el("span", text)


def _unit_state(each: Unit) -> Markup:
    word, tone = UNIT_STATES[each.state]
    return pill(_(word), tone)


def _left(each: Unit) -> str:
    if each.days is None:
        return UNKNOWN
    return counted("{n} 天", each.days) if each.days >= 0 else counted("已过 {n} 天", -each.days)
