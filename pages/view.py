"""What a page run looks at: one snapshot pinned for its whole length, and a date, both as the URL asks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

import duckdb
import streamlit as st

from analytics.access import VISITOR, Access, may_see
from analytics.snapshot import About, about
from language import _, spoken
from pages.choices import language
from warehouse.here import reader, store_root
from warehouse.metric import NothingReceived, OutOfRange, iso_day, span, view_date
from warehouse.publish import DamagedSnapshot, UnknownSnapshot
from warehouse.reader import Pinned, Reader


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

    @property
    def key(self) -> tuple[str, str, dt.date, dt.date, str]:
        return self.store, self.snapshot, self.as_of, self.about.today, spoken()


@contextmanager
def pinned_view() -> Iterator[View]:
    """The view of this page run. What the URL asks wrongly is replaced by the default, with a notice.

    Raises NothingReceived, NoSnapshot, DamagedSnapshot (none opens), DamagedCatalogue.
    """
    root = store_root()
    with ExitStack() as stack:
        pinned, about_snapshot = _pinned(stack, reader(root), st.query_params.get("snapshot"))
        known = span(pinned.cursor)
        if known is None:
            raise NothingReceived(pinned.publication.snapshot)
        as_of, about_day = _as_of(pinned.cursor, known.newest_as_of, st.query_params.get("as_of"))
        yield View(store=str(root), snapshot=pinned.publication.snapshot, as_of=as_of, about=about(pinned.cursor), access=may_see(VISITOR),
                   notices=tuple(notice for notice in (language().notice, *about_snapshot, about_day) if notice), cursor=pinned.cursor)


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
