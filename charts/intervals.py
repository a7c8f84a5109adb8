"""Shares with their intervals: a dot and a whisker each, in the order given; where there is no share, its reason stands in words."""

from __future__ import annotations

import plotly.graph_objects as go
import polars as pl

from charts.theme import Palette, lines, template

ROW = 44
HEIGHT = 300
SCHEMA = {"code": pl.String, "name": pl.String, "share": pl.Float64, "low": pl.Float64, "high": pl.Float64, "label": pl.String, "said": pl.String}


def by_stage(dots: pl.DataFrame, *, palette: Palette, chosen: str | None = None) -> go.Figure:
    """One row a stage of a frame as SCHEMA has it, shares 0–1 from left to right. A dot carries its code as customdata."""
    figure = go.Figure(layout={"template": template(palette), "showlegend": False, "height": ROW * len(dots) + 44})
    figure.add_trace(go.Bar(  # the lane in which a dot lies, and what a click finds
        orientation="h", y=dots["name"].to_list(), x=[1.0] * len(dots), customdata=dots["code"].to_list(),
        marker={"color": palette.line, "opacity": 0.35, "cornerradius": 3},
        hovertext=lines(dots["said"]), hovertemplate="%{hovertext}<extra></extra>", selected={"marker": {"opacity": 0.35}}, unselected={"marker": {"opacity": 0.35}}))
    known = dots.filter(pl.col("share").is_not_null())
    figure.add_trace(go.Scatter(
        x=known["share"].to_list(), y=known["name"].to_list(), mode="markers", hoverinfo="skip", error_x=_whiskers(known, palette),
        marker={"size": [15 if code == chosen else 11 for code in known["code"].to_list()], "color": palette.accent, "line": {"width": 0}}))
    figure.add_trace(go.Scatter(
        x=[1.03] * len(dots), y=dots["name"].to_list(), mode="text", text=dots["label"].to_list(), textposition="middle right", cliponaxis=False, hoverinfo="skip",
        textfont={"color": palette.ink, "size": 13}))
    figure.update_xaxes(range=[0, 1.2], tickvals=[0, 0.25, 0.5, 0.75, 1], ticktext=["0", "25%", "50%", "75%", "100%"])
    figure.update_yaxes(autorange="reversed", showgrid=False, tickfont={"color": palette.ink})
    figure.update_layout(bargap=0.42)
    return figure


def trend(dots: pl.DataFrame, *, palette: Palette, chosen: str | None = None) -> go.Figure:
    """One column a cohort of a frame as SCHEMA has it, in its order; what has no share has its reason at the foot."""
    figure = go.Figure(layout={"template": template(palette), "showlegend": False, "height": HEIGHT})
    known = dots.filter(pl.col("share").is_not_null())
    figure.add_trace(go.Scatter(
        x=known["name"].to_list(), y=known["share"].to_list(), mode="lines+markers", line={"color": palette.accent, "width": 1.5, "dash": "dot"},
        error_y=_whiskers(known, palette), customdata=known["code"].to_list(), hovertext=lines(known["said"]), hovertemplate="%{hovertext}<extra></extra>",
        marker={"size": [15 if code == chosen else 11 for code in known["code"].to_list()], "color": palette.accent}, cliponaxis=False,
        selected={"marker": {"opacity": 1}}, unselected={"marker": {"opacity": 1}}))
    figure.add_trace(go.Scatter(
        x=dots["name"].to_list(), y=[1.08] * len(dots), mode="text", text=dots["label"].to_list(), hoverinfo="skip", cliponaxis=False,
        textfont={"color": palette.ink, "size": 12}))
    figure.update_yaxes(range=[0, 1.14], tickvals=[0, 0.5, 1], ticktext=["0", "50%", "100%"])
    figure.update_xaxes(type="category", categoryorder="array", categoryarray=dots["name"].to_list())
    return figure


def _whiskers(known: pl.DataFrame, palette: Palette) -> dict[str, object]:
    above = (known["high"] - known["share"]).to_list()
    below = (known["share"] - known["low"]).to_list()
    return {"type": "data", "symmetric": False, "array": above, "arrayminus": below, "color": palette.accent, "thickness": 2, "width": 5}
