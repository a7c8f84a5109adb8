"""Headings that a sender writes in its own way: explained once where a file has them, listed for review, and taken back."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from analytics.access import Deed
from analytics.headings import explained
from analytics.reporting import feed_title
from language import _, listed
from pages import frame, heading_words, submit_words
from pages.choices import take
from pages.markup import el
from pages.submit_anew import check_anew
from pages.submit_desk import Desk, signed
from pages.text import plain
from warehouse.jobs.asking import ask_map
from warehouse.jobs.folder import Job, UnknownJob, job
from warehouse.jobs.results import Check
from warehouse.jobs.uploads import UnknownUpload, upload

LATER, UNUSED = "later", ""  # choices beside the columns of the contract; the second is what the record says
MAPPED = "mapped-job"  # in the session: the explanation that was asked for last, to tell if it failed
MOST, ACROSS = 30, 3  # headings asked about at once, and side by side


def explain(desk: Desk, asked: Job, told: Check) -> None:
    """Where a file has headings that nobody knows: what each means, of the columns that the report has and the file has not."""
    _failed(desk)
    read = told.recognised or told.refusal
    if read is None or not read.unknown or not read.feed or not desk.access.may(Deed.SUBMIT, asked.department):
        return
    needed = _("“{report}”缺少的列若在其中，说明了就能读。", report=feed_title(read.feed, read.title)) if told.refusal else ""
    frame.draw(el("section", el("h2", _("不认识的列")), el("p", _("文件里有约定之外的列：{headings}。说明一次，记住这个报送主体的写法，以后照此读取；随时可以收回。",
                                                            headings=listed(read.unknown[:MOST])), needed, class_="quiet")))
    options = {LATER: _("先不管，不读入"), UNUSED: _("这一列不用，以后也不再问")} | {heading: _("就是“{heading}”", heading=heading) for heading in read.missing}
    with st.form(f"headings-{asked.job_id}"):
        columns = st.columns(ACROSS)
        said = {heading: columns[at % ACROSS].selectbox(plain(heading), list(options), format_func=options.__getitem__, key=f"means-{asked.job_id}-{at}")
                for at, heading in enumerate(read.unknown[:MOST])}
        signer = signed(desk, f"headings-{asked.job_id}", _("由谁说明"))
        if not st.form_submit_button(_("记住，并重新检查")):
            return
    meant = {heading: column for heading, column in said.items() if column != LATER}
    if not meant or not signer.access.name:
        frame.draw(submit_words.sentence(_("还没有说明任何一列。") if not meant else _("还缺：{what}。", what=_("由谁说明"))))
        return
    try:
        _ask(signer, read.feed, asked.department, upload(desk.home, str(asked.arguments["upload"])).sender, meant)
    except UnknownUpload:
        frame.draw(submit_words.gone())
        return
    check_anew(signer, asked)


def review(desk: Desk) -> None:
    """All that was said, and what can be taken back."""
    told = explained(desk.home, desk.cursor, desk.seen)
    titles = desk.owing.titles
    frame.draw(el("section", el("h2", _("已说明的列名")), heading_words.explanations(told, desk.names, titles), class_="rows"))
    own = [each.said for each in told if each.said.holds and desk.access.may(Deed.SUBMIT, each.said.department_id)]
    if not own:
        return
    with st.expander(_("收回一条说明")), st.form("take-back"):
        chosen = st.selectbox(_("收回哪一条"), range(len(own)), format_func=lambda at: heading_words.one(own[at], desk.names, titles), index=None,
                              placeholder=_("选一条"))
        signer = signed(desk, "take-back", _("由谁收回"))
        if not st.form_submit_button(_("收回")):
            return
    if chosen is None or not signer.access.name:
        frame.draw(submit_words.sentence(_("还缺：{what}。", what=_("收回哪一条") if chosen is None else _("由谁收回"))))
        return
    said = own[chosen]
    put = _ask(signer, said.feed, said.department_id, said.sender, {said.heading: None})
    take("job", put.job_id)
    st.rerun()


def _ask(desk: Desk, feed: str, department: str, sender: str, headings: Mapping[str, str | None]) -> Job:
    put = ask_map(desk.home, feed, headings, desk.access, department=department, sender=sender)
    st.session_state[MAPPED] = put.job_id
    return put


def _failed(desk: Desk) -> None:
    """Say so where the last explanation was not taken."""
    try:
        asked = job(desk.home, st.session_state[MAPPED]) if MAPPED in st.session_state else None
    except UnknownJob:
        asked = None
    if asked and asked.is_over and asked.state != "done":
        frame.draw(submit_words.sentence(_("列名没有记下：{why}", why=asked.what), asked.do, tone="banner"))


