"""Bars on paper: every value written at its bar; where one is chosen it is filled, and the others are outlined."""

from __future__ import annotations

import json
from typing import Any

import polars as pl

from charts.paper.sheet import INK, QUIET, TEXT, Drawing, Layer, Words, room, sheet, width_of

FILLED = {"fill": "#0b4a56", "stroke": "#0b4a56"}
OUTLINED = {"fill": "#e6e6e6", "stroke": QUIET}
CROWDED = 18  # columns from which on values stand upright


def by_zone(bars: pl.DataFrame, words: Words, *, chosen: str | None = None) -> Drawing:
    """Horizontal bars of a frame as charts.bars.SCHEMA has it, the first on top; a null value has a label and no bar."""
    widest = max((width_of(name, TEXT) for name in bars["name"].to_list()), default=0)
    at = room(words, left=widest + 12, below=4, right=max((width_of(said, TEXT) for said in bars["label"].to_list()), default=0) + 10)
    codes = bars["code"].to_list()
    y = {"field": "code", "type": "nominal", "sort": None, "scale": {"domain": codes, "paddingInner": 0.36, "paddingOuter": 0.15},
         "axis": {"labelExpr": _named(bars), "ticks": False, "labelPadding": 5, "domainColor": QUIET}}
    x = {"field": "value", "type": "quantitative", "axis": None, "scale": _scale(bars)}
    return sheet([_bars(bars, chosen, {"x": x, "y": y}), _values(bars, {"x": x, "y": y}, align="left", baseline="middle", dx=4)], words, at)


def by_month(bars: pl.DataFrame, words: Words, *, chosen: str | None = None) -> Drawing:
    """Columns of a frame as charts.bars.SCHEMA has it, in its order; a null value has a label and no column."""
    lines = max((name.count("\n") + 1 for name in bars["name"].to_list()), default=1)
    at = room(words, left=8, below=lines * 10 + 6)
    codes = bars["code"].to_list()
    x = {"field": "code", "type": "nominal", "sort": None, "scale": {"domain": codes, "paddingInner": 0.36, "paddingOuter": 0.2},
         "axis": {"labelExpr": _named(bars), "labelAngle": 0, "ticks": False, "labelOverlap": False, "labelPadding": 4}}
    y = {"field": "value", "type": "quantitative", "axis": None, "scale": _scale(bars, 0.2 if len(bars) >= CROWDED else 0.12)}
    stands: dict[str, Any] = {"angle": 270, "align": "left", "baseline": "middle", "dx": 3} if len(bars) >= CROWDED else {"baseline": "bottom", "dy": -3}
    return sheet([_bars(bars, chosen, {"x": x, "y": y}), _values(bars, {"x": x, "y": y}, **stands)], words, at)


def _scale(bars: pl.DataFrame, above: float = 0.0) -> dict[str, Any]:
    """From nothing to the largest value, and some room above it."""
    known = [each for each in bars["value"].to_list() if each is not None]
    low, high = min([0.0, *known]), max([0.0, *known])
    return {"domain": [low, high + (high - low) * above or 1.0], "nice": False}


def _bars(bars: pl.DataFrame, chosen: str | None, place: dict[str, Any]) -> Layer:
    values = [{"code": code, "value": value} | (FILLED if chosen in (None, code) else OUTLINED)
              for code, value in bars.select("code", "value").iter_rows() if value]
    looks = {name: {"field": name, "type": "nominal", "scale": None} for name in FILLED}
    return {"data": {"values": values}, "mark": {"type": "bar", "strokeWidth": 0.7}, "encoding": place | looks}


def _values(bars: pl.DataFrame, place: dict[str, Any], **looks: Any) -> Layer:
    """A value that cannot be known is written where its bar would begin."""
    values = [{"code": code, "value": value or 0.0, "text": text} for code, value, text in bars.select("code", "value", "label").iter_rows()]
    return {"data": {"values": values}, "mark": {"type": "text", "fontSize": TEXT, "color": INK} | looks, "encoding": place | {"text": {"field": "text"}}}


def _named(bars: pl.DataFrame) -> str:
    """What an axis writes for a code."""
    return f"({json.dumps(dict(bars.select('code', 'name').iter_rows()), ensure_ascii=False)})[datum.value]"
