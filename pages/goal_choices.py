"""What can be chosen on the goals page: goal, reading and zone, and within them a month or a point of the burn-up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from analytics.burnup import Burnup
from analytics.goal_card import GoalCard
from analytics.zones import Zone
from exports.goal_frames import BEFORE
from language import _, named
from pages.choices import Choice, choose, picker, take
from pages.goal_figures import Figure
from pages.goal_words import ALL_ZONES

CONFIG = {"displayModeBar": False, "showTips": False, "scrollZoom": False, "doubleClick": False}


@dataclass(frozen=True, kw_only=True)
class Reading:
    """Which metric is looked at, and where. `place` None: in all zones."""

    goal: Choice
    part: Choice
    zone: Choice
    card: GoalCard
    place: Zone | None

    @property
    def notices(self) -> tuple[str, ...]:
        return tuple(each.notice for each in (self.goal, self.part, self.zone) if each.notice)


@dataclass(frozen=True, kw_only=True)
class Rows:
    """Which rows of the reading are listed: what happened in a month, or what counted on the day of a point."""

    month: Choice
    at: Choice

    @property
    def notices(self) -> tuple[str, ...]:
        return tuple(each.notice for each in (self.month, self.at) if each.notice)

    @property
    def day(self) -> dt.date | None:
        return dt.date.fromisoformat(self.at.code) if self.at.code else None


def reading(cards: Mapping[str, GoalCard], parts: Mapping[str, Mapping[str, str]], zones: Mapping[str, Zone]) -> Reading:
    """As the URL asks. `cards` by goal; `parts`: names of the readings by goal and metric, the headline first; `zones` by id."""
    goal = choose("goal", {each: named(card.goal) for each, card in cards.items()}, default=next(iter(cards)), title=_("目标"))
    part = choose("part", parts[goal.code], default=next(iter(parts[goal.code])), title=_("读数"))
    zone = choose("zone", {"": _(ALL_ZONES)} | {each: named(place) for each, place in zones.items()}, default="", title=_("空间"))
    return Reading(goal=goal, part=part, zone=zone, card=cards[goal.code], place=zones.get(zone.code))


def rows(seen: Burnup) -> Rows:
    """As the URL asks, of the months and points that the reading has."""
    months = {"": _("全部月份"), "before": _(BEFORE)} | {each: each for each in (f"{month.ends_on:%Y-%m}" for month in seen.months)}
    points = {"": _("页面的截至日")} | {day: day for day in (on.isoformat() for on, _ in seen.lines[0].points)}
    return Rows(month=choose("month", months, default="", title=_("发生月份")), at=choose("at", points, default="", title=_("计到哪一天")))


def pickers(chosen: Reading) -> None:
    """The widgets above the figures."""
    with st.container(horizontal=True, key="choices"):
        picker(chosen.goal, _("目标"), st.segmented_control, default=next(iter(chosen.goal.codes)), drop=("part", "month", "at"))
        picker(chosen.part, _("读数"), st.selectbox, default=next(iter(chosen.part.codes)), drop=("month", "at"))
        picker(chosen.zone, _("空间"), st.selectbox, default="")


def row_pickers(listed: Rows) -> None:
    """The widgets above the rows: what a click on a figure does, for the keyboard."""
    with st.container(horizontal=True, key="row-choices"):
        picker(listed.month, _("发生月份"), st.selectbox, default="", drop=("at",))
        picker(listed.at, _("计到哪一天"), st.selectbox, default="", drop=("month",))


def draw(drawn: Figure, choice: Choice, *, state: str, drop: tuple[str, ...] = ()) -> None:
    """A figure whose marks carry codes: a click on one chooses it, a click on the chosen one takes it back.

    `state`: names what the figure shows; another state forgets what was clicked.
    """
    key = f"{choice.name}-figure-{state}"

    def clicked() -> None:
        points = st.session_state[key].selection.points
        codes = [point["customdata"] for point in points if point.get("customdata")]
        if codes:
            code = codes[0][0] if isinstance(codes[0], list) else codes[0]
            take(choice.name, None if code == choice.code else code, drop=drop)

    st.plotly_chart(drawn.figure, theme=None, key=key, on_select=clicked, selection_mode="points", config=CONFIG, alt=drawn.alt)
