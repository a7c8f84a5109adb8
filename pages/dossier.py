"""档案: what is known of this project, enterprise, fund …, since when, from which line of which file, and what does it hang together with?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

import duckdb
import streamlit as st

from analytics.dossier import Dossier, dossier
from analytics.dossier_kinds import KINDS
from analytics.reporting import Reporting, reporting
from analytics.search import numbers
from language import _
from pages import dossier_words, frame
from pages.choices import choose
from pages.view import View


def dossier_page() -> None:
    """Draw the page."""
    with frame.opened() as view:
        late = _reporting(*view.key, _cursor=view.cursor)
        kind = choose("kind", {"": _("全部种类")} | {code: _(each.title) for code, each in KINDS.items()}, default="", title=_("种类"))
        asked = st.query_params.get("id", "")
        view = replace(view, notices=view.notices + ((kind.notice,) if kind.notice else ()))
        if not kind.code or not asked:
            frame.title(view, _("档案：在上面的搜索框里找一个主体、项目、成果、基金……"), late)
            frame.draw(dossier_words.contents(_numbers(*view.key, _cursor=view.cursor)))
            return
        found = _found(*view.key, kind.code, asked, _departments(view), _cursor=view.cursor)
        if found is None:
            frame.title(view, _("没有这个{kind}的档案", kind=kind.label), late)
            frame.draw(dossier_words.unknown(asked))
            return
        frame.title(view, dossier_words.finding(found), late)
        frame.draw(dossier_words.head(found), dossier_words.body(found), frame.source())


def _departments(view: View) -> tuple[str, ...] | None:
    """Whose lines this reader may see."""
    return None if view.access.departments is None else tuple(sorted(view.access.departments))


@st.cache_data(max_entries=64, show_spinner=False)
def _found(store: str, snapshot: str, as_of: dt.date, today: dt.date, language: str, kind: str, id_: str, departments: tuple[str, ...] | None, *,  # noqa: ARG001
           _cursor: duckdb.DuckDBPyConnection) -> Dossier | None:
    """Of the pinned snapshot; all that decides the result is in the arguments, which are the cache's key. So with the functions below."""
    return dossier(_cursor, kind, id_, as_of, departments)


@st.cache_data(max_entries=16, show_spinner=False)
def _reporting(store: str, snapshot: str, as_of: dt.date, today: dt.date, language: str, *, _cursor: duckdb.DuckDBPyConnection) -> Reporting:  # noqa: ARG001
    return reporting(_cursor, today, as_of)


@st.cache_data(max_entries=16, show_spinner=False)
def _numbers(store: str, snapshot: str, as_of: dt.date, today: dt.date, language: str, *, _cursor: duckdb.DuckDBPyConnection) -> Mapping[str, int]:  # noqa: ARG001
    return numbers(_cursor)
