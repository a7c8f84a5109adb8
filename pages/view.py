"""What a page run looks at: one snapshot pinned for its whole length, and a date, both as the URL asks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace

import duckdb
import streamlit as st

from analytics.access import Access
from analytics.snapshot import SHANGHAI, About, about
from exports.verifying import Verdict, verdict_when_touched
from language import _, listed, spoken
from pages.choices import language
from pages.reader import who
from warehouse.errors import UnknownIssue
from warehouse.here import data_home, reader, store_root
from warehouse.issues import Frozen, issue
from warehouse.known import NothingReceived, OutOfRange, iso_day, span, view_date
from warehouse.publish import DamagedSnapshot, UnknownSnapshot
from warehouse.reader import Pinned, Reader


@dataclass(frozen=True, kw_only=True)
class Seen:
    """An issue as it is looked at, and whether its bytes are still those that were frozen."""

    frozen: Frozen
    verdict: Verdict


class IssueGone(Exception):
    """The snapshot of the asked issue is no more, or not the file that was frozen; what is stored of it may still be read."""

    def __init__(self, seen: Seen) -> None:
        super().__init__(seen.frozen.name)
        self.seen = seen


@dataclass(frozen=True, kw_only=True)
class View:
    """The snapshot, V, and what had to be said about the choice of both.

    `key` names all that a result depends on, and so is what it may be cached by.
    """

    store: str
    snapshot: str
    as_of: dt.date
    about: About
    access: Access
    notices: tuple[str, ...]
    cursor: duckdb.DuckDBPyConnection
    issue: Seen | None
    is_asked: bool  # whether the snapshot is one that was asked, and so may be an old one

    @property
    def key(self) -> tuple[str, str, dt.date, dt.date, str]:
        return self.store, self.snapshot, self.as_of, self.about.today, spoken()


@contextmanager
def pinned_view() -> Iterator[View]:
    """The view of this page run. What the URL asks wrongly is replaced by the default, with a notice. An issue decides the snapshot, the day if no other
    is asked, and which day it is: that on which it was frozen.

    Raises IssueGone, NothingReceived, NoSnapshot, DamagedSnapshot (none opens), DamagedCatalogue.
    """
    root = store_root()
    seen, about_issue = _issue(st.query_params.get("issue"))
    with ExitStack() as stack:
        pinned, about_snapshot = _pinned(stack, reader(root), seen.frozen.snapshot if seen else st.query_params.get("snapshot"))
        known = span(pinned.cursor)
        if known is None:
            raise NothingReceived(pinned.publication.snapshot)
        as_of, about_day = _as_of(pinned.cursor, seen.frozen.as_of if seen else known.newest_as_of, st.query_params.get("as_of"))
        told = about(pinned.cursor)
        yield View(store=str(root), snapshot=pinned.publication.snapshot, as_of=as_of, access=who(),
                   about=replace(told, today=seen.frozen.at.astimezone(SHANGHAI).date()) if seen else told,
                   notices=tuple(notice for notice in (language().notice, about_issue, *about_snapshot, about_day) if notice), cursor=pinned.cursor,
                   issue=seen, is_asked=seen is not None or "snapshot" in st.query_params)


def _issue(asked: str | None) -> tuple[Seen | None, str | None]:
    """The asked issue, and the sentence where there is none such. Raises IssueGone, DamagedIssue."""
    if asked is None:
        return None, None
    try:
        frozen = issue(data_home(), asked)
    except UnknownIssue as problem:
        return None, _("网址中的 issue“{short}”：没有这一期专刊，现显示当前数据。相近的：{known}。", short=_short(asked), known=listed(problem.nearest) or _("（尚无）"))
    seen = Seen(frozen=frozen, verdict=verdict_when_touched(data_home(), frozen))
    if not seen.verdict.is_snapshot_whole:
        raise IssueGone(seen)
    return seen, None


def _pinned(stack: ExitStack, reader: Reader, asked: str | None) -> tuple[Pinned, list[str]]:
    """The asked snapshot or else the current one, and the sentences about it."""
    notices = []
    if asked is not None:
        try:
            return stack.enter_context(reader.pin(asked)), []
        except (UnknownSnapshot, DamagedSnapshot) as problem:
            short = _short(asked)
            notices.append(_("网址中的 snapshot“{short}”：没有这一期快照，现显示当前一期。", short=short) if isinstance(problem, UnknownSnapshot) else
                           _("网址中的 snapshot“{short}”：这一期快照打不开，现显示当前一期。", short=short))
    pinned = stack.enter_context(reader.pin())
    if pinned.fallback_from:
        notices.append(_("最新一期（{newest}）打不开，现显示较早的一期 {shown}。请告知数据管理员。", newest=pinned.fallback_from, shown=pinned.publication.snapshot))
    return pinned, notices


def _as_of(cursor: duckdb.DuckDBPyConnection, newest: dt.date, asked: str | None) -> tuple[dt.date, str | None]:
    """V as asked or else the newest, and the sentence about it."""
    if asked is None:
        return newest, None
    try:
        return view_date(cursor, iso_day(asked)), None
    except ValueError:
        return newest, _("网址中的 as_of“{short}”不是日期，应为 2026-10-31 这样的日期；现按 {newest} 显示。", short=_short(asked), newest=newest)
    except OutOfRange as problem:
        return newest, _("截至日 {asked} 不在可查范围内：{first} 至 {last}。现按 {newest} 显示。", asked=asked, first=problem.first, last=problem.last, newest=newest)


def _short(text: str) -> str:
    return text if len(text) <= 30 else f"{text[:30]}…"
