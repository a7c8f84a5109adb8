"""招引: how many leads stand where, how many of those found are signed, move in and bring a project, and which need a push?"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

import duckdb
import streamlit as st

from analytics.drill import EVERY, Drilled, Narrow, drill
from analytics.format import Money, money_unit
from analytics.leads import Joined, Leads, Slow, ageing, joined, leads
from analytics.rate import FEW
from analytics.reporting import Reporting, reporting
from analytics.steps import LEADS
from charts.theme import Palette
from exports.links import FORMATS, export_url
from language import N_, SOURCE, _, counted, named, spoken
from pages import frame, funnel_choices, funnel_words, goal_rows, lead_figures, lead_lists, lead_words
from pages.choices import Choice, choose, link, picker
from pages.definition import definitions
from pages.goal_figures import Figure, palette
from pages.goal_words import ALL_ZONES
from pages.markup import el
from pages.tally_cells import TallyCells
from pages.view import View

VIEWS = {"stock": N_("存量"), "reached": N_("到达"), "conversion": N_("转化")}
HORIZONS = (3, 6, 12)


@dataclass(frozen=True, kw_only=True)
class Known:
    """All of one view, whatever is chosen. `seen` None: the snapshot is from before there were these figures."""

    seen: Leads | None
    reporting: Reporting
    money: Money


@dataclass(frozen=True, kw_only=True)
class Picked:
    """As the URL asks."""

    view: Choice
    zone: Choice
    office: Choice
    horizon: Choice
    metric: Choice
    category: Choice

    @property
    def all(self) -> tuple[Choice, ...]:
        return (self.view, self.zone, self.office, self.horizon, self.metric, self.category)

    @property
    def months(self) -> int:
        return int(self.horizon.code)

    @property
    def kept(self) -> tuple[tuple[str, str], ...]:
        """What a link to rows keeps, apart from the zone."""
        usual = {"view": "stock", "office": "*", "horizon": "6"}
        return tuple((each.name, each.code) for each in (self.view, self.office, self.horizon) if each.code != usual[each.name])


def leads_page() -> None:
    """Draw the page."""
    with frame.opened() as view:
        known = _known(*view.key, _cursor=view.cursor)
        if known.seen is None:
            frame.title(view, _("该期无此表：招引的数在这一期之后才有"), known.reporting)
            return
        seen, chosen = known.seen, _choices(known.seen)
        place = next((each for each in seen.zones if each.zone_id == chosen.zone.code), None)
        zone, office = chosen.zone.code or None, None if chosen.office.code == "*" else chosen.office.code
        cells = TallyCells(tally=seen.tally, money=known.money, page="leads", zone=zone, kept=chosen.kept)
        slow, come = _lists(*view.key, zone, office, _seen=seen, _cursor=view.cursor)
        frame.title(replace(view, notices=view.notices + tuple(each.notice for each in chosen.all if each.notice)),
                    lead_words.title(seen, place, office, chosen.months), known.reporting)
        _pickers(chosen)
        if chosen.metric.code:
            _rows(view, cells, chosen)
        frame.draw(lead_words.boxes(cells, seen, office))
        drawn = _drawn(*view.key, chosen.view.code, zone, office, chosen.months, palette(), _seen=seen)
        state = "-".join((view.snapshot, view.as_of.isoformat(), *(each.code for each in chosen.all)))
        if chosen.view.code == "conversion":
            is_few = seen.steps.of(LEADS[0], zone, office).moves.size < FEW
            _conversion(drawn, state, lead_words.conversion(cells, seen, office, chosen.months), is_few=is_few)
            frame.draw("" if office else lead_words.offices(cells, seen, chosen.months), lead_words.reasons(cells, seen, office))
        else:
            is_stock = chosen.view.code == "stock"
            with st.container(border=True, key="stages"):
                frame.draw(funnel_words.heading(_("各步在途（条）"), _("每条线索只在一步；停得久的另有花纹。")) if is_stock else funnel_words.heading(
                    _("到达各步（条）"), _("到达后一步的也算到达前一步，逐级不增；流失不减少到达数。")))
                funnel_choices.still(drawn[0], state=state)
            frame.draw(*((lead_lists.ageing_table(slow, seen, seen.slow_number(zone, office), known.money), lead_words.standing(cells, seen, office)) if is_stock else
                         (lead_words.reached(cells, seen, office, come),)))
        frame.draw(definitions(seen.tally.dictionary.values()), frame.source())


def _choices(seen: Leads) -> Picked:
    zone = choose("zone", {"": _(ALL_ZONES)} | {each.zone_id: named(each) for each in seen.zones}, default="", title=_("空间"))
    counts = {each: named(found) for each, found in seen.tally.dictionary.items() if found.aggregation != "statistic"}
    metric = choose("metric", {"": _("不列")} | counts, default="", title=_("指标"))
    known = seen.tally.categories(metric.code, zone.code or None) if metric.code else ()
    names = {each.category_id: named(each) for each in (*seen.sources, *seen.reasons)}
    return Picked(
        view=choose("view", {code: _(word) for code, word in VIEWS.items()}, default="stock", title=_("视图")), zone=zone, metric=metric,
        office=choose("office", {"*": _("全部驻点")} | {each: each or _("未填") for each in seen.offices}, default="*", title=_("驻点")),
        horizon=choose("horizon", {str(each): counted("{n} 个月", each) for each in HORIZONS}, default="6", title=_("期限")),
        category=choose("category", {"*": _("全部分类")} | {each: names.get(each, each) or _("未填") for each in known}, default="*", title=_("分类")))


def _pickers(chosen: Picked) -> None:
    with st.container(horizontal=True, key="choices"):
        picker(chosen.view, _("视图"), st.segmented_control, default="stock")
        picker(chosen.zone, _("空间"), st.selectbox, default="", drop=("category",))
        picker(chosen.office, _("驻点"), st.selectbox, default="*")
        if chosen.view.code == "conversion":
            picker(chosen.horizon, _("期限"), st.segmented_control, default="6")
        picker(chosen.metric, _("列出哪个数的来源行"), st.selectbox, default="", drop=("category",))
        if chosen.metric.code and len(chosen.category.codes) > 1:
            picker(chosen.category, _("分类"), st.selectbox, default="*")


def _conversion(drawn: tuple[Figure, ...], state: str, table: str, *, is_few: bool) -> None:
    rates, course = drawn
    left, right = st.columns(2)
    with left.container(border=True, key="rates", height="stretch"):
        frame.draw(funnel_words.heading(_("到达下一步的比例"), _("圆点为估计，横线为 95% 区间；仍在跟踪的按删失处理，不作失败。")))
        funnel_choices.still(rates, state=state)
    with left:
        frame.draw(table)
    with right.container(border=True, key="course", height="stretch"):
        frame.draw(funnel_words.heading(_("找到线索以后"), _("三条线任何时候相加为 100%；虚竖线为所选期限。")))
        if is_few:
            frame.draw(el("p", _("不足 5 条，不画曲线，只列条数。"), class_="quiet"))
        else:
            funnel_choices.still(course, state=state)


def _rows(view: View, cells: TallyCells, chosen: Picked) -> None:
    what = None if chosen.category.code == "*" else chosen.category.code
    found = _drilled(*view.key, chosen.metric.code, chosen.zone.code or None, what, _cursor=view.cursor)
    language = None if spoken() == SOURCE else spoken()
    files = [(name, export_url(chosen.metric.code, name, view.as_of, view.snapshot, chosen.zone.code or None, None, language, category=what)) for name in FORMATS]
    of = " · ".join(part for part in (chosen.metric.label, chosen.zone.label, "" if what is None else chosen.category.label) if part)
    close = el("a", _("收起"), href=link("leads", **dict(chosen.kept), zone=chosen.zone.code or None), target="_self")
    listed = goal_rows.rows(found, cells.amount(chosen.metric.code), of, files)
    frame.draw(el("section", el("h2", _("计入的行"), " ", el("small", close)), listed, class_="rows", id="rows"))


@st.cache_data(max_entries=64, show_spinner=False)
def _known(store: str, snapshot: str, as_of: dt.date, today: dt.date, language: str, *, _cursor: duckdb.DuckDBPyConnection) -> Known:  # noqa: ARG001
    """Of the pinned snapshot; all that decides the result is in the arguments, which are the cache's key. So with the functions below."""
    seen = leads(_cursor, as_of)
    return Known(seen=seen, reporting=reporting(_cursor, today, as_of),
                 money=money_unit([seen.tally.value("lead_intended")] if seen else []))


@st.cache_data(max_entries=64, show_spinner=False)
def _lists(store: str, snapshot: str, as_of: dt.date, today: dt.date, language: str, zone: str | None, office: str | None, *,  # noqa: ARG001
           _seen: Leads, _cursor: duckdb.DuckDBPyConnection) -> tuple[tuple[Slow, ...], tuple[Joined, ...]]:
    """The leads that stand long, and those that brought a project."""
    return ageing(_cursor, _seen, zone, office), joined(_cursor, as_of, zone, office)


@st.cache_data(max_entries=128, show_spinner=False)
def _drawn(store: str, snapshot: str, as_of: dt.date, today: dt.date, language: str, which: str, zone: str | None, office: str | None, months: int,  # noqa: ARG001
           colours: Palette, *, _seen: Leads) -> tuple[Figure, ...]:
    if which == "conversion":
        return lead_figures.conversion(_seen, zone, office, months, colours)
    return (lead_figures.standing(_seen, zone, office, colours) if which == "stock" else lead_figures.reached(_seen, zone, office, colours),)


@st.cache_data(max_entries=128, show_spinner=False)
def _drilled(store: str, snapshot: str, as_of: dt.date, today: dt.date, language: str, metric_id: str, zone: str | None, category: str | None, *,  # noqa: ARG001
             _cursor: duckdb.DuckDBPyConnection) -> Drilled:
    return drill(_cursor, metric_id, as_of=as_of, zone_id=zone, narrow=EVERY if category is None else Narrow(category=category))
