"""Bars made of parts: one bar a row, one colour a part, the whole at its end."""

from __future__ import annotations

import polars as pl

from charts.drawing import Drawing, Part, drawing
from charts.theme import Palette, lines

SCHEMA = {"code": pl.String, "name": pl.String, "part": pl.String, "value": pl.Float64, "said": pl.String, "label": pl.String}
BAR = 34  # pixels a bar


def stacked(bars: pl.DataFrame, *, palette: Palette, chosen: str | None = None, height: int = 0) -> Drawing:
    """Horizontal bars of a frame as SCHEMA has it, rows and parts in the order they come, the first bar on top; `label` is of the whole bar.

    A part carries the code of its bar as customdata. What is not chosen is pale. `height`: at least, in pixels.
    """
    series = palette.series or (palette.accent, palette.second)
    whole = bars.group_by("code", "name", maintain_order=True).agg(pl.col("value").sum(), pl.col("label").first())
    traces: list[Part] = []
    for number, (part, own) in enumerate(bars.group_by("part", maintain_order=True)):
        traces.append({
            "type": "bar", "orientation": "h", "name": str(part[0]), "y": own["name"].to_list(), "x": own["value"].to_list(), "customdata": own["code"].to_list(),
            "hovertext": lines(own["said"]), "hovertemplate": "%{hovertext}<extra></extra>",
            "marker": {"color": series[number % len(series)], "opacity": [1 if chosen in (None, code) else 0.35 for code in own["code"].to_list()]},
            "selected": {"marker": {"opacity": 1}}, "unselected": {"marker": {"opacity": 1}}})
    top = max(whole["value"].to_list(), default=0)
    traces.append({"type": "scatter", "x": whole["value"].to_list(), "y": whole["name"].to_list(), "mode": "text", "text": whole["label"].to_list(),
                   "textposition": "middle right", "textfont": {"color": palette.ink}, "hoverinfo": "skip", "showlegend": False, "cliponaxis": False})
    return drawing(traces, palette, height=max(BAR * len(whole) + 70, height), barmode="stack", margin={"t": 46}, legend={"traceorder": "normal"},
                   xaxis={"range": [0, top * 1.26 or 1], "visible": False},
                   yaxis={"autorange": "reversed", "showgrid": False, "tickfont": {"color": palette.ink}})
