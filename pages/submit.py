"""报送: what does my department still owe, what comes of the file at hand, and who signs for it?"""

from __future__ import annotations

import datetime as dt

import streamlit as st

from analytics.access import Deed
from analytics.owing import owing
from analytics.quality_finding import quality_finding
from analytics.reporting import reporting
from language import _
from pages import check_words, frame, submit_hand_in, submit_headings, submit_history, submit_job, submit_sent, submit_words
from pages.markup import el
from pages.reader import who
from pages.style import style
from pages.submit_desk import Desk, ask, department, named_access
from pages.view import View
from warehouse.here import data_home
from warehouse.jobs.folder import Job, jobs, result
from warehouse.jobs.results import Check, Sent
from warehouse.jobs.uploads import kept
from warehouse.publish import Store, StoreError


def submit_page() -> None:
    """Draw the page."""
    if not who().may(Deed.SUBMIT):
        st.html(style())
        frame.draw(submit_words.no_right())
    elif not _is_published():
        st.html(style())
        frame.draw(submit_words.first())
        _body(None)
    else:
        with frame.opened() as view:
            if view.is_asked:
                frame.draw(submit_words.not_now())
            else:
                _body(view)


def _is_published() -> bool:
    try:
        return Store(data_home() / "warehouse").current() is not None
    except StoreError:
        return True  # the frame says what is wrong


def _body(view: View | None) -> None:
    access = named_access(view.access if view else who())
    today = view.about.today if view else dt.datetime.now(dt.UTC).date()
    known = owing(view.cursor if view else None, today, access.departments)
    chosen = department(access, known)
    desk = Desk(home=data_home(), view=view, access=access, owing=known, chosen=known.departments.get(chosen.code))
    asked = submit_job.found(desk, st.query_params["job"]) if "job" in st.query_params else None
    if view:
        frame.title(view, _finding(desk, asked), reporting(view.cursor, today, view.as_of, desk.seen))
    if chosen.notice:
        frame.draw(el("p", chosen.notice, class_="notice", role="status"))
    if asked:
        submit_job.show(desk, asked)
        return
    desk = ask(desk, chosen)
    if "file" in st.query_params and submit_history.one(desk, st.query_params["file"]):
        return
    submit_hand_in.show(desk, _number(st.query_params.get("replaces")))
    frame.draw(submit_words.under_way(jobs(desk.home), kept(desk.home), desk.names, access.departments, dt.datetime.now(dt.UTC)))
    submit_history.show(desk)
    submit_headings.review(desk)


def _finding(desk: Desk, asked: Job | None) -> str:
    """Of a job what it is or found, else what the department owes."""
    if asked is None:
        return quality_finding(desk.owing.quality, desk.chosen)
    told = result(desk.home, asked.job_id, desk.access) if asked.state == "done" else None
    match told:
        case Check():
            return check_words.finding(told)
        case Sent():
            return _("{what}：{said}", what=submit_words.title(asked), said=_(submit_sent.DONE[told.state]))
    return submit_words.title(asked)


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() else None


