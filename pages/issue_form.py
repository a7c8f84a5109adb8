"""Freezing on the page: what is asked, what it would make, and only then the deed."""

from __future__ import annotations

import streamlit as st

from analytics.format import day
from exports.freezing import Asked, Plan, freeze, plan
from exports.refusals import NotFrozen
from language import _, counted
from pages import frame
from pages.choices import take
from pages.markup import el, fill
from pages.view import View
from warehouse.here import data_home

ASKED = "freeze-asked"  # in the session: what waits for its confirmation


def show(view: View) -> None:
    """The form; after it is sent, what it would make and the button that makes it."""
    frame.draw(el("section", el("h2", _("冻结下一期")), el("p", fill(
        _("冻结的就是现在所看的：截至 {day}，快照 {snapshot}。"), day=el("time", day(view.as_of)), snapshot=el("code", view.snapshot)))))
    with st.form("freeze", border=True):
        (left, right), (lower_left, lower_right) = st.columns(2), st.columns(2)  # as one tabs: number, meeting, name, reason
        issue = left.text_input(_("期号"), value=f"{view.about.today:%Y-%m}", max_chars=9, help=_("会议的年月，如 2026-11；同月再开的，2026-11-2。"))
        meeting = right.text_input(_("会议编号"), max_chars=60, help=_("与议定事项所用的会议编号一致，如 LX-2026-05。"))
        by = lower_left.text_input(_("姓名"), max_chars=60, help=_("由谁冻结，记入记事。"))
        reason = lower_right.text_input(_("改版理由"), max_chars=200, help=_("这一期已冻结而内容不同时才填；原来的一版仍保留。"))
        if st.form_submit_button(_("核对将要冻结的")):
            st.session_state[ASKED] = Asked(issue_id=issue.strip(), meeting=meeting, by=by, as_of=view.as_of, snapshot=view.snapshot,
                                            revise=reason.strip() or None)
    asked = st.session_state.get(ASKED)
    if asked and (asked.as_of, asked.snapshot) == (view.as_of, view.snapshot):
        _confirmation(asked)


def _confirmation(asked: Asked) -> None:
    """Say what would be made, then make it."""
    try:
        planned = plan(data_home(), asked)
    except NotFrozen as problem:
        _said(str(problem))
        return
    if planned.is_same and not planned.damage:
        _said(_("第 {issue} 期已经冻结，内容相同，不必再冻结。", issue=asked.issue_id))
        return
    _said(_would(planned))
    if planned.standing and not asked.revise:
        return
    with st.container(horizontal=True):
        if st.button(_("确认冻结"), type="primary"):
            _freeze(asked)
        if st.button(_("不冻结")):
            del st.session_state[ASKED]
            st.rerun()


def _freeze(asked: Asked) -> None:
    try:
        with st.spinner(_("正在写存档、核对并记入记事……")):
            done = freeze(data_home(), asked)
    except NotFrozen as problem:
        _said(str(problem))
        return
    del st.session_state[ASKED]
    take("id", done.issue.name)
    st.rerun()


def _would(planned: Plan) -> str:
    """What freezing would make, in sentences."""
    issue, standing = planned.issue, planned.standing
    said = _("将冻结专刊 {name}：会议 {meeting}，截至 {day}，快照 {snapshot}；", name=issue.name, meeting=issue.meeting, day=issue.as_of, snapshot=issue.snapshot)
    said += _("上一期 {previous}。", previous=issue.previous) if issue.previous else _("没有上一期，作为基期。")
    if standing:
        said += _("第 {issue} 期已冻结过（会议 {meeting}，截至 {day}，快照 {snapshot}），", issue=standing.issue_id, meeting=standing.meeting, day=standing.as_of,
                  snapshot=standing.snapshot)
        said += counted("{n} 个指标的数不同；", len(planned.moved)) if planned.moved else _("各指标的数相同；")
        said += _("改版须写明理由，原来的一版仍保留。")
    return said + _("冻结后不能改动。")


def _said(text: str) -> None:
    frame.draw(el("p", text, class_="notice", role="status"))

