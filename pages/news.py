"""自上次发布以来: what each goal counts that it did not at the previous publication, and what it no longer counts."""

from __future__ import annotations

from pathlib import Path

import duckdb
import streamlit as st

from analytics.format import Amount, Money, day
from analytics.news import Change, News, news, previous
from analytics.snapshot import SHANGHAI
from language import _, counted, listed, spoken
from pages.markup import Markup, el, join, pill
from pages.view import View
from warehouse.here import reader
from warehouse.known import NothingReceived
from warehouse.publish import Publication, Store, StoreError

NAMED = 3  # of what is new, and of what is gone


def since_last(view: View, money: Money) -> Markup:
    """The section. Each of the two snapshots is read at its own newest day, whatever day the page shows."""
    return el("section", el("h2", _("自上次发布以来")), _body(view, money), class_="news")


def _body(view: View, money: Money) -> Markup:
    try:
        before = previous(Store(Path(view.store)).publications(), view.snapshot)
        if before is None:
            return el("p", _("首次发布，没有更早的一期可比。"), class_="quiet")
        compared = _compared(view.store, view.snapshot, before.snapshot, spoken(), _cursor=view.cursor)
    except StoreError:
        return el("p", _("上一次发布的一期打不开，不能比较。"), class_="quiet")
    except NothingReceived:
        return el("p", _("上一次发布时还没有任何部门的文件，没有可比的数。"), class_="quiet")
    return _told(compared, before, money)


@st.cache_data(max_entries=16, show_spinner=False)
def _compared(store: str, snapshot: str, before: str, language: str, *, _cursor: duckdb.DuckDBPyConnection) -> News:  # noqa: ARG001
    """Of two snapshots, which never change. Raises UnknownSnapshot, DamagedSnapshot, NothingReceived."""
    with reader(Path(store)).pin(before) as pinned:
        return news(_cursor, pinned.cursor)


def _told(compared: News, before: Publication, money: Money) -> Markup:
    at, then = f"{before.current_from.astimezone(SHANGHAI):%Y-%m-%d %H:%M}", day(compared.v_before)
    view = (_("上一次发布于 {at}，数据同样截至 {then}；", at=at, then=then) if compared.v_before == compared.v_now else
            _("上一次发布于 {at}，数据截至 {then}；", at=at, then=then))
    how = _("按编号逐一比较：计入的可能是新发生，也可能是补报；不再计入的可能是更正、撤下或不再成立。")
    moved = [change for change in compared.changes if change.is_known and not change.is_quiet]
    quiet, unknown = [each.card.name for each in compared.changes if each.is_quiet], [each.card.name for each in compared.changes if not each.is_known]
    rest = [_("{names}没有变化。", names=listed(quiet)) if quiet else "", _("{names}缺报，不能比较。", names=listed(unknown)) if unknown else ""]
    return join([el("ul", *(_line(change, money) for change in moved)) if moved else Markup(), el("p", "".join(rest)) if any(rest) else Markup(),
                 el("p", view, how, class_="quiet")])


def _line(change: Change, money: Money) -> Markup:
    """概念验证及小试项目 +5 …、…、… 等 5 项"""
    return el("li", el("strong", change.card.name), el("div", *_moves(change, Amount(change.card.goal.unit, money))))


def _moves(change: Change, amount: Amount) -> list[Markup]:
    if change.card.kind == "window":
        gap = change.difference
        moved = f"{'+' if gap > 0 else '−'}{amount.said(abs(gap))}"
        return [_move(moved, _("由 {before} 到 {now}", before=amount.said(change.before), now=amount.said(change.now)), grew=gap > 0)]
    new = [_move(f"+{len(change.new)}", _("计入：{names}", names=_names(change.new, amount)), grew=True)] if change.new else []
    return new + ([_move(f"−{len(change.gone)}", _("不再计入：{names}", names=_names(change.gone, amount)), grew=False)] if change.gone else [])


def _move(amount: str, said: str, *, grew: bool) -> Markup:
    return el("p", pill(amount, "good" if grew else "warn"), " ", said)


def _names(names: tuple[str, ...], amount: Amount) -> str:
    first = listed(names[:NAMED])
    return first if len(names) <= NAMED else counted("{first} 等 {n} {unit}", len(names), first=first, unit=amount.unit)
