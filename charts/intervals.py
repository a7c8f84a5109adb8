"""Shares with their intervals: a dot and a whisker each, in the order given; where there is no share, its reason stands in words."""

from __future__ import annotations

import polars as pl

from charts.drawing import Drawing, drawing
from charts.theme import Palette, lines

ROW = 44
HEIGHT = 300
SCHEMA = {"code": pl.String, "name": pl.String, "share": pl.Float64, "low": pl.Float64, "high": pl.Float64, "label": pl.String, "said": pl.String}


def by_stage(dots: pl.DataFrame, *, palette: Palette, chosen: str | None = None) -> Drawing:
    """One row a stage of a frame as SCHEMA has it, shares 0–1 from left to right. A dot carries its code as customdata."""
    known = dots.filter(pl.col("share").is_not_null())
    lanes = {  # in which the dots lie, and what a click finds
        "type": "bar", "orientation": "h", "y": dots["name"].to_list(), "x": [1.0] * len(dots), "customdata": dots["code"].to_list(),
        "marker": {"color": palette.line, "opacity": 0.35, "cornerradius": 3}, "hovertext": lines(dots["said"]), "hovertemplate": "%{hovertext}<extra></extra>",
        "selected": {"marker": {"opacity": 0.35}}, "unselected": {"marker": {"opacity": 0.35}}}
    points = {
        "type": "scatter", "x": known["share"].to_list(), "y": known["name"].to_list(), "mode": "markers", "hoverinfo": "skip", "error_x": _whiskers(known, palette),
        "marker": {"size": [15 if code == chosen else 11 for code in known["code"].to_list()], "color": palette.accent, "line": {"width": 0}}}
    labels = {
        "type": "scatter", "x": [1.03] * len(dots), "y": dots["name"].to_list(), "mode": "text", "text": dots["label"].to_list(), "textposition": "middle right",
        "cliponaxis": False, "hoverinfo": "skip", "textfont": {"color": palette.ink, "size": 13}}
    return drawing([lanes, points, labels], palette, showlegend=False, height=ROW * len(dots) + 44, bargap=0.42,
                   xaxis={"range": [0, 1.2], "tickvals": [0, 0.25, 0.5, 0.75, 1], "ticktext": ["0", "25%", "50%", "75%", "100%"]},
                   yaxis={"autorange": "reversed", "showgrid": False, "tickfont": {"color": palette.ink}})


def trend(dots: pl.DataFrame, *, palette: Palette, chosen: str | None = None) -> Drawing:
    """One column a cohort of a frame as SCHEMA has it, in its order; what has no share has its reason at the foot."""
    known = dots.filter(pl.col("share").is_not_null())
    points = {
        "type": "scatter", "x": known["name"].to_list(), "y": known["share"].to_list(), "mode": "lines+markers",
        "line": {"color": palette.accent, "width": 1.5, "dash": "dot"}, "error_y": _whiskers(known, palette), "customdata": known["code"].to_list(),
        "hovertext": lines(known["said"]), "hovertemplate": "%{hovertext}<extra></extra>", "cliponaxis": False,
        "marker": {"size": [15 if code == chosen else 11 for code in known["code"].to_list()], "color": palette.accent},
        "selected": {"marker": {"opacity": 1}}, "unselected": {"marker": {"opacity": 1}}}
    labels = {
        "type": "scatter", "x": dots["name"].to_list(), "y": [1.08] * len(dots), "mode": "text", "text": dots["label"].to_list(), "hoverinfo": "skip",
        "cliponaxis": False, "textfont": {"color": palette.ink, "size": 12}}
    return drawing([points, labels], palette, showlegend=False, height=HEIGHT,
                   xaxis={"type": "category", "categoryorder": "array", "categoryarray": dots["name"].to_list()},
                   yaxis={"range": [0, 1.14], "tickvals": [0, 0.5, 1], "ticktext": ["0", "50%", "100%"]})


def _whiskers(known: pl.DataFrame, palette: Palette) -> dict[str, object]:
    above = (known["high"] - known["share"]).to_list()
    below = (known["share"] - known["low"]).to_list()
    return {"type": "data", "symmetric": False, "array": above, "arrayminus": below, "color": palette.accent, "thickness": 2, "width": 5}
