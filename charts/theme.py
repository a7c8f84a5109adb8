"""The one look of every figure: the colours of a scheme, the fonts of the page, and nothing that is not data."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from textwrap import wrap
from typing import Any

import polars as pl

FONTS = "'Source Sans', 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', 'Source Han Sans SC', sans-serif"  # of the reader's machine


@dataclass(frozen=True, kw_only=True)
class Palette:
    """The colours of one scheme, as #RRGGBB. `second`: of what stands beside; `series`: of parts told apart; `faint`: of what is not chosen."""

    paper: str
    ink: str
    quiet: str
    line: str
    accent: str
    second: str
    series: tuple[str, ...] = ()

    @property
    def faint(self) -> str:
        """The accent, two thirds of the way to the paper."""
        return mix(self.accent, self.paper, 0.62)


def mix(colour: str, ground: str, share: float) -> str:
    """A colour as it looks when this share of it is the ground."""
    parts = [(int(colour[at:at + 2], 16), int(ground[at:at + 2], 16)) for at in (1, 3, 5)]
    return "#" + "".join(f"{round(one + (other - one) * share):02x}" for one, other in parts)


def readable(ground: str) -> str:
    """Black or white, whichever is read better on this colour (WCAG 2.2, relative luminance)."""
    parts = [int(ground[at:at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return "#0C181D" if 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.2 else "#FFFFFF"


def template(palette: Palette) -> dict[str, Any]:
    """The template of all figures, as plotly has it."""
    axis = {"showgrid": False, "zeroline": False, "linecolor": palette.line, "tickcolor": palette.line, "ticks": "", "automargin": True,
            "fixedrange": True, "tickfont": {"size": 13, "color": palette.quiet}, "title": {"font": {"size": 13, "color": palette.quiet}}}
    return {"layout": {
        "font": {"family": FONTS, "size": 13, "color": palette.ink}, "paper_bgcolor": palette.paper, "plot_bgcolor": palette.paper,
        "colorway": [palette.accent, palette.second], "margin": {"l": 4, "r": 12, "t": 4, "b": 4}, "bargap": 0.32, "dragmode": False,
        "hoverlabel": {"bgcolor": palette.paper, "bordercolor": palette.line, "font": {"family": FONTS, "size": 13, "color": palette.ink}},
        "legend": {"orientation": "h", "x": 0, "xanchor": "left", "y": 1.02, "yanchor": "bottom", "font": {"color": palette.quiet},
                   "itemclick": False, "itemdoubleclick": False},
        "xaxis": axis, "yaxis": axis | {"showgrid": True, "gridcolor": palette.line, "gridwidth": 1, "linecolor": "rgba(0,0,0,0)", "ticklabelstandoff": 6}}}


def plain(text: str) -> str:
    """A text as plotly has to have it so that none of it is taken for its markup: names come from files that anybody may have written."""
    return escape(text, quote=False)


def wrapped(text: str, longest: int, *, break_long_words: bool = True) -> str:
    """A text on lines of at most so many letters, as plotly has it; its own newlines end lines too. `break_long_words`: as textwrap means it."""
    return "<br>".join(plain(part) for line in text.split("\n") for part in wrap(line, longest, break_long_words=break_long_words))


def lines(texts: pl.Series) -> list[str]:
    """Texts whose lines end with a newline, as plotly has them; nothing else in them is markup."""
    return [plain(text).replace("\n", "<br>") for text in texts.to_list()]
