"""Handing in: what is owed, with the empty forms, and the place to drop files on."""

from __future__ import annotations

import streamlit as st

from analytics.format import day
from analytics.quality import Department, Duty
from analytics.reporting import feed_title
from exports.links import template_url
from language import _, counted, named
from pages import frame, quality_words, submit_words
from pages.choices import link, take
from pages.markup import Markup, el
from pages.submit_desk import Desk
from pages.tables import wide
from pages.uploader import uploader
from warehouse.jobs.asking import ask_check
from warehouse.jobs.folder import NotYours
from warehouse.jobs.uploads import TooLarge, hand_in

ROUND = "files-round"  # in the session: goes up when the files dropped have been taken


def show(desk: Desk, replaces: int | None) -> None:
    """Drop files, have them checked."""
    frame.draw(submit_words.steps(0))
    if desk.chosen is None:
        frame.draw(submit_words.sentence(_("先在上面选部门，再交文件。")))
        return
    frame.draw(el("section", el("h2", _("交文件"))))
    if replaces is not None:
        frame.draw(submit_words.sentence(_("新的文件将替换文件号 {number}；发布之前，原来的一份照常有效。", number=replaces)), submit_words.back(_("不替换，另交一份")))
    key = f"files-{desk.chosen.department_id}-{st.session_state.get(ROUND, 0)}"
    files = uploader(_("{who}的文件", who=named(desk.chosen)), key)
    if st.button(_("检查"), type="primary", disabled=not files):
        if not desk.access.name:
            frame.draw(submit_words.sentence(_("还缺：{what}。", what=_("经办人姓名"))))
            return
        _hand_in(desk, [(each.name, each.getvalue()) for each in files], replaces)
    frame.draw(el("p", _("检查只是试算：不入库，不发布，别人看到的数不变。"), class_="quiet"), owed(desk.chosen))


def _hand_in(desk: Desk, files: list[tuple[str, bytes]], replaces: int | None) -> None:
    """Keep them and have them checked; the first is the one to look at."""
    assert desk.chosen
    put = []
    for name, content in files:
        try:
            given = hand_in(desk.home, name, content, desk.access, department=desk.chosen.department_id, sender=desk.sender)
            put.append(ask_check(desk.home, given.upload_id, desk.access, replaces=replaces).job_id)
        except TooLarge as problem:
            frame.draw(submit_words.sentence(_("{name} 太大：{why}", name=name, why=str(problem).splitlines()[0]), _("删去多余的行列后另存，或把文件放进收件夹。")))
            return
        except NotYours:
            frame.draw(submit_words.sentence(_("您不能替这个部门交文件。"), _("由该部门的数据员办理，或请管理员授权。")))
            return
        except OSError:
            frame.draw(submit_words.sentence(_("文件没有存下，磁盘可能已满。"), _("稍后再交；仍不行，转告数据管理员。")))
            return
    st.session_state[ROUND] = st.session_state.get(ROUND, 0) + 1
    take("job", put[0], drop=("replaces", "file"))
    st.rerun()


def owed(chosen: Department) -> Markup:
    """What the department has to send, how each stands, and its empty form."""
    if not chosen.duties:
        return Markup()
    def refused(each: Duty) -> str:
        there = link("quality", department=chosen.department_id, feed=each.row.feed)
        label = counted("{report}：看要改正的 {n} 行", each.refused or 0, report=quality_words.report(each))
        return el("a", quality_words.alarm(each.refused), href=there, target="_self", aria_label=label) if each.refused else quality_words.alarm(each.refused)

    rows = [[el("span", quality_words.report(each), el("small", each.row.sender) if each.row.sender else ""), quality_words.state(each), day(each.row.as_of),
             day(each.row.due_on), refused(each),
             el("a", _("空白模板"), href=template_url(each.row.feed), download="", aria_label=_("{report}的空白模板", report=feed_title(each.row.feed, each.row.title)))]
            for each in chosen.duties]
    return el("section", el("h2", _("要报的报表")), el("p", counted("共 {n} 份。文件不必用模板，手上的表直接交就行。", len(rows)), class_="quiet"),
              wide(_("要报的报表"), (_("报表"), _("状态"), _("截至"), _("下次到期"), _("待改正行"), _("模板")), rows, numbers=(4,), is_long=True), class_="rows")


