"""The three figures of the goals page, from its numbers: each is made once for a snapshot, a view and the choices."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import plotly.graph_objects as go
import polars as pl
import streamlit as st

from analytics.burnup import Burnup
from analytics.zones import Zone
from charts import bars, burnup, by_month, by_zone
from charts.theme import Palette
from language import _, named
from pages.format import Amount, day, short
from pages.goal_words import BEFORE


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A figure, and what it shows in words."""

    figure: go.Figure
    alt: str


def palette() -> Palette:
    """The colours of the scheme that the reader looks at."""
    scheme = st.context.theme.type or "light"

    def colour(option: str) -> str:
        return str(st.get_option(f"theme.{scheme}.{option}"))

    second = st.get_option(f"theme.{scheme}.chartCategoricalColors")[1]
    return Palette(paper=colour("backgroundColor"), ink=colour("textColor"), quiet=colour("grayTextColor"), line=colour("borderColor"),
                   accent=st.get_option(f"theme.{scheme}.chartCategoricalColors")[0], second=second)


def way(seen: Burnup, amount: Amount, colours: Palette, at: str) -> Figure:
    """The burn-up."""
    names = {"plan": _("拟定计划线")} | {series: named(line.metric) for series, line in zip(("done", "beside"), seen.lines, strict=False)}
    lines = {series: line.points for series, line in zip(("done", "beside"), seen.lines, strict=False)} | {"plan": seen.planned}
    points = pl.DataFrame([{"series": series, "on": on, "value": amount.number(value), "said": f"{day(on)}<br>{names[series]} {amount.said(amount.text(value))}"}
                           for series, line in lines.items() for on, value in line], schema=burnup.SCHEMA)
    goal = seen.card.goal
    target = goal.target if seen.is_measured else None
    said = _("目标 {target}", target=amount.said(amount.target(target))) if target is not None else ""
    shown = _("；").join(f"{day(on)} {amount.said(amount.text(value))}" for on, value in seen.lines[0].points)
    return Figure(figure=burnup.burnup(points, names=names, target=amount.number(target), target_said=said, palette=colours,
                                        span=(goal.base_on.isoformat(), goal.deadline_on.isoformat()) if seen.is_measured else None, chosen=at or None),
                  alt=_("{what}各月末读数。{target}。{readings}。", what=named(seen.lines[0].metric), target=said, readings=shown))


def zones(seen: Burnup, amount: Amount, places: Sequence[Zone], colours: Palette) -> Figure:
    """By zone: all of them, also where one is chosen."""
    frame = pl.DataFrame([{
        "code": zone.zone_id, "name": re.split("[（(]", short(zone))[0].strip(), "value": amount.number(value),
        "said": f"{named(zone)}<br>{amount.said(amount.text(value))}",
        "label": amount.text(value)} for zone in places for value in (seen.card.zones.get(zone.zone_id),)], schema=bars.SCHEMA)
    return Figure(figure=by_zone.by_zone(frame, palette=colours, chosen=seen.zone_id), alt=_alt(_("各空间"), frame, amount))


def months(seen: Burnup, amount: Amount, colours: Palette, month: str) -> Figure:
    """By the month in which it happened; what happened before the base date is one column, where there is any."""
    columns: list[tuple[str, str, str, Decimal | None]] = [("before", _("此前"), _(BEFORE), seen.before)] if seen.before else []
    columns += [(f"{each.ends_on:%Y-%m}", f"{each.ends_on.month}" + (f"<br>{each.ends_on.year}" if not at or each.ends_on.month == 1 else ""),
                 f"{each.ends_on:%Y-%m}", each.value) for at, each in enumerate(seen.months)]
    frame = pl.DataFrame([{"code": code, "name": name, "value": amount.number(value), "said": f"{said}<br>{amount.said(amount.text(value))}",
                           "label": amount.text(value) if value else "" if value is not None else "—"} for code, name, said, value in columns], schema=bars.SCHEMA)
    return Figure(figure=by_month.by_month(frame, palette=colours, chosen=month or None), alt=_alt(_("各月发生"), frame, amount))


def _alt(what: str, frame: pl.DataFrame, amount: Amount) -> str:
    return _("{what}（{unit}）：{readings}。", what=what, unit=amount.unit, readings=_("，").join(each.replace("<br>", " ") for each in frame["said"].to_list()))
