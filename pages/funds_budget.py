"""财政与筹资: how much public money went from budget to spending, by source and year, and what surplus research funds became equity?"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

import duckdb
import streamlit as st

from analytics.drill import Narrow
from analytics.format import Money, money_unit
from analytics.public_money import SOURCES, STEPS, PublicMoney, Surplus, public_money, surplus_equity
from charts.nested import nested
from exports import fund_frames
from language import _, listed
from pages import budget_words, frame, fund_parts, funds_rows, goal_choices, goal_figures
from pages.choices import choose, picker
from pages.view import View

METRICS = ("budget_planned", "budget_requested", "budget_issued", "budget_received", "budget_spent", "surplus_equity", "surplus_funds")
NESTED = ("budget_planned", "budget_issued", "budget_received", "budget_spent")


@dataclass(frozen=True, kw_only=True)
class Known:
    """Public money and surplus funds of one view, each with its unit."""

    seen: PublicMoney
    surplus: tuple[Surplus, ...] | None
    money: Money
    surplus_money: Money


def show(view: View) -> None:
    """Draw the view."""
    about = fund_parts.known(view)
    known = _known(*view.key, _cursor=view.cursor)
    seen, money = known.seen, known.money
    chosen = choose("year", {"": _("全部年度")} | {str(each): str(each) for each in seen.years}, default="", title=_("年度"))
    source = choose("by", {"": _("全部来源")} | {each: _(name) for each, name in SOURCES.items()}, default="", title=_("来源"))
    year = int(chosen.code) if chosen.code else None
    said = replace(view, notices=(*view.notices, *(each.notice for each in (chosen, source) if each.notice)))
    frame.title(said, budget_words.title(seen, year, money), about.reporting)
    with st.container(horizontal=True, key="choices"):
        picker(chosen, _("年度"), st.segmented_control, default="")
    if seen.is_known:
        frame.draw(budget_words.state(seen, year, money))
        drawn = fund_frames.public_money(seen, year, money)
        with st.container(border=True, key="budget-steps"):
            frame.draw(fund_parts.heading(_("从预算到支出（{unit}）", unit=money.unit), _("由外到内：{steps}。", steps=listed(_(STEPS[each]) for each in NESTED))))
            figure = nested(drawn.frame, steps=NESTED, names={step: _(word) for step, word in STEPS.items()}, palette=goal_figures.palette())
            st.plotly_chart(figure, theme=None, key="budget-steps-figure", config=goal_choices.CONFIG, alt=drawn.alt)
        frame.draw(budget_words.lines(seen, year, money))
    frame.draw(budget_words.surplus(known.surplus, known.surplus_money))
    is_budget = st.query_params.get("layer", METRICS[0]) in STEPS
    fund_parts.rows(view, {each: about.metrics[each] for each in METRICS}, fund_parts.zone_choice(about.zones), about.zones, money if is_budget else known.surplus_money,
                    narrow=Narrow(category=source.code or None if is_budget else None), of=source.label if is_budget else "", title=_("明细"),
                    extra=((source, _("来源")),) if is_budget else ())
    frame.draw(funds_rows.statements(about.metrics, ("budget_execution",)))


@st.cache_data(max_entries=64, show_spinner=False)
def _known(store: str, snapshot: str, as_of: dt.date, today: dt.date, language: str, *, _cursor: duckdb.DuckDBPyConnection) -> Known:  # noqa: ARG001
    """Of the pinned snapshot; all that decides the result is in the arguments, which are the cache's key."""
    seen, surplus = public_money(_cursor, as_of), surplus_equity(_cursor, as_of)
    return Known(seen=seen, surplus=surplus, money=money_unit(seen.together().steps.values()),
                 surplus_money=money_unit(each.surplus for each in surplus or ()))
