"""会议专刊: what was each joint meeting shown, is it still exactly that, and how is the next one frozen?"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import duckdb
import streamlit as st

from analytics.access import Deed
from analytics.reporting import Reporting, reporting
from analytics.stored_issue import StoredIssue, stored_issue
from exports.delivering import delivery, outbox
from exports.verifying import verdict, verdict_when_touched
from language import _, spoken
from pages import frame, issue_form, issue_words
from pages.choices import choose, picker
from pages.issue_band import title
from pages.view import View
from warehouse.here import data_home
from warehouse.issues import Frozen, issues


def issues_page() -> None:
    """Draw the page."""
    with frame.opened() as view:
        home = data_home()
        known = tuple(sorted(issues(home), key=lambda each: (each.issue_id, each.revision), reverse=True))
        verdicts = {each.name: verdict_when_touched(home, each) for each in known}
        names = {each.name: title(each) for each in known}
        chosen = choose("id", names or {"": _("（尚无）")}, default=next(iter(names), ""), title=_("专刊"))
        found = next((each for each in known if each.name == chosen.code), None)
        if found:
            verdicts[found.name] = verdict(home, found)  # opened, and so every byte is read
        frame.title(replace(view, notices=view.notices + ((chosen.notice,) if chosen.notice else ())), issue_words.finding(known, verdicts),
                    _reporting(*view.key, _cursor=view.cursor))
        stored = {each.name: _stored(*_key(each), _frozen=each) for each in known}
        frame.draw(issue_words.listed(known, verdicts, stored))
        if found:
            if len(known) > 1:
                with st.container(horizontal=True, key="choices"):
                    picker(chosen, _("专刊"), st.selectbox, default=next(iter(names)))
            to = outbox()
            frame.draw(issue_words.one(found, verdicts[found.name], stored[found.name], delivery(home, found, to) if to else None, known))
        _form(view)
        frame.draw(issue_words.method())


def _form(view: View) -> None:
    """What is seen is what is frozen; so not while an issue is looked at."""
    if view.issue:
        frame.draw(issue_words.not_here(_("现在看的是专刊；回到当前数据后可以冻结下一期。")))
    elif not view.access.may(Deed.FREEZE):
        frame.draw(issue_words.not_here(_("没有冻结的权限。"), command=True))
    else:
        issue_form.show(view)


def _key(frozen: Frozen) -> tuple[str, tuple[tuple[str, str], ...], str]:
    """All that a reading of the stored rows depends on."""
    return str(frozen.folder), tuple((each.name, each.sha256) for each in frozen.files), spoken()


@st.cache_data(max_entries=64, show_spinner=False)
def _stored(folder: str, hashes: tuple[tuple[str, str], ...], language: str, *, _frozen: Frozen) -> StoredIssue | None:  # noqa: ARG001
    return stored_issue(_frozen)


@st.cache_data(max_entries=16, show_spinner=False)
def _reporting(store: str, snapshot: str, as_of: dt.date, today: dt.date, language: str, *, _cursor: duckdb.DuckDBPyConnection) -> Reporting:  # noqa: ARG001
    """Of the pinned snapshot; all that decides the result is in the arguments, which are the cache's key."""
    return reporting(_cursor, today, as_of)
