"""信贷担保质押: who bears the loans, against which pledges, how good are they, and what would stress cost?"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import duckdb
import streamlit as st

from analytics.credit import Credit, credit
from analytics.drill import Narrow
from analytics.format import Amount, Money, money_unit
from analytics.units import YUAN
from charts import stacked, waterfall
from charts.theme import Palette
from language import _
from pages import credit_frames, credit_words, frame, fund_parts
from pages.choices import choose
from pages.goal_figures import Figure, palette
from pages.view import View

METRICS = ("loan_balance", "loan_pledged", "loan_first", "loan_watch", "loan_bad", "guarantee_balance", "loan_pooled")


def show(view: View) -> None:
    """Draw the view."""
    known = fund_parts.known(view)
    seen = _seen(*view.key, _cursor=view.cursor)
    money = money_unit([seen.typical])
    amount = Amount(YUAN, money)
    zone = fund_parts.zone_choice(known.zones)
    product = choose("slice", {"": _("全部产品")} | {each.code: credit_frames.product(each) for each in seen.products}, default="", title=_("产品"))
    frame.title(replace(view, notices=view.notices + tuple(each.notice for each in (zone, product) if each.notice)),
                credit_words.finding(seen, amount), known.reporting)
    if seen.whole and seen.whole.balance:
        frame.draw(credit_words.state(seen, amount))
        split, products, stress = _figures(*view.key, palette(), money.unit, _seen=seen, _money=money)
        state = f"{view.snapshot}-{view.as_of}"
        left, right = st.columns(2)
        with left.container(border=True, key="split", height="stretch"):
            frame.draw(fund_parts.heading(_("余额由谁承担（{unit}）", unit=money.unit), _("一份合同只计一次，按约定的比例分给银行、担保与补偿池。")))
            fund_parts.drawn(split.figure, split.alt, f"split-{state}")
        with right.container(border=True, key="stress", height="stretch"):
            frame.draw(fund_parts.heading(_("压力：全部损失由谁承担（{unit}）", unit=money.unit), _("不计追回。关注算作违约；再按两倍算一遍，最多到余额。")))
            fund_parts.drawn(stress.figure, stress.alt, f"stress-{state}")
        with st.container(border=True, key="products"):
            frame.draw(fund_parts.heading(_("产品与质押物（{unit}）", unit=money.unit), _("混合质押物的合同没有写明拆分，列为组合质押。")))
            fund_parts.drawn(products.figure, products.alt, f"products-{state}")
        frame.draw(credit_words.products(seen, amount), credit_words.lenders(seen, amount), credit_words.guarantors(seen, amount))
    frame.draw(credit_words.limits(seen))
    fund_parts.rows(view, {each: known.metrics[each] for each in METRICS}, zone, known.zones, money, narrow=Narrow(category=product.code or None),
                    of=product.label if product.code else "", title=_("哪些贷款"), extra=[(zone, _("空间")), (product, _("产品"))])


@st.cache_data(max_entries=64, show_spinner=False)
def _seen(store: str, snapshot: str, as_of: dt.date, today: dt.date, language: str, *, _cursor: duckdb.DuckDBPyConnection) -> Credit:  # noqa: ARG001
    """Of the pinned snapshot; all that decides the result is in the arguments, which are the cache's key. So with the function below."""
    return credit(_cursor, as_of)


@st.cache_data(max_entries=64, show_spinner=False)
def _figures(store: str, snapshot: str, as_of: dt.date, today: dt.date, language: str, colours: Palette, unit: str, *,  # noqa: ARG001
             _seen: Credit, _money: Money) -> tuple[Figure, Figure, Figure]:
    amount = Amount(YUAN, _money)
    split, products, stress = credit_frames.split(_seen, amount), credit_frames.products(_seen, amount), credit_frames.stress(_seen.losses, amount)
    return (Figure(figure=waterfall.waterfall(split, palette=colours), alt=credit_words.steps_said(split, amount)),
            Figure(figure=stacked.stacked(products, palette=colours), alt=credit_words.bars_said(products, amount)),
            Figure(figure=stacked.stacked(stress, palette=colours, height=300), alt=credit_words.bars_said(stress, amount)))
