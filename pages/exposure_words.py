"""What the view 总敞口 says: the layers in boxes, the groups in a table, and its figures in words."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from analytics.exposure import COUNTED, TOTAL, Exposure, Group
from analytics.exposure_finding import is_minimum
from analytics.format import UNKNOWN, Amount, short
from analytics.sums import added
from analytics.zones import Zone
from language import _, counted, listed, named
from pages import fund_parts
from pages.choices import Choice, here
from pages.cite import box
from pages.fund_parts import boxes, share, undecided
from pages.markup import Markup, el, join, pill
from pages.tables import wide

MARKS = dict(zip((*COUNTED, "exp_bank", "exp_flows"), ("L1", "L2", "L3", "L4", "L5", "L6", "L7"), strict=True))

COLUMNS = ("exp_direct", "exp_fund_cost", "exp_fund_fair", "exp_invest_first", "exp_guarantee", "exp_pool", "exp_bank", "exp_flows")


def layers(seen: Exposure, amount: Amount) -> Markup:
    """The total, the five layers that make it, and what stands beside."""
    whole = box(named(seen.metrics[TOTAL]), amount.said(seen.total), _("五层相加，贷款按合同只计一次"), of=TOTAL)
    own = [box(f"{MARKS[each]} {named(seen.metrics[each])}", amount.said(seen.layers[each]), *_beside(seen, each, amount), of=each,
               tag=undecided() if seen.metrics[each].status == "未定" else "") for each in COUNTED]
    beside = [box(f"{MARKS[each]} {named(seen.metrics[each])}", amount.said(seen.layers[each]), _("只列示，不计入"), of=each) for each in ("exp_bank", "exp_flows")]
    return join([boxes(whole, *own, *beside), fund_parts.join_lines(_notes(seen, amount))])


def _beside(seen: Exposure, layer: str, amount: Amount) -> tuple[str, ...]:
    total, value = seen.total, seen.layers[layer]
    part = _("占 {share}", share=share(value / total)) if total and value is not None else ""
    match layer:
        case "exp_fund_cost":
            return part, _("公允 {value}", value=amount.said(seen.layers["exp_fund_fair"]))
        case "exp_direct":
            return part, _("没有公允价值的报表")
        case "exp_guarantee":
            return part, _("担保机构国有比例未定的按参数计")
        case _:
            return (part,)


def _notes(seen: Exposure, amount: Amount) -> list[str]:
    notes = []
    if is_minimum(seen):
        notes.append(_("基金持仓可穿透 {share}，其余在省级产业基金或循环持有之中，不能再穿透：基金穿透与合计是下限。", share=share(seen.looked_through)))
    if seen.unnamed:
        notes.append(_("{value} 没有写明企业，计入合计，不计入集中度。", value=amount.said(seen.unnamed)))
    if any(not each.is_registered for each in seen.groups):
        notes.append(_("标“待登记”的企业不在主体库，计入未落区。"))
    return notes


def groups(seen: Exposure, amount: Amount, zone: Choice, places: Mapping[str, Zone]) -> Markup:
    """One row an enterprise group: the seven layers, the total, its share."""
    columns = COLUMNS
    headings = [_("企业（集团）"), _("空间"), _("政府敞口（{unit}）", unit=amount.unit), _("占比"),
                *(f"{MARKS.get(each, 'L2')} {named(seen.metrics[each])}" for each in columns)]
    shown = [each for each in seen.groups if not zone.code or zone.code in each.zones]
    rows = [_line(each, seen, amount, places) for each in shown]
    if seen.others and not zone.code:
        rows.append([counted("其余 {n} 户", seen.others.firms), "", *_numbers(seen.others, seen, amount)])
    total = [_("合计"), "", amount.text(seen.total), share(Decimal(1)), *(amount.text(seen.layers[each]) for each in columns)] if not zone.code else ()
    said = (counted("按企业集团合并，没有集团的按统一社会信用代码；列出最大的 {n} 户。", len(shown)) +
            _("L6、L7 与公允价值只列示，不计入合计。点企业名看它的合同与流水。"))
    return el("section", el("h2", _("企业（集团）七层敞口")), el("p", said, class_="quiet"),
              wide(_("企业（集团）七层敞口"), headings, rows, numbers=range(2, len(headings)), total=total), class_="rows")


def _line(group: Group, seen: Exposure, amount: Amount, places: Mapping[str, Zone]) -> list[str]:
    name = join([el("a", group.name or _("未写明企业"), href=f"{here(name=group.group_id, layer=None)}#rows", target="_self"),
                 Markup() if group.is_registered else pill(_("待登记"), "warn", _("主体库里还没有它")),
                 el("small", counted("{n} 家企业", group.firms)) if group.firms > 1 else Markup()])
    return [name, listed([short(places[each]) for each in group.zones]), *_numbers(group, seen, amount)]


def _numbers(group: Group, seen: Exposure, amount: Amount) -> list[str]:
    def cell(layer: str) -> str:
        return UNKNOWN if seen.layers[layer] is None else amount.text(group.layers[layer])

    return [amount.text(group.total), share(group.share), *(el("span", text, class_="zero") if text in ("0", UNKNOWN) else text
                                                            for text in map(cell, COLUMNS))]


def concentrated(seen: Exposure) -> str:
    """HHI and what goes with it, with and without the largest."""
    found, without = seen.concentration, seen.without_largest
    if found is None:
        return _("没有可算集中度的敞口。")
    said = _("HHI {hhi}，相当于 {effective} 户等额；小样本修正 {corrected}；前一户 {one}，前五户 {five}。", hhi=f"{found.hhi:.4f}",
             effective=f"{found.effective:.1f}", corrected=UNKNOWN if found.corrected is None else f"{found.corrected:.4f}", one=share(found.largest),
             five=share(found.five_largest))
    return said if without is None else said + _("剔除最大一户后：HHI {hhi}，前五户 {five}。", hhi=f"{without.hhi:.4f}", five=share(without.five_largest))


def limits(seen: Exposure) -> Markup:
    """Of single names."""
    found = seen.concentration
    measured = {"single_name": found.largest if found else None, "five_names": found.five_largest if found else None}
    return fund_parts.limit_table([(seen.limits[each], value) for each, value in measured.items() if each in seen.limits])


def held(seen: Exposure, amount: Amount, places: Mapping[str, Zone]) -> Markup:
    """What the tiles show, for a telephone, on which their names have no room: the zones, the largest first, and in each, once opened, who has how much."""
    zones = sorted(((added(own["value"]), str(zone), own) for (zone,), own in seen.tiles.group_by("zone_id")), key=lambda each: (-each[0], each[1]))
    most = zones[0][0] if zones else Decimal(1)
    return el("div", el("p", _("点一个空间，看它的企业（集团）；点企业，下面列它的行。"), class_="quiet"), *(
        el("details", el("summary", el("span", short(places[zone])), el("b", amount.text(value)), el("small", share(value / (seen.total or value))),
                         el("span", class_="level", style=f"--level:{value / most:.3f}")),
           el("ul", *(_holder(row, amount) for row in own.iter_rows(named=True)))) for value, zone, own in zones), class_="held")


def _holder(row: Mapping[str, Any], amount: Amount) -> Markup:
    name = row["name"] or _("未写明企业")
    who = (counted("其余 {n} 户", row["firms"]) if row["group_id"] is None else
           el("a", name, href=f"{here(name=row['group_id'] or '-', layer=None)}#rows", target="_self"))
    return el("li", el("span", who), el("b", amount.text(row["value"])))


def tiles_said(seen: Exposure, amount: Amount) -> str:
    """The treemap in words: its five largest."""
    return _("政府敞口的矩形树图，先分空间再分企业（集团）。最大的：{names}。",
             names=_("；").join(f"{each.name} {amount.said(each.total)}" for each in seen.groups[:5]))
