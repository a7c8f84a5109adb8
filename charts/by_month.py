"""A metric by the month in which it happened: one column a month."""

from __future__ import annotations

import plotly.graph_objects as go
import polars as pl

from charts.bars import colours, still
from charts.theme import Palette, lines, template

HEIGHT = 344


def by_month(bars: pl.DataFrame, *, palette: Palette, chosen: str | None = None) -> go.Figure:
    """Columns of a frame as charts.bars.SCHEMA has it, in its order; null values have no column. A column carries its code as customdata."""
    figure = go.Figure(layout={"template": template(palette), "height": HEIGHT, "showlegend": False})
    figure.add_trace(go.Bar(
        x=bars["code"].to_list(), y=bars["value"].to_list(), customdata=bars["code"].to_list(), text=bars["label"].to_list(), textposition="outside",
        textfont={"color": palette.ink, "size": 12}, cliponaxis=False, hovertext=lines(bars["said"]), hovertemplate="%{hovertext}<extra></extra>",
        marker={"color": colours(bars, palette, chosen), "cornerradius": 3}, **still()))
    values = [each for each in bars["value"].to_list() if each is not None]
    figure.update_yaxes(range=[min([0, *values]), max([0, *values]) * 1.18 or 1], visible=False)
    figure.update_xaxes(type="category", tickmode="array", tickvals=bars["code"].to_list(), ticktext=lines(bars["name"]), tickangle=0)
    figure.update_layout(margin={"t": 8})
    return figure
