"""What the two bar charts share: one bar a row of the frame, the chosen one set apart."""

from __future__ import annotations

import polars as pl

from charts.theme import Palette

SCHEMA = {"code": pl.String, "name": pl.String, "value": pl.Float64, "said": pl.String, "label": pl.String}


def colours(bars: pl.DataFrame, palette: Palette, chosen: str | None) -> list[str]:
    """The accent for all, or for the chosen one only."""
    return [palette.accent if chosen in (None, code) else palette.faint for code in bars["code"].to_list()]


def still() -> dict[str, object]:
    """A click changes the choice, and the choice the colours; the library's own way of showing what was clicked is not wanted."""
    return {"selected": {"marker": {"opacity": 1}}, "unselected": {"marker": {"opacity": 1}}}
