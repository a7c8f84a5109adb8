"""总敞口: how much has the government at risk, in whose hands, and in which form?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace

import duckdb
import streamlit as st

from analytics.drill import Narrow
from analytics.exposure import BESIDE, COUNTED, TOTAL, Exposure, exposure
from analytics.exposure_finding import exposure_finding
from analytics.format import Amount, Money, money_unit
from analytics.units import YUAN
from analytics.zones import Zone
from charts import by_zone, curve, stacked, treemap
from charts.theme import Palette
from exports import exposure_frames
from language import _
from pages import exposure_words, frame, fund_parts
from pages.choices import Choice, choose, picker
from pages.goal_choices import draw
from pages.goal_figures import Figure, palette
from pages.paper import addresses
from pages.view import View

DIMENSIONS = ("category", "direction", "stage")


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """What the reader looks at."""

    zone: Choice
    name: Choice
    by: Choice
    part: Choice


def show(view: View) -> None:
    """Draw the view."""
    known = fund_parts.known(view)
    seen = _seen(*view.key, _cursor=view.cursor)
    money = money_unit([seen.typical])
    chosen = _choices(seen, known.zones)
    said = replace(view, notices=view.notices + tuple(each.notice for each in (chosen.zone, chosen.name, chosen.by, chosen.part) if each.notice))
    frame.title(said, exposure_finding(seen, money), known.reporting)
    frame.draw(exposure_words.layers(seen, Amount(YUAN, money)))
    if seen.total:
        _pictures(view, seen, money, known.zones, chosen)
        frame.draw(exposure_words.groups(seen, Amount(YUAN, money), chosen.zone, known.zones))
    frame.draw(exposure_words.limits(seen))
    narrow = Narrow(org=None if not chosen.name.code else "" if chosen.name.code == "-" else chosen.name.code,
                    **{chosen.by.code: "" if chosen.part.code == "-" else chosen.part.code} if chosen.part.code else {})
    about = {each: seen.metrics[each] for each in (TOTAL, *COUNTED, *BESIDE)}
    fund_parts.rows(view, about, chosen.zone, known.zones, money, narrow=narrow, title=_("哪一层"),
                    of=" · ".join(each.label for each in (chosen.name, chosen.part) if each.code),
                    extra=[(chosen.zone, _("空间")), (chosen.name, _("企业（集团）")), (chosen.part, _("分类"))])


def _choices(seen: Exposure, places: Mapping[str, Zone]) -> Chosen:
    names = {"": _("全部企业")} | {each.group_id: each.name for each in seen.groups} | ({"-": _("未写明企业")} if seen.unnamed else {})
    by = choose("by", {"category": _("按工具"), "direction": _("按方向"), "stage": _("按阶段")}, default="category", title=_("分法"))
    parts = {"": _("全部")} | {each.code or "-": exposure_frames.part_name(each, by.code) for each in seen.parts.get(by.code, ())}
    asked = st.query_params.get("name")
    if asked and asked not in names:  # a group that is not among the largest can be asked for as well
        names |= {asked: asked}
    return Chosen(zone=fund_parts.zone_choice(places), name=choose("name", names, default="", title=_("企业")), by=by,
                  part=choose("slice", parts, default="", title=_("分类")))


def _pictures(view: View, seen: Exposure, money: Money, places: Mapping[str, Zone], chosen: Chosen) -> None:
    colours = palette()
    tiles, zones, shares, part = _figures(*view.key, colours, money.unit, chosen.zone.code, chosen.by.code, chosen.part.code, _seen=seen, _money=money,
                                         _places=places)
    state = "-".join((view.snapshot, view.as_of.isoformat(), chosen.zone.code, chosen.by.code, chosen.part.code))
    with st.container(border=True, key="tiles"):
        frame.draw(fund_parts.heading(_("敞口在谁手里（{unit}）", unit=money.unit), _("面积为金额，先分空间再分企业（集团）。点一个空间放大，点上方的路径退回。"),
                                      addresses(view, TOTAL, "groups")))
        fund_parts.drawn(tiles.figure, tiles.alt, f"tiles-{state}")
        frame.draw(exposure_words.held(seen, Amount(YUAN, money), places))
    left, right = st.columns(2)
    with left.container(border=True, key="by-zone", height="stretch"):
        frame.draw(fund_parts.heading(_("各空间的层（{unit}）", unit=money.unit), _("点一条，下面只列这一空间的行；再点一次，列全部。"),
                                      addresses(view, TOTAL, "zones")))
        draw(zones, chosen.zone, state=state)
    with right.container(border=True, key="by-part", height="stretch"):
        frame.draw(fund_parts.heading(_("工具、方向、阶段（{unit}）", unit=money.unit), _("点一条，下面只列它的行。阶段按投资、签约之时。")))
        picker(chosen.by, _("分法"), st.segmented_control, default="category", drop=("slice",))
        draw(part, chosen.part, state=state)
    with st.container(border=True, key="curve"):
        frame.draw(fund_parts.heading(_("集中度曲线"), exposure_words.concentrated(seen)))
        fund_parts.drawn(shares.figure, shares.alt, f"curve-{state}")


@st.cache_data(max_entries=64, show_spinner=False)
def _seen(store: str, snapshot: str, as_of: dt.date, today: dt.date, language: str, *, _cursor: duckdb.DuckDBPyConnection) -> Exposure:  # noqa: ARG001
    """Of the pinned snapshot; all that decides the result is in the arguments, which are the cache's key. So with the function below."""
    return exposure(_cursor, as_of)


@st.cache_data(max_entries=64, show_spinner=False)
def _figures(store: str, snapshot: str, as_of: dt.date, today: dt.date, language: str, colours: Palette, unit: str, zone: str, by: str, part: str, *,  # noqa: ARG001
             _seen: Exposure, _money: Money, _places: Mapping[str, Zone]) -> tuple[Figure, Figure, Figure, Figure]:
    amount = Amount(YUAN, _money)
    by_zones = exposure_frames.by_zone(_seen, amount, _places)
    slices = exposure_frames.parts(_seen.parts.get(by, ()), by, amount)
    points = _seen.curve
    said = [_("前 {k} 户合计占 {share}", k=k, share=fund_parts.share(at)) for k, at in points]
    marks = [(k, at, fund_parts.share(at)) for k, at in points if k in (1, 5, 10) and k < points[-1][0] / 1.6]
    drawn = curve.curve(points, palette=colours, named=_("由大到小累计"), equal=_("各户相等时"), said=said, axis=_("户数，由大到小"), marks=marks)
    return (
        Figure(figure=treemap.treemap(exposure_frames.tiles(_seen, amount, _places), palette=colours), alt=exposure_words.tiles_said(_seen, amount)),
        Figure(figure=stacked.stacked(by_zones, palette=colours, chosen=zone or None, height=440), alt=exposure_frames.zones_said(by_zones, amount)),
        Figure(figure=drawn, alt=exposure_words.concentrated(_seen)),
        Figure(figure=by_zone.by_zone(slices, palette=colours, chosen=part or None), alt=exposure_frames.parts_said(slices, amount)))
