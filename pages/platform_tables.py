"""The tables of the platforms page: platforms by type, buildings, requests, leases that end, incubators, zones, and service cases."""

from __future__ import annotations

from collections.abc import Sequence

from analytics.format import count, day, percent, short
from analytics.platforms import LEVELS, RATES, Ending
from analytics.zones import Zone
from language import _, counted, either, listed, named
from pages.dossier_link import dossier_link
from pages.markup import Markup, el, join
from pages.platform_cells import Cells
from pages.platform_words import median, rating, state
from pages.tables import wide

BUILDINGS = 30  # listed, the largest first


def kinds(cells: Cells) -> Markup:
    """Platforms by the policy's types, level and state, by title; what the register does not have is said to be so."""
    columns = ("platform_in_use", *(f"platform_in_use_{each}" for each in LEVELS), "platform_building", "platform_planned")
    is_listed = {each.category_id for each in cells.seen.listed_kinds} if cells.zone is None else set()  # the policy lists no types for a zone
    shown = [each for each in cells.seen.kinds if each.category_id in is_listed or any(cells.value(metric_id, each.category_id) for metric_id in columns)]
    groups = [either(each.grouping_zh, each.grouping_en) for each in shown]
    rows = [[join([el("span", named(each)), el("small", group) if group != before else ""]), state(cells.seen.state_of_kind(each.category_id, cells.zone)),
             *(cells.cell(metric_id, each.category_id, of=named(each)) for metric_id in columns)]
            for each, group, before in zip(shown, groups, ["", *groups], strict=False)]
    headings = [_("类型"), _("状态"), _("投用"), _("国家级"), _("省级"), _("市级"), _("新区级"), _("未定级"), _("在建"), _("拟建")]
    said, heading = _bodies(cells), el("h2", _("平台：政策所列的类型") if cells.zone is None else _("平台"))
    if not shown:
        return el("section", heading, el("p", _("台账中这一空间没有平台。"), class_="quiet"))
    return el("section", heading, el("p", said, class_="quiet"), wide(
        _("平台按类型"), headings, rows, numbers=range(2, len(headings)), total=[_("合计"), "", *(cells.cell(each, of=_("合计")) for each in columns)]))


def _bodies(cells: Cells) -> str:
    """Titles and bodies, which are counted apart."""
    return _("按牌子计；一个实体可有几块牌子，投用的实体 {in_use} 个、在建 {building} 个、拟建 {planned} 个。", in_use=cells.text("platform_bodies_in_use"),
             building=cells.text("platform_bodies_building"), planned=cells.text("platform_bodies_planned"))


def buildings(cells: Cells) -> Markup:
    """The largest buildings: how much of each is let."""
    names = cells.seen.tally.categories("premise_built_area", cells.zone)
    columns = ("premise_built_area", "premise_lettable_area", "premise_let_area", "premise_vacant_area", "premise_occupancy", "premise_idle_area", "premise_revived_area")
    rows = [[name, *(cells.cell(each, name, of=name) for each in columns[:4]), _full(cells, name), *(cells.cell(each, name, of=name) for each in columns[5:])]
            for name in names[:BUILDINGS]]
    if not rows:
        return el("section", el("h2", _("载体")), el("p", _("没有已投用的载体空间。"), class_="quiet"))
    coming = cells.amount("premise_coming_area").said(cells.value("premise_coming_area"))
    said = _("已投用的楼宇；另有规划和在建 {area}。", area=coming)
    if len(names) > BUILDINGS:
        said += counted("共 {n} 栋，列出建筑面积最大的 {shown} 栋。", len(names), shown=BUILDINGS)
    total = [_("合计"), *(cells.cell(each, of=_("合计")) for each in columns)]
    return el("section", el("h2", _("载体（㎡）")), el("p", said, class_="quiet"), wide(
        _("载体"), [_("楼宇"), *(_bare(cells, each) for each in columns)], rows, numbers=range(1, len(columns) + 1), total=total))


def requests(cells: Cells, ending: Sequence[Ending]) -> Markup:
    """How requests for each of the four uses are met, and what becomes free."""
    columns = ("request_received", "request_due_30d", "request_met_30d", "request_met_30d_rate", "request_open")
    rows = [[named(each), *(cells.cell(metric_id, each.category_id, of=named(each)) for metric_id in columns),
             median(cells.seen.request_waits.of(cells.zone, each.category_id))] for each in cells.seen.needs]
    headings = [_("需求类型"), _("申请"), _("应满足"), _("三十天内满足"), _("满足率"), _("未满足"), _("等待中位数")]
    total = [_("合计"), *(cells.cell(each, of=_("合计")) for each in columns), median(cells.seen.request_waits.of(cells.zone))]
    said = _("应满足的，是已满足的和等了三十天仍未满足的；等待中位数按 Kaplan–Meier，仍在等的计为删失，不足五件只列件数。")
    return join([el("section", el("h2", _("场所需求")), el("p", said, class_="quiet"), wide(
        _("场所需求"), headings, rows, numbers=range(1, len(headings)), total=total)), _ending(cells, ending)])


def incubators(cells: Cells) -> Markup:
    """Incubators and accelerators by their field."""
    tally = cells.seen.tally
    fields = dict.fromkeys((*tally.categories("incubator_in_use", cells.zone), *tally.categories("incubator_coming", cells.zone)))
    heading = el("h2", _("孵化器与加速器"))
    if not fields:
        return el("section", heading, el("p", _("台账中没有孵化器和加速器。"), class_="quiet"))
    columns = ("incubator_in_use", "incubator_coming")
    rows = [[field or _("未填"), *(cells.cell(each, field, of=field or _("未填")) for each in columns)] for field in fields]
    return el("section", heading, wide(_("孵化器与加速器"), [_("垂直领域"), _("投用"), _("未投用")], rows, numbers=(1, 2),
                                       total=[_("合计"), *(cells.cell(each, of=_("合计")) for each in columns)]))


def scorecard(cells: Cells) -> Markup:
    """The zones beside each other; a place among them only where five or more have the figure."""
    seen = cells.seen
    zones = [each for each in seen.zones if each.kind != "bucket" or any(seen.tally.value(metric_id, each.zone_id) for metric_id in (
        "premise_lettable_area", "request_received", "platform_in_use", "service_cases"))]
    ranks = {each: seen.ranks(each) for each in RATES}
    rows = [[_operator(cells, each), *(_ranked(cells, metric_id, each, ranks[metric_id]) for metric_id in RATES), _income(cells, each),
             rating(cells, zone=each.zone_id, of=named(each))] for each in zones]
    headings = [_("空间"), *(_bare(cells, each) for each in RATES), cells.heading("platform_service_income"), _("满意度")]
    said = _("运营主体各报各的；有数的空间满五个，才在数下列出名次（由高到低）。满意度不足五件只列件数。")
    total = [_("合计"), *(cells.cell(each, of=_("合计")) for each in RATES), cells.cell("platform_service_income", of=_("合计")), rating(cells)]
    return el("section", el("h2", _("各空间运营记分卡")), el("p", said, class_="quiet"), wide(
        _("运营记分卡"), headings, rows, numbers=range(1, len(headings)), total=total, is_long=True))


def cases(cells: Cells) -> Markup:
    """The six kinds of one-stop services."""
    columns = ("service_cases", "service_closed", "service_open")
    rows = [[named(each), *(cells.cell(metric_id, each.category_id, of=named(each)) for metric_id in columns),
             median(cells.seen.case_waits.of(cells.zone, each.category_id)), rating(cells, each.category_id, of=named(each))] for each in cells.seen.services]
    headings = [_("服务类别"), _("受理"), _("办结"), _("在办"), _("办结中位数"), _("满意度")]
    total = [_("合计"), *(cells.cell(each, of=_("合计")) for each in columns), median(cells.seen.case_waits.of(cells.zone)), rating(cells)]
    return el("section", el("h2", _("一体化服务")), wide(_("一体化服务"), headings, rows, numbers=range(1, len(headings)), total=total))


def _ending(cells: Cells, ending: Sequence[Ending]) -> Markup:
    heading = el("h2", _("九十天内到期的租约"))
    if not ending:
        return el("section", heading, el("p", _("没有九十天内到期的租约。"), class_="quiet"))
    number = cells.value("lease_ending_90d") or 0
    rows = [[each.tenant_name, join([dossier_link("premise", each.unit_id, each.building_name), el("small", each.unit_id)]), count(each.area_m2), day(each.ends_on),
             counted("{n} 天", (each.ends_on - cells.seen.as_of).days)] for each in ending]
    said = counted("共 {n} 份，先到期的在前，列出 {shown} 份。", int(number), shown=len(rows))
    return el("section", heading, el("p", said, class_="quiet"), wide(
        _("九十天内到期的租约"), [_("承租单位"), _("载体"), _("面积（㎡）"), _("止租日期"), _("还有")], rows, numbers=(2, 4)))


def _operator(cells: Cells, zone: Zone) -> Markup:
    names = cells.seen.operators.get(zone.zone_id, ())
    return join([el("span", short(zone)), el("small", listed(names), lang="zh-CN") if names else ""])


def _ranked(cells: Cells, metric_id: str, zone: Zone, ranks: dict[str, int]) -> Markup:
    number = cells.cell(metric_id, zone=zone.zone_id, of=named(zone))
    rank = ranks.get(zone.zone_id)
    return join([number, el("small", _("第 {rank}/{of}", rank=rank, of=len(ranks)))]) if rank else number


def _income(cells: Cells, zone: Zone) -> Markup:
    share = cells.seen.share("platform_service_income", zone.zone_id)
    number = cells.cell("platform_service_income", zone=zone.zone_id, of=named(zone))
    return join([number, el("small", _("占 {share}", share=percent(share)))]) if share else number


def _full(cells: Cells, name: str) -> Markup:
    """Occupancy as a number with a bar behind it."""
    value = cells.value("premise_occupancy", name)
    return el("span", cells.cell("premise_occupancy", name, of=name), class_="level", style=f"--level:{min(float(value or 0), 1):.4f}")


def _bare(cells: Cells, metric_id: str) -> str:
    found = cells.seen.tally.dictionary.get(metric_id)
    return named(found) if found else metric_id
