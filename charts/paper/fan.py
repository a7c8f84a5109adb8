"""What may come, on paper: a pale band from P10 to P90 between two thin lines, its middle dashed, each named at its end."""

from __future__ import annotations

import polars as pl

from charts.paper.plane import Plane
from charts.paper.sheet import Layer, label

BAND, BORDER, MIDDLE = "#e4e4e4", "#8c8c8c", "#404040"


def fan(points: pl.DataFrame, names: tuple[str, str], said: tuple[str, str], plane: Plane) -> list[Layer]:
    """The layers of a frame as charts.burnup.FAN has it. `names`: of its range and of its middle; `said`: what both are at the last day."""
    values = [{"day": on.toordinal(), "value": low, "middle": middle, "high": high}
              for on, low, middle, high in points.select("on", "low", "middle", "high").iter_rows()]
    place = plane.encoding()
    upper = place | {"y2": {"field": "high"}}
    edges = [{"data": {"values": values}, "mark": {"type": "line", "strokeWidth": 0.6, "color": BORDER},
              "encoding": place | {"y": place["y"] | {"field": field}}} for field in ("value", "high")]
    middle = {"data": {"values": values}, "mark": {"type": "line", "strokeDash": [6, 2, 1, 2], "strokeWidth": 1.3, "color": MIDDLE},
              "encoding": place | {"y": place["y"] | {"field": "middle"}}}
    return [{"data": {"values": values}, "mark": {"type": "area", "color": BAND, "opacity": 1}, "encoding": upper}, *edges, middle,
            *_names(points, names, said, plane)]


def _names(points: pl.DataFrame, names: tuple[str, str], said: tuple[str, str], plane: Plane) -> list[Layer]:
    """The range left of its upper edge, the middle below the lower edge at its end: the plan's name stands between."""
    at, end = points.row(len(points) * 2 // 3, named=True), points.row(-1, named=True)
    return [*label([{"text": f"{names[0]} {said[0]}", "x": plane.across(at["on"]) - 8, "y": plane.down(at["high"]) - 4}], align="right", baseline="bottom"),
            *label([{"text": f"{names[1]} {said[1]}", "x": plane.across(end["on"]), "y": plane.down(end["low"]) + 8}], align="right", baseline="top")]
