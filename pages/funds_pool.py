"""风险补偿与保险: does the pool hold what it may have to pay, how fast does it pay, and who is insured?"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import duckdb
import streamlit as st

from analytics.drill import Narrow
from analytics.format import Amount, Money, money_unit
from analytics.pool import Pool, pool
from analytics.units import YUAN
from charts import stacked, waterfall
from charts.theme import Palette
from language import _
from pages import credit_frames, credit_words, frame, fund_parts, pool_frames, pool_words
from pages.goal_figures import Figure, palette
from pages.view import View

METRICS = ("pool_balance", "pool_claimed", "pool_approved", "pool_paid", "pool_recovered", "exp_pool", "loan_pooled", "insurance_cover", "insurance_premium",
           "insurance_claims", "insurance_linked")


def show(view: View) -> None:
    """Draw the view."""
    known = fund_parts.known(view)
    seen = _seen(*view.key, _cursor=view.cursor)
    money = money_unit([seen.credit.typical])
    amount = Amount(YUAN, money)
    zone = fund_parts.zone_choice(known.zones)
    frame.title(replace(view, notices=view.notices + ((zone.notice,) if zone.notice else ())), pool_words.finding(seen, amount), known.reporting)
    frame.draw(pool_words.state(seen, amount))
    if seen.moves:
        moved, stress = _figures(*view.key, palette(), money.unit, _seen=seen, _money=money)
        state = f"{view.snapshot}-{view.as_of}"
        left, right = st.columns(2)
        with left.container(border=True, key="moved", height="stretch"):
            frame.draw(fund_parts.heading(_("补偿池怎样到今天（{unit}）", unit=money.unit), _("历年注资、支付、追回，到净额。")))
            fund_parts.drawn(moved.figure, moved.alt, f"moved-{state}")
        with right.container(border=True, key="covered", height="stretch"):
            frame.draw(fund_parts.heading(_("压力之下谁承担（{unit}）", unit=money.unit), pool_words.covered(seen)))
            fund_parts.drawn(stress.figure, stress.alt, f"covered-{state}")
        frame.draw(pool_words.claims(seen, amount))
    frame.draw(pool_words.insured(seen, amount), pool_words.linked(seen, amount), pool_words.limits(seen))
    fund_parts.rows(view, {each: known.metrics[each] for each in METRICS}, zone, known.zones, money, narrow=Narrow(), of="", title=_("哪些行"),
                    extra=[(zone, _("空间"))])


@st.cache_data(max_entries=64, show_spinner=False)
def _seen(store: str, snapshot: str, as_of: dt.date, today: dt.date, language: str, *, _cursor: duckdb.DuckDBPyConnection) -> Pool:  # noqa: ARG001
    """Of the pinned snapshot; all that decides the result is in the arguments, which are the cache's key. So with the function below."""
    return pool(_cursor, as_of)


@st.cache_data(max_entries=64, show_spinner=False)
def _figures(store: str, snapshot: str, as_of: dt.date, today: dt.date, language: str, colours: Palette, unit: str, *,  # noqa: ARG001
             _seen: Pool, _money: Money) -> tuple[Figure, Figure]:
    amount = Amount(YUAN, _money)
    moves, stress = pool_frames.moves(_seen, amount), credit_frames.stress(_seen.credit.losses, amount)
    return (Figure(figure=waterfall.waterfall(moves, palette=colours), alt=credit_words.steps_said(moves, amount)),
            Figure(figure=stacked.stacked(stress, palette=colours, height=300), alt=credit_words.bars_said(stress, amount)))
