"""A waterfall: how amounts lead from one whole to the next."""

from __future__ import annotations

import plotly.graph_objects as go
import polars as pl

from charts.theme import Palette, lines, template

SCHEMA = {"code": pl.String, "name": pl.String, "value": pl.Float64, "is_whole": pl.Boolean, "said": pl.String, "label": pl.String}


def waterfall(steps: pl.DataFrame, *, palette: Palette, height: int = 300, floor: float = 0.0) -> go.Figure:
    """Steps of a frame as SCHEMA has it, from left to right: a whole stands on the ground, its value is what has been reached; a step adds or, below 0, takes.

    `floor`: where the axis begins; above 0 only where the steps would not be seen beside the wholes, and then the page says so.
    """
    values = steps["value"].to_list()
    reached, tops = 0.0, [floor]
    for value, is_whole in zip(values, steps["is_whole"].to_list(), strict=True):
        reached = value if is_whole else reached + value
        tops.append(reached)
    down = palette.second
    figure = go.Figure(layout={"template": template(palette), "height": height, "showlegend": False})
    figure.add_trace(go.Waterfall(
        x=lines(steps["name"]), y=values, measure=["absolute" if is_whole else "relative" for is_whole in steps["is_whole"].to_list()],
        customdata=steps["code"].to_list(), text=steps["label"].to_list(), textposition="outside", textfont={"color": palette.ink}, cliponaxis=False,
        hovertext=lines(steps["said"]), hovertemplate="%{hovertext}<extra></extra>", connector={"line": {"color": palette.line, "width": 1}},
        increasing={"marker": {"color": palette.faint}}, decreasing={"marker": {"color": down}}, totals={"marker": {"color": palette.accent}}))
    low, high = min(tops), max(tops)
    figure.update_yaxes(range=[low - (high - low) * 0.06 if low < 0 else floor, high + (high - low) * 0.16 or 1], visible=False)
    figure.update_xaxes(tickfont={"color": palette.ink}, tickangle=0)
    return figure
