"""A metric by the month in which it happened: one column a month."""

from __future__ import annotations

import polars as pl

from charts.bars import colours, still
from charts.drawing import Drawing, drawing
from charts.theme import Palette, lines

HEIGHT = 344


def by_month(bars: pl.DataFrame, *, palette: Palette, chosen: str | None = None) -> Drawing:
    """Columns of a frame as charts.bars.SCHEMA has it, in its order; null values have no column. A column carries its code as customdata."""
    bar = {"type": "bar", "x": bars["code"].to_list(), "y": bars["value"].to_list(), "customdata": bars["code"].to_list(), "text": bars["label"].to_list(),
           "textposition": "outside", "textfont": {"color": palette.ink, "size": 12}, "cliponaxis": False, "hovertext": lines(bars["said"]),
           "hovertemplate": "%{hovertext}<extra></extra>", "marker": {"color": colours(bars, palette, chosen), "cornerradius": 3}, **still()}
    values = [each for each in bars["value"].to_list() if each is not None]
    return drawing([bar], palette, height=HEIGHT, showlegend=False, margin={"t": 8},
                   xaxis={"type": "category", "tickmode": "array", "tickvals": bars["code"].to_list(), "ticktext": lines(bars["name"]), "tickangle": 0},
                   yaxis={"range": [min([0, *values]), max([0, *values]) * 1.18 or 1], "visible": False})
