"""Amounts as tiles: zones, and in each the groups that are in it; a click on a zone opens it."""

from __future__ import annotations

import polars as pl

from charts.drawing import Drawing, drawing
from charts.theme import Palette, lines, mix, readable

SCHEMA = {"id": pl.String, "parent": pl.String, "name": pl.String, "label": pl.String, "value": pl.Float64, "said": pl.String, "colour": pl.Int64}


def treemap(tiles: pl.DataFrame, *, palette: Palette, height: int = 460) -> Drawing:
    """Tiles of a frame as SCHEMA has it: the root with parent "", then all others; a parent's value is the sum of its own.

    `colour`: which of the palette's series the tile and those in it take, -1 for the quiet one.
    """
    series = palette.series or (palette.accent, palette.second)

    def colour(number: int, is_inner: bool) -> str:
        return mix(palette.quiet if number < 0 else series[number % len(series)], palette.paper, 0.0 if is_inner else 0.72)

    parents = set(tiles["parent"].to_list())
    colours = [palette.paper if not parent else colour(number, each not in parents)
               for each, parent, number in zip(tiles["id"].to_list(), tiles["parent"].to_list(), tiles["colour"].to_list(), strict=True)]
    inks = [readable(each) for each in colours]
    tile = {
        "type": "treemap", "ids": tiles["id"].to_list(), "parents": tiles["parent"].to_list(), "labels": tiles["name"].to_list(), "values": tiles["value"].to_list(),
        "branchvalues": "total", "text": lines(tiles["label"]), "texttemplate": "%{label}<br>%{text}", "hovertext": lines(tiles["said"]),
        "hovertemplate": "%{hovertext}<extra></extra>", "textfont": {"color": inks, "size": 13},
        "marker": {"colors": colours, "line": {"color": palette.paper, "width": 1.5}, "cornerradius": 3, "pad": {"t": 22, "l": 2, "r": 2, "b": 2}},
        "tiling": {"packing": "squarify"}, "maxdepth": 3, "pathbar": {"visible": True, "thickness": 24, "textfont": {"color": palette.ink, "size": 13}}, "sort": True}
    return drawing([tile], palette, height=height, margin={"l": 0, "r": 0, "t": 0, "b": 0}, uniformtext={"minsize": 11, "mode": "hide"})
