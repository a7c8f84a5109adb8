"""What can be chosen on the map page: the measure, how it is said, what is drawn on it, one zone or two, the month, and map or list."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from analytics.format import day
from analytics.months import whole_months
from analytics.zone_measures import Measure
from analytics.zones import Zone
from charts.map import LAYER
from language import N_, _, named
from pages.choices import Choice, choose, picker, take
from warehouse.known import Span

POINTS = {"": N_("不显示"), "organizations": N_("企业与机构"), "buildings": N_("楼宇"), "platforms": N_("平台")}
MONTHS = 24  # that the slider goes back
MAP = "zone-map"  # key of the drawing


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """`zone`, `other`: what is looked at and compared, None for none."""

    measure: Choice
    per: Choice
    points: Choice
    zone: Choice
    other: Choice
    show: Choice
    month: Choice
    seen: Measure
    place: Zone | None
    beside: Zone | None

    @property
    def is_density(self) -> bool:
        return self.per.code == "km2" and not self.seen.is_ratio

    @property
    def notices(self) -> tuple[str, ...]:
        return tuple(each.notice for each in (self.measure, self.per, self.points, self.zone, self.other, self.show) if each.notice)


def chosen(measures: Mapping[str, Measure], zones: Sequence[Zone], as_of: dt.date, span: Span) -> Chosen:
    """As the URL asks."""
    places = {each.zone_id: each for each in zones}
    names = {each.zone_id: named(each) for each in zones}
    measure = choose("measure", {each: named(one.metric) for each, one in measures.items()}, default=next(iter(measures)), title=_("指标"))
    zone = choose("zone", {"": _("未选")} | names, default="", title=_("空间"))
    others = {"": _("不比较")} | {each: name for each, name in names.items() if each != zone.code}
    other = choose("with", others, default="", title=_("对照的空间"))
    return Chosen(
        measure=measure, zone=zone, other=other, seen=measures[measure.code], place=places.get(zone.code), beside=places.get(other.code) if zone.code else None,
        per=choose("per", {"": _("合计"), "km2": _("每平方千米")}, default="", title=_("读法")),
        points=choose("points", {code: _(label) for code, label in POINTS.items()}, default="", title=_("标出")),
        show=choose("show", {"": _("地图"), "list": _("列表")}, default="", title=_("看法")), month=_month(as_of, span))


def _month(as_of: dt.date, span: Span) -> Choice:
    """The month ends of the snapshot, its newest day and the day shown."""
    ends = {each for each in whole_months(span.newest_as_of, MONTHS) if each >= span.earliest_on} | {span.newest_as_of, as_of}
    return Choice(name="as_of", codes={each.isoformat(): day(each) for each in sorted(ends)}, code=as_of.isoformat())


def pickers(asked: Chosen, span: Span) -> None:
    """The widgets above the map."""
    with st.container(horizontal=True, key="choices"):
        picker(asked.show, _("看法"), st.segmented_control, default="")
        picker(asked.measure, _("指标"), st.selectbox, default=next(iter(asked.measure.codes)))
        picker(asked.per, _("读法"), st.segmented_control, default="")
        if not asked.show.code:
            picker(asked.points, _("标出"), st.segmented_control, default="")
    if len(asked.month.codes) > 1:
        picker(asked.month, _("截至"), st.select_slider, default=span.newest_as_of.isoformat())


def zone_pickers(asked: Chosen) -> None:
    """The widgets above the cards: what a click on the map does, for the keyboard."""
    with st.container(horizontal=True, key="row-choices"):
        picker(asked.zone, _("空间"), st.selectbox, default="", drop=("with",))
        if asked.zone.code:
            picker(asked.other, _("对照的空间"), st.selectbox, default="")


def clicked() -> None:
    """A click on a zone of the map chooses it, a click on the chosen one, or beside all, takes it back."""
    objects = st.session_state[MAP].selection.objects.get(LAYER, [])
    code = objects[0]["properties"]["code"] if objects else None
    take("zone", None if code == st.query_params.get("zone") else code, drop=("with",) if code == st.query_params.get("with") or not code else ())
