"""空间布局: where in the core and the seven carriers does it happen, and what is there of what the policy lists for each?"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

import duckdb
import streamlit as st

from analytics.drill import Drilled, drill
from analytics.format import Amount, money_unit, short
from analytics.reporting import Reporting, reporting
from analytics.units import YUAN
from analytics.zone_amounts import amount_of
from analytics.zone_card import ZoneCard, zone_card
from analytics.zone_finding import zone_finding
from analytics.zone_measures import Measure, measures
from analytics.zone_shapes import Backdrop, Points, Shape, backdrop, has_shapes, points, shapes
from analytics.zones import Zone, zones
from charts.map import HEIGHT, Area, Place, Spot, shade, zone_map
from exports.links import FORMATS, export_url
from language import SOURCE, _, named, spoken
from pages import frame, goal_rows, zone_cards, zone_choices, zone_words
from pages.goal_figures import palette
from pages.markup import el
from pages.view import View
from pages.zone_choices import MAP, Chosen
from warehouse.known import Span, span


@dataclass(frozen=True, kw_only=True)
class Space:
    """What there is to show of one view."""

    zones: tuple[Zone, ...]
    shapes: Mapping[str, Shape]
    backdrop: tuple[Backdrop, ...]
    measures: Mapping[str, Measure]
    reporting: Reporting
    span: Span


def zones_page() -> None:
    """Draw the page."""
    with frame.opened() as view:
        if not has_shapes(view.cursor):
            frame.draw(el("section", el("h1", _("该期无此表")), el("p", _("这一期快照早于空间图形，看不到空间布局。")), class_="empty"))
            return
        space = _space(*view.key, _cursor=view.cursor)
        asked = zone_choices.chosen(space.measures, space.zones, view.as_of, space.span)
        amount = amount_of(asked.seen)
        said = replace(view, notices=view.notices + asked.notices)
        frame.title(said, zone_finding(asked.seen, amount, space.zones), space.reporting)
        zone_choices.pickers(asked, space.span)
        if asked.show.code:
            frame.draw(zone_words.as_list(space.measures, space.zones, space.shapes, density=asked.is_density))
        else:
            _map(view, space, asked)
        zone_choices.zone_pickers(asked)
        _cards(view, space, asked)
        _rows(view, asked)
        frame.draw(zone_words.origin(space.shapes, space.backdrop) if asked.show.code else "", frame.source())


def _map(view: View, space: Space, asked: Chosen) -> None:
    values = asked.seen.per({zone: each.area_km2 for zone, each in space.shapes.items()}) if asked.is_density else asked.seen.zones
    amount = amount_of(asked.seen, density_of=values.values() if asked.is_density else None)
    colours = palette()
    marked = _points(*view.key, asked.points.code, _cursor=view.cursor) if asked.points.code else None
    top = max((value for zone, value in values.items() if value and zone in space.shapes), default=Decimal(0))
    left, right = st.columns([5, 3])
    with left:
        areas = [_area(each, shape, values.get(each.zone_id), top, amount, asked.seen) for each in space.zones for shape in (space.shapes.get(each.zone_id),) if shape]
        spots = [Spot(at=(each.longitude_deg, each.latitude_deg), things=each.things) for each in marked.cells] if marked else []
        land = [Place(kind=each.kind, name=named(each), geometry=each.geometry) for each in space.backdrop]
        deck = zone_map(areas, land, spots, palette=colours, chosen=asked.zone.code or None, compared=asked.other.code or None)
        st.pydeck_chart(deck, key=MAP, on_select=zone_choices.clicked, selection_mode="single-object", height=HEIGHT,
                        alt=_("地图：{what}。各空间的数列在旁边。", what=named(asked.seen.metric)))
        frame.draw(zone_words.origin(space.shapes, space.backdrop))
    with right:
        frame.draw(zone_words.legend(amount, Decimal(0), top, [shade(share, colours) for share in (0, 0.5, 1)]),
                   zone_words.ranked(values, amount, space.zones, asked.zone.code), zone_words.whole(asked.seen, amount_of(asked.seen), space.zones),
                   zone_words.marked(marked, asked.points.label) if marked else "")


def _area(zone: Zone, shape: Shape, value: Decimal | None, top: Decimal, amount: Amount, seen: Measure) -> Area:
    return Area(code=zone.zone_id, name=re.split("[（(]", short(zone))[0].strip(), label=amount.text(value),
                said="\n".join((named(zone), f"{named(seen.metric)} {amount.said(value)}")), share=None if value is None else float(value / top) if top else 0.0,
                polygons=shape.polygons, at=shape.at)


def _cards(view: View, space: Space, asked: Chosen) -> None:
    places = [each for each in (asked.place, asked.beside) if each]
    if not places:
        frame.draw(el("p", _("点地图或列表里的一个空间，或在上面选一个，看它的功能定位、配套建设、方向、任务；再选一个，两相对照。"), class_="quiet"))
        return
    for column, place in zip(st.columns(len(places)), places, strict=True):
        with column:
            frame.draw(zone_cards.card(place, _card(*view.key, place.zone_id, _cursor=view.cursor), space.measures, space.shapes.get(place.zone_id)))


def _rows(view: View, asked: Chosen) -> None:
    """Of a ratio, those of its numerator."""
    metric, zone = asked.seen.counted, asked.place
    found = _drilled(*view.key, metric.metric_id, asked.zone.code or None, _cursor=view.cursor)
    amount = Amount(metric.unit, money_unit([found.total] if metric.unit == YUAN else ()))
    language = None if spoken() == SOURCE else spoken()
    files = [(name, export_url(metric.metric_id, name, view.as_of, view.snapshot, asked.zone.code or None, None, language)) for name in FORMATS]
    frame.draw(el("section", el("h2", _("计入的行：{what}", what=named(metric))), goal_rows.rows(found, amount, goal_rows.chosen_rows(zone, "", view.as_of), files),
                  class_="rows"))


@st.cache_data(max_entries=64, show_spinner=False)
def _space(store: str, snapshot: str, as_of: dt.date, today: dt.date, language: str, *, _cursor: duckdb.DuckDBPyConnection) -> Space:  # noqa: ARG001
    """Of the pinned snapshot; all that decides the result is in the arguments, which are the cache's key. So with the functions below."""
    known = span(_cursor)
    assert known, "a pinned view has one"
    return Space(zones=zones(_cursor), shapes=shapes(_cursor), backdrop=backdrop(_cursor), measures=measures(_cursor, as_of),
                 reporting=reporting(_cursor, today, as_of), span=known)


@st.cache_data(max_entries=64, show_spinner=False)
def _points(store: str, snapshot: str, as_of: dt.date, today: dt.date, language: str, kind: str, *, _cursor: duckdb.DuckDBPyConnection) -> Points:  # noqa: ARG001
    return points(_cursor, kind, as_of)


@st.cache_data(max_entries=128, show_spinner=False)
def _card(store: str, snapshot: str, as_of: dt.date, today: dt.date, language: str, zone_id: str, *, _cursor: duckdb.DuckDBPyConnection) -> ZoneCard:  # noqa: ARG001
    return zone_card(_cursor, zone_id, as_of)


@st.cache_data(max_entries=256, show_spinner=False)
def _drilled(store: str, snapshot: str, as_of: dt.date, today: dt.date, language: str, metric_id: str, zone_id: str | None, *,  # noqa: ARG001
             _cursor: duckdb.DuckDBPyConnection) -> Drilled:
    return drill(_cursor, metric_id, as_of=as_of, zone_id=zone_id)
