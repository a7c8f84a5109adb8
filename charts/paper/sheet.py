"""The sheet that a printed figure stands on: its size, its title, what must be known to read it, and its source.

Everything is placed in points (1/72 inch), so that the drawing does not depend on the fonts of the machine that draws it.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Any

CM = 72 / 2.54
WIDTH, HEIGHT = 16 * CM, 9 * CM  # the width of the text on an A4 page with usual margins
# Of the reader's machine first: a drawing is opened in an office program, most of which run where the first of these is.
FONTS = "Microsoft YaHei, Noto Sans CJK SC, Source Han Sans SC, SimHei, sans-serif"
INK, QUIET, RULE, PAPER = "#000000", "#4d4d4d", "#cccccc", "#ffffff"
TITLE, TEXT, SMALL = 11, 8, 7  # sizes of type, pt
LEADING = 1.4
EDGE = 4

Layer = dict[str, Any]
Drawing = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Words:
    """What stands around a figure. `facts`: definition, unit, dates and snapshot, a line each or more; `alt`: the figure in words."""

    title: str
    facts: tuple[str, ...]
    source: str
    alt: str


@dataclass(frozen=True, kw_only=True)
class Room:
    """The rectangle of the figure on the sheet, in points: what lies left of it and below it is for the labels of its axes."""

    left: float
    top: float
    width: float
    height: float

    @property
    def beneath(self) -> float:
        """From the foot of the figure to the foot of the sheet."""
        return HEIGHT - self.top - self.height


def room(words: Words, *, left: float, below: float, right: float = EDGE) -> Room:
    """What the words leave. `left`, `right`, `below`: for the labels of the axes and what may stand out."""
    top = EDGE + _height(_title(words), TITLE) + _height(_facts(words), TEXT) + 12
    foot = _height(_source(words), SMALL) + EDGE
    return Room(left=left, top=top, width=WIDTH - left - right, height=HEIGHT - top - below - foot)


def sheet(layers: list[Layer], words: Words, at: Room) -> Drawing:
    """A whole Vega-Lite drawing of WIDTH by HEIGHT points. The layers' coordinates are those of the room."""
    title, facts, source = _title(words), _facts(words), _source(words)
    above = at.top - EDGE
    texts = [_text(title, TITLE, at, -above, fontWeight="bold"), _text(facts, TEXT, at, -above + _height(title, TITLE) + 2, color=QUIET),
             _text(source, SMALL, at, at.height + at.beneath - EDGE - _height(source, SMALL) + 2, color=QUIET)]
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json", "description": words.alt, "background": PAPER, "autosize": {"type": "none"},
        "width": at.width, "height": at.height,
        "padding": {"left": at.left, "top": at.top, "right": WIDTH - at.left - at.width, "bottom": at.beneath},
        "config": {"font": FONTS, "lineBreak": "\n", "aria": False, "view": {"stroke": None},
                   "axis": {"labelFontSize": TEXT, "labelColor": INK, "domainColor": INK, "domainWidth": 0.6, "tickColor": INK, "tickWidth": 0.6,
                            "tickSize": 3, "gridColor": RULE, "gridWidth": 0.5, "labelLimit": 0, "labelLineHeight": 10, "title": None}},
        "layer": layers + texts}


def label(values: list[dict[str, Any]], **looks: Any) -> list[Layer]:
    """Texts that stay legible on lines: each of `values` has text, x and y in points."""
    place = {"x": {"field": "x", "type": "quantitative", "scale": None}, "y": {"field": "y", "type": "quantitative", "scale": None},
             "text": {"field": "text"}}
    halo = {"stroke": PAPER, "strokeWidth": 2.5, "strokeJoin": "round", "color": PAPER}
    return [{"data": {"values": values}, "mark": {"type": "text", "fontSize": TEXT, "lineHeight": TEXT * LEADING} | looks | each, "encoding": place}
            for each in (halo, {"color": INK})]


def width_of(text: str, size: float) -> float:
    """About how wide a text is set: a Chinese character as wide as high, others a little more than half as wide."""
    return sum(size if unicodedata.east_asian_width(each) in "WF" else size * 0.55 for each in text)


def wrapped(text: str, size: float, width: float) -> list[str]:
    """The text in lines that fit, broken between clauses where that can be. A number or a word stays whole, and no line begins with a closing sign."""
    lines = [""]
    for clause in re.split("(?<=[：，；。])", text):
        is_short = width_of(clause, size) <= width
        for piece in [clause] if is_short else re.findall(r"[（“]*(?:[^\s\u2e80-\uffef]+|.)[，。；：、）”]*\s*", clause):
            if lines[-1] and width_of((lines[-1] + piece).rstrip(), size) > width:
                lines.append("")
            lines[-1] += piece
    return [line.strip() for line in lines]


def _title(words: Words) -> list[str]:
    return wrapped(words.title, TITLE, WIDTH - 2 * EDGE)


def _facts(words: Words) -> list[str]:
    return [line for fact in words.facts for line in wrapped(fact, TEXT, WIDTH - 2 * EDGE)]


def _source(words: Words) -> list[str]:
    return wrapped(words.source, SMALL, WIDTH - 2 * EDGE)


def _height(lines: list[str], size: float) -> float:
    return len(lines) * size * LEADING


def _text(lines: list[str], size: float, at: Room, y: float, **looks: Any) -> Layer:
    return {"data": {"values": [{}]}, "mark": {"type": "text", "text": lines, "x": EDGE - at.left, "y": y, "align": "left", "baseline": "top",
                                               "fontSize": size, "lineHeight": size * LEADING, "color": INK} | looks}
