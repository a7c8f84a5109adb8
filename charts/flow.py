"""How projects go from stage to stage: bands as wide as they are many, in, onward, back and out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from charts.drawing import Drawing, drawing
from charts.theme import FONTS, Palette, mix

HEIGHT = 430
SCHEMA = {"start": pl.String, "end": pl.String, "value": pl.Int64, "kind": pl.String, "said": pl.String}  # kind: on, skip, back or out


def flow(bands: pl.DataFrame, *, nodes: Sequence[str], names: Mapping[str, str], palette: Palette) -> Drawing:
    """Bands of a frame as SCHEMA has it between `nodes`, which stand from left to right; what goes back or out ends below. `names`: of the nodes."""
    looks = {"on": mix(palette.accent, palette.paper, 0.55), "skip": mix(palette.second, palette.paper, 0.35), "back": mix(palette.second, palette.paper, 0.6),
             "out": mix(palette.quiet, palette.paper, 0.62)}
    place = {node: at for at, node in enumerate(nodes)}
    stages = [node for node in nodes if node not in ("in", "out", "back")]
    across = {node: 0.14 + 0.78 * at / max(len(stages) - 1, 1) for at, node in enumerate(stages)} | {"in": 0.001, "back": 0.8, "out": 0.97}
    down = {node: 0.3 if at < len(stages) - 1 else 0.12 for at, node in enumerate(stages)} | {"in": 0.3, "back": 0.78, "out": 0.9}
    sankey = {
        "type": "sankey", "arrangement": "snap", "textfont": {"family": FONTS, "size": 12, "color": palette.ink, "shadow": "none"},
        "node": {"label": [names[node] for node in nodes], "x": [across[node] for node in nodes], "y": [down[node] for node in nodes], "pad": 18, "thickness": 12,
              "color": [palette.quiet if node in ("in", "out", "back") else palette.accent for node in nodes], "line": {"width": 0},
              "hovertemplate": "%{label} %{value:d}<extra></extra>"},
        "link": {"source": [place[each] for each in bands["start"].to_list()], "target": [place[each] for each in bands["end"].to_list()],
              "value": bands["value"].to_list(), "color": [looks[kind] for kind in bands["kind"].to_list()], "customdata": bands["said"].to_list(),
              "hovertemplate": "%{customdata}<extra></extra>"}}
    return drawing([sankey], palette, height=HEIGHT, margin={"l": 4, "r": 4, "t": 8, "b": 8})
