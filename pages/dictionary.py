"""口径词典: what does each number mean, who decided it, and what is it made of today?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import duckdb
import streamlit as st

from analytics.dictionary import Entry, entries
from analytics.drill import Drilled, drill
from analytics.format import Amount, money_unit
from analytics.parts import Parts
from analytics.reporting import Reporting, reporting
from analytics.tally import Tally
from analytics.units import YUAN
from analytics.zones import zones
from exports.links import FORMATS, export_url
from language import SOURCE, _, named, spoken
from pages import dictionary_words, frame, goal_rows
from pages.choices import choose, picker
from pages.markup import el
from pages.view import View


def dictionary_page() -> None:
    """Draw the page."""
    with frame.opened() as view:
        known, late = _known(*view.key, _cursor=view.cursor)
        names = {"": _("全部指标")} | {each: f"{named(entry.metric)} · {each}" for each, entry in known.items()}
        asked = choose("metric", names, default="", title=_("指标"))
        said = replace(view, notices=view.notices + ((asked.notice,) if asked.notice else ()))
        chosen = known.get(asked.code)
        frame.title(said, dictionary_words.one(chosen) if chosen else dictionary_words.all_(tuple(known.values())), late)
        with st.container(horizontal=True, key="choices"):
            picker(asked, _("指标"), st.selectbox, default="")
        if chosen:
            _one(view, chosen, known)
        frame.draw(dictionary_words.listed(known), dictionary_words.method())


def _one(view: View, chosen: Entry, known: dict[str, Entry]) -> None:
    frame.draw(dictionary_words.definition(chosen, known))
    if not all(known[each].is_to_rows for each in chosen.metric.made_of) or not (chosen.metric.inputs or chosen.aggregation in ("sum", "distinct")):
        return
    if chosen.metric.is_statistic:
        values = _values(*view.key, chosen.metric.inputs, _cursor=view.cursor)
        frame.draw(dictionary_words.inputs(chosen, known, values, money_unit([values[each] for each in values if known[each].metric.unit == YUAN])))
    by_zone, found = _counted(*view.key, chosen.metric.metric_id, _entry=chosen, _cursor=view.cursor)
    amount = Amount(chosen.metric.unit, money_unit([found.total]))
    language = None if spoken() == SOURCE else spoken()
    files = [(name, export_url(chosen.metric.metric_id, name, view.as_of, view.snapshot, language=language)) for name in FORMATS]
    frame.draw(dictionary_words.by_zone(by_zone, zones(view.cursor), found.total, amount),
               el("section", el("h2", _("计入的行")), goal_rows.rows(found, amount, goal_rows.chosen_rows(None, "", view.as_of), files), class_="rows"))


@st.cache_data(max_entries=16, show_spinner=False)
def _known(store: str, snapshot: str, as_of: dt.date, today: dt.date, language: str, *,  # noqa: ARG001
           _cursor: duckdb.DuckDBPyConnection) -> tuple[dict[str, Entry], Reporting]:
    """Of the pinned snapshot; all that decides the result is in the arguments, which are the cache's key. So with the functions below."""
    return entries(_cursor), reporting(_cursor, today, as_of)


@st.cache_data(max_entries=64, show_spinner=False)
def _values(store: str, snapshot: str, as_of: dt.date, today: dt.date, language: str, metric_ids: tuple[str, ...], *,  # noqa: ARG001
            _cursor: duckdb.DuckDBPyConnection) -> dict[str, Decimal | None]:
    tally = Tally(_cursor, metric_ids, as_of)
    return {each: tally.value(each) for each in metric_ids}


@st.cache_data(max_entries=64, show_spinner=False)
def _counted(store: str, snapshot: str, as_of: dt.date, today: dt.date, language: str, metric_id: str, *, _entry: Entry,  # noqa: ARG001
             _cursor: duckdb.DuckDBPyConnection) -> tuple[Mapping[str, Decimal | None], Drilled]:
    return {} if _entry.metric.is_statistic else dict(Parts(_cursor, _entry.metric, as_of, None).zones), drill(_cursor, metric_id, as_of=as_of)
