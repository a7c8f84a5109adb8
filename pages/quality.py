"""数据质量: what did each department hand in, what was refused and why, and what has to be done next?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb
import streamlit as st

from analytics.access import Deed
from analytics.contract import Contract, contract
from analytics.quality import (
    Corrections,
    Problem,
    Quality,
    RefusedRow,
    Score,
    corrections,
    problems,
    quality,
    refused_rows,
    trend,
)
from analytics.quality_finding import quality_finding
from analytics.reporting import Reporting, reporting
from analytics.zones import zones
from language import _, named
from pages import contract_words, frame, quality_rows, quality_words, selfcheck_words
from pages.choices import Choice, choose, picker
from pages.reader import viewed
from pages.view import View
from warehouse.metric import metrics
from warehouse.publish import Store
from warehouse.selfcheck import result

PAGE = 50  # refused rows at a time: a browser stays quick, and so does the query, however many there are


@dataclass(frozen=True, kw_only=True)
class Work:
    """What there is to do, and what was done, of one choice."""

    reporting: Reporting
    problems: tuple[Problem, ...]
    rows: tuple[RefusedRow, ...]
    corrections: Corrections
    trend: Mapping[str, tuple[tuple[dt.datetime, Score], ...]]
    contract: Contract | None  # of the report chosen


def quality_page() -> None:
    """Draw the page."""
    with frame.opened() as view:
        known = _known(*view.key, view.access.departments, _cursor=view.cursor)
        department, feed = _choices(known)
        chosen = next((each for each in known.departments if each.department_id == department.code), None)
        seen = (chosen,) if chosen else known.departments
        number = quality_words.refused(seen, feed.code)
        at = _page(number)
        whose = frozenset({department.code}) if chosen else view.access.departments
        readable = _narrower(whose, view.access.whose(Deed.REFUSED))
        work = _work(*view.key, whose, readable, feed.code, int(at.code), _cursor=view.cursor)
        if work.rows:
            viewed(view.access, "quality", department=department.code or None, feed=feed.code or None, sheet=int(at.code), rows=len(work.rows),
                   snapshot=view.snapshot)
        frame.title(_noticed(view, department, feed, at), quality_finding(known, chosen), work.reporting)
        with st.container(horizontal=True, key="choices"):
            picker(department, _("部门"), st.selectbox, default="", drop=("feed", "sheet"))
            picker(feed, _("报表"), st.selectbox, default="", drop=("sheet",))
        frame.draw(quality_words.dimensions(seen, work.trend, is_checked=known.is_checked))
        frame.draw(quality_words.duties(chosen) if chosen else quality_words.departments(known.departments))
        frame.draw(quality_rows.problems(work.problems, known))
        frame.draw(quality_rows.refused(work.rows, number, int(at.code), PAGE, view.about.today, is_readable=readable != frozenset()))
        if number > PAGE and readable != frozenset():
            with st.container(horizontal=True, key="row-choices"):
                picker(at, _("第几页"), st.selectbox, default="1")
        if work.contract:
            frame.draw(contract_words.form(work.contract))
        frame.draw(quality_rows.corrected(work.corrections))
        frame.draw(selfcheck_words.block(result(Store(Path(view.store)), view.snapshot), *_names(*view.key, _cursor=view.cursor)), quality_words.method())


@st.cache_data(max_entries=16, show_spinner=False)
def _names(store: str, snapshot: str, as_of: dt.date, today: dt.date, language: str, *,  # noqa: ARG001
           _cursor: duckdb.DuckDBPyConnection) -> tuple[dict[str, str], dict[str, str]]:
    """Of metrics and of zones, by id."""
    return {each.metric_id: named(each) for each in metrics(_cursor)}, {each.zone_id: named(each) for each in zones(_cursor)}


def _choices(seen: Quality) -> tuple[Choice, Choice]:
    """Which department's work, and of which of its reports."""
    department = choose("department", {"": _("全部部门")} | {each.department_id: named(each) for each in sorted(
        seen.departments, key=lambda each: each.department_id)}, default="", title=_("部门"))
    feeds = {duty.row.feed: quality_words.report(duty) for each in seen.departments if department.code in ("", each.department_id) for duty in each.duties}
    return department, choose("feed", {"": _("全部报表")} | dict(sorted(feeds.items(), key=lambda item: item[1])), default="", title=_("报表"))


def _page(number: int) -> Choice:
    return choose("sheet", {str(each): str(each) for each in range(1, max(-(-number // PAGE), 1) + 1)}, default="1", title=_("第几页"))


def _narrower(whose: frozenset[str] | None, readable: frozenset[str] | None) -> frozenset[str] | None:
    """Departments that are in both; None: all."""
    return readable if whose is None else whose if readable is None else whose & readable


def _noticed(view: View, *choices: Choice) -> View:
    return replace(view, notices=view.notices + tuple(each.notice for each in choices if each.notice))


@st.cache_data(max_entries=64, show_spinner=False)
def _known(store: str, snapshot: str, as_of: dt.date, today: dt.date, language: str, departments: frozenset[str] | None, *,  # noqa: ARG001
           _cursor: duckdb.DuckDBPyConnection) -> Quality:
    """Of the pinned snapshot; all that decides the result is in the arguments, which are the cache's key. So with the function below."""
    return quality(_cursor, today, departments)


@st.cache_data(max_entries=64, show_spinner=False)
def _work(store: str, snapshot: str, as_of: dt.date, today: dt.date, language: str, departments: frozenset[str] | None,  # noqa: ARG001
          readable: frozenset[str] | None, feed: str, page: int, *, _cursor: duckdb.DuckDBPyConnection) -> Work:
    """`readable`: of which departments this reader may see what was refused."""
    about = feed or None
    may_read = readable != frozenset()
    corrected = corrections(_cursor, departments, about)
    return Work(reporting=reporting(_cursor, today, as_of, departments),
                problems=problems(_cursor, departments, about), rows=refused_rows(_cursor, readable, about, most=PAGE, skip=(page - 1) * PAGE) if may_read else (),
                corrections=corrected if may_read else replace(corrected, latest=()), trend=trend(_cursor, departments),
                contract=contract(_cursor, feed) if feed else None)
