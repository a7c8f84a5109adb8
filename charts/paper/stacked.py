"""Bars made of parts on paper: told apart by shade and outline, in the order of the legend, the whole written at the end."""

from __future__ import annotations

import json

import polars as pl

from charts.paper.sheet import INK, QUIET, TEXT, Drawing, Layer, Words, label, room, sheet, width_of

SHADES = ("#0b4a56", "#d0d0d0", "#7a7a7a", "#ffffff", "#404040")  # neighbours differ in print
LINE, SQUARE = 13.0, 7.0  # points


def stacked(bars: pl.DataFrame, words: Words) -> Drawing:
    """Horizontal bars of a frame as charts.stacked.SCHEMA has it, rows and parts in the order they come, the first row on top; null values have no bar."""
    names = dict(bars.select("code", "name").iter_rows())
    parts = bars["part"].unique(maintain_order=True).to_list()
    whole = bars.group_by("code", maintain_order=True).agg(pl.col("value").sum(), pl.col("label").first())
    at = room(words, left=max((width_of(line, TEXT) for name in names.values() for line in name.split("\n")), default=0) + 12, below=6,
              right=max((width_of(said, TEXT) for said in whole["label"].to_list()), default=0) + 12)
    legend = _lines(parts, at.width)
    codes = list(names)
    high = max(whole["value"].to_list(), default=0.0) or 1.0
    above = (len(legend) * LINE + 2) / at.height
    axis = {"labelExpr": f"({json.dumps(names, ensure_ascii=False)})[datum.value]", "ticks": False, "labelPadding": 5, "domainColor": QUIET}
    y = {"field": "code", "type": "nominal", "sort": None, "axis": axis,
         "scale": {"domain": codes, "paddingInner": 0.36, "paddingOuter": 0.15, "range": [above * at.height, at.height]}}
    x = {"field": "start", "type": "quantitative", "axis": None, "scale": {"domain": [0, high], "nice": False}}
    place = {"x": x, "x2": {"field": "end"}, "y": y} | {name: {"field": name, "type": "nominal", "scale": None} for name in ("fill", "stroke")}
    bar = {"data": {"values": _segments(bars, parts)}, "mark": {"type": "bar", "strokeWidth": 0.6}, "encoding": place}
    said = {"data": {"values": [{"code": code, "start": value, "text": text} for code, value, text in whole.iter_rows()]},
            "mark": {"type": "text", "fontSize": TEXT, "color": INK, "align": "left", "baseline": "middle", "dx": 4},
            "encoding": {"x": x, "y": y, "text": {"field": "text"}}}
    return sheet([bar, said, *_legend(legend, parts)], words, at)


def _segments(bars: pl.DataFrame, parts: list[str]) -> list[dict[str, object]]:
    """Each part from where those before it end."""
    ends: dict[str, float] = {}
    found: list[dict[str, object]] = []
    for code, part, value in bars.select("code", "part", "value").iter_rows():
        if value:
            start = ends.get(code, 0.0)
            ends[code] = start + value
            found.append({"code": code, "start": start, "end": ends[code], "fill": SHADES[parts.index(part) % len(SHADES)], "stroke": INK})
    return found


def _lines(parts: list[str], width: float) -> list[list[tuple[str, float]]]:
    """The parts' names and places, in as many lines as they need."""
    lines: list[list[tuple[str, float]]] = [[]]
    x = 0.0
    for part in parts:
        wide = SQUARE + 4 + width_of(part, TEXT) + 14
        if lines[-1] and x + wide - 14 > width:
            lines.append([])
            x = 0.0
        lines[-1].append((part, x))
        x += wide
    return lines


def _legend(lines: list[list[tuple[str, float]]], parts: list[str]) -> list[Layer]:
    places = [(part, x, number * LINE + 5) for number, line in enumerate(lines) for part, x in line]
    at = {axis: {"field": axis, "type": "quantitative", "scale": None} for axis in ("x", "y")}
    looks = {name: {"field": name, "type": "nominal", "scale": None} for name in ("fill", "stroke")}
    squares = [{"x": x + SQUARE / 2, "y": y, "fill": SHADES[parts.index(part) % len(SHADES)], "stroke": INK} for part, x, y in places]
    texts = label([{"text": part, "x": x + SQUARE + 4, "y": y} for part, x, y in places], align="left", baseline="middle")
    mark = {"type": "point", "shape": "square", "size": SQUARE * SQUARE, "filled": True, "opacity": 1, "strokeWidth": 0.6}
    return [{"data": {"values": squares}, "mark": mark, "encoding": at | looks}, *texts]
