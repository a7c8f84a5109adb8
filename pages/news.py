"""自上次发布以来: what each goal counts that it did not at the previous publication, and what it no longer counts."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import duckdb
import streamlit as st

from analytics.format import Money, count, day
from analytics.news import Change, News, news, previous
from analytics.snapshot import SHANGHAI
from pages.markup import Markup, el, join, pill
from pages.view import View
from warehouse.here import reader
from warehouse.metric import OutOfRange
from warehouse.publish import Publication, Store, StoreError

NAMED = 3  # of what is new, and of what is gone
TITLE = "自上次发布以来"
FIRST = "首次发布，没有更早的一期可比。"
UNREADABLE = "上一次发布的一期打不开，不能比较。"
NOTHING_THEN = "上一次发布时还没有任何部门的文件，没有可比的数。"
HOW = "按编号逐一比较：计入的可能是新发生，也可能是补报；不再计入的可能是更正、撤下或不再成立。"


def since_last(view: View, money: Money) -> Markup:
    """The section. Each of the two snapshots is read at its own newest day, whatever day the page shows."""
    return el("section", el("h2", TITLE), _body(view, money), class_="news")


def _body(view: View, money: Money) -> Markup:
    try:
        before = previous(Store(Path(view.store)).publications(), view.snapshot)
        if before is None:
            return el("p", FIRST, class_="quiet")
        compared = _compared(view.store, view.snapshot, before.snapshot, _cursor=view.cursor)
    except StoreError:
        return el("p", UNREADABLE, class_="quiet")
    except OutOfRange:
        return el("p", NOTHING_THEN, class_="quiet")
    return _told(compared, before, money)


@st.cache_data(max_entries=16, show_spinner=False)
def _compared(store: str, snapshot: str, before: str, *, _cursor: duckdb.DuckDBPyConnection) -> News:  # noqa: ARG001
    """Of two snapshots, which never change. Raises UnknownSnapshot, DamagedSnapshot, OutOfRange."""
    with reader(Path(store)).pin(before) as pinned:
        return news(_cursor, pinned.cursor)


def _told(compared: News, before: Publication, money: Money) -> Markup:
    at = before.current_from.astimezone(SHANGHAI)
    view = (f"上一次发布于 {at:%Y-%m-%d %H:%M}，数据截至 {day(compared.v_before)}；" if compared.v_before != compared.v_now else
            f"上一次发布于 {at:%Y-%m-%d %H:%M}，数据同样截至 {day(compared.v_before)}；")
    moved = [change for change in compared.changes if change.is_known and not change.is_quiet]
    quiet, unknown = [_name(each) for each in compared.changes if each.is_quiet], [_name(each) for each in compared.changes if not each.is_known]
    rest = "".join(f"{'、'.join(names)}{said}。" for names, said in ((quiet, "没有变化"), (unknown, "缺报，不能比较")) if names)
    return join([el("ul", *(_line(change, money) for change in moved)) if moved else Markup(), el("p", rest) if rest else Markup(),
                 el("p", view, HOW, class_="quiet")])


def _line(change: Change, money: Money) -> Markup:
    """概念验证及小试项目 +5 …、…、… 等 5 项"""
    return el("li", el("strong", _name(change)), el("div", *_moves(change, money)))


def _moves(change: Change, money: Money) -> list[Markup]:
    if change.card.kind == "window":
        gap = change.difference
        amount = f"{'+' if gap > 0 else '−'}{_amount(change, abs(gap), money)}"
        return [_move(amount, f"由 {_amount(change, change.before, money)} 到 {_amount(change, change.now, money)}", grew=gap > 0)]
    unit = change.card.goal.unit
    new = [_move(f"+{len(change.new)}", f"计入：{_names(change.new, unit)}", grew=True)] if change.new else []
    return new + ([_move(f"−{len(change.gone)}", f"不再计入：{_names(change.gone, unit)}", grew=False)] if change.gone else [])


def _move(amount: str, said: str, *, grew: bool) -> Markup:
    return el("p", pill(amount, "good" if grew else "warn"), " ", said)


def _amount(change: Change, value: Decimal | None, money: Money) -> str:
    goal = change.card.goal
    return f"{money.text(value)} {money.unit}" if goal.unit == "元" else f"{count(value)} {goal.unit}"


def _names(names: tuple[str, ...], unit: str) -> str:
    listed = "、".join(names[:NAMED])
    return listed if len(names) <= NAMED else f"{listed} 等 {len(names)} {unit}"


def _name(change: Change) -> str:
    return f"{change.card.goal.name_zh}{change.card.reading_zh}"
