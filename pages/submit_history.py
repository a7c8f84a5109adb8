"""What was sent before, and what can still be done about it: withdraw, replace, confirm, certify."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from analytics.access import Deed
from analytics.received import received
from language import _
from pages import frame, history_words, submit_returned, submit_words
from pages.choices import choose, here, picker, take
from pages.markup import el
from pages.submit_desk import Desk, signed
from warehouse.jobs.asking import ask_certify, ask_confirm, ask_withdraw
from warehouse.jobs.folder import Job, NotYours
from warehouse.submissions import Submission

PAGE = 30  # files at a time


def show(desk: Desk) -> None:
    """The list."""
    found = [each for each in received(desk.home, desk.cursor) if desk.seen is None or each.department in desk.seen]
    at = choose("sheet", {str(each): str(each) for each in range(1, max(-(-len(found) // PAGE), 1) + 1)}, default="1", title=_("第几页"))
    first = (int(at.code) - 1) * PAGE
    frame.draw(history_words.listed(found[first:first + PAGE], len(found), desk.names, desk.owing.titles, is_of_one=desk.chosen is not None))
    if len(found) > PAGE:
        with st.container(horizontal=True, key="row-choices", width=200):
            picker(at, _("第几页"), st.selectbox, default="1")


def one(desk: Desk, asked: str) -> bool:
    """One sending with what can be done about it; False where there is none such that the reader may see."""
    known = {str(each.file_id): each for each in received(desk.home, desk.cursor)}
    file = known.get(asked)
    if file is None or not desk.access.may(Deed.SUBMIT, file.department or None) or (not file.department and desk.access.departments is not None):
        frame.draw(submit_words.sentence(_("没有这份文件，或它属于别的部门。"), _("从下面的报送历史里找。")))
        return False
    frame.draw(submit_words.back_to_list(), history_words.one(file, known.get(str(file.supersedes)), desk.names, desk.owing.titles))
    submit_returned.offer(desk, file.department, file_id=file.file_id)
    if file.status == "placed":
        frame.draw(el("p", el("a", _("用新的文件替换它"), href=here(replaces=str(file.file_id), file=None, department=file.department), target="_self"), class_="ways"))
    if file.status == "placed" and not file.certified:
        _deed(desk, file, "certify", _("签认这一份"), _("签认人姓名"), _("我已核对，确认这份文件（指纹如上）所报数据真实、准确、完整。"),
              lambda who, _reason: ask_certify(desk.home, file.file_id, file.sha256, who.access, department=file.department))
    if file.status == "held" and file.as_of:
        _deed(desk, file, "confirm", _("确认计入"), _("由谁确认"), _("是，照读到的计入。"),
              lambda who, _reason: ask_confirm(desk.home, file.file_id, who.access, department=file.department))
    if file.status in ("placed", "superseded", "held"):
        _deed(desk, file, "withdraw", _("撤下这一份"), _("由谁撤下"), _("撤下后它不再计入，先前的一份重新有效；原件仍保存。"),
              lambda who, reason: ask_withdraw(desk.home, file.file_id, who.access, department=file.department, reason=reason), reason=_("撤下的理由"))
    return True


def _deed(desk: Desk, file: Submission, key: str, word: str, whose: str, agreed: str, ask: Callable[[Desk, str], Job], *, reason: str = "") -> None:
    """A deed behind a click, with a name, a reason where one is wanted, and a confirmation."""
    with st.expander(word), st.form(f"{key}-{file.file_id}"):
        told = st.text_input(reason, max_chars=200) if reason else ""
        signer = signed(desk, f"{key}-{file.file_id}", whose)
        is_sure = st.checkbox(agreed)
        if not st.form_submit_button(word, type="primary"):
            return
        missing = [each for each, is_there in ((reason, told.strip() or not reason), (whose, signer.access.name), (_("确认一栏的勾"), is_sure)) if not is_there]
        if missing:
            frame.draw(submit_words.sentence(_("还缺：{what}。什么都没有改变。", what=_("、").join(missing))))
            return
    try:
        put = ask(signer, told.strip())
    except NotYours:
        frame.draw(submit_words.sentence(_("您不再能替这个部门办理，什么都没有改变。"), _("由该部门的数据员办理，或请管理员授权。")))
        return
    take("job", put.job_id, drop=("file",))
    st.rerun()
