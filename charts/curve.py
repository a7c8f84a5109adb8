"""The concentration curve: the share that the k largest hold, beside what it would be if all were equal."""

from __future__ import annotations

from collections.abc import Sequence

from charts.drawing import Drawing, Part, drawing
from charts.theme import Palette


def curve(points: Sequence[tuple[int, float]], *, palette: Palette, named: str, equal: str, said: Sequence[str], axis: str,
          marks: Sequence[tuple[int, float, str]] = ()) -> Drawing:
    """Points are (k, share 0–1), from 0 on. `said`: of each point; `marks`: points with a label beside them; `named`, `equal`: the two lines."""
    last = points[-1][0] if points else 1
    traces: list[Part] = [
        {"type": "scatter", "x": [0, last], "y": [0, 1], "mode": "lines", "name": equal, "line": {"color": palette.quiet, "width": 1.5, "dash": "dot"},
         "hoverinfo": "skip"},
        {"type": "scatter", "x": [k for k, _ in points], "y": [share for _, share in points], "mode": "lines", "name": named,
         "line": {"color": palette.accent, "width": 2.5}, "fill": "tonexty", "fillcolor": _clear(palette.accent), "hovertext": list(said),
         "hovertemplate": "%{hovertext}<extra></extra>"}]
    if marks:
        traces.append({"type": "scatter", "x": [k for k, _, _ in marks], "y": [share for _, share, _ in marks], "mode": "markers+text",
                       "text": [f"  {text}" for *_, text in marks], "textposition": "middle right", "textfont": {"color": palette.ink},
                       "marker": {"color": palette.accent, "size": 8}, "hoverinfo": "skip", "showlegend": False, "cliponaxis": False})
    return drawing(traces, palette, height=300, hovermode="x", margin={"t": 30, "b": 36},
                   xaxis={"range": [0, last], "title": {"text": axis}, "nticks": 6, "tickformat": ",d"},
                   yaxis={"tickformat": ".0%", "range": [0, 1.04], "tickvals": [0, 0.25, 0.5, 0.75, 1]})


def _clear(colour: str) -> str:
    """The colour, nearly clear."""
    red, green, blue = (int(colour[at:at + 2], 16) for at in (1, 3, 5))
    return f"rgba({red},{green},{blue},0.10)"
