"""The levers of the goals page: sliders whose places are in the URL, and what they do to every goal's chance."""

from __future__ import annotations

import streamlit as st

from analytics.pipeline import Observed
from analytics.whatif import NOW, Lever, levers
from language import _
from pages.choices import Choice, choose, picker, take

Levers = tuple[tuple[Lever, Choice], ...]


def chosen(seen: Observed) -> Levers:
    """Each lever with what the URL asks of it."""
    return tuple((lever, choose(lever.name, lever.codes, default=NOW, title=lever.title)) for lever in levers(seen))


def codes(asked: Levers) -> tuple[tuple[str, str], ...]:
    """Name and code of those that are not left as they are."""
    return tuple((lever.name, choice.code) for lever, choice in asked if choice.code != NOW)


def notices(asked: Levers) -> tuple[str, ...]:
    """About codes there are none of."""
    return tuple(choice.notice for _lever, choice in asked if choice.notice)


def sliders(asked: Levers) -> None:
    """Arrivals across, then a column for each stage; and the way back to how it is."""
    first, *rest = asked
    picker(first[1], first[0].title, st.select_slider, default=NOW)
    for column, pair in zip(st.columns(3), (rest[0:2], rest[2:4], rest[4:6]), strict=True):
        with column:
            for lever, choice in pair:
                picker(choice, lever.title, st.select_slider, default=NOW)
    if codes(asked):
        st.button(_("恢复现状"), on_click=lambda: take("arrivals", None, drop=tuple(lever.name for lever, _choice in asked)), key="whatif-reset")
