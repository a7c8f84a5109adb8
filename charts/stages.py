"""What stands in each stage or has reached it: one bar a stage, its parts told apart by shade and by pattern."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from charts.bars import still
from charts.drawing import Drawing, Part, drawing
from charts.theme import Palette, lines, mix

BAR = 40  # pixels a bar
SCHEMA = {"stage": pl.String, "name": pl.String, "part": pl.String, "code": pl.String, "value": pl.Int64, "said": pl.String}
LOOKS = (("", 0.0), ("/", 0.45), (".", 0.72))  # pattern, and the share of the paper in the colour, of the first part to the third


def stages(bars: pl.DataFrame, *, parts: Mapping[str, str], palette: Palette, chosen: str | None = None) -> Drawing:
    """Stacked horizontal bars of a frame as SCHEMA has it, stages and parts in its order. `parts`: code and name; `chosen`: the stage set apart. A part carries
    its code as customdata. The whole of a stage stands at its end. A single part needs no legend."""
    traces: list[Part] = []
    names = bars.unique("stage", keep="first", maintain_order=True)
    for (part, said), (pattern, share) in zip(parts.items(), LOOKS, strict=False):
        rows = bars.filter(pl.col("part") == part)
        colours = [mix(palette.accent, palette.paper, share if chosen in (None, stage) else max(share, 0.62)) for stage in rows["stage"].to_list()]
        traces.append({
            "type": "bar", "orientation": "h", "name": said, "y": rows["name"].to_list(), "x": rows["value"].to_list(), "customdata": rows["code"].to_list(),
            "hovertext": lines(rows["said"]), "hovertemplate": "%{hovertext}<extra></extra>",
            "marker": {"color": colours, "line": {"width": 0}, "pattern": {
                "shape": pattern, "fgcolor": palette.accent, "bgcolor": mix(palette.accent, palette.paper, share), "size": 7, "solidity": 0.25}}, **still()})
    totals = bars.group_by("stage", maintain_order=True).agg(pl.col("value").sum())["value"].to_list()
    traces.append({
        "type": "scatter", "x": totals, "y": names["name"].to_list(), "mode": "text", "text": [f"  {total:,}" for total in totals], "textposition": "middle right",
        "cliponaxis": False, "textfont": {"color": palette.ink, "size": 14}, "hoverinfo": "skip", "showlegend": False})
    return drawing(traces, palette, barmode="stack", height=BAR * bars["stage"].n_unique() + 60, bargap=0.3, showlegend=len(parts) > 1, legend={"traceorder": "normal"},
                   xaxis={"range": [0, max(totals, default=0) * 1.14 or 1], "visible": False},
                   yaxis={"autorange": "reversed", "showgrid": False, "tickfont": {"color": palette.ink}})
