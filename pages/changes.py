"""会间变化: what changed since the last meeting, for what reason, and which file said so?"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import duckdb
import streamlit as st

from analytics.change_bridge import Changes, MetricChange
from analytics.changed_rows import Moved, moved
from analytics.changes_said import finding, money, sentence, summary
from analytics.comparing import Point, compare, statistics
from analytics.departments import departments
from analytics.format import Money
from analytics.reporting import Reporting, reporting
from analytics.snapshot import about
from analytics.zones import Zone, zones
from charts.theme import Palette
from charts.waterfall import waterfall
from exports.changes_frames import steps
from exports.links import TABLES, bridge_url
from language import SOURCE, _, named, spoken
from pages import changes_choices, changes_restating, changes_rows, changes_words, frame, fund_parts
from pages.changes_choices import Asked
from pages.choices import choose, picker
from pages.downloads import downloads
from pages.goal_figures import Figure, palette
from pages.markup import el
from pages.view import View
from warehouse.here import reader, store_root
from warehouse.publish import Store


def changes_page() -> None:
    """Draw the page."""
    with frame.opened() as view:
        places, senders, late = _known(*view.key, _cursor=view.cursor)
        asked = changes_choices.asked(view, places, senders)
        if asked.begin is None:
            frame.title(replace(view, notices=view.notices + asked.notices), _("这是基期：在它之前没有可比的一期"), late)
            changes_choices.pickers(asked)
            frame.draw(el("p", _("第一期是基期，首次接入的数据不算迟报。下一次发布后，这里逐项说明哪些变了、为什么。"), class_="quiet"), changes_words.method())
            return
        found = _compared(*view.key, asked.begin.point, asked.end.point, asked.zone.code or None, asked.department.code or None, _stamp(asked))
        unit = money(found)
        show = choose("show", {"": _("有变化的"), "all": _("全部")}, default="", title=_("列出"))
        chosen = changes_choices.metric(found)
        said = _as_shown(view, asked, tuple(each.notice for each in (show, chosen) if each.notice))
        frame.title(said, finding(found, unit), late)
        changes_choices.pickers(asked)
        if found.prime == "missing":
            changes_restating.missing(asked.begin, asked.end)
        frame.draw(changes_words.sides(found))
        _to_copy("whole", summary(found, unit))
        _one(view, asked, found, found.by_metric[chosen.code], unit)
        with st.container(horizontal=True, key="list-choices"):
            picker(show, _("列出"), st.segmented_control, default="")
        frame.draw(changes_words.overview(found, unit, chosen.code, is_all=show.code == "all"))
        if not (asked.zone.code or asked.department.code):  # last: they take longer than all that is above
            told = _statistics(*view.key, asked.begin.point, asked.end.point, _stamp(asked))
            frame.draw(changes_words.statistics(replace(found, statistics=told), unit))
        frame.draw(el("p", _("全部变化："), *downloads(_files(asked, found)), class_="quiet taken"), changes_words.method(), frame.source())


def _one(view: View, asked: Asked, found: Changes, change: MetricChange, unit: Money) -> None:
    """One metric: its waterfall, its sentence, and the rows of one of its terms."""
    assert asked.begin
    frame.draw(el("section", el("h2", _("逐项说明：{metric}", metric=named(change.metric)))))
    with st.container(horizontal=True, key="metric-choices"):
        picker(changes_choices.metric(found), _("指标"), st.selectbox, default="", drop=("term",))
    key = f"{asked.begin.point}-{asked.end.point}-{asked.zone.code}-{asked.department.code}-{change.metric.metric_id}"
    drawn, note = _figure(*view.key, key, palette(), _stamp(asked), _found=found, _change=change, _unit=unit)
    if drawn:
        with st.container(border=True, key="waterfall"):
            frame.draw(fund_parts.heading(named(change.metric), note))
            fund_parts.drawn(drawn.figure, drawn.alt, f"changes-{key}")
            frame.draw(el("p", _("供文件用："), *(el("a", kind.upper(), href=_url(asked, found, change.metric.metric_id, kind), download="") for kind in ("svg", "png")),
                          class_="quiet taken"))
    _to_copy("one", sentence(change, unit))
    term = changes_choices.term(change)
    if term is None:
        return
    with st.container(horizontal=True, key="row-choices"):
        picker(term, _("构成"), st.segmented_control, default="")
    rows = _moved(*view.key, asked.begin.point, asked.end.point, change.metric.metric_id, term.code, asked.zone.code or None, asked.department.code or None,
                  _stamp(asked))
    files = _files(asked, found, change.metric.metric_id)
    frame.draw(el("section", changes_rows.rows(change, term.code, rows, unit, files), class_="rows moved"))


def _to_copy(name: str, text: str) -> None:
    """A text with a button that copies it."""
    with st.container(key=f"said-{name}"):
        st.code(text, language=None, wrap_lines=True)


def _as_shown(view: View, asked: Asked, notices: tuple[str, ...]) -> View:
    """The view with the state that the comparison ends in."""
    said = replace(view, notices=view.notices + asked.notices + notices)
    if asked.end.pin is None or asked.end.point.as_of is None:
        return said
    with reader(store_root()).pin(asked.end.point.snapshot) as pinned:
        return replace(said, snapshot=asked.end.point.snapshot, as_of=asked.end.point.as_of, about=about(pinned.cursor))


def _stamp(asked: Asked) -> bool:
    """Whether A′ is there: once it is, more can be told."""
    return asked.begin is not None and (asked.begin.made.is_like(asked.end.made) or changes_restating.path_of(asked.begin, asked.end).exists())


def _files(asked: Asked, found: Changes, metric_id: str | None = None) -> list[tuple[str, str]]:
    return [(kind, _url(asked, found, "changes", kind, metric=metric_id)) for kind in TABLES]


def _url(asked: Asked, found: Changes, name: str, kind: str, **more: str | None) -> str:
    choices = {"from": found.before.snapshot, "from_as_of": found.before.as_of.isoformat(), "to": found.now.snapshot, "to_as_of": found.now.as_of.isoformat(),
               "zone": asked.zone.code or None, "department": asked.department.code or None}
    return bridge_url(name, kind, language=None if spoken() == SOURCE else spoken(), **choices, **more)  # type: ignore[arg-type]


@st.cache_data(max_entries=16, show_spinner=False)
def _known(store: str, snapshot: str, as_of: dt.date, today: dt.date, language: str, *,  # noqa: ARG001
           _cursor: duckdb.DuckDBPyConnection) -> tuple[tuple[Zone, ...], dict[str, tuple[str, str | None]], Reporting]:
    """Of the pinned snapshot; all that decides the result is in the arguments, which are the cache's key. So with the functions below."""
    return zones(_cursor), departments(_cursor), reporting(_cursor, today, as_of)


@st.cache_data(max_entries=32, show_spinner=False)
def _compared(store: str, snapshot: str, as_of: dt.date, today: dt.date, language: str, begin: Point, end: Point, zone: str | None,  # noqa: ARG001
              department: str | None, is_primed: bool) -> Changes:  # noqa: ARG001
    return compare(Store(store_root()), begin, end, zone=zone, department=department, has_statistics=False)


@st.cache_data(max_entries=32, show_spinner=False)
def _statistics(store: str, snapshot: str, as_of: dt.date, today: dt.date, language: str, begin: Point, end: Point,  # noqa: ARG001
                is_primed: bool) -> tuple[MetricChange, ...]:  # noqa: ARG001
    return statistics(Store(store_root()), begin, end)


@st.cache_data(max_entries=64, show_spinner=False)
def _moved(store: str, snapshot: str, as_of: dt.date, today: dt.date, language: str, begin: Point, end: Point, metric_id: str, term: str,  # noqa: ARG001
           zone: str | None, department: str | None, is_primed: bool) -> Moved:  # noqa: ARG001
    return moved(Store(store_root()), begin, end, metric_id, term, zone=zone, department=department)


@st.cache_data(max_entries=64, show_spinner=False)
def _figure(store: str, snapshot: str, as_of: dt.date, today: dt.date, language: str, key: str, colours: Palette, is_primed: bool, *,  # noqa: ARG001
            _found: Changes, _change: MetricChange, _unit: Money) -> tuple[Figure | None, str]:
    shown = steps(_found, _change, _unit)
    if shown is None:
        return None, ""
    note = _("单位：{unit}；纵轴不从 0 起。", unit=shown.unit) if shown.floor else _("单位：{unit}。", unit=shown.unit)
    return Figure(figure=waterfall(shown.frame, palette=colours, height=320, floor=shown.floor), alt=shown.alt), note
