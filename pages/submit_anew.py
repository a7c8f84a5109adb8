"""Checking once more what was uploaded: after an answer, an explanation, a failure, or another publication."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from pages import frame, submit_words
from pages.choices import take
from pages.submit_desk import Desk
from warehouse.jobs.asking import ask_check
from warehouse.jobs.folder import Job
from warehouse.jobs.uploads import UnknownUpload


def check_anew(desk: Desk, asked: Job, as_of: str | None = None) -> None:
    """Have the upload of a job checked as it was, or as of another day, and go to see how."""
    day = as_of or asked.arguments.get("as_of")
    try:
        put = ask_check(desk.home, str(asked.arguments["upload"]), desk.access, as_of=dt.date.fromisoformat(day) if day else None,
                        replaces=asked.arguments.get("replaces"))
    except UnknownUpload:
        frame.draw(submit_words.gone())
        return
    take("job", put.job_id, drop=("replaces", "file"))
    st.rerun()
