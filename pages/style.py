"""The one style of all pages, in the colours of the theme."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from urllib.parse import quote

import streamlit as st

from pages.recoloured import recoloured

STYLE = Path(__file__).with_suffix(".css").read_text(encoding="utf-8")
COLOURS = {
    "paper": "backgroundColor", "shade": "secondaryBackgroundColor", "ink": "textColor", "quiet": "grayTextColor", "line": "borderColor",
    "accent": "linkColor", "good": "greenColor", "warn": "orangeColor", "bad": "redColor",
}


def style() -> str:
    """A style element. light-dark() follows the scheme chosen in the app; a browser without it keeps the light colours."""
    return _style(is_dark=st.context.theme.type == "dark")


@cache
def _style(*, is_dark: bool) -> str:
    light = {name: st.get_option(f"theme.light.{option}") for name, option in COLOURS.items()}
    dark = {name: st.get_option(f"theme.dark.{option}") for name, option in COLOURS.items()}
    plain = "".join(f"--{name}:{colour};" for name, colour in light.items() if colour)
    both = "".join(f"--{name}:light-dark({light[name]},{dark[name]});" for name in COLOURS if light[name] and dark[name])
    return f"<style>.page{{{plain}}}@supports(color:light-dark(#000,#fff)){{.page{{{both}}}}}{STYLE}{_on_paper() if is_dark else ''}</style>"


def _on_paper() -> str:
    """Of the dark scheme: what has its colours drawn into it and not of this style comes out on paper in the light one's."""
    matrix = f'<feColorMatrix values="{recoloured(drawn_in("dark"), drawn_in("light"))}"/>'
    shown = f'<svg xmlns="http://www.w3.org/2000/svg"><filter id="light" color-interpolation-filters="sRGB">{matrix}</filter></svg>'
    return f"@media print{{[data-testid=stElementContainer]:not(:has(.page)),.page .ramp{{filter:url('data:image/svg+xml,{quote(shown)}#light')}}}}"


def drawn_in(scheme: str) -> list[str]:
    """The colours of figures: paper, ink, the series, what is quiet, lines."""
    plain = [str(st.get_option(f"theme.{scheme}.{each}")) for each in ("backgroundColor", "textColor", "grayTextColor", "borderColor")]
    return [*plain[:2], *st.get_option(f"theme.{scheme}.chartCategoricalColors"), *plain[2:]]
