"""A state machine: boxes on a grid, arrows between them, how many are in each; the path that should be taken runs down the middle."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from charts.drawing import Drawing, Part, drawing
from charts.theme import Palette, mix

STEP, WIDE, HIGH = 74, 0.84, 0.6  # pixels a row; the size of a box in columns and rows


@dataclass(frozen=True, kw_only=True)
class State:
    """A box. `column`, `row`: its place; `tone`: main, aside or end; `count` None: not known."""

    code: str
    column: float
    row: float
    label: str
    count: int | None
    said: str
    tone: str


def states(boxes: Sequence[State], arrows: Sequence[tuple[str, str]], *, palette: Palette, chosen: str | None = None) -> Drawing:
    """Boxes and the arrows between their codes. A box carries its code as customdata; empty ones are paler; the chosen one is filled."""
    place = {box.code: box for box in boxes}
    rows = max(box.row for box in boxes) + 1
    lines: list[Part] = []
    rectangles: list[Part] = []
    for one, other in arrows:
        start, end = place[one], place[other]
        down = end.row != start.row
        lines.append({
            "x": end.column if down else end.column + (WIDE / 2 if end.column < start.column else -WIDE / 2),
            "y": end.row - (HIGH / 2 if end.row > start.row else -HIGH / 2 if down else 0),
            "ax": start.column if down else start.column + (-WIDE / 2 if end.column < start.column else WIDE / 2),
            "ay": start.row + (HIGH / 2 if end.row > start.row else -HIGH / 2 if down else 0), "xref": "x", "yref": "y", "axref": "x", "ayref": "y",
            "showarrow": True, "arrowhead": 2, "arrowsize": 0.9, "arrowwidth": 1.3, "arrowcolor": mix(palette.quiet, palette.paper, 0.35), "text": ""})
    for box in boxes:
        is_chosen, ground = box.code == chosen, palette.accent if box.tone == "main" else palette.quiet
        paler = 0.0 if is_chosen else 0.86 if box.count else 0.96
        rectangles.append({
            "type": "rect", "x0": box.column - WIDE / 2, "x1": box.column + WIDE / 2, "y0": box.row - HIGH / 2, "y1": box.row + HIGH / 2, "layer": "below",
            "fillcolor": mix(ground, palette.paper, paler),
            "line": {"color": mix(ground, palette.paper, 0.2 if box.count else 0.55), "width": 1.2, "dash": "solid" if box.count else "dot"}})
    said = {
        "type": "scatter", "x": [box.column for box in boxes], "y": [box.row for box in boxes], "mode": "markers+text", "customdata": [box.code for box in boxes],
        "marker": {"size": 46, "opacity": 0, "symbol": "square"}, "text": [box.label.replace("\n", "<br>") for box in boxes],
        "textfont": {"size": 12.5, "color": [palette.paper if box.code == chosen else palette.ink if box.count else palette.quiet for box in boxes]},
        "hovertext": [box.said.replace("\n", "<br>") for box in boxes], "hovertemplate": "%{hovertext}<extra></extra>",
        "selected": {"marker": {"opacity": 0}}, "unselected": {"marker": {"opacity": 0}, "textfont": {"color": palette.ink}}}
    return drawing([said], palette, height=int(STEP * rows) + 10, showlegend=False, annotations=lines, shapes=rectangles,
                   xaxis={"visible": False, "range": [min(box.column for box in boxes) - 0.5, max(box.column for box in boxes) + 0.5]},
                   yaxis={"visible": False, "range": [rows - 0.55, -0.45]})
