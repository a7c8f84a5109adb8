"""Money in and out by period, with lines over it: the J-curve of a fund, or what may come year by year."""

from __future__ import annotations

from collections.abc import Mapping

import plotly.graph_objects as go
import polars as pl

from charts.theme import Palette, lines, mix, template

HEIGHT = 340
SCHEMA = {"on": pl.String, "out": pl.Float64, "back": pl.Float64, "net": pl.Float64, "worth": pl.Float64, "said": pl.String}


def cash_flow(periods: pl.DataFrame, *, names: Mapping[str, str], palette: Palette, is_yearly: bool = False) -> go.Figure:
    """Bars below the line for money out (`out`, negative), above it for money back; `net` a line, `worth` a dashed one; null has no mark.

    `periods` as SCHEMA has it, oldest first, `on` ISO days or, if `is_yearly`, years. `names`: of the four, in words.
    """
    figure = go.Figure(layout={"template": template(palette), "height": HEIGHT, "barmode": "relative", "hovermode": "x unified"})
    on, said = periods["on"].to_list(), lines(periods["said"])
    for column, colour in (("out", mix(palette.second, palette.paper, 0.35)), ("back", mix(palette.accent, palette.paper, 0.45))):
        figure.add_trace(go.Bar(x=on, y=periods[column].to_list(), name=names[column], marker={"color": colour, "line": {"width": 0}}, hoverinfo="skip"))
    for column, dash, colour in (("net", "solid", palette.accent), ("worth", "dash", palette.ink)):
        values = periods[column].to_list()
        if any(each is not None for each in values):
            figure.add_trace(go.Scatter(x=on, y=values, name=names[column], mode="lines", line={"color": colour, "width": 2.2 if dash == "solid" else 1.6,
                                        "dash": dash}, hoverinfo="skip", connectgaps=False))
    figure.add_trace(go.Scatter(x=on, y=[0] * len(on), mode="lines", line={"color": palette.line, "width": 1}, showlegend=False, text=said,
                                hovertemplate="%{text}<extra></extra>"))
    figure.update_xaxes(type="category" if is_yearly else "date", nticks=8, **({} if is_yearly else {"tickformat": "%Y-%m"}))
    figure.update_yaxes(nticks=6, exponentformat="none", separatethousands=True)
    figure.update_layout(bargap=0.3 if is_yearly else 0.05, margin={"t": 34}, hoverlabel={"align": "left"})
    return figure
