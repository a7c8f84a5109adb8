"""A burn-up on paper: solid with dots what is done, dashed with squares what stands beside it, dotted the plan, a thin rule the target."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from typing import Any

import polars as pl

from charts.paper.fan import fan as drawn_fan
from charts.paper.plane import DAY, Plane
from charts.paper.sheet import INK, PAPER, TEXT, Drawing, Layer, Words, label, room, sheet, width_of

DARK, GREY = "#0b4a56", "#595959"
LOOKS: dict[str, dict[str, Any]] = {
    "plan": {"strokeDash": [1, 2.5], "strokeWidth": 1.4, "strokeCap": "round", "color": GREY},
    "beside": {"strokeDash": [5, 2.5], "strokeWidth": 1.2, "color": GREY}, "done": {"strokeWidth": 2, "color": DARK}}
POINTS: dict[str, dict[str, Any]] = {"beside": {"shape": "square", "size": 16, "fill": PAPER, "stroke": GREY, "strokeWidth": 1},
                                     "done": {"shape": "circle", "size": 20, "fill": DARK}}
TICKS = 8


def burnup(points: pl.DataFrame, words: Words, *, names: Mapping[str, str], said: Mapping[str, str], target: float | None, target_said: str,
           span: tuple[str, str] | None = None, fan: pl.DataFrame | None = None, fan_names: tuple[str, str] = ("", ""),
           fan_said: tuple[str, str] = ("", "")) -> Drawing:
    """The lines of a frame as charts.burnup.SCHEMA has it, each with its name at it; null values are gaps. `names` of the series; `said`: what
    their last points are called, such as 52 项; `span`: first and last day of the axis, ISO; `fan`: what may come, as charts.burnup.FAN has it."""
    days = sorted([*points["on"].to_list(), *map(dt.date.fromisoformat, span or ())])
    known = points["value"].drop_nulls().to_list()
    low, high = min([0.0, *known]), max([0.0, *known, target or 0.0, *(fan["high"].to_list() if fan is not None else [])])
    at = room(words, left=max(width_of(f"{high:,.0f}", TEXT), 20) + 8, below=TEXT + 8, right=20)
    plane = Plane(first=days[0], last=max(days[-1], days[0] + DAY), low=low, high=high + (high - low) * 0.12 or 1.0, room=at)
    lines = {series: points.filter(pl.col("series") == series).sort("on") for series in LOOKS}
    ahead = [] if fan is None else drawn_fan(fan, fan_names, fan_said, plane)
    layers = [*ahead, _axes(plane, is_whole=all(each == int(each) for each in known))] + ([] if target is None else _target(target, target_said, plane, lines["done"]))
    for series, line in lines.items():
        layers += _line(series, line, plane)
    return sheet([*layers, *_names(lines, names, said, plane)], words, at)


def _axes(plane: Plane, *, is_whole: bool) -> Layer:
    """Month ends, as evenly as they come, and a grid for the amounts; none for halves of what is counted."""
    days = [plane.first + each * DAY for each in range((plane.last - plane.first).days + 1)]
    ends = [day for day in days if (day + DAY).day == 1] or days[:1]
    step = -(-len(ends) // TICKS)
    shown = {day.toordinal(): f"{day:%Y-%m}" for day in ends[step - 1::step]}
    x = {"values": list(shown), "labelExpr": f"({json.dumps(shown)})[datum.value]", "grid": False, "labelOverlap": False}
    y = {"tickCount": 5, "domain": False, "ticks": False, "format": ",~f", "labelPadding": 4, "tickMinStep": 1 if is_whole else 0}
    return {"data": {"values": []}, "mark": "point", "encoding": plane.encoding(x=x, y=y)}


def _target(target: float, said: str, plane: Plane, done: pl.DataFrame) -> list[Layer]:
    """A rule, and its name on the side where the lines are not."""
    rule = {"data": {"values": [{"value": target}]}, "mark": {"type": "rule", "strokeDash": [9, 3], "strokeWidth": 0.9, "color": INK},
            "encoding": {"y": plane.encoding()["y"]}}
    is_right = not done.height or plane.across(done["on"].to_list()[-1]) < plane.room.width / 2
    return [rule, *label([{"text": said, "x": plane.room.width if is_right else 0.0, "y": plane.down(target) - 3}],
                         align="right" if is_right else "left", baseline="bottom")]


def _line(series: str, line: pl.DataFrame, plane: Plane) -> list[Layer]:
    values = [{"day": on.toordinal(), "value": value} for on, value in line.select("on", "value").iter_rows()]
    drawn: list[Layer] = [{"data": {"values": values}, "mark": {"type": "line", "invalid": "break-paths-show-domains"} | LOOKS[series],
                           "encoding": plane.encoding()}]
    if series in POINTS:
        dots = [each for each in values if each["value"] is not None]
        drawn.append({"data": {"values": dots}, "mark": {"type": "point", "opacity": 1, "filled": True} | POINTS[series], "encoding": plane.encoding()})
    return drawn if values else []


def _names(lines: Mapping[str, pl.DataFrame], names: Mapping[str, str], said: Mapping[str, str], plane: Plane) -> list[Layer]:
    """Each line's name at the line: of two that end together the upper one's above its end, the lower one's below it."""
    ends = {series: line.filter(pl.col("value").is_not_null()).row(-1, named=True) for series, line in lines.items()
            if series != "plan" and line["value"].count()}
    plan = dict(lines["plan"].select("on", "value").iter_rows())
    drawn: list[Layer] = []
    is_plan_free = True
    for series, end in ends.items():
        beside = next((each["value"] for other, each in ends.items() if other != series), None)
        x, y, text = plane.across(end["on"]), plane.down(end["value"]), f"{names[series]} {said[series]}"
        wide = width_of(text, TEXT)
        is_upper = end["value"] >= _planned(plan, end["on"]) if beside is None else (end["value"], series) > (beside, "done")
        is_left = is_upper or x + 5 + wide > plane.room.width + 16
        has_room = beside is None or abs(y - plane.down(beside)) > 3 * TEXT
        is_above = is_upper or (is_left and has_room) or y + 14 > plane.room.height
        is_plan_free &= not is_above
        drawn += label([{"text": text, "x": max(x, wide - plane.room.left + 8) if is_left else x + 5, "y": y - 6 if is_above else y + 11}],
                       align="right" if is_left else "left", baseline="bottom" if is_above else "middle",
                       fontWeight="bold" if series == "done" else "normal")
    if plan:
        day = list(plan)[len(plan) * 2 // 3]
        x, y = plane.across(day), plane.down(plan[day])
        drawn += label([{"text": names["plan"], "x": x - 6, "y": y - 4} if is_plan_free else {"text": names["plan"], "x": x + 6, "y": y + 8}],
                       align="right" if is_plan_free else "left", baseline="middle")
    return drawn


def _planned(plan: Mapping[dt.date, float], on: dt.date) -> float:
    """What the plan has at the first of its days from this one on."""
    return next((value for day, value in plan.items() if day >= on), 0.0)
