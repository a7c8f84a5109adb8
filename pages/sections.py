"""The bar of pages: in sections, those that this reader may open, with the name of the open one behind its section's."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import streamlit as st
from streamlit.navigation.page import StreamlitPage


def navigate(sections: Mapping[str, Sequence[StreamlitPage]], may: Callable[[str], bool]) -> StreamlitPage:
    """Draw the bar; the page that is asked for. `sections`: by name, "" for pages that stand in the bar themselves; `may`: see a page, by its URL path."""
    shown = {section: found for section, pages in sections.items() if (found := [page for page in pages if may(page.url_path)])}
    chosen = st.navigation(shown, position="top")
    alone = sum(page.visibility == "visible" for page in shown.get("", ()))
    named = [section for section in shown if section]
    for at, section in enumerate(named, alone + 1):
        if chosen in shown[section]:  # Streamlit marks an open page in its section's menu only, and that is closed
            name = chosen.title.replace("\\", "").replace('"', "").replace("<", "")
            st.html(f'<style>[data-testid="stTopNav"]>div:nth-child({at})>button{{background:color-mix(in srgb,currentColor 9%,transparent)}}'
                    f'[data-testid="stTopNav"]>div:nth-child({at})>button p::after{{content:" · {name}";font-weight:600}}</style>')
    return chosen
