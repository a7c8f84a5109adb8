"""One job on the page: its progress while it runs, outside of this process, and what came of it when it is over."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import assert_never

import streamlit as st

from analytics.access import Access
from language import _, speak
from pages import frame, submit_check, submit_sent, submit_words
from pages.choices import language
from pages.submit_anew import check_anew
from pages.submit_desk import Desk
from warehouse.jobs.folder import Job, Kind, NotYours, UnknownJob, cancel, job, may_see, result
from warehouse.jobs.results import Check, Made, Mapped, Refreshed, Result, Sent

EVERY = 1.0  # seconds between two looks
AT = {Kind.CHECK: 1, Kind.PUBLISH: 4}  # in the five steps, while it runs


def found(desk: Desk, job_id: str) -> Job | None:
    """The job that the address asks for, if there is one and the reader may see it; otherwise says so."""
    try:
        asked = job(desk.home, job_id)
    except UnknownJob:
        frame.draw(submit_words.sentence(_("网址中的这一项没有了，或已过保留期。"), _("从下面的报送历史里找，或再交一次。")), submit_words.back(_("回到报送")))
        return None
    if not may_see(desk.access, asked):
        frame.draw(submit_words.sentence(_("这一项属于别的部门，您不能查看。")), submit_words.back(_("回到报送")))
        return None
    return asked


def show(desk: Desk, asked: Job) -> None:
    """The job as it stands."""
    if not asked.is_over:
        if asked.kind in AT:
            frame.draw(submit_words.steps(AT[asked.kind]))
        watch(desk.home, asked.job_id, desk.access)
        return
    told = _told(desk, asked)
    if asked.state != "done" or told is None:
        frame.draw(submit_words.ended(asked))
        _again(desk, asked)
        return
    _result(desk, asked, told)


def _told(desk: Desk, asked: Job) -> Result | None:
    try:
        return result(desk.home, asked.job_id, desk.access)
    except (UnknownJob, NotYours):  # gone, or taken from the reader, since it was looked at
        return None


def _result(desk: Desk, asked: Job, told: Result) -> None:
    match told:
        case Check():
            submit_check.show(desk, asked, told)
        case Sent():
            submit_sent.sent(asked, told)
        case Refreshed():
            submit_sent.refreshed(told)
        case Mapped():
            frame.draw(submit_words.sentence(_("已记下；这个报送主体以后的文件都照此读取，已计入的在下一次刷新时重读。")), submit_words.back(_("回到报送")))
        case Made():
            frame.draw(submit_words.back(_("回到报送")))
        case _:
            assert_never(told)  # type: ignore[arg-type]


@st.fragment(run_every=EVERY)
def watch(home: Path, job_id: str, access: Access) -> None:
    """How far it is, looked at again and again without the rest of the page; the way to stop it."""
    speak(language().code)  # a fragment runs by itself
    now = job(home, job_id)
    if now.is_over:
        st.rerun()
    frame.draw(submit_words.progress(now, dt.datetime.now(dt.UTC)))
    if st.button(_("取消"), key=f"cancel-{job_id}"):
        cancel(home, job_id, access)
        st.rerun()


def _again(desk: Desk, asked: Job) -> None:
    """A way on from what did not end well: what was published is not lost, and what was not can be checked anew."""
    if asked.kind in (Kind.CHECK, Kind.PUBLISH) and asked.arguments.get("upload") and st.button(_("再检查一次"), type="primary"):
        check_anew(desk, asked)
    frame.draw(submit_words.back(_("回到报送")))

