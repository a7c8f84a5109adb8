"""转化漏斗: what is under way, what has reached which stage, and how many of those that enter a stage go on?"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

import duckdb
import streamlit as st

from analytics.ageing import LONG, Ageing, Limit, ageing, limits
from analytics.chosen import Chosen
from analytics.drill import Drilled, Narrow, drill
from analytics.format import Amount, money_unit
from analytics.funnel import REACHED, STOCK, Funnel, funnel
from analytics.funnel_finding import funnel_finding
from analytics.passages import Passage, Times, Whole, half_year_code, times, whole_way
from analytics.reporting import Reporting, reporting
from analytics.stages import Stage, stages
from analytics.zones import zones
from charts.theme import Palette
from exports.links import FORMATS, export_url
from language import SOURCE, _, named, spoken
from pages import frame, funnel_choices, funnel_figures, funnel_words, goal_rows
from pages.definition import definitions
from pages.funnel_choices import Picked, Places
from pages.goal_figures import Figure, palette
from pages.markup import el
from pages.paper import addresses
from pages.view import View
from warehouse.duties import has
from warehouse.metric import metric

WHOLE = 24  # months of the whole way, from proof of concept to landed
FROM = "mart.passage_now"  # an older snapshot may be without


@dataclass(frozen=True, kw_only=True)
class Known:
    """What there is to choose from, of one view."""

    places: Places
    cohorts: tuple[str, ...]
    reporting: Reporting


@dataclass(frozen=True, kw_only=True)
class Seen:
    """The numbers of one choice of projects."""

    funnel: Funnel | None
    passages: tuple[Passage, ...]
    times: Times
    whole: Whole
    limits: dict[str, Limit]


def funnel_page() -> None:
    """Draw the page."""
    with frame.opened() as view:
        if not has(view.cursor, FROM):
            frame.title(view, _("该期无此表：这一期快照发布时还没有转化漏斗"), _reporting(*view.key, _cursor=view.cursor))
            return
        known = _known(*view.key, _cursor=view.cursor)
        chosen = funnel_choices.picked(known.places, known.cohorts)
        seen = _seen(*view.key, chosen.projects, chosen.event_zone, chosen.cohort.code or None, _cursor=view.cursor)
        place = _("{zone}（{by}）：", zone=chosen.zone.label, by=chosen.by.label) if chosen.zone.code else ""
        frame.title(replace(view, notices=view.notices + chosen.notices), funnel_finding(seen.funnel, seen.passages, chosen.months, place), known.reporting)
        funnel_choices.pickers(chosen)
        if seen.funnel is None:
            return
        frame.draw(funnel_words.boxes(seen.funnel, seen.whole, WHOLE))
        {"stock": _stock, "reached": _reached, "conversion": _conversion}[chosen.view.code](view, seen, chosen)
        _rows(view, chosen)
        frame.draw(definitions([metric(view.cursor, chosen.of.code)]), frame.source())


def _stock(view: View, seen: Seen, chosen: Picked) -> None:
    assert seen.funnel
    with st.container(border=True, key="stages"):
        frame.draw(funnel_words.heading(_("各阶段在途（项）"),
                                        _("每个项目只在一个阶段；暂停的在内。点一段，列出它的项目；再点一次，看全部。"), _files(view, chosen, STOCK)))
        funnel_choices.draw(_figures(view, seen, chosen)[0], chosen, state=_state(view, chosen))
    old = _ageing(*view.key, chosen.projects, chosen.event_zone, chosen.stage.code or None, _limits=seen.limits, _cursor=view.cursor)
    frame.draw(funnel_words.ageing_table(old, seen.limits, seen.funnel))


def _reached(view: View, seen: Seen, chosen: Picked) -> None:
    assert seen.funnel
    bars, moves = _figures(view, seen, chosen)
    with st.container(border=True, key="stages"):
        frame.draw(funnel_words.heading(_("到达各阶段（项）"), _("进入过该阶段或其后任一阶段的项目，逐级不增。跨越的、日期不详的另有花纹。点一段，列出它的项目。"),
                                        _files(view, chosen, REACHED)))
        funnel_choices.draw(bars, chosen, state=_state(view, chosen))
    left, right = st.columns((5, 3))
    with left.container(border=True, key="moves", height="stretch"):
        frame.draw(funnel_words.heading(_("阶段流动（次）"), _("从左到右为前进，含跨越；退回与终止在下方。点旁边表中的次数，列出它的项目。"), is_wide=True))
        funnel_choices.still(moves, state=_state(view, chosen))
    with right:
        frame.draw(funnel_words.moves_table(seen.funnel))
    frame.draw(el("section", el("h2", _("评审、跨越与退回")), funnel_words.gates_table(seen.funnel)))


def _conversion(view: View, seen: Seen, chosen: Picked) -> None:
    assert seen.funnel
    state, stage = _state(view, chosen), named(chosen.focus)
    rates, course, cohorts, stays = _figures(view, seen, chosen)
    left, right = st.columns(2)
    with left.container(border=True, key="rates", height="stretch"):
        frame.draw(funnel_words.heading(_("{horizon}内转入后面阶段的比例", horizon=chosen.horizon.label), _("圆点为估计，横线为 95% 区间。点一行，看这一阶段。")))
        funnel_choices.draw(rates, chosen, state=state)
    with right.container(border=True, key="course", height="stretch"):
        frame.draw(funnel_words.heading(_("进入{stage}以后", stage=stage), _("三条线任何时候相加为 100%；虚竖线为所选期限。")))
        funnel_choices.still(course, state=state)
    frame.draw(funnel_words.passages_table(seen.passages, chosen.months))
    left, right = st.columns(2)
    with left.container(border=True, key="cohorts", height="stretch"):
        frame.draw(funnel_words.heading(_("{stage}：各半年进入的，{horizon}内转化", stage=stage, horizon=chosen.horizon.label),
                                        _("上方为已转化/进入的个数；没有圆点的观察时间还不够。")))
        funnel_choices.still(cohorts, state=state)
    with right.container(border=True, key="stays", height="stretch"):
        frame.draw(funnel_words.heading(_("仍在该阶段的比例"), _("降到横虚线处即中位停留。")))
        funnel_choices.still(stays, state=state)
    frame.draw(funnel_words.causes(seen.funnel))


def _figures(view: View, seen: Seen, chosen: Picked) -> tuple[Figure, ...]:
    """The figures of the chosen view."""
    return _drawn(*view.key, chosen.projects, chosen.event_zone, chosen.cohort.code, chosen.view.code, chosen.stage.code, chosen.months, palette(),
                  _seen=seen, _focus=chosen.focus)


def _rows(view: View, chosen: Picked) -> None:
    found = _drilled(*view.key, chosen.of.code, chosen.event_zone, chosen.rows, chosen.projects, _cursor=view.cursor)
    lang = None if spoken() == SOURCE else spoken()
    files = [(name, export_url(chosen.of.code, name, view.as_of, view.snapshot, chosen.event_zone, None, lang, stage=chosen.rows.stage,
                                category=chosen.rows.category, **chosen.projects.in_address)) for name in FORMATS]
    frame.draw(el("section", el("h2", _("计入的行"))))
    funnel_choices.row_pickers(chosen)
    kept = (chosen.stage, chosen.category, chosen.zone, chosen.direction, chosen.origin, chosen.research)
    of = " · ".join([chosen.of.label, *(each.label for each in kept if each.code), _("截至 {day}", day=view.as_of)])
    frame.draw(el("section", goal_rows.rows(found, Amount(metric(view.cursor, chosen.of.code).unit, money_unit([])), of, files), class_="rows"))


def _files(view: View, chosen: Picked, metric_id: str) -> list[tuple[str, str]]:
    """The figure for paper is of all projects."""
    return [] if chosen.projects.in_address or chosen.zone.code else addresses(view, metric_id, "stages")


def _state(view: View, chosen: Picked) -> str:
    return "-".join((view.snapshot, view.as_of.isoformat(), *(each.code for each in chosen.all)))


@st.cache_data(max_entries=64, show_spinner=False)
def _reporting(store: str, snapshot: str, as_of: dt.date, today: dt.date, language: str, *, _cursor: duckdb.DuckDBPyConnection) -> Reporting:  # noqa: ARG001
    """Of the pinned snapshot; all that decides the result is in the arguments, which are the cache's key. So with the functions below."""
    return reporting(_cursor, today, as_of)


@st.cache_data(max_entries=64, show_spinner=False)
def _known(store: str, snapshot: str, as_of: dt.date, today: dt.date, language: str, *, _cursor: duckdb.DuckDBPyConnection) -> Known:
    half_years = _cursor.execute("SELECT DISTINCT half_year FROM mart.passage_now ORDER BY 1").fetchall()
    return Known(places=funnel_choices.places(_cursor, stages(_cursor), zones(_cursor)), cohorts=tuple(half_year_code(each) for (each,) in half_years),
                 reporting=_reporting(store, snapshot, as_of, today, language, _cursor=_cursor))


@st.cache_data(max_entries=64, show_spinner=False)
def _seen(store: str, snapshot: str, as_of: dt.date, today: dt.date, language: str, projects: Chosen, zone: str | None, cohort: str | None,  # noqa: ARG001
          *, _cursor: duckdb.DuckDBPyConnection) -> Seen:
    every = times(_cursor, as_of, projects, zone)
    known: tuple[Stage, ...] = stages(_cursor)
    passages = tuple(every.of(each) for each in known)
    beyond = limits(_cursor, {each.stage.stage_id: each.quantile(LONG) for each in passages})
    entered = times(_cursor, as_of, projects, zone, cohort) if cohort else None
    return Seen(funnel=funnel(_cursor, as_of, projects, zone), passages=tuple(entered.of(each) for each in known) if entered else passages, times=every,
                whole=whole_way(_cursor, as_of, projects, zone, WHOLE), limits=beyond)


@st.cache_data(max_entries=64, show_spinner=False)
def _ageing(store: str, snapshot: str, as_of: dt.date, today: dt.date, language: str, projects: Chosen, zone: str | None, stage: str | None, *,  # noqa: ARG001
            _limits: dict[str, Limit], _cursor: duckdb.DuckDBPyConnection) -> Ageing:
    """The limits follow from the other choices."""
    return ageing(_cursor, as_of, _limits, projects, zone, stage)


@st.cache_data(max_entries=128, show_spinner=False)
def _drawn(store: str, snapshot: str, as_of: dt.date, today: dt.date, language: str, projects: Chosen, zone: str | None, cohort: str, which: str,  # noqa: ARG001
           stage: str, months: int, colours: Palette, *, _seen: Seen, _focus: Stage) -> tuple[Figure, ...]:
    assert _seen.funnel
    if which == "stock":
        return (funnel_figures.stock(_seen.funnel, colours, stage or None),)
    if which == "reached":
        return funnel_figures.reached(_seen.funnel, colours, stage or None), funnel_figures.moves(_seen.funnel, colours)
    passage = next(each for each in _seen.passages if each.stage == _focus)
    return (funnel_figures.conversion(_seen.passages[:-1], months, colours, stage or None), funnel_figures.course(passage, months, colours),
            funnel_figures.cohorts(_seen.times.cohorts(_focus, months), colours, cohort or None), funnel_figures.stays(_seen.passages, colours))


@st.cache_data(max_entries=256, show_spinner=False)
def _drilled(store: str, snapshot: str, as_of: dt.date, today: dt.date, language: str, metric_id: str, zone: str | None, rows: Narrow,  # noqa: ARG001
             projects: Chosen, *,
             _cursor: duckdb.DuckDBPyConnection) -> Drilled:
    return drill(_cursor, metric_id, as_of=as_of, zone_id=zone, narrow=rows, chosen=projects)


