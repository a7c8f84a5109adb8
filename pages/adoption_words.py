"""What the page of results in use says: its title, the boxes, and the tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from analytics.adoption import LEVELS, Adoption
from analytics.format import UNKNOWN, count
from analytics.funnel_finding import said
from analytics.incidence import Incidence
from analytics.rate import FEW
from analytics.steps import PUBLISHED, RECOGNISED, TAKEN
from analytics.zones import Zone
from language import N_, _, counted, named
from pages.cite import box
from pages.markup import Markup, el, fill, join, pill
from pages.tables import wide
from pages.tally_cells import TallyCells

LEVEL_WORDS = {"national": N_("国家级"), "provincial": N_("省级"), "municipal": N_("市级"), "new_area": N_("新区级"), "unrated": N_("未定级")}


def title(seen: Adoption, zone: Zone | None) -> str:
    """The finding in one sentence, true whatever the numbers are; what cannot be known is said to be so."""
    where = zone.zone_id if zone else None

    def of(metric_id: str) -> int | None:
        value = seen.tally.value(metric_id, where)
        return None if value is None else int(value)

    recognised, waiting, published, units = of("first_recognised"), of("first_waiting"), of("scenario_published"), of("friendly_valid")
    parts = [
        _("五首产品因缺报尚不能知道") if recognised is None else counted("五首产品认定 {n} 项，{waiting} 项待首次应用", recognised, waiting=count(waiting)),
        _("应用场景因缺报尚不能知道") if published is None else counted(
            "应用场景发布 {n} 个，揭榜 {taken} 个、落地 {landed} 个", published, taken=count(of("scenario_taken")), landed=count(of("scenario_landed")))]
    if units == 0:
        parts.append(_("没有有效的应用友好单位"))
    elif units is not None:
        parts.append(counted("有效的应用友好单位 {n} 家，{soon} 家九十天内到期", units, soon=count(of("friendly_expiring_90d"))))
    finding = _("；").join(parts)
    return _("{zone}：{what}", zone=named(zone), what=finding) if zone else finding


def boxes(cells: TallyCells, seen: Adoption, months: int) -> Markup:
    """The figures that say most, each with what it is made of."""
    text, linked = cells.text, cells.linked
    taken, landed = (seen.steps.of(each, cells.zone).advanced(months) for each in (PUBLISHED, TAKEN))
    horizon = counted("{n} 个月内", months)
    return el(
        "div",
        box(_("五首产品认定"), cells.said("first_recognised"), fill(_("已首次应用 {used}；待首次应用 {waiting}"), used=linked("first_used", text("first_used")),
             waiting=linked("first_waiting", text("first_waiting"))),
            of="first_recognised"),
        box(_("首次应用用时中位数"), linked("first_recognised", median(seen.steps.waits(RECOGNISED, cells.zone))), join([_("自认定至首次应用，未应用的计为删失")]),
            of="first_days_to_use"),
        box(_("五首采购金额"), cells.said("first_purchase"), fill(_("溯源到成果 {share}（{traced}）"), share=cells.said("first_traced_rate"),
             traced=cells.said("first_traced")),
            of="first_purchase first_traced_rate"),
        box(_("应用场景揭榜率"), linked("scenario_published", said(taken, is_short=True)), join([_("自发布起 {horizon}：{rate}", horizon=horizon, rate=said(taken))]),
            of="scenario_conversion"),
        box(_("应用场景落地率"), linked("scenario_taken", said(landed, is_short=True)), join([_("自揭榜起 {horizon}：{rate}", horizon=horizon, rate=said(landed))]),
            of="scenario_conversion"),
        box(_("揭榜用时中位数"), linked("scenario_published", median(seen.steps.waits(PUBLISHED, cells.zone))),
             fill(_("待揭榜 {open}；推进中 {on}；到期未揭榜 {expired}"), open=linked("scenario_open", text("scenario_open")),
                  on=linked("scenario_under_way", text("scenario_under_way")), expired=linked("scenario_expired", text("scenario_expired"))),
            of="scenario_days_to_take_up"),
        box(_("应用友好单位"), cells.said("friendly_valid"), fill(_("九十天内到期 {soon}；已到期 {expired}"), soon=linked(
            "friendly_expiring_90d", text("friendly_expiring_90d")), expired=linked("friendly_expired", text("friendly_expired"))),
            of="friendly_valid"),
        box(_("友好单位与场景采购"), cells.said("friendly_purchase"), fill(_("应用场景落地采购 {amount}"), amount=cells.said("scenario_purchase")),
            of="friendly_purchase scenario_purchase"),
        class_="state four")


def classes(cells: TallyCells, seen: Adoption) -> Markup:
    """The five classes by level, and how far each is in use."""
    columns = ("first_recognised", *(f"first_recognised_{each}" for each in LEVELS), "first_used", "first_waiting", "first_purchase")
    rows = [[named(each), *(cells.cell(metric_id, each.category_id, of=named(each)) for metric_id in columns)] for each in seen.kinds]
    headings = [_("类别"), _("认定"), *(_(LEVEL_WORDS[each]) for each in LEVELS), _("已首次应用"), _("待首次应用"),
                _("采购金额（{unit}）", unit=cells.amount("first_purchase").unit)]
    note = _("一个产品一个级别计一次，同一产品后续批次不再是“首”；空间为研制单位所在，采购金额的空间为应用单位所在。")
    return el("section", el("h2", _("五首：类别与级别")), el("p", note, class_="quiet"), wide(
        _("五首按类别和级别"), headings, rows, numbers=range(1, len(headings)), total=[_("合计"), *(cells.cell(each, of=_("合计")) for each in columns)], is_long=True))


def buyers(cells: TallyCells, seen: Adoption) -> Markup:
    """First uses by the kind of buyer, in and out of the park; of all zones, since a buyer's place is what is told."""
    heading, everywhere = el("h2", _("首次应用的单位")), replace(cells, zone=None)
    known = [each for each in seen.buyers if seen.tally.value("first_used_buyer", None, each.category_id)]
    if not known:
        return el("section", heading, el("p", _("还没有首次应用。"), class_="quiet"))

    def line(name: str, category: str | None) -> list[str]:
        return [name, everywhere.cell("first_used_inside", category, of=name),
                *(everywhere.cell("first_used_buyer", category, zone=zone, of=name) for zone in ("outside", "unplaced")),
                everywhere.cell("first_used_buyer", category, of=name)]

    note = _("区内：首次应用当日主要场所在一核七区；区外：在主体库而没有园区场所；待登记：主体库里还没有。")
    return el("section", heading, el("p", pill(_("拟定")), " ", note, class_="quiet"), wide(
        _("首次应用的单位"), [_("应用单位类型"), _("区内"), _("区外"), _("待登记"), _("合计")], [line(named(each), each.category_id) for each in known],
        numbers=range(1, 5), total=line(_("合计"), None)), class_="narrow")


def conversion(seen: Adoption, zone: str | None, months: int) -> Markup:
    """Publication to take-up to landing, with what each share is made of."""
    published, taken = (seen.steps.of(each, zone) for each in (PUBLISHED, TAKEN))
    rows = [[_("发布 → 揭榜"), count(published.moves.size), said(published.advanced(months)), said(published.quit(months)), median(seen.steps.waits(PUBLISHED, zone))],
            [_("揭榜 → 落地"), count(taken.moves.size), said(taken.advanced(months)), UNKNOWN, median(seen.steps.waits(TAKEN, zone))]]
    untimed = seen.steps.untimed.get(PUBLISHED.stage_id, 0) + seen.steps.untimed.get(TAKEN.stage_id, 0)
    left_out = counted("另有 {n} 个日期不详，不计时。", untimed) if untimed else ""
    how = el("details", el("summary", _("怎样估计")), el("p", _(
        "未揭榜、未落地的按删失处理，不作失败；到期未揭榜与揭榜互为竞争（Aalen–Johansen）；用时取 Kaplan–Meier 中位数，未及半数的为未达到。"
        "不足 5 个只列个数，5 至 19 个用 Jeffreys 区间，更多用 log-log 区间，均为 95%。在险不足 3 个处曲线即止。"), left_out), class_="more")
    headings = (_("步骤"), _("计时的场景"), counted("{n} 个月内到达下一步", months), _("同期到期未揭榜"), _("用时中位数"))
    return join([wide(_("应用场景转化"), headings, rows, numbers=(1,)), how])


def median(found: Incidence) -> str:
    """The median in days; of few the counts alone; not reached says until when it was watched."""
    if not found.size:
        return UNKNOWN
    if found.size < FEW:
        return f"{found.happened(1, float('inf'))}/{found.size}"
    days = found.quantile(0.5)
    if days is not None:
        return counted("{n} 天", round(days))
    return counted("未达到（已观察 {n} 天）", round(max(min(found.until, 99_999), 0)))


def names(seen: Adoption) -> Sequence[tuple[str, str]]:
    """What categories are called."""
    return [(each.category_id, named(each)) for each in (*seen.kinds, *seen.buyers)]
