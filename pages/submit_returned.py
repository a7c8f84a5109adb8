"""The department's own workbook with what is wrong marked in it: made by a job, fetched by a link that asks again who fetches."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from analytics.access import Deed
from exports.links import returned_url
from language import _, speak
from pages import frame, submit_words
from pages.choices import language
from pages.markup import el
from pages.submit_desk import Desk
from warehouse.jobs.asking import ask_returned
from warehouse.jobs.folder import UnknownJob, job

EVERY = 1.0


def offer(desk: Desk, department: str, *, upload_id: str = "", file_id: int | None = None, is_needed: bool = True) -> None:
    """A button that has it made, then the link."""
    if not is_needed or not desk.access.may(Deed.REFUSED, department):
        return
    key = f"returned-{upload_id or file_id}"
    if key not in st.session_state:
        frame.draw(el("p", _("退回件是您自己的表，有问题的格标红，附原因；改好可直接再交。"), class_="quiet"))
        if not st.button(_("做一份标好问题的退回件"), key=f"make-{key}"):
            return
        st.session_state[key] = ask_returned(desk.home, desk.access, department=department, upload_id=upload_id, file_id=file_id).job_id
    _link(desk.home, st.session_state[key], key)


def _link(home: Path, job_id: str, key: str) -> None:
    try:
        is_over = job(home, job_id).is_over
    except UnknownJob:
        is_over = True
    if is_over:
        _made(home, job_id, key)
    else:
        _wait(home, job_id)


@st.fragment(run_every=EVERY)
def _wait(home: Path, job_id: str) -> None:
    speak(language().code)
    now = job(home, job_id)
    if now.is_over:
        st.rerun()
    frame.draw(el("p", _("正在做退回件……"), class_="quiet", role="status"))


def _made(home: Path, job_id: str, key: str) -> None:
    try:
        asked = job(home, job_id)
    except UnknownJob:
        del st.session_state[key]
        st.rerun()
    if asked.state == "done":
        frame.draw(el("p", el("a", _("下载退回件"), href=returned_url(job_id), download=""),
                      el("span", _("含您所报的原文，只供本部门改正用。"), class_="quiet"), class_="ways"))
        return
    del st.session_state[key]
    frame.draw(submit_words.ended(asked))
