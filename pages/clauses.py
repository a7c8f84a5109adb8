"""条款对照: what did the policy promise, who answers for each promise, and what tells of it today?"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import duckdb
import streamlit as st

from analytics.clauses import Clause, clauses
from analytics.dictionary import Entry, entries
from analytics.reporting import Reporting, reporting
from language import _
from pages import clause_words, frame
from pages.choices import choose, picker


def clauses_page() -> None:
    """Draw the page."""
    with frame.opened() as view:
        known, metrics, late = _known(*view.key, _cursor=view.cursor)
        names = {id_: name for each in known for id_, name in zip(each.department_ids, each.departments, strict=False)}
        department = choose("department", {"": _("全部部门")} | dict(sorted(names.items())), default="", title=_("部门"))
        state = choose("state", {"": _("全部条款")} | clause_words.states(), default="", title=_("状态"))
        clause = choose("clause", {"": _("全部条款")} | {each.clause_id: f"{each.clause_id} {each.text[:24]}" for each in known}, default="", title=_("条款"))
        said = replace(view, notices=view.notices + tuple(each.notice for each in (department, state, clause) if each.notice))
        seen = tuple(each for each in known if department.code in ("", *each.department_ids) and state.code in ("", each.state)
                     and clause.code in ("", each.clause_id))
        frame.title(said, clause_words.title(seen), late)
        with st.container(horizontal=True, key="choices"):
            picker(department, _("部门"), st.selectbox, default="", drop=("clause",))
            picker(state, _("状态"), st.segmented_control, default="", drop=("clause",))
            picker(clause, _("条款"), st.selectbox, default="", drop=("department", "state"))
        frame.draw(clause_words.listed(seen, metrics), clause_words.method())


@st.cache_data(max_entries=16, show_spinner=False)
def _known(store: str, snapshot: str, as_of: dt.date, today: dt.date, language: str, *,  # noqa: ARG001
           _cursor: duckdb.DuckDBPyConnection) -> tuple[tuple[Clause, ...], dict[str, Entry], Reporting]:
    """Of the pinned snapshot; all that decides the result is in the arguments, which are the cache's key."""
    return clauses(_cursor, as_of), entries(_cursor), reporting(_cursor, today, as_of)
