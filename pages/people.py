"""人才与技术经理人: who brings outcomes to firms, is there a home for those who come, and who came? In groups; no person is told of."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

import duckdb
import streamlit as st

from analytics.drill import EVERY, Drilled, Narrow, drill
from analytics.format import Money, money_unit
from analytics.people import People, people
from analytics.people_finding import people_finding
from analytics.reporting import Reporting, reporting
from exports.links import FORMATS, export_url
from language import SOURCE, _, named, spoken
from pages import frame, group_rows, people_tables, people_words
from pages.choices import Choice, choose, link, picker
from pages.definition import definitions
from pages.goal_words import ALL_ZONES
from pages.markup import el
from pages.people_cells import Cells
from pages.view import View


@dataclass(frozen=True, kw_only=True)
class Known:
    """All of one view. `seen` None: the snapshot is from before there were these figures."""

    seen: People | None
    reporting: Reporting
    money: Money


def people_page() -> None:
    """Draw the page."""
    with frame.opened() as view:
        known = _known(*view.key, _cursor=view.cursor)
        if known.seen is None:
            frame.title(view, _("该期无此表：人才与技术经理人的数在这一期之后才有"), known.reporting)
            return
        metric, place, category = _choices(known.seen)
        cells = Cells(seen=known.seen, money=known.money)
        frame.title(replace(view, notices=view.notices + tuple(each.notice for each in (metric, place, category) if each.notice)),
                    people_finding(known.seen), known.reporting)
        frame.draw(people_words.rule())
        with st.container(horizontal=True, key="choices"):
            picker(metric, _("列出哪个数的各组"), st.selectbox, default="", drop=("place", "category"))
            if metric.code:
                picker(place, _("空间"), st.selectbox, default="", drop=("category",))
            if metric.code and len(category.codes) > 1:
                picker(category, _("分类"), st.selectbox, default="*")
        if metric.code:
            _groups(view, cells, metric, place, category)
        frame.draw(people_words.boxes(cells), people_words.next_steps(cells))
        frame.draw(people_tables.managers(cells), people_tables.contracts(cells), people_tables.housing(cells), people_tables.talent(cells), people_tables.places(cells))
        frame.draw(people_words.clauses(cells), definitions(known.seen.tally.dictionary.values()), frame.source())


def _choices(seen: People) -> tuple[Choice, Choice, Choice]:
    """The groups of which figure, of where, of which of its categories ("*": all of them)."""
    counted = {each: named(found) for each, found in seen.tally.dictionary.items() if found.aggregation != "statistic"}
    metric = choose("metric", {"": _("不列")} | counted, default="", title=_("指标"))
    place = choose("place", {"": _(ALL_ZONES)} | {each.zone_id: named(each) for each in seen.zones}, default="", title=_("空间"))
    names = {each.category_id: named(each) for each in (*seen.grades, *seen.abilities, *seen.certificates, *seen.contracts, *seen.talents)}
    known = seen.tally.categories(metric.code) if metric.code else ()
    category = choose("category", {"*": _("全部分类")} | {each: names.get(each, each) for each in known}, default="*", title=_("分类"))
    return metric, place, category


def _groups(view: View, cells: Cells, metric: Choice, place: Choice, category: Choice) -> None:
    what = None if category.code == "*" else category.code
    found = _drilled(*view.key, metric.code, place.code or None, what, _cursor=view.cursor)
    language = None if spoken() == SOURCE else spoken()
    files = [(name, export_url(metric.code, name, view.as_of, view.snapshot, place.code or None, None, language, category=what)) for name in FORMATS]
    of = " · ".join(part for part in (metric.label, place.label, "" if what is None else category.label) if part)
    close = el("a", _("收起"), href=link("people"), target="_self")
    frame.draw(el("section", el("h2", _("计入的组"), " ", el("small", close)), group_rows.groups(found, cells.amount(metric.code), of, files), class_="rows", id="rows"))


@st.cache_data(max_entries=64, show_spinner=False)
def _known(store: str, snapshot: str, as_of: dt.date, today: dt.date, language: str, *, _cursor: duckdb.DuckDBPyConnection) -> Known:  # noqa: ARG001
    """Of the pinned snapshot; all that decides the result is in the arguments, which are the cache's key. So with the function below."""
    seen = people(_cursor, as_of)
    return Known(seen=seen, reporting=reporting(_cursor, today, as_of), money=money_unit([seen.exact("contract_commission")] if seen else []))


@st.cache_data(max_entries=128, show_spinner=False)
def _drilled(store: str, snapshot: str, as_of: dt.date, today: dt.date, language: str, metric_id: str, zone: str | None, category: str | None, *,  # noqa: ARG001
             _cursor: duckdb.DuckDBPyConnection) -> Drilled:
    return drill(_cursor, metric_id, as_of=as_of, zone_id=zone, narrow=EVERY if category is None else Narrow(category=category))
