"""What the page of leads says: its title, the boxes, and the tables beside the figures."""

from __future__ import annotations

from collections.abc import Sequence

from analytics.format import UNKNOWN, Money, count, day, short
from analytics.funnel_finding import months, said
from analytics.leads import OPEN, REACHED, Joined, Leads, Slow
from analytics.passages import Passage
from analytics.steps import LEADS
from analytics.zones import Zone
from language import _, counted, named
from pages.frame import address
from pages.markup import Markup, el, fill, join, pill
from pages.tables import wide
from pages.tally_cells import TallyCells


def title(seen: Leads, zone: Zone | None, office: str | None, horizon: int) -> str:
    """The finding in one sentence, true whatever the numbers are."""
    where = zone.zone_id if zone else None
    place = " · ".join(each for each in (named(zone) if zone else "", office or "") if each)
    place = _("{place}：", place=place) if place else ""
    found, open_ = seen.tally.value("lead_found", where, office), seen.open(where, office)
    if found is None:
        return _("招引线索因缺报尚不能知道")
    if not found:
        return _("{place}还没有招引线索", place=place)
    moved, on = (seen.tally.value(each, where, office) for each in ("lead_moved_in", "lead_in_pipeline"))
    finding = counted("{place}招引线索 {n} 条，已入驻 {moved} 条，其中 {on} 条的项目进入了漏斗", int(found), place=place, moved=count(moved), on=count(on))
    if open_ is not None:
        finding += counted("；在途 {n} 条", int(open_))
    signed = seen.steps.of(LEADS[0], where, office).advanced(horizon)
    if signed.share is None:
        return finding + _("；签约率还看不出")
    return finding + counted("；{n} 个月内签约的占 {share}", horizon, share=f"{signed.share:.0%}")


def boxes(cells: TallyCells, seen: Leads, office: str | None) -> Markup:
    """What stands, what was reached, what ended and what is invested: never added up."""
    text, linked = cells.text, cells.linked
    open_ = seen.open(cells.zone, office)
    undecided = pill(_("未定"), "warn")
    return el(
        "div",
        _box(_("存量：在途线索"), UNKNOWN if open_ is None else counted("{n} 条", int(open_)), fill(
            _("跟踪 {tracked}、待入驻 {signed}、待进漏斗 {moved}"), tracked=linked(OPEN[0], text(OPEN[0], office), office),
            signed=linked(OPEN[1], text(OPEN[1], office), office), moved=linked(OPEN[2], text(OPEN[2], office), office))),
        _box(_("久未进展"), counted("{n} 条", seen.slow_number(cells.zone, office)) if seen.limits else UNKNOWN, join([_("停在一步的时间超过四分之三的线索")])),
        _box(_("到达：已入驻"), cells.said("lead_moved_in", office), fill(_("进入漏斗 {on}；签约 {signed}"), on=cells.said("lead_in_pipeline", office),
             signed=linked("lead_signed", text("lead_signed", office), office))),
        _box(_("未能推进"), cells.said("lead_lost", office), join([_("按所报原因登记，供改进服务")])),
        _box(join([_("意向投资额"), undecided]), cells.said("lead_intended", office), fill(_("已入驻的 {moved}"), moved=cells.said("lead_intended_moved_in", office))),
        _box(join([_("实际到位投资"), undecided]), cells.said("lead_invested", office), fill(_("到位率 {share}"), share=cells.said("lead_investment_rate", office))),
        class_="state six")


def standing(cells: TallyCells, seen: Leads, office: str | None) -> Markup:
    """What stands at each step, and how much of it has not gone on for long, by office and by zone."""
    headings = [_("跟踪"), _("已签约待入驻"), _("已入驻待进漏斗"), _("其中久未进展")]
    return join([_by_office(cells, seen, OPEN, headings, office, has_slow=True), _by_zone(cells, seen, OPEN, headings, office, has_slow=True)])


def reached(cells: TallyCells, seen: Leads, office: str | None, found: Sequence[Joined]) -> Markup:
    """What has reached each step, by office and by zone, with where leads come from and what they invest."""
    columns, headings = (*REACHED, "lead_lost"), [_("线索"), _("签约"), _("入驻"), _("进入漏斗"), _("流失")]
    money = cells.amount("lead_intended").unit
    rows = [[named(each), cells.cell("lead_source", each.category_id, of=named(each)), _part(cells, "lead_source", each.category_id)] for each in seen.sources
            if cells.value("lead_source", each.category_id)]
    sources = el("section", el("h2", _("线索来源")), wide(
        _("线索来源"), [_("来源"), _("线索"), _("占")], rows, numbers=(1, 2), total=[_("合计"), cells.cell("lead_source", of=_("合计")), ""]), class_="narrow")
    sums = ("lead_intended", "lead_intended_moved_in", "lead_invested", "lead_investment_rate")
    invested = el("section", el("h2", _("意向与到位投资（{unit}）", unit=money)), el("p", pill(_("未定"), "warn"), _(
        " 政策没有规定招引投资的口径：意向是线索所报，到位只算已入驻、报有意向投资额的线索，未报到位的按 0；到位率＝到位÷其意向。"), class_="quiet"), _office_table(
            cells, seen, sums, [_("意向"), _("其中已入驻"), _("实际到位"), _("到位率")], office, _("意向与到位投资")))
    by_place = (_by_office(cells, seen, columns, headings, office), _by_zone(cells, seen, columns, headings, office))
    return join([*by_place, joined(found, seen), invested, "" if office else sources])


def conversion(cells: TallyCells, seen: Leads, office: str | None, horizon: int) -> Markup:
    """How leads go on from each step."""
    passages = [seen.steps.of(each, cells.zone, office) for each in LEADS]
    headings = (_("步骤"), _("计时的线索"), counted("{n} 个月内到达下一步", horizon), counted("{n} 个月内流失", horizon), _("中位停留"))
    rows = [[_("{step} → {next}", step=named(each.stage), next=_next(each)), count(each.moves.size), said(each.advanced(horizon)), said(each.quit(horizon)), months(each)]
            for each in passages]
    untimed = sum(seen.steps.untimed.get(each.stage_id, 0) for each in LEADS)
    left_out = counted("另有 {n} 步日期不详，不计时。", untimed) if untimed else ""
    how = el("details", el("summary", _("怎样估计")), el("p", _(
        "仍在跟踪的按删失处理，不作失败；流失与到达下一步互为竞争（Aalen–Johansen）；停留用 Kaplan–Meier。"
        "流失没有日期的，取最后一次仍在跟踪之日与首次报流失之日的正中。不足 5 条只列条数，5 至 19 条用 Jeffreys 区间，更多用 log-log 区间，均为 95%。"
        "在险不足 3 条处曲线即止；观察时间不到期限的，只列条数和已观察的月数（证据不足）。"), left_out), class_="more")
    return join([wide(_("招引转化"), headings, rows, numbers=(1,)), how])


def reasons(cells: TallyCells, seen: Leads, office: str | None) -> Markup:
    """Why leads ended, worded without blame."""
    head = el("h2", _("未能推进的线索：所报原因"))
    note = el("p", _("招引有成有不成。这里按所报原因登记，供改进场地、资金与政策服务时参考，不作排名、不评优劣。"), class_="quiet")
    if not cells.value("lead_lost", office):
        return el("section", head, el("p", _("没有流失的线索。"), class_="quiet"))
    if office:
        return el("section", head, note, el("p", _("所报原因按全部驻点列出。"), class_="quiet"))
    rows = [[named(each), cells.cell("lead_lost_reason", each.category_id, of=named(each)), _part(cells, "lead_lost_reason", each.category_id)] for each in seen.reasons
            if cells.value("lead_lost_reason", each.category_id)]
    return el("section", head, note, wide(_("未能推进的线索"), [_("原因"), _("线索"), _("占")], rows, numbers=(1, 2), total=[
        _("合计"), cells.cell("lead_lost_reason", of=_("合计")), ""]), class_="narrow")


def ageing_table(found: Sequence[Slow], seen: Leads, number: int, money: Money) -> Markup:
    """The leads that have stood longest, with the time they are held against. `number`: how many there are in all."""
    head = el("h2", _("久未进展的线索"))
    rule = join([pill(_("拟定")), _(" 停在一步的时间超过第三四分位数的（四分之三的线索在此之前已到下一步或流失）；进展指到达下一步，日常走访不计。")])
    known = _("；").join(_("{step} {days} 天", step=named(each), days=f"{seen.limits[each.stage_id]:.0f}") for each in LEADS if each.stage_id in seen.limits)
    if not found:
        why = _("没有超过参照时间的线索。") if seen.limits else _("到下一步或流失的还不到四分之三，尚无参照时间（证据不足）。")
        return el("section", head, el("p", rule, class_="quiet"), el("p", why, class_="quiet"))
    told = counted("共 {n} 条超过，列出最久的 {shown} 条。参照：{known}。", number, shown=len(found), known=known)
    names, zones = {each.stage_id: each for each in LEADS}, {each.zone_id: each for each in seen.zones}
    headings = (_("线索"), _("驻点"), _("停在"), _("自"), _("已停留（天）"), _("超过（天）"), _("意向空间"), _("意向投资（{unit}）", unit=money.unit))
    rows = [[join([el("span", each.name), el("small", each.lead_id)]), each.office, named(names[each.step_id]), day(each.since, each.precision),
             count(each.days) if each.precision == "D" else _("约 {days}", days=count(each.days)), count(round(each.days - each.limit_days)),
             short(zones[each.zone_id]), money.text(each.intended) if each.intended is not None else UNKNOWN] for each in found]
    return el("section", head, el("p", rule, class_="quiet"), el("p", told, class_="quiet"), wide(_("久未进展的线索"), headings, rows, numbers=(4, 5, 7), is_long=True),
              class_="rows")


def offices(cells: TallyCells, seen: Leads, horizon: int) -> Markup:
    """Conversion by office, in the order of the number of leads: no ranking."""
    rows = [[office or _("未填"), *(said(each.advanced(horizon)) for each in (seen.steps.of(step, cells.zone, office) for step in LEADS)),
             months(seen.steps.of(LEADS[0], cells.zone, office))] for office in seen.offices]
    headings = (_("驻点"), _("跟踪 → 签约"), _("签约 → 入驻"), _("入驻 → 进入漏斗"), _("签约前中位停留"))
    note = counted("{n} 个月内到达下一步的比例与 95% 区间；按线索多少列出，不作排名，区间重叠的不分高下。", horizon)
    return el("section", el("h2", _("各驻点的转化")), el("p", note, class_="quiet"), wide(_("各驻点的转化"), headings, rows, numbers=(), is_long=True))


def joined(found: Sequence[Joined], seen: Leads) -> Markup:
    """The leads that brought a project into the pipeline, each a way to the project."""
    head, zones = el("h2", _("进入漏斗的线索与项目")), {each.zone_id: each for each in seen.zones}
    if not found:
        return el("section", head, el("p", _("还没有线索的项目进入漏斗。"), class_="quiet"))
    rows = [[join([el("span", each.name), el("small", each.lead_id)]), each.office, short(zones[each.zone_id]), day(each.moved_in_on, each.moved_in_precision),
             day(each.joined_on, each.joined_precision), _project(each), each.stage or UNKNOWN] for each in found]
    headings = (_("线索"), _("驻点"), _("意向空间"), _("入驻"), _("进入漏斗"), _("项目"), _("所处阶段"))
    return el("section", head, wide(_("进入漏斗的线索与项目"), headings, rows, numbers=(), is_long=True), class_="rows")


def _project(each: Joined) -> Markup:
    href, text = address("dossier", kind="project", id=each.project_id), each.project_name or each.project_id
    return el("a", text, href=href, target="_self") if href else el("span", text)


def _by_office(cells: TallyCells, seen: Leads, columns: Sequence[str], headings: Sequence[str], office: str | None, *, has_slow: bool = False) -> Markup:
    return el("section", el("h2", _("各驻点")), _office_table(cells, seen, columns, headings, office, _("各驻点"), has_slow=has_slow))


def _office_table(cells: TallyCells, seen: Leads, columns: Sequence[str], headings: Sequence[str], office: str | None, caption: str, *,
                  has_slow: bool = False) -> Markup:
    def line(name: str, who: str | None) -> list[str]:
        return [name, *(cells.cell(metric_id, who, of=name) for metric_id in columns), *([_slow(seen, cells.zone, who)] if has_slow else [])]

    rows = [line(each or _("未填"), each) for each in seen.offices if office in (None, each)]
    return wide(caption, [_("驻点"), *headings], rows, numbers=range(1, len(headings) + 1), total=[] if office else line(_("合计"), None))


def _slow(seen: Leads, zone: str | None, office: str | None) -> Markup:
    """A number that ought to be small."""
    if not seen.limits:
        return el("span", UNKNOWN, class_="zero")
    number = seen.slow_number(zone, office)
    return el("b", count(number)) if number else el("span", "0", class_="zero")


def _by_zone(cells: TallyCells, seen: Leads, columns: Sequence[str], headings: Sequence[str], office: str | None, *, has_slow: bool = False) -> Markup:
    shown = [each for each in seen.zones if cells.zone in (None, each.zone_id) and (each.kind != "bucket" or cells.value("lead_found", office, zone=each.zone_id))]
    rows = [[short(each), *(cells.cell(metric_id, office, zone=each.zone_id, of=named(each)) for metric_id in columns),
             *([_slow(seen, each.zone_id, office)] if has_slow else [])] for each in shown]
    total = [_("合计"), *(cells.cell(metric_id, office, of=_("合计")) for metric_id in columns), *([_slow(seen, None, office)] if has_slow else [])]
    return el("section", el("h2", _("各意向空间")), wide(_("各意向空间"), [_("意向空间"), *headings], rows, numbers=range(1, len(headings) + 1),
                                                    total=[] if cells.zone else total))


def _part(cells: TallyCells, metric_id: str, category: str) -> str:
    """A share of few is no share."""
    whole, part = cells.value(metric_id), cells.value(metric_id, category)
    return UNKNOWN if not whole or part is None or whole < 5 else f"{part / whole:.0%}"


def _next(passage: Passage) -> str:
    return {"lead_tracked": _("签约"), "lead_signed": _("入驻")}.get(passage.stage.stage_id, _("进入漏斗"))


def _box(name: str, value: str, more: Markup) -> Markup:
    return el("div", el("p", name), el("strong", value), el("p", more))

