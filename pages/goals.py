"""2027目标: is each goal on its way, which zones and months carry it, and which rows are these numbers made of?"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from functools import partial

import duckdb
import streamlit as st

from analytics.burnup import Burnup, burnup, readings
from analytics.drill import Drilled, drill
from analytics.forecast import GoalForecast
from analytics.format import Amount, Money, goal_money
from analytics.goal_card import GoalCard
from analytics.goal_finding import goal_finding
from analytics.goals import goal_cards
from analytics.months import month_end
from analytics.reporting import Reporting, reporting
from analytics.zones import Zone, zones
from charts.theme import Palette
from exports.figures import Kind
from exports.links import FORMATS, export_url
from language import SOURCE, _, named, spoken
from pages import frame, goal_chances, goal_choices, goal_figures, goal_outlook, goal_rows, goal_whatif, goal_words
from pages.choices import link
from pages.cite import owner
from pages.definition import definition
from pages.goal_choices import Reading, Rows
from pages.goal_figures import Figure
from pages.markup import el
from pages.paper import addresses
from pages.view import View


@dataclass(frozen=True, kw_only=True)
class Known:
    """What there is to choose from, of one view."""

    cards: dict[str, GoalCard]
    parts: dict[str, dict[str, str]]
    zones: dict[str, Zone]
    reporting: Reporting
    money: Money


@dataclass(frozen=True, kw_only=True)
class Figures:
    """The three figures of one reading."""

    way: Figure
    zones: Figure
    months: Figure


def goals() -> None:
    """Draw the page."""
    with frame.opened() as view:
        known = _known(*view.key, _cursor=view.cursor)
        chosen = goal_choices.reading(known.cards, known.parts, known.zones)
        amount = Amount(chosen.card.goal.unit, known.money)
        seen = _seen(*view.key, chosen.goal.code, chosen.part.code, chosen.zone.code or None, _card=chosen.card, _cursor=view.cursor)
        listed = goal_choices.rows(seen)
        levers = goal_chances.levers(view)
        said = replace(view, notices=view.notices + chosen.notices + listed.notices + goal_whatif.notices(levers))
        frame.title(said, goal_finding(seen, amount, chosen.place), known.reporting)
        goal_choices.pickers(chosen)
        ahead = goal_chances.ahead(view)
        frame.draw(goal_words.state(seen, amount), goal_outlook.chances(seen, chosen.card, amount, ahead),
                   goal_words.others(seen, amount, partial(_address, chosen)))
        _pictures(view, seen, amount, known, chosen, listed, goal_outlook.shown(seen, chosen.card, ahead))
        if ahead:
            goal_chances.draw(view, ahead, known.cards, known.money, levers)
        _rows(view, seen, amount, chosen, listed)
        frame.draw(definition(seen.card), owner(seen.lines[0].metric.metric_id), frame.source())


def _address(chosen: Reading, metric_id: str) -> str:
    return link("goals", goal=chosen.goal.code, part=metric_id, zone=chosen.zone.code or None)


def _lang() -> str | None:
    """As addresses name the language: not at all where it is Chinese."""
    return None if spoken() == SOURCE else spoken()


def _pictures(view: View, seen: Burnup, amount: Amount, known: Known, chosen: Reading, listed: Rows, ahead: GoalForecast | None) -> None:
    colours = goal_figures.palette()
    figures = _figures(*view.key, chosen.goal.code, chosen.part.code, chosen.zone.code, listed.month.code, listed.at.code, colours, _seen=seen,
                       _amount=amount, _known=known, _ahead=ahead)
    is_ahead = bool(ahead and ahead.path and seen.card.value is not None)
    drawn: tuple[Kind, ...] = ("fan" if is_ahead else "way", "zones", "months")
    way, by_zone, by_month = (addresses(view, chosen.part.code, each, chosen.zone.code or None) for each in drawn)
    state = "-".join((view.snapshot, view.as_of.isoformat(), *(each.code for each in (chosen.goal, chosen.part, chosen.zone, listed.month, listed.at))))
    with st.container(border=True, key="way"):
        frame.draw(goal_words.heading("way", seen, amount, way, is_ahead=is_ahead))
        goal_choices.draw(figures.way, listed.at, state=state, drop=("month",))
    left, right = st.columns(2)
    with left.container(border=True, key="zones"):
        frame.draw(goal_words.heading("zones", seen, amount, by_zone))
        goal_choices.draw(figures.zones, chosen.zone, state=state)
    with right.container(border=True, key="months"):
        frame.draw(goal_words.heading("months", seen, amount, by_month))
        goal_choices.draw(figures.months, listed.month, state=state, drop=("at",))


def _rows(view: View, seen: Burnup, amount: Amount, chosen: Reading, listed: Rows) -> None:
    month, at = listed.month.code, listed.day or view.as_of
    found = _drilled(*view.key, chosen.part.code, chosen.zone.code or None, month, at, seen.months[0].ends_on if seen.months else at, _cursor=view.cursor)
    files = [
        (name, export_url(chosen.part.code, name, at, view.snapshot, chosen.zone.code or None, month or None, _lang())) for name in FORMATS]
    frame.draw(el("section", el("h2", _("计入的行"))))
    goal_choices.row_pickers(listed)
    frame.draw(el("section", goal_rows.rows(found, amount, goal_rows.chosen_rows(chosen.place, month, at), files), class_="rows"))


@st.cache_data(max_entries=64, show_spinner=False)
def _known(store: str, snapshot: str, as_of: dt.date, today: dt.date, language: str, *, _cursor: duckdb.DuckDBPyConnection) -> Known:  # noqa: ARG001
    """Of the pinned snapshot; all that decides the result is in the arguments, which are the cache's key. So with the functions below."""
    cards = goal_cards(_cursor, as_of)
    return Known(
        cards={card.goal.goal_id: card for card in cards}, zones={each.zone_id: each for each in zones(_cursor)},
        parts={card.goal.goal_id: {each.metric_id: named(each) for each in readings(_cursor, card)} for card in cards},
        reporting=reporting(_cursor, today, as_of), money=goal_money(cards))


@st.cache_data(max_entries=256, show_spinner=False)
def _seen(store: str, snapshot: str, as_of: dt.date, today: dt.date, language: str, goal: str, metric_id: str, zone_id: str | None, *,  # noqa: ARG001
          _card: GoalCard, _cursor: duckdb.DuckDBPyConnection) -> Burnup:
    return burnup(_cursor, _card, metric_id, zone_id)


@st.cache_data(max_entries=128, show_spinner=False)
def _figures(store: str, snapshot: str, as_of: dt.date, today: dt.date, language: str, goal: str, metric_id: str, zone: str, month: str, at: str,  # noqa: ARG001
             colours: Palette, *, _seen: Burnup, _amount: Amount, _known: Known, _ahead: GoalForecast | None) -> Figures:
    return Figures(way=goal_figures.way(_seen, _amount, colours, at, _ahead), zones=goal_figures.zones(_seen, _amount, tuple(_known.zones.values()), colours),
                   months=goal_figures.months(_seen, _amount, colours, month))


@st.cache_data(max_entries=256, show_spinner=False)
def _drilled(store: str, snapshot: str, as_of: dt.date, today: dt.date, language: str, metric_id: str, zone_id: str | None, month: str, at: dt.date,  # noqa: ARG001
             first: dt.date, *, _cursor: duckdb.DuckDBPyConnection) -> Drilled:
    if month == "before":
        return drill(_cursor, metric_id, as_of=at, zone_id=zone_id, until=first.replace(day=1) - dt.timedelta(days=1))
    since = dt.date.fromisoformat(f"{month}-01") if month else None
    return drill(_cursor, metric_id, as_of=at, zone_id=zone_id, since=since, until=month_end(since) if since else None)
