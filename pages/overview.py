"""总览: where do the 2027 goals stand, and how far may these numbers be trusted today?"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import partial

import duckdb
import streamlit as st

from analytics.course import Course, courses
from analytics.finding import finding
from analytics.format import Money, goal_money
from analytics.goal_card import GoalCard
from analytics.goals import goal_cards
from analytics.milestones import Milestones, milestones
from analytics.outlook import Outlook, kept_outlook
from analytics.reporting import Reporting, reporting
from analytics.zones import Zone, zones
from language import _
from pages import cards, frame, tables
from pages.markup import el
from pages.news import since_last


@dataclass(frozen=True, kw_only=True)
class Overview:
    """All that the page shows of one view."""

    finding: str
    goals: tuple[GoalCard, ...]
    courses: dict[str, Course]
    milestones: Milestones
    zones: tuple[Zone, ...]
    reporting: Reporting
    money: Money
    chances: Outlook | None


def overview() -> None:
    """Draw the page."""
    with frame.opened() as view:
        seen = _read(*view.key, _cursor=view.cursor)
        frame.title(view, seen.finding, seen.reporting)
        frame.draw(cards.grid(seen.goals, seen.money, seen.courses, seen.milestones, partial(frame.address, "goals"), seen.chances))
        frame.draw(
            since_last(view, seen.money),
            el("section", el("h2", _("各空间进展")), tables.goals_by_zone(seen.goals, seen.zones, seen.money, partial(frame.address, "goals"))),
            el("section", el("h2", _("报送情况")), tables.reports(seen.reporting)), frame.source())


@st.cache_data(max_entries=64, show_spinner=False)
def _read(store: str, snapshot: str, as_of: dt.date, today: dt.date, language: str, *, _cursor: duckdb.DuckDBPyConnection) -> Overview:  # noqa: ARG001
    """Of the pinned snapshot; all that decides the result is in the arguments, which are the cache's key."""
    goals = goal_cards(_cursor, as_of)
    return Overview(
        finding=finding(goals), goals=goals, courses=courses(_cursor, goals), milestones=milestones(_cursor, as_of), zones=zones(_cursor),
        reporting=reporting(_cursor, today, as_of), money=goal_money(goals), chances=kept_outlook(_cursor, as_of))
