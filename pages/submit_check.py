"""The result of a check, what is said of it, and the signature under it: the steps from 看结果 to 发布."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import streamlit as st

from analytics.access import Deed
from analytics.format import UNKNOWN
from analytics.goals import goal_cards
from analytics.reporting import feed_title
from analytics.trial import trial
from language import _, counted
from pages import check_words, effect_words, frame, submit_headings, submit_returned, submit_words
from pages.choices import link, take
from pages.markup import el, fill
from pages.submit_anew import check_anew
from pages.submit_desk import Desk, signed
from pages.text import plain
from warehouse.jobs.asking import ask_publish
from warehouse.jobs.folder import Job, NotYours
from warehouse.jobs.results import Check, Comment
from warehouse.jobs.uploads import UnknownUpload
from warehouse.publish import Store
from warehouse.submissions import said_before

ASKED = 12  # warnings with a place of their own to say something; the others share one
QUESTION, OTHERS = "question", "others"  # what a comment is about that is about no single finding


def show(desk: Desk, asked: Job, told: Check) -> None:
    """All of it."""
    may_go_on = told.state in ("accepted", "held") and not told.broken
    frame.draw(submit_words.steps(2), check_words.refusal(told), check_words.recognised(told, _who(desk, asked, told)))
    if told.state == "repeated":
        if told.recognised and told.recognised.refused:
            frame.draw(el("p", el("a", _("看是哪些行、为什么"), href=link("quality", department=asked.department), target="_self"), class_="ways"))
        frame.draw(submit_words.back(_("回到报送")))
        return
    submit_headings.explain(desk, asked, told)
    if told.state != "refused":
        frame.draw(check_words.errors(told), check_words.warnings(told))
    submit_returned.offer(desk, asked.department, upload_id=str(asked.arguments["upload"]), is_needed=bool(told.errors or told.refusal or told.warnings))
    if not may_go_on:
        frame.draw(submit_words.back(_("改好后再交一份")))
        return
    frame.draw(check_words.difference(told.difference, told.recognised.mode if told.recognised else ""))
    if desk.view:
        would = trial(desk.view.cursor, goal_cards(desk.view.cursor, desk.view.as_of), told.effects)
        frame.draw(effect_words.effects(would, told.as_of_before, told.as_of_after))
    if is_stale(desk, told):
        frame.draw(submit_words.sentence(_("检查之后，又有新的数据发布了：上面的比较与试算已经过时。"), _("按现在的数据再检查一次，再签认。"), tone="banner"))
        if st.button(_("再检查一次"), type="primary"):
            check_anew(desk, asked)
        return
    _sign(desk, asked, told)


def is_stale(desk: Desk, told: Check) -> bool:
    """Whether something was published since it was tried."""
    current = Store(desk.home / "warehouse").current()
    return (current.snapshot if current else "") != told.snapshot


def _who(desk: Desk, asked: Job, told: Check) -> str:
    office = told.recognised.sender if told.recognised else ""
    return " · ".join(part for part in (desk.who(asked.department), office) if part)


def _sign(desk: Desk, asked: Job, told: Check) -> None:
    """The question to be answered, a word on each warning, and the name under exactly these bytes."""
    if told.question and told.question.is_as_of:
        _day(desk, asked, told)
        return
    if not desk.access.may(Deed.CERTIFY, asked.department):
        frame.draw(submit_words.sentence(_("您可以交文件，但不能签认。"), _("请有签认权限的人打开这个网址，看过结果后签认。")))
        return
    read = told.recognised
    with st.form(f"sign-{asked.job_id}"):
        frame.draw(el("h2", _("签认并发布")))
        answer, is_yes = _question(told)
        comments = _comments(told, said_before(desk.home, read.feed, read.department, read.sender) if read else {})
        title, day, rows = (feed_title(read.feed, read.title), read.as_of or UNKNOWN, str(read.accepted)) if read else ("", UNKNOWN, UNKNOWN)
        frame.draw(el("p", fill(_("签认的是：文件 {name}，指纹 {hash}；《{report}》，截至 {day}，可计入 {rows} 行。"), name=el("strong", told.name),
                                hash=el("code", told.sha256, class_="hash"), report=title, day=day, rows=rows), class_="statement"))
        signer = signed(desk, asked.job_id, _("签认人姓名"))
        agreed = st.checkbox(_("我已核对以上内容，确认所报数据真实、准确、完整。"))
        if not st.form_submit_button(_("签认并发布"), type="primary"):
            return
    missing = [_("签认人姓名") if not signer.access.name else "", _("确认一栏的勾") if not agreed else "",
               _("对问题的答复") if told.question and not (is_yes and answer.strip()) else ""]
    if any(missing):
        frame.draw(submit_words.sentence(_("还缺：{what}。没有发布。", what=_("、").join(each for each in missing if each))))
        return
    if told.question:
        comments = [Comment(finding_id=QUESTION, what=told.question.what, text=answer.strip()), *comments]
    _publish(signer, asked, comments, answered=told.question is not None)


def _publish(desk: Desk, asked: Job, comments: list[Comment], *, answered: bool) -> None:
    try:
        put = ask_publish(desk.home, asked.job_id, desk.access, comments=comments, certify=True, answered=answered)
    except UnknownUpload:
        frame.draw(submit_words.gone())
    except NotYours:
        frame.draw(submit_words.sentence(_("您不再能替这个部门办理，没有发布。"), _("由该部门的数据员办理，或请管理员授权。")))
    else:
        take("job", put.job_id)
        st.rerun()


def _question(told: Check) -> tuple[str, bool]:
    """The answer to what must be answered, and whether it is yes."""
    if told.question is None:
        return "", False
    frame.draw(submit_words.sentence(told.question.what, tone="banner"))
    is_yes = st.checkbox(_("是，照现在读到的计入"))
    return st.text_area(_("为什么（必填，记入记事）"), max_chars=500, height=80), is_yes


def _comments(told: Check, earlier: Mapping[str, str]) -> list[Comment]:
    """A word on each of the first warnings, and one on all others; what is left blank says nothing. `earlier`: what was said of the same before."""
    found = check_words.doubts(told)
    said = []
    for at, group in enumerate(found[:ASKED], 1):
        key, what = group[0].finding_id, check_words.said_of(group)
        said.append((key, what, st.text_input(_("说明 {n}：{what}", n=at, what=plain(_(what))), earlier.get(what, ""), max_chars=500, key=f"said-{key}",
                                              help=_("上次报送时的说明，仍然适用就留着。") if what in earlier else None)))
    if left := sum(map(len, found[ASKED:])):
        what = counted("其余 {n} 处", left)
        said.append((OTHERS, what, st.text_input(_("说明：{what}", what=what), max_chars=500, key="said-others")))
    return [Comment(finding_id=finding_id, what=what, text=text.strip()) for finding_id, what, text in said if text.strip()]


def _day(desk: Desk, asked: Job, told: Check) -> None:
    """The day that the file does not say; with it the file is checked anew."""
    assert told.question
    frame.draw(el("h2", _("数据截至哪一天")), submit_words.sentence(told.question.what, tone="banner"))
    picked = st.date_input(_("截至日"), value=None, min_value=dt.date(2000, 1, 1), format="YYYY-MM-DD")
    if st.button(_("按这一天再检查"), type="primary", disabled=picked is None) and isinstance(picked, dt.date):
        check_anew(desk, asked, picked.isoformat())
