"""What the reader has chosen, by stable codes in the URL: a link shows the same page to whoever opens it, in any language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

import streamlit as st

from language import LANGUAGES, SOURCE, _

SHARED = ("issue", "as_of", "snapshot", "lang", "zone", "department")  # what goes along from page to page; the rest is a page's own
TYPED = "q"  # what is typed into the search box: of this moment, and not brought back with a page
SHORT = 30  # characters of a wrong code that are repeated to the reader


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One choice of this page run. `name`: in the URL; `codes`: what there is to choose, code to label; `notice`: about a code there is none of."""

    name: str
    codes: Mapping[str, str]
    code: str
    notice: str | None = None

    @property
    def label(self) -> str:
        return self.codes[self.code]


def choose(name: str, codes: Mapping[str, str], *, default: str, title: str) -> Choice:
    """The code that the URL asks for, or else the default, with a sentence if the URL asked for one there is none of.

    `codes` holds `default`. `title`: what the reader calls the choice.
    """
    asked = st.query_params.get(name)
    if asked is None or asked in codes:
        return Choice(name=name, codes=codes, code=default if asked is None else asked)
    return Choice(name=name, codes=codes, code=default, notice=_unknown(title, name, asked, codes[default]))


def take(name: str, code: str | None, *, drop: tuple[str, ...] = ()) -> None:
    """Write a choice into the URL, None for none, and take those out that no longer go with it."""
    for each in (name, *drop):
        if each in st.query_params:
            del st.query_params[each]
    if code is not None:
        st.query_params[name] = code


def picker(choice: Choice, title: str, draw: Callable[..., object], *, default: str, drop: tuple[str, ...] = ()) -> None:
    """A widget (`st.selectbox`, `st.segmented_control`, …) that shows a choice and writes it into the URL."""
    key = f"choice-{choice.name}"
    if st.session_state.get(key) != choice.code:
        st.session_state[key] = choice.code  # the URL decides, the widget follows

    def changed() -> None:
        picked = st.session_state[key]
        take(choice.name, None if picked in (None, default) else picked, drop=drop)

    draw(title, list(choice.codes), format_func=choice.codes.__getitem__, key=key, on_change=changed)


def link(page: str, **choices: str | None) -> str:
    """The address of a page, by its URL path ("" is the overview), with the view of this page run and these choices; None leaves one out."""
    given = st.query_params.to_dict()  # once: each look into it is a lock, and a page has a thousand links
    view = {name: given[name] for name in ("issue", "as_of", "snapshot", "lang") if name in given}
    asked = {name: code for name, code in (view | choices).items() if code is not None}
    base = (st.get_option("server.baseUrlPath") or "").strip("/")
    return f"{f'/{base}' if base else ''}/{page}{'?' if asked else ''}{urlencode(asked)}"


def here(**choices: str | None) -> str:
    """The address of this page with all that is chosen now, but for these choices."""
    return link(st.session_state.get("page-before", ""), **(dict(st.query_params) | choices))


def language() -> Choice:
    """The language the URL asks for; on the way from page to page, where Streamlit has emptied the URL, the one spoken before."""
    before = _chosen(st.session_state.get("page-before", "")).get("lang")
    if before is not None and "lang" not in st.query_params:
        st.query_params["lang"] = before
    return choose("lang", LANGUAGES, default=SOURCE, title=_("语言"))


def carry(page: str) -> None:
    """Streamlit empties the URL when the reader goes to another page: put back what goes along, and what was chosen there when last seen.

    A link that brings choices of its own brings all of them. Call on every run, before the page.
    """
    before = st.session_state.get("page-before", page)
    if before != page:
        own = {} if set(st.query_params) - {*SHARED, TYPED} else {name: code for name, code in _chosen(page).items() if name not in SHARED}
        along = {name: code for name, code in _chosen(before).items() if name in SHARED}
        for name, code in (own | along).items():
            if name not in st.query_params:
                st.query_params[name] = code
    st.session_state["page-before"] = page
    st.session_state.setdefault("chosen", {})[page] = {name: code for name, code in st.query_params.to_dict().items() if name != TYPED}


def _chosen(page: str) -> dict[str, str]:
    """What was chosen on a page when the reader last saw it."""
    chosen: dict[str, str] = st.session_state.get("chosen", {}).get(page, {})
    return chosen


def _unknown(title: str, name: str, asked: str, shown: str) -> str:
    short = asked if len(asked) <= SHORT else f"{asked[:SHORT]}…"
    return _("网址中的 {name}“{short}”：没有这个{title}，现按“{shown}”显示。", name=name, short=short, title=title, shown=shown)
