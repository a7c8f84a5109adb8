"""The three figures of the goals page, from its numbers: each is made once for a snapshot, a view and the choices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from analytics.burnup import Burnup
from analytics.forecast import GoalForecast
from analytics.format import Amount
from analytics.zones import Zone
from charts import burnup, by_month, by_zone
from charts.drawing import Drawing
from charts.theme import Palette
from exports import goal_frames


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A figure, and what it shows in words."""

    figure: Drawing
    alt: str


def palette() -> Palette:
    """The colours of the scheme that the reader looks at."""
    scheme = st.context.theme.type or "light"

    def colour(option: str) -> str:
        return str(st.get_option(f"theme.{scheme}.{option}"))

    series = tuple(st.get_option(f"theme.{scheme}.chartCategoricalColors"))
    return Palette(paper=colour("backgroundColor"), ink=colour("textColor"), quiet=colour("grayTextColor"), line=colour("borderColor"),
                   accent=series[0], second=series[1], series=series)


def warning() -> str:
    """The colour, in that scheme, of what is missing or wrong."""
    return str(st.get_option(f"theme.{st.context.theme.type or 'light'}.orangeColor"))


def way(seen: Burnup, amount: Amount, colours: Palette, at: str, ahead: GoalForecast | None) -> Figure:
    """The burn-up; `ahead`: the forecast of this reading."""
    way = goal_frames.way(seen, amount, ahead)
    return Figure(alt=way.alt, figure=burnup.burnup(way.points, names=way.names, target=way.target, target_said=way.target_said, palette=colours,
                                                    span=way.span, chosen=at or None, fan=way.fan, fan_names=way.fan_names))


def zones(seen: Burnup, amount: Amount, places: Sequence[Zone], colours: Palette) -> Figure:
    """By zone: all of them, also where one is chosen."""
    zones = goal_frames.by_zone(seen, amount, places)
    return Figure(figure=by_zone.by_zone(zones.frame, palette=colours, chosen=seen.zone_id), alt=zones.alt)


def months(seen: Burnup, amount: Amount, colours: Palette, month: str) -> Figure:
    """By the month in which it happened."""
    months = goal_frames.by_month(seen, amount)
    return Figure(figure=by_month.by_month(months.frame, palette=colours, chosen=month or None), alt=months.alt)
