"""Who reads: found out once for each run of a page, never kept between runs."""

from __future__ import annotations

import logging

import streamlit as st

from analytics.access import VISITOR, Access
from door.identity import known
from door.links import seal
from door.setup import login
from exports.links import seal_with
from language import _
from pages.markup import el
from warehouse.audit import Event, record
from warehouse.here import data_home

LOG = logging.getLogger(__name__)


def who() -> Access:
    """Who this page run is for, and what they may; links to files are theirs for the rest of the run. Without a login, who sits at this machine. Whose
    session has ended, or who has no role any more, is told so, and the run ends here."""
    if login() is None:
        seal_with(None)
        return VISITOR
    found = known(st.context.cookies)
    if found is None or found.access is None:
        st.html(el("p", _("登录已结束，或您的权限已变更。"), el("a", _("重新登录"), href="/login", target="_self")))
        st.stop()
    seal_with(seal(found.access))
    return found.access


def viewed(reader: Access, page: str, **facts: str | int | None) -> None:
    """Record that this reader is about to see what not everybody may, once for the same thing in one visit. What cannot be recorded is not shown: the run
    ends here. `facts`: codes and counts, never cells."""
    seen: set[tuple[object, ...]] = st.session_state.setdefault("viewed", set())
    what = (page, *sorted(facts.items()))
    if what in seen:
        return
    try:
        record(data_home(), Event.VIEWED, who=reader.subject, page=page, **facts)
    except OSError:
        LOG.exception("a view could not be recorded")
        st.html(el("p", _("审计记录写不进，受限的内容不能显示。请：告知数据管理员检查磁盘。")))
        st.stop()
    seen.add(what)
