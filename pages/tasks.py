"""任务督办: what was promised by when, what is late, who must act, and what did the joint meeting resolve?"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

import duckdb
import streamlit as st

from analytics.goals import goal_cards
from analytics.outlook import kept_outlook
from analytics.reporting import Reporting, reporting
from analytics.task_finding import task_finding
from analytics.tasks import Appraisal, Numbers, Resolution, Task, Work, appraisals, resolutions, tasks, work
from language import _
from pages import frame, task_words
from pages.choices import choose, picker
from pages.task_ratings import Model
from warehouse.metric import metrics
from warehouse.source_line import Source, sources

NOTHING = Work(tasks=Numbers(), resolutions=Numbers())


@dataclass(frozen=True, kw_only=True)
class Known:
    """The task force's work at V. `lines`: of the files, by row; `models`: by clause, what the forecast says of its goal; `measured`: clauses with metrics."""

    tasks: tuple[Task, ...]
    resolutions: tuple[Resolution, ...]
    appraisals: tuple[Appraisal, ...]
    lines: dict[int, Source]
    models: dict[str, Model]
    measured: frozenset[str]
    reporting: Reporting


def tasks_page() -> None:
    """Draw the page."""
    with frame.opened() as view:
        known = _known(*view.key, _cursor=view.cursor)
        units = {each.department_id or "": each.unit for each in known.tasks} | {each.department_id or "": each.unit for each in known.resolutions}
        department = choose("department", {"": _("全部部门")} | dict(sorted((id_, unit) for id_, unit in units.items() if id_)), default="", title=_("部门"))
        clauses = sorted({each.clause_id for each in known.tasks})
        clause = choose("clause", {"": _("全部条款")} | {each: each for each in clauses}, default="", title=_("条款"))
        state = choose("state", {"": _("全部状态")} | task_words.states(), default="", title=_("状态"))
        said = replace(view, notices=view.notices + tuple(each.notice for each in (department, clause, state) if each.notice))
        whose = [each for each in known.tasks if department.code in ("", each.department_id) and clause.code in ("", each.clause_id)]
        resolved = [each for each in known.resolutions if department.code in ("", each.department_id)]
        numbers = _numbers(*view.key, clause.code or None, _cursor=view.cursor)
        mine = numbers.get(department.code, NOTHING)
        frame.title(said, task_finding(mine), known.reporting)
        with st.container(horizontal=True, key="choices"):
            picker(department, _("部门"), st.selectbox, default="")
            picker(clause, _("条款"), st.selectbox, default="")
            picker(state, _("状态"), st.selectbox, default="")
        frame.draw(task_words.boxes(mine), "" if department.code else task_words.by_department(numbers, units),
                   task_words.tree([each for each in whose if state.code in ("", each.state)], known.lines, known.models, known.measured),
                   task_words.resolved([each for each in resolved if state.code in ("", each.state)], known.lines),
                   task_words.appraised(known.appraisals), task_words.method())


@st.cache_data(max_entries=16, show_spinner=False)
def _known(store: str, snapshot: str, as_of: dt.date, today: dt.date, language: str, *, _cursor: duckdb.DuckDBPyConnection) -> Known:  # noqa: ARG001
    """Of the pinned snapshot; all that decides the result is in the arguments, which are the cache's key. So with the function below."""
    listed, resolved = tasks(_cursor, as_of), resolutions(_cursor, as_of)
    cards, chances = goal_cards(_cursor, as_of), kept_outlook(_cursor, as_of)
    said = {card.goal.clause_id: chances.forecast.goal(card.goal.goal_id) for card in cards} if chances else {}
    return Known(tasks=listed, resolutions=resolved, appraisals=appraisals(_cursor, as_of), reporting=reporting(_cursor, today, as_of),
                 models={clause: Model(goal=goal, outlook=chances) for clause, goal in said.items() if chances and goal},
                 measured=frozenset(clause for each in metrics(_cursor) for clause in each.clauses),
                 lines=sources(_cursor, {each.row_id for each in listed} | {each.row_id for each in resolved}))


@st.cache_data(max_entries=64, show_spinner=False)
def _numbers(store: str, snapshot: str, as_of: dt.date, today: dt.date, language: str, clause: str | None, *,  # noqa: ARG001
             _cursor: duckdb.DuckDBPyConnection) -> dict[str, Work]:
    return work(_cursor, as_of, clause)
