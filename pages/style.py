"""The one style of all pages, in the colours of the theme."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import streamlit as st

STYLE = Path(__file__).with_suffix(".css").read_text(encoding="utf-8")
COLOURS = {
    "paper": "backgroundColor", "shade": "secondaryBackgroundColor", "ink": "textColor", "quiet": "grayTextColor", "line": "borderColor",
    "accent": "linkColor", "good": "greenColor", "warn": "orangeColor", "bad": "redColor",
}


ON_PAPER = "@media print{[data-testid=stElementContainer]:not(:has(.page)){filter:invert(1) hue-rotate(180deg)}}"  # of the dark scheme: figures and choices


def style() -> str:
    """A style element. light-dark() follows the scheme chosen in the app; a browser without it keeps the light colours."""
    return _style(is_dark=st.context.theme.type == "dark")


@cache
def _style(*, is_dark: bool) -> str:
    light = {name: st.get_option(f"theme.light.{option}") for name, option in COLOURS.items()}
    dark = {name: st.get_option(f"theme.dark.{option}") for name, option in COLOURS.items()}
    plain = "".join(f"--{name}:{colour};" for name, colour in light.items() if colour)
    both = "".join(f"--{name}:light-dark({light[name]},{dark[name]});" for name in COLOURS if light[name] and dark[name])
    return f"<style>.page{{{plain}}}@supports(color:light-dark(#000,#fff)){{.page{{{both}}}}}{STYLE}{ON_PAPER if is_dark else ''}</style>"
