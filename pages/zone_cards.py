"""The card of a zone: its function, its numbers, what the policy lists for it and what of that is there, its directions and its tasks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from analytics.format import UNKNOWN, count, day
from analytics.zone_amounts import amount_of
from analytics.zone_card import ELSEWHERE, NONE, Facility, Task, ZoneCard
from analytics.zone_measures import Measure
from analytics.zone_shapes import Shape
from analytics.zones import Zone
from language import N_, _, counted, either, listed, named
from pages.cite import cite
from pages.dossier_link import dossier_link
from pages.markup import Markup, el, join, pill
from pages.tables import wide

STATES = {"in_use": (N_("投用"), "good"), "under_construction": (N_("在建"), "plain"), "planned": (N_("拟建"), "plain"), "applied": (N_("申报"), "plain"),
          None: (N_("未接入"), "warn")}
TASKS = {"not_started": N_("未启动"), "in_progress": N_("推进中"), "done": N_("已完成"), "delayed": N_("延期"), "stopped": N_("中止")}


def card(zone: Zone, told: ZoneCard, measures: Mapping[str, Measure], shape: Shape | None) -> Markup:
    """One zone in full."""
    area = _(" · {area} 平方千米", area=f"{shape.area_km2:.1f}") if shape else ""
    lines = [el("div", el("dt", named(each.metric), " ", cite(each.metric.metric_id)),
                el("dd", amount_of(each).said(each.zones[zone.zone_id]))) for each in measures.values()]
    return el("article", el("h2", dossier_link("zone", zone.zone_id, named(zone))),
              el("p", join([either(told.function_zh, told.function_en), area]), class_="quiet"),
              el("dl", *lines, class_="others"), _listed(_("依托载体"), told.of("anchor")), _leaders(told), _facilities(told), _directions(zone, told, measures),
              _tasks(told), class_="zone-card", id=f"zone-{zone.zone_id}")


def _listed(name: str, facilities: Sequence[Facility]) -> Markup:
    if not facilities:
        return Markup()
    return el("section", el("h3", name), el("ul", *map(_line, facilities), class_="facilities"))


def _facilities(told: ZoneCard) -> Markup:
    facilities = told.of("facility")
    if not facilities:
        return Markup()
    built = sum(each.state == "in_use" for each in facilities)
    name = counted("配套建设：实施意见列出 {n} 项，{built} 项已投用", len(facilities), built=built)
    return _listed(name, facilities)


def _line(each: Facility) -> Markup:
    said, tone = STATES[each.state]
    title = listed(each.names) if each.names else None
    since = el("time", day(each.opened_on)) if each.opened_on and each.state == "in_use" else Markup()
    return el("li", el("span", named(each)), since, pill(_(said), tone, title))


def _leaders(told: ZoneCard) -> Markup:
    named_ones = told.of("leader")
    if not named_ones and not told.leaders:
        return Markup()
    policy = el("p", _("实施意见点名：{names}", names=listed(named(each) for each in named_ones))) if named_ones else Markup()
    there = el("p", _("主体库中的龙头企业：{names}", names=listed(told.leaders))) if told.leaders else el("p", _("主体库中还没有标明的龙头企业"), class_="quiet")
    return el("section", el("h3", _("龙头企业")), policy, there)


def _directions(zone: Zone, told: ZoneCard, measures: Mapping[str, Measure]) -> Markup:
    counts = [each for each in (told.directions[0].counts if told.directions else {}) if each in measures]
    shown = [each for each in told.directions if each.direction_id not in (ELSEWHERE, NONE) or any(each.counts.values())]
    if not shown or not counts:
        return Markup()
    other = {ELSEWHERE: _("其他承载区的方向"), NONE: _("方向外或未填")}
    rows = [[other.get(each.direction_id) or either(each.name_zh or "", each.name_en), *(_number(each.counts[one]) for one in counts)] for each in shown]
    caption = _("{zone}：{what}", zone=named(zone), what=_("重点转化方向"))  # two cards may stand side by side
    table = wide(caption, [_("重点转化方向"), *(named(measures[each].metric) for each in counts)], rows, numbers=range(1, len(counts) + 1))
    return el("section", el("h3", _("重点转化方向与项目")), table)


def _number(value: object) -> Markup:
    text = UNKNOWN if value is None else count(value)  # type: ignore[arg-type]
    return el("span", text, class_="zero" if text in ("0", UNKNOWN) else None)


def _tasks(told: ZoneCard) -> Markup:
    if not told.has_tasks:
        return el("section", el("h3", _("任务")), el("p", UNKNOWN, class_="quiet"))
    late = sum(each.is_overdue for each in told.tasks)
    name = counted("任务 {n} 项，逾期 {late} 项", len(told.tasks), late=late)
    return el("section", el("h3", name), el("ul", *map(_task, told.tasks), class_="facilities"))


def _task(each: Task) -> Markup:
    said = pill(_("逾期"), "bad") if each.is_overdue else pill(_(TASKS.get(each.status, each.status)), "good" if each.status == "done" else "plain")
    return el("li", el("span", each.content, el("small", _("{unit} · {due} 前", unit=either(each.unit_zh, each.unit_en), due=day(each.due_on)))), said)
