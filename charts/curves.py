"""Shares over the time since the start: steps that end where too few are left to say more."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from charts.drawing import Drawing, Part, drawing
from charts.theme import Palette, mix

HEIGHT = 330
SCHEMA = {"series": pl.String, "months": pl.Float64, "share": pl.Float64}
DASHES = ("solid", "dash", "dot", "dashdot", "longdash", "longdashdot")


def curves(points: pl.DataFrame, *, names: Mapping[str, str], colours: Mapping[str, str], palette: Palette, horizon: float | None = None, half: bool = False,
           axis: str) -> Drawing:
    """A step line a series of a frame as SCHEMA has it, its name at its end. `names`, `colours`: by series; `horizon`: months, a thin rule; `half`: a rule at one half;
    `axis`: what the time is called."""
    traces: list[Part] = []
    last = float(points["months"].max() or 1)  # type: ignore[arg-type]
    for (series, name), dash in zip(names.items(), DASHES * 2, strict=False):
        line = points.filter(pl.col("series") == series).sort("months")
        if len(line):
            traces.append({
                "type": "scatter", "x": line["months"].to_list(), "y": line["share"].to_list(), "name": name, "mode": "lines",
                "line": {"shape": "hv", "color": colours[series], "width": 2.25, "dash": dash}, "hovertemplate": "%{y:.0%}", "cliponaxis": False})
    rules: list[Part] = []
    if half:
        rules.append({"type": "line", "xref": "x domain", "x0": 0, "x1": 1, "y0": 0.5, "y1": 0.5, "line": {"color": palette.quiet, "width": 1, "dash": "dot"}})
    if horizon is not None and horizon <= last * 1.05:
        rules.append({"type": "line", "yref": "y domain", "y0": 0, "y1": 1, "x0": horizon, "x1": horizon,
                      "line": {"color": mix(palette.ink, palette.paper, 0.4), "width": 1, "dash": "dash"}})
    return drawing(traces, palette, height=HEIGHT, hovermode="x unified", shapes=rules,
                   xaxis={"range": [0, last * 1.02], "dtick": 6 if last > 8 else 1, "title": {"text": axis}, "ticksuffix": ""},
                   yaxis={"range": [0, 1.02], "tickvals": [0, 0.25, 0.5, 0.75, 1], "ticktext": ["0", "25%", "50%", "75%", "100%"]})
