"""A waterfall on paper: wholes are filled, what adds is light, what takes is an outline; every amount stands at its step."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import Any

import polars as pl

from charts.paper.sheet import INK, PAPER, QUIET, RULE, TEXT, Drawing, Words, room, sheet

LOOKS = {"whole": {"fill": "#0b4a56", "stroke": "#0b4a56"}, "up": {"fill": "#c9c9c9", "stroke": QUIET}, "down": {"fill": PAPER, "stroke": INK}}


def waterfall(steps: pl.DataFrame, words: Words, *, floor: float = 0.0) -> Drawing:
    """Steps of a frame as charts.waterfall.SCHEMA has it, from left to right; the axis begins at `floor`, which the words say where it is not 0."""
    reached, bars = 0.0, []
    for code, value, is_whole, label in steps.select("code", "value", "is_whole", "label").iter_rows():
        start, reached = (floor, value) if is_whole else (reached, reached + value)
        kind = "whole" if is_whole else "up" if value >= 0 else "down"
        bars.append({"code": code, "low": min(start, reached), "high": max(start, reached), "end": reached, "text": label} | LOOKS[kind])
    lowest, highest = min([floor, *(each["low"] for each in bars)]), max([floor, *(each["high"] for each in bars)])
    lines = max((name.count("\n") + 1 for name in steps["name"].to_list()), default=1)
    at = room(words, left=8, below=lines * 10 + 6)
    names = json.dumps(dict(steps.select("code", "name").iter_rows()), ensure_ascii=False)
    x = {"field": "code", "type": "nominal", "sort": None, "scale": {"domain": steps["code"].to_list(), "paddingInner": 0.3, "paddingOuter": 0.15},
         "axis": {"labelExpr": f"({names})[datum.value]", "labelAngle": 0, "ticks": False, "labelOverlap": False, "labelPadding": 4}}
    scale = {"domain": [lowest, highest + (highest - lowest) * 0.14 or 1.0], "nice": False, "zero": False}

    def y(field: str) -> dict[str, Any]:
        return {"field": field, "type": "quantitative", "axis": None, "scale": scale}

    looks = {name: {"field": name, "type": "nominal", "scale": None} for name in ("fill", "stroke")}
    ends = [{"code": one["code"], "next": other["code"], "end": one["end"]} for one, other in pairwise(bars)]
    links = {"data": {"values": ends}, "mark": {"type": "rule", "stroke": RULE, "strokeWidth": 0.7},
             "encoding": {"x": x, "x2": {"field": "next"}, "y": y("end")}}
    drawn = {"data": {"values": bars}, "mark": {"type": "bar", "strokeWidth": 0.7}, "encoding": {"x": x, "y": y("low"), "y2": {"field": "high"}} | looks}
    texts = {"data": {"values": bars}, "mark": {"type": "text", "fontSize": TEXT, "color": INK, "baseline": "bottom", "dy": -3},
             "encoding": {"x": x, "y": y("high"), "text": {"field": "text"}}}
    return sheet([links, drawn, texts], words, at)
