"""What the platforms page says above its tables: its boxes of figures, and the policy's lists with what is not there yet."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from analytics.format import UNKNOWN, count, day, short
from analytics.platforms import Facility, Function
from analytics.waiting import FEW, Wait
from language import N_, _, counted, named
from pages.cite import box
from pages.markup import Markup, el, fill, pill
from pages.platform_cells import Cells

STATES = {"in_use": (N_("投用"), "good"), "under_construction": (N_("建设"), "warn"), "planned": (N_("拟建"), "plain"), "applied": (N_("申报"), "plain"),
          "unconnected": (N_("未接入"), "bad"), "unknown": (UNKNOWN, "plain")}


def boxes(cells: Cells) -> Markup:
    """The figures that say most, each with what it is made of."""
    requests = cells.seen.request_waits.of(cells.zone)
    text, said, linked = cells.text, cells.said, cells.linked
    return el("div",
              _box("premise_occupancy", cells, fill(_("已租 {let} / 可租 {lettable} ㎡，空置 {vacant}"), let=linked("premise_let_area", text("premise_let_area")),
                   lettable=linked("premise_lettable_area", text("premise_lettable_area")), vacant=linked("premise_vacant_area", text("premise_vacant_area")))),
              _box("premise_revival_rate", cells, fill(_("盘活 {revived} / 认定闲置 {idle} ㎡"), revived=linked("premise_revived_area", text("premise_revived_area")),
                   idle=linked("premise_idle_area", text("premise_idle_area")))),
              _box("request_met_30d_rate", cells, fill(_("{met} / 应满足 {due}；未满足 {open}"), met=linked("request_met_30d", text("request_met_30d")),
                   due=linked("request_due_30d", text("request_due_30d")), open=said("request_open"))),
              _wait(cells, requests),
              _box("lease_ending_90d", cells, fill(_("{area}；在租 {leases}"), area=said("lease_ending_90d_area"), leases=said("lease_in_force"))),
              _box("platform_bodies_in_use", cells, fill(_("牌子 {titles} 块；实体在建 {building}、拟建 {planned}"),
                   titles=linked("platform_in_use", text("platform_in_use")), building=linked("platform_bodies_building", text("platform_bodies_building")),
                   planned=linked("platform_bodies_planned", text("platform_bodies_planned")))),
              _box("platform_workshop_occupancy", cells, fill(_("占用 {taken} / {all}"), taken=linked("platform_workshops_occupied", text("platform_workshops_occupied")),
                   all=said("platform_workshops"))),
              _box("platform_open_rate", cells, fill(_("开放 {open} / {all}"), open=linked("platform_open_hours", text("platform_open_hours")),
                   all=said("platform_total_hours"))),
              _box("platform_service_income", cells, fill(_("{earning} 有收入，占 {share}；区外主体占 {outside}"), earning=said("platform_earning"),
                   share=said("platform_earning_rate"), outside=said("platform_outside_rate"))),
              _box("service_open", cells, fill(_("受理 {cases}，办结 {closed}；满意度 {mean}"), cases=linked("service_cases", text("service_cases")),
                   closed=linked("service_closed", text("service_closed")), mean=rating(cells)), name=_("在办的一体化服务")),
              class_="state five")


def functions(found: Sequence[Function]) -> Markup:
    """The six functions of the core by state."""
    lines = [el("li", el("span", named(each)), el("small", _("{area} ㎡", area=count(round(each.built_m2)))) if each.built_m2 else "",
                el("time", _("{day} 起", day=day(each.opened_on, each.precision))) if each.opened_on and each.state == "in_use" else "",
                state(each.state)) for each in found]
    return el("section", el("h2", _("核心区六项功能")), el("ul", *lines, class_="steps", aria_label=_("核心区六项功能")))


def facilities(cells: Cells) -> Markup:
    """What the policy plans for each zone, and whether the register has it."""
    names = {each.zone_id: each for each in cells.seen.zones}
    shown = [each for each in cells.seen.facilities if cells.zone in (None, each.zone_id)]
    if not shown:
        return Markup()
    groups = [el("div", el("h3", short(names[zone])), el("ul", *map(_facility, each), class_="steps", aria_label=named(names[zone])))
              for zone, each in groupby(shown, key=lambda facility: facility.zone_id)]
    missing = sum(each.state == "unconnected" for each in shown)
    said = counted("共 {n} 项，投用 {in_use} 项；{missing} 项在平台台账中没有同名的平台，标为未接入。", len(shown), missing=missing,
                   in_use=sum(each.state == "in_use" for each in shown))
    return el("section", el("h2", _("各承载区的配套建设（政策清单）")), el("p", said, class_="quiet"), el("div", *groups, class_="carriers"))


def state(code: str) -> Markup:
    """A state as a word in a box."""
    word, tone = STATES[code]
    return pill(_(word), tone, _("台账中还没有") if code == "unconnected" else None)


def rating(cells: Cells, category: str | None = None, *, zone: str | None = None, of: str = "") -> Markup:
    """The mean rating with the number of those who rated; of fewer than FEW their number alone."""
    number = cells.value("service_rated", category, zone=zone)
    if not number:
        return el("span", UNKNOWN, class_="zero")
    few = number < FEW
    said = counted("{n} 件评分", int(number)) if few else counted("{mean}（{n} 件）", int(number), mean=f"{cells.value('service_satisfaction', category, zone=zone):.2f}")
    return cells.linked("service_rated" if few else "service_satisfaction", said, category, zone=zone, of=of)


def median(found: Wait) -> str:
    """The median in days; why there is none."""
    if not found.size:
        return UNKNOWN
    if found.median_days is not None:
        return counted("{n} 天", found.median_days)
    if found.size < FEW:
        return _("{over}/{size} 件", over=found.over, size=found.size)
    return counted("未到中位（已观察 {n} 天）", found.watched_days)


def _box(metric_id: str, cells: Cells, more: Markup, name: str | None = None) -> Markup:
    found = cells.seen.tally.dictionary.get(metric_id)
    return box(name or (named(found) if found else metric_id), cells.said(metric_id), more, of=metric_id)


def _wait(cells: Cells, found: Wait) -> Markup:
    said = counted("{n} 件，{open} 件仍在等（按删失计）", found.size, open=found.size - found.over)
    return box(_("场所等待中位数"), cells.linked("request_received", median(found)), said, of="request_wait_median")


def _facility(each: Facility) -> Markup:
    other = each.platform_name if each.platform_name and each.platform_name != each.name_zh else ""
    since = el("time", _("{day} 起", day=day(each.opened_on, each.precision))) if each.opened_on and each.state == "in_use" else ""
    return el("li", el("span", named(each), el("small", other, lang="zh-CN") if other else ""), since, state(each.state))
