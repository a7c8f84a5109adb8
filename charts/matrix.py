"""Rows by columns, the darker the more; what ought to be there and is not is lit."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from charts.drawing import Drawing, Part, drawing
from charts.theme import Palette, lines, mix, plain

ROW = 46  # pixels a row
SCHEMA = {"row": pl.String, "column": pl.String, "value": pl.Float64, "label": pl.String, "said": pl.String, "is_gap": pl.Boolean, "is_outside": pl.Boolean}


def broken(name: str) -> str:
    """A name on two lines where it is long, so that neighbours do not touch on a telephone."""
    return name.replace(" ", "<br>") if " " in name else name if len(name) < 4 else f"{name[:len(name) // 2]}<br>{name[len(name) // 2:]}"


def matrix(cells: pl.DataFrame, *, rows: Sequence[str], columns: Sequence[str], warn: str, palette: Palette) -> Drawing:
    """Cells as SCHEMA has them, one for every row and column; null values are empty. Gaps have a frame in `warn`, #RRGGBB, and say so in their label."""
    by_place = {(row, column): (value, label, said, is_gap) for row, column, value, label, said, is_gap, _ in cells.select(list(SCHEMA)).iter_rows()}
    values = [[by_place[row, column][0] for column in columns] for row in rows]
    top = max((each for line in values for each in line if each is not None), default=1) or 1
    said = [lines(pl.Series([by_place[row, column][2] for column in columns])) for row in rows]
    heat = {"type": "heatmap", "z": values, "x": list(range(len(columns))), "y": list(range(len(rows))), "zmin": 0, "zmax": top, "showscale": False, "xgap": 3,
            "ygap": 3, "hoverongaps": True, "text": said, "hovertemplate": "%{text}<extra></extra>",
            "colorscale": [[0, mix(palette.accent, palette.paper, 0.9)], [1, mix(palette.accent, palette.paper, 0.1)]]}
    of_gap, frame = mix(warn, palette.ink, 0.35), {"fillcolor": mix(warn, palette.paper, 0.85), "line": {"color": warn, "width": 1.5, "dash": "dot"}}
    shapes: list[Part] = []
    notes: list[Part] = []
    for down, row in enumerate(rows):
        for across, column in enumerate(columns):
            value, label, _said, is_gap = by_place[row, column]
            if is_gap:
                shapes.append({"type": "rect", "x0": across - 0.46, "x1": across + 0.46, "y0": down - 0.43, "y1": down + 0.43, **frame})
            dark = value is not None and value > 0.5 * top
            colour = palette.paper if dark else of_gap if is_gap else palette.ink
            notes.append({"x": across, "y": down, "text": label, "showarrow": False, "font": {"size": 12, "color": colour}})
    return drawing([heat], palette, height=ROW * len(rows) + 56, margin={"t": 44, "l": 4, "r": 4, "b": 4}, shapes=shapes, annotations=notes,
                   xaxis={"side": "top", "tickmode": "array", "tickvals": list(range(len(columns))), "ticktext": [broken(each) for each in columns],
                          "range": [-0.5, len(columns) - 0.5], "tickangle": 0, "tickfont": {"size": 12}},
                   yaxis={"autorange": "reversed", "showgrid": False, "tickmode": "array", "tickvals": list(range(len(rows))),
                          "ticktext": [plain(row) for row in rows], "tickfont": {"size": 12, "color": palette.ink}})
