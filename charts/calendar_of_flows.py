"""When money was called and when it came back: a row for each fund, a mark for each day (or month, or year), the larger the more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from charts.drawing import Drawing, drawing
from charts.theme import Palette, lines, mix, plain

ROW, LARGEST = 38, 26  # pixels a row, and the widest mark
SCHEMA = {"row": pl.String, "on": pl.String, "value": pl.Float64, "kind": pl.String, "said": pl.String}


def calendar_of_flows(marks: pl.DataFrame, *, rows: Sequence[str], names: Mapping[str, str], palette: Palette) -> Drawing:
    """Marks as SCHEMA has them; `kind`: called (below the middle of the row, a filled mark) or paid (above it, an open one); the area tells the amount."""
    place = {row: at for at, row in enumerate(rows)}
    traces = []
    top = max(marks["value"].to_list(), default=1) or 1
    for kind, symbol, colour, lift in (("called", "circle", palette.second, 0.14), ("paid", "diamond", palette.accent, -0.14)):
        part = marks.filter(pl.col("kind") == kind)
        traces.append({
            "type": "scatter", "x": part["on"].to_list(), "y": [place[row] + lift for row in part["row"].to_list()], "name": names[kind], "mode": "markers",
            "text": lines(part["said"]), "hovertemplate": "%{text}<extra></extra>",
            "marker": {"symbol": symbol, "color": mix(colour, palette.paper, 0.25), "line": {"color": colour, "width": 1}, "sizemode": "diameter",
                       "size": [max(7.0, LARGEST * (value / top) ** 0.5) for value in part["value"].to_list()]}})
    return drawing(traces, palette, height=ROW * len(rows) + 70, hovermode="closest", margin={"t": 34},
                   xaxis={"tickformat": "%Y", "nticks": 8, "showgrid": True, "gridcolor": palette.line},
                   yaxis={"range": [len(rows) - 0.4, -0.6], "tickmode": "array", "tickvals": list(range(len(rows))), "ticktext": [plain(row) for row in rows],
                          "tickfont": {"size": 12, "color": palette.ink}})
