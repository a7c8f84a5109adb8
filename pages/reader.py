"""Who reads: found out once for each run of a page, never kept between runs."""

from __future__ import annotations

import streamlit as st

from analytics.access import VISITOR, Access
from door.identity import known
from door.links import seal
from door.setup import login
from exports.links import seal_with
from language import _
from pages.markup import el


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
