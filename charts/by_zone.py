"""A metric by zone: one bar a zone, in the order given, its value at its end."""

from __future__ import annotations

import plotly.graph_objects as go
import polars as pl

from charts.bars import colours, still
from charts.theme import Palette, lines, template

BAR = 30  # pixels a bar


def by_zone(bars: pl.DataFrame, *, palette: Palette, chosen: str | None = None) -> go.Figure:
    """Horizontal bars of a frame as charts.bars.SCHEMA has it, the first on top; null values have no bar. A bar carries its code as customdata."""
    figure = go.Figure(layout={"template": template(palette), "height": BAR * len(bars) + 44, "showlegend": False})
    figure.add_trace(go.Bar(
        orientation="h", y=bars["name"].to_list(), x=bars["value"].to_list(), customdata=bars["code"].to_list(), text=bars["label"].to_list(),
        textposition="outside", textfont={"color": palette.ink}, cliponaxis=False, hovertext=lines(bars["said"]),
        hovertemplate="%{hovertext}<extra></extra>", marker={"color": colours(bars, palette, chosen), "cornerradius": 3}, **still()))
    top = max((each for each in bars["value"].to_list() if each is not None), default=0)
    figure.update_xaxes(range=[0, top * 1.18 or 1], visible=False)
    figure.update_yaxes(autorange="reversed", showgrid=False, tickfont={"color": palette.ink})
    figure.update_layout(margin={"t": 4})
    return figure
