"""A burn-up: what is done at each month end, what stands beside it, the plan line, the target, and the fan of what may come."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from charts.drawing import Drawing, Part, drawing
from charts.theme import Palette, lines, mix, wrapped

HEIGHT = 380
LONGEST = 34  # Latin letters of a name on one line of the legend: more are cut off on a telephone
SCHEMA = {"series": pl.String, "on": pl.Date, "value": pl.Float64, "said": pl.String}  # series: done, beside or plan
FAN = {"on": pl.Date, "low": pl.Float64, "middle": pl.Float64, "high": pl.Float64, "said": pl.String}


def burnup(points: pl.DataFrame, *, names: Mapping[str, str], target: float | None, target_said: str, palette: Palette, span: tuple[str, str] | None = None,
           chosen: str | None = None, fan: pl.DataFrame | None = None, fan_names: tuple[str, str] = ("", "")) -> Drawing:
    """A line for each series of a frame as SCHEMA has it, null values as gaps. `names`: of the series; `span`: first and last day of
    the axis, ISO; `chosen`: the day of a point, set apart; `fan`: as FAN has it, its range and its middle called `fan_names`.

    A point carries its day as customdata, ISO.
    """
    traces = [] if fan is None else _fan(fan, fan_names, palette)
    for series in ("done", "beside", "plan"):  # the plan on top: it is thin
        line = points.filter(pl.col("series") == series).sort("on")
        if len(line):
            traces.append(_line(series, line, names[series], palette, chosen))
    rule = {} if target is None else {
        "shapes": [{"type": "line", "xref": "x domain", "x0": 0, "x1": 1, "yref": "y", "y0": target, "y1": target,
                    "line": {"color": palette.ink, "width": 1, "dash": "dash"}}],
        "annotations": [{"text": target_said, "xref": "x domain", "x": 0, "xanchor": "left", "yref": "y", "y": target, "yanchor": "bottom", "showarrow": False,
                         "font": {"size": 13, "color": palette.ink}}]}
    above = fan["high"].to_list() if fan is not None else []
    top = max([each for each in points["value"].to_list() if each is not None] + [target or 0, *above], default=0)
    axis = {"tickformat": "%Y-%m", "nticks": 7} | ({"range": list(span)} if span else {})
    return drawing(traces, palette, height=HEIGHT, hovermode="closest", xaxis=axis, yaxis={"range": [0, top * 1.12 or 1], "nticks": 6}, **rule)


def _fan(fan: pl.DataFrame, names: tuple[str, str], palette: Palette) -> list[Part]:
    """The range as one shape below everything, its middle as a dashed line."""
    days = [day.isoformat() for day in fan["on"].to_list()]
    return [
        {"type": "scatter", "x": days + days[::-1], "y": fan["high"].to_list() + fan["low"].to_list()[::-1], "name": names[0], "mode": "lines", "line": {"width": 0},
         "fill": "toself", "fillcolor": mix(palette.accent, palette.paper, 0.8), "hoverinfo": "skip"},
        {"type": "scatter", "x": days, "y": fan["middle"].to_list(), "name": names[1], "mode": "lines",
         "line": {"color": palette.accent, "width": 1.75, "dash": "dash"}, "text": lines(fan["said"]), "hovertemplate": "%{text}<extra></extra>"}]


def _line(series: str, line: pl.DataFrame, name: str, palette: Palette, chosen: str | None) -> Part:
    days = [day.isoformat() for day in line["on"].to_list()]
    looks = {"done": {"color": palette.accent, "width": 2.5}, "beside": {"color": palette.second, "width": 1.75},
             "plan": {"color": palette.quiet, "width": 1.75, "dash": "dot"}}
    marked = {"done": [11 if day == chosen else 7 for day in days], "beside": 4, "plan": 0}
    colour = looks[series]["color"]
    own = {"customdata": days, "fill": "tozeroy", "fillcolor": mix(palette.accent, palette.paper, 0.9)} if series == "done" else {}
    return {
        "type": "scatter", "x": days, "y": line["value"].to_list(), "name": wrapped(name, LONGEST),
        "mode": "lines" if series == "plan" else "lines+markers", "line": looks[series],
        "connectgaps": False, "marker": {"size": marked[series], "color": colour, "line": {"width": 0}}, "text": lines(line["said"]),
        "hovertemplate": "%{text}<extra></extra>", "cliponaxis": False, "selected": {"marker": {"opacity": 1}}, "unselected": {"marker": {"opacity": 1}}, **own}
