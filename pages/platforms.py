"""平台与载体: what of the policy's platforms, buildings and services is there, how well is it used, and what is not there yet?"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

import duckdb
import streamlit as st

from analytics.drill import EVERY, Drilled, Narrow, drill
from analytics.format import Money, money_unit
from analytics.platform_finding import platform_finding
from analytics.platforms import Ending, Platforms, ending_leases, platforms
from analytics.reporting import Reporting, reporting
from exports.links import FORMATS, export_url
from language import SOURCE, _, named, spoken
from pages import frame, goal_rows, platform_tables, platform_words
from pages.choices import Choice, choose, link, picker
from pages.definition import definitions
from pages.goal_words import ALL_ZONES
from pages.markup import el
from pages.platform_cells import Cells
from pages.view import View


@dataclass(frozen=True, kw_only=True)
class Known:
    """All of one view, whatever is chosen. `seen` None: the snapshot is from before there were these figures."""

    seen: Platforms | None
    reporting: Reporting
    money: Money


def platforms_page() -> None:
    """Draw the page."""
    with frame.opened() as view:
        known = _known(*view.key, _cursor=view.cursor)
        if known.seen is None:
            frame.title(view, _("该期无此表：平台与载体的数在这一期之后才有"), known.reporting)
            return
        zone, metric, category = _choices(known.seen)
        place = next((each for each in known.seen.zones if each.zone_id == zone.code), None)
        cells = Cells(seen=known.seen, money=known.money, zone=zone.code or None)
        frame.title(replace(view, notices=view.notices + tuple(each.notice for each in (zone, metric, category) if each.notice)),
                    platform_finding(known.seen, place), known.reporting)
        with st.container(horizontal=True, key="choices"):
            picker(zone, _("空间"), st.selectbox, default="", drop=("category",))
            picker(metric, _("列出哪个数的来源行"), st.selectbox, default="", drop=("category",))
            if metric.code and len(category.codes) > 1:
                picker(category, _("分类"), st.selectbox, default="*")
        if metric.code:
            _rows(view, cells, zone, metric, category)
        frame.draw(platform_words.boxes(cells))
        if place is None or place.kind == "core":
            frame.draw(platform_words.functions(known.seen.functions))
        frame.draw(platform_tables.kinds(cells), platform_words.facilities(cells), platform_tables.buildings(cells))
        frame.draw(platform_tables.requests(cells, _ending(*view.key, zone.code or None, _cursor=view.cursor)))
        frame.draw(platform_tables.scorecard(replace(cells, zone=None)), platform_tables.cases(cells), platform_tables.incubators(cells))
        frame.draw(definitions(known.seen.tally.dictionary.values()), frame.source())


def _choices(seen: Platforms) -> tuple[Choice, Choice, Choice]:
    """Where, and the rows of which figure, of which of its categories ("*": all of them)."""
    zone = choose("zone", {"": _(ALL_ZONES)} | {each.zone_id: named(each) for each in seen.zones}, default="", title=_("空间"))
    metric = choose("metric", {"": _("不列")} | {each: named(found) for each, found in seen.tally.dictionary.items()}, default="", title=_("指标"))
    known = seen.tally.categories(metric.code, zone.code or None) if metric.code else ()
    names = {each.category_id: named(each) for each in (*seen.kinds, *seen.services, *seen.needs)}
    category = choose("category", {"*": _("全部分类")} | {each: names.get(each, each) or _("未填") for each in known}, default="*", title=_("分类"))
    return zone, metric, category


def _rows(view: View, cells: Cells, zone: Choice, metric: Choice, category: Choice) -> None:
    what = None if category.code == "*" else category.code
    found = _drilled(*view.key, metric.code, zone.code or None, what, _cursor=view.cursor)
    language = None if spoken() == SOURCE else spoken()
    files = [(name, export_url(metric.code, name, view.as_of, view.snapshot, zone.code or None, None, language, category=what)) for name in FORMATS]
    of = " · ".join(part for part in (metric.label, zone.label, "" if what is None else category.label) if part)
    close = el("a", _("收起"), href=link("platforms", zone=zone.code or None), target="_self")
    frame.draw(el("section", el("h2", _("计入的行"), " ", el("small", close)), goal_rows.rows(found, cells.amount(metric.code), of, files), class_="rows", id="rows"))


@st.cache_data(max_entries=64, show_spinner=False)
def _known(store: str, snapshot: str, as_of: dt.date, today: dt.date, language: str, *, _cursor: duckdb.DuckDBPyConnection) -> Known:  # noqa: ARG001
    """Of the pinned snapshot; all that decides the result is in the arguments, which are the cache's key. So with the functions below."""
    seen = platforms(_cursor, as_of)
    amounts = [seen.tally.value(each) for each in ("platform_service_income",)] if seen else []
    return Known(seen=seen, reporting=reporting(_cursor, today, as_of), money=money_unit(amounts))


@st.cache_data(max_entries=64, show_spinner=False)
def _ending(store: str, snapshot: str, as_of: dt.date, today: dt.date, language: str, zone: str | None, *,  # noqa: ARG001
            _cursor: duckdb.DuckDBPyConnection) -> tuple[Ending, ...]:
    return ending_leases(_cursor, as_of, zone)


@st.cache_data(max_entries=128, show_spinner=False)
def _drilled(store: str, snapshot: str, as_of: dt.date, today: dt.date, language: str, metric_id: str, zone: str | None, category: str | None, *,  # noqa: ARG001
             _cursor: duckdb.DuckDBPyConnection) -> Drilled:
    return drill(_cursor, metric_id, as_of=as_of, zone_id=zone, narrow=EVERY if category is None else Narrow(category=category))
