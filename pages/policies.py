"""制度与申报: which of the rules, plans and applications that the policy asks for are there, what step comes next, and what is late?"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

import duckdb
import streamlit as st

from analytics.drill import EVERY, Drilled, Narrow, drill
from analytics.format import Amount, money_unit
from analytics.policies import Policies, policies
from analytics.reporting import Reporting, reporting
from exports.links import FORMATS, export_url
from language import SOURCE, _, named, spoken
from pages import frame, goal_rows, policy_words
from pages.choices import Choice, choose, link, picker
from pages.definition import definitions
from pages.markup import el
from pages.view import View
from warehouse.source_line import Source, sources


@dataclass(frozen=True, kw_only=True)
class Known:
    """All of one view, whatever is chosen. `seen` None: the snapshot is from before there was the checklist; `lines`: of the files, by row."""

    seen: Policies | None
    lines: dict[int, Source]
    reporting: Reporting


def policies_page() -> None:
    """Draw the page."""
    with frame.opened() as view:
        known = _known(*view.key, _cursor=view.cursor)
        if known.seen is None:
            frame.title(view, _("该期无此表：制度与申报的清单在这一期之后才有"), known.reporting)
            return
        seen = known.seen
        units = {id_: name for each in seen.entries for id_, name in zip(each.department_ids, each.departments, strict=False)}
        units |= {each.department_id: each.unit for each in seen.others if each.department_id}
        department = choose("department", {"": _("全部部门")} | dict(sorted(units.items())), default="", title=_("部门"))
        kind = choose("kind", {"": _("全部类别")} | policy_words.kinds(), default="", title=_("类别"))
        state = choose("state", {"": _("全部状态")} | policy_words.states(), default="", title=_("状态"))
        metric = choose("metric", {"": _("不列")} | {each: named(found) for each, found in seen.tally.dictionary.items()}, default="", title=_("指标"))
        mine = replace(seen, entries=tuple(each for each in seen.entries if department.code in ("", *each.department_ids) and kind.code in ("", each.kind)),
                       others=tuple(each for each in seen.others if department.code in ("", each.department_id) and kind.code in ("", each.kind)))
        said = replace(view, notices=view.notices + tuple(each.notice for each in (department, kind, state, metric) if each.notice))
        frame.title(said, policy_words.title(mine), known.reporting)
        with st.container(horizontal=True, key="choices"):
            picker(department, _("部门"), st.selectbox, default="")
            picker(kind, _("类别"), st.selectbox, default="")
            picker(state, _("状态"), st.selectbox, default="")
            picker(metric, _("列出哪个数的来源行"), st.selectbox, default="")
        if metric.code:
            _rows(view, seen, metric, kind)
        shown = replace(mine, entries=tuple(each for each in mine.entries if state.code in ("", each.state(seen.as_of))),
                        others=tuple(each for each in mine.others if state.code in ("", each.state())))
        frame.draw(policy_words.boxes(mine, kind.code), policy_words.whole() if department.code else "", policy_words.checklist(shown, known.lines),
                   policy_words.others(shown, known.lines), policy_words.method(), definitions(seen.tally.dictionary.values()), frame.source())


def _rows(view: View, seen: Policies, metric: Choice, kind: Choice) -> None:
    found = _drilled(*view.key, metric.code, kind.code or None, _cursor=view.cursor)
    language = None if spoken() == SOURCE else spoken()
    files = [(name, export_url(metric.code, name, view.as_of, view.snapshot, language=language, category=kind.code or None)) for name in FORMATS]
    of = " · ".join(part for part in (metric.label, kind.label if kind.code else "") if part)
    close = el("a", _("收起"), href=link("policies", kind=kind.code or None), target="_self")
    amount = Amount(seen.tally.metric(metric.code).unit, money_unit([]))
    frame.draw(el("section", el("h2", _("计入的行"), " ", el("small", close)), goal_rows.rows(found, amount, of, files), class_="rows", id="rows"))


@st.cache_data(max_entries=16, show_spinner=False)
def _known(store: str, snapshot: str, as_of: dt.date, today: dt.date, language: str, *, _cursor: duckdb.DuckDBPyConnection) -> Known:  # noqa: ARG001
    """Of the pinned snapshot; all that decides the result is in the arguments, which are the cache's key. So with the function below."""
    seen = policies(_cursor, as_of)
    return Known(seen=seen, lines=sources(_cursor, seen.row_ids) if seen else {}, reporting=reporting(_cursor, today, as_of))


@st.cache_data(max_entries=64, show_spinner=False)
def _drilled(store: str, snapshot: str, as_of: dt.date, today: dt.date, language: str, metric_id: str, kind: str | None, *,  # noqa: ARG001
             _cursor: duckdb.DuckDBPyConnection) -> Drilled:
    return drill(_cursor, metric_id, as_of=as_of, narrow=EVERY if kind is None else Narrow(category=kind))
