"""推广应用: which results are in use, what waits for its first use or for a taker, and which friendly units are about to lapse?"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

import duckdb
import streamlit as st

from analytics.adoption import Adoption, First, Listed, Unit, Waiting, adoption, firsts, friendly_units, open_scenarios
from analytics.drill import EVERY, Drilled, Narrow, drill
from analytics.format import Money, money_unit
from analytics.rate import FEW
from analytics.reporting import Reporting, reporting
from analytics.steps import PUBLISHED, TAKEN
from charts.theme import Palette
from exports.links import FORMATS, export_url
from language import SOURCE, _, counted, named, spoken
from pages import adoption_lists, adoption_words, frame, funnel_choices, funnel_figures, funnel_words, goal_rows
from pages.choices import Choice, choose, link, picker
from pages.definition import definitions
from pages.goal_figures import Figure, palette
from pages.goal_words import ALL_ZONES
from pages.markup import el
from pages.tally_cells import TallyCells
from pages.view import View

HORIZONS = (1, 3, 6)
MONEY = ("first_purchase", "scenario_purchase", "friendly_purchase")


@dataclass(frozen=True, kw_only=True)
class Known:
    """All of one view, whatever is chosen. `seen` None: the snapshot is from before there were these figures."""

    seen: Adoption | None
    reporting: Reporting
    money: Money


@dataclass(frozen=True, kw_only=True)
class Lists:
    """What is listed of one zone or all."""

    firsts: Listed[First]
    open: Listed[Waiting]
    units: Listed[Unit]


def adoption_page() -> None:
    """Draw the page."""
    with frame.opened() as view:
        known = _known(*view.key, _cursor=view.cursor)
        if known.seen is None:
            frame.title(view, _("该期无此表：推广应用的数在这一期之后才有"), known.reporting)
            return
        seen = known.seen
        zone, horizon, metric, category = chosen = _choices(seen)
        months, place = int(horizon.code), next((each for each in seen.zones if each.zone_id == zone.code), None)
        kept = (("horizon", horizon.code),) if horizon.code != "3" else ()
        cells = TallyCells(tally=seen.tally, money=known.money, page="adoption", zone=zone.code or None, kept=kept)
        lists = _lists(*view.key, zone.code or None, _cursor=view.cursor)
        frame.title(replace(view, notices=view.notices + tuple(each.notice for each in chosen if each.notice)), adoption_words.title(seen, place), known.reporting)
        with st.container(horizontal=True, key="choices"):
            picker(zone, _("空间"), st.selectbox, default="", drop=("category",))
            picker(horizon, _("期限"), st.segmented_control, default="3")
            picker(metric, _("列出哪个数的来源行"), st.selectbox, default="", drop=("category",))
            if metric.code and len(category.codes) > 1:
                picker(category, _("分类"), st.selectbox, default="*")
        if metric.code:
            _rows(view, cells, zone, metric, category)
        frame.draw(adoption_words.boxes(cells, seen, months), adoption_words.classes(cells, seen), adoption_lists.products(lists.firsts, known.money),
                   adoption_words.buyers(cells, seen))
        _scenarios(view, seen, zone, months)
        frame.draw(adoption_lists.waiting(lists.open, {each.zone_id: each for each in seen.zones}), adoption_lists.units(lists.units, known.money))
        frame.draw(definitions(seen.tally.dictionary.values()), frame.source())


def _choices(seen: Adoption) -> tuple[Choice, Choice, Choice, Choice]:
    """Where, within which time, and the rows of which figure, of which of its categories ("*": all of them)."""
    zone = choose("zone", {"": _(ALL_ZONES)} | {each.zone_id: named(each) for each in seen.zones}, default="", title=_("空间"))
    horizon = choose("horizon", {str(each): counted("{n} 个月", each) for each in HORIZONS}, default="3", title=_("期限"))
    counts = {each: named(found) for each, found in seen.tally.dictionary.items() if found.aggregation != "statistic"}
    metric = choose("metric", {"": _("不列")} | counts, default="", title=_("指标"))
    known = seen.tally.categories(metric.code, zone.code or None) if metric.code else ()
    names = dict(adoption_words.names(seen))
    category = choose("category", {"*": _("全部分类")} | {each: names.get(each, each) or _("未填") for each in known}, default="*", title=_("分类"))
    return zone, horizon, metric, category


def _scenarios(view: View, seen: Adoption, zone: Choice, months: int) -> None:
    """What became of scenarios since they were published, and the two steps beside each other."""
    rates, course = _drawn(*view.key, zone.code, months, palette(), _seen=seen)
    state = f"{view.snapshot}-{view.as_of}-{zone.code}-{months}"
    frame.draw(el("h2", _("应用场景：发布、揭榜、落地")))
    left, right = st.columns(2)
    with left.container(border=True, key="rates", height="stretch"):
        frame.draw(funnel_words.heading(_("到达下一步的比例"), _("圆点为估计，横线为 95% 区间；未揭榜、未落地的按删失处理。")))
        funnel_choices.still(rates, state=state)
    with left:
        frame.draw(adoption_words.conversion(seen, zone.code or None, months))
    with right.container(border=True, key="course", height="stretch"):
        frame.draw(funnel_words.heading(_("发布以后"), _("三条线任何时候相加为 100%；虚竖线为所选期限。")))
        if seen.steps.of(PUBLISHED, zone.code or None).moves.size < FEW:
            frame.draw(el("p", _("不足 5 个，不画曲线，只列个数。"), class_="quiet"))
        else:
            funnel_choices.still(course, state=state)


def _rows(view: View, cells: TallyCells, zone: Choice, metric: Choice, category: Choice) -> None:
    what = None if category.code == "*" else category.code
    found = _drilled(*view.key, metric.code, zone.code or None, what, _cursor=view.cursor)
    language = None if spoken() == SOURCE else spoken()
    files = [(name, export_url(metric.code, name, view.as_of, view.snapshot, zone.code or None, None, language, category=what)) for name in FORMATS]
    of = " · ".join(part for part in (metric.label, zone.label, "" if what is None else category.label) if part)
    close = el("a", _("收起"), href=link("adoption", **dict(cells.kept), zone=zone.code or None), target="_self")
    frame.draw(el("section", el("h2", _("计入的行"), " ", el("small", close)), goal_rows.rows(found, cells.amount(metric.code), of, files), class_="rows", id="rows"))


@st.cache_data(max_entries=64, show_spinner=False)
def _known(store: str, snapshot: str, as_of: dt.date, today: dt.date, language: str, *, _cursor: duckdb.DuckDBPyConnection) -> Known:  # noqa: ARG001
    """Of the pinned snapshot; all that decides the result is in the arguments, which are the cache's key. So with the functions below."""
    seen = adoption(_cursor, as_of)
    amounts = [seen.tally.value(each) for each in MONEY] if seen else []
    return Known(seen=seen, reporting=reporting(_cursor, today, as_of), money=money_unit(amounts))


@st.cache_data(max_entries=64, show_spinner=False)
def _lists(store: str, snapshot: str, as_of: dt.date, today: dt.date, language: str, zone: str | None, *,  # noqa: ARG001
           _cursor: duckdb.DuckDBPyConnection) -> Lists:
    return Lists(firsts=firsts(_cursor, as_of, zone), open=open_scenarios(_cursor, as_of, zone), units=friendly_units(_cursor, as_of, zone))


@st.cache_data(max_entries=64, show_spinner=False)
def _drawn(store: str, snapshot: str, as_of: dt.date, today: dt.date, language: str, zone: str, months: int, colours: Palette, *,  # noqa: ARG001
           _seen: Adoption) -> tuple[Figure, Figure]:
    published, taken = (_seen.steps.of(each, zone or None) for each in (PUBLISHED, TAKEN))
    words = {"on": _("已揭榜"), "out": _("到期未揭榜"), "open": _("待揭榜")}
    return funnel_figures.conversion((published, taken), months, colours, None), funnel_figures.course(published, months, colours, words, _("发布后的月数"))


@st.cache_data(max_entries=128, show_spinner=False)
def _drilled(store: str, snapshot: str, as_of: dt.date, today: dt.date, language: str, metric_id: str, zone: str | None, category: str | None, *,  # noqa: ARG001
             _cursor: duckdb.DuckDBPyConnection) -> Drilled:
    return drill(_cursor, metric_id, as_of=as_of, zone_id=zone, narrow=EVERY if category is None else Narrow(category=category))
