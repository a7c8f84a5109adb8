"""The goals' chances as the goals page reads them, once for a snapshot, a view and what is imagined; and the two parts that open: what if, and how forecasts did."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import duckdb
import streamlit as st

from analytics.backtest import Record, record
from analytics.forecast import Facts, Forecast, facts, forecast
from analytics.format import Amount, Money
from analytics.goal_card import GoalCard
from analytics.outlook import Outlook, outlook
from analytics.whatif import change_of
from language import _
from pages import frame, goal_outlook, goal_whatif
from pages.markup import el
from pages.view import View


def ahead(view: View) -> Outlook | None:
    """What is said of the goals in this view."""
    return _outlook(*view.key, _cursor=view.cursor)


def levers(view: View) -> goal_whatif.Levers:
    """The levers there are in this view, as the URL asks; none where nothing can be forecast."""
    told = _facts(*view.key, _cursor=view.cursor)
    return goal_whatif.chosen(told.observed) if told else ()


def draw(view: View, told: Outlook, cards: Mapping[str, GoalCard], money: Money, asked: goal_whatif.Levers) -> None:
    """What if, and how forecasts have done."""
    codes = goal_whatif.codes(asked)
    with st.expander(_("如果……会怎样"), expanded=bool(codes), key="whatif"):
        frame.draw(el("p", _("拉动滑块，看各目标的概率怎样变。两边用同一批随机数，差别只来自所拉的滑块。"), class_="quiet"))
        goal_whatif.sliders(asked)
        now, then = (_imagined(*view.key, each, _cursor=view.cursor) for each in ((), codes))
        frame.draw(goal_outlook.imagined(now, then, told, cards.values(), {each: Amount(card.goal.unit, money) for each, card in cards.items()}))
    with st.expander(_("自我校验：预测与后来相比"), key="record"):
        frame.draw(goal_outlook.history(_record(*view.key, _cursor=view.cursor), is_demo=view.about.is_demo))


@st.cache_data(max_entries=64, show_spinner=False)
def _outlook(store: str, snapshot: str, as_of: dt.date, today: dt.date, language: str, *, _cursor: duckdb.DuckDBPyConnection) -> Outlook | None:  # noqa: ARG001
    return outlook(_cursor, as_of)


@st.cache_data(max_entries=64, show_spinner=False)
def _facts(store: str, snapshot: str, as_of: dt.date, today: dt.date, language: str, *, _cursor: duckdb.DuckDBPyConnection) -> Facts | None:  # noqa: ARG001
    return facts(_cursor, as_of)


@st.cache_data(max_entries=256, show_spinner=False)
def _imagined(store: str, snapshot: str, as_of: dt.date, today: dt.date, language: str, codes: tuple[tuple[str, str], ...], *,
              _cursor: duckdb.DuckDBPyConnection) -> Forecast:
    told = _facts(store, snapshot, as_of, today, language, _cursor=_cursor)
    assert told
    return forecast(told, change=change_of(told.observed, dict(codes)), is_limited=False)


@st.cache_data(max_entries=64, show_spinner=False)
def _record(store: str, snapshot: str, as_of: dt.date, today: dt.date, language: str, *, _cursor: duckdb.DuckDBPyConnection) -> Record:  # noqa: ARG001
    return record(_cursor, as_of)
