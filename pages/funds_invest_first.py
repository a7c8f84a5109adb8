"""先投后股: where does each agreement stand between 立项 and 回收再投, what is still out, and which need looking into?"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

import duckdb
import streamlit as st

from analytics.drill import Narrow
from analytics.format import Money, money_unit
from analytics.invest_first import STATES, Deal, InvestFirst, invest_first
from charts.states import State, states
from language import N_, _, counted
from pages import frame, fund_parts, funds_rows, goal_choices, goal_figures, invest_first_words
from pages.choices import choose, picker
from pages.goal_figures import Figure
from pages.markup import el
from pages.view import View

METRICS = ("deal_principal", "deal_outstanding", "deal_converted", "deal_recovered", "deal_written_off", "deal_reinvested", "deal_agreements", "deal_suspended")
# Where each state stands, in columns and rows; the path that should be taken runs down the first column.
PLACES = {"approved": (0, 0), "funded": (0, 1), "triggered": (0, 2), "converted": (0, 3), "held": (0, 4), "exited": (0, 5), "recycled": (0, 6),
          "expired": (1, 2), "terminated": (1, 1), "returned": (2, 1), "replaced": (2, 2), "exempted": (2, 3)}
ARROWS = (("approved", "funded"), ("funded", "triggered"), ("triggered", "converted"), ("converted", "held"), ("held", "exited"), ("exited", "recycled"),
          ("funded", "terminated"), ("funded", "expired"), ("terminated", "returned"), ("expired", "replaced"), ("expired", "exempted"))
BESIDE = {"recycled": N_("回收再投"), "expired": N_("到期未触发")}


@dataclass(frozen=True, kw_only=True)
class Known:
    """All agreements of one view."""

    seen: InvestFirst
    money: Money


def show(view: View) -> None:
    """Draw the view."""
    about = fund_parts.known(view)
    known = _known(*view.key, _cursor=view.cursor)
    seen, money = known.seen, known.money
    stage = choose("by", {"": _("全部状态")} | {each: _(name) for each, name in STATES.items()}, default="", title=_("状态"))
    fitting = [each for each in seen.deals if stage.code in ("", each.status)]
    deal = choose("deal", {"": _("全部协议")} | {each.agreement_id: f"{each.agreement_id} {each.org_name or ''}" for each in seen.deals}, default="", title=_("协议"))
    said = replace(view, notices=(*view.notices, *(each.notice for each in (stage, deal) if each.notice)))
    frame.title(said, invest_first_words.title(seen, money), about.reporting)
    if seen.is_known and seen.deals:
        frame.draw(invest_first_words.state(seen, money))
        left, right = st.columns([5, 7])
        with left.container(border=True, key="deal-states"):
            frame.draw(el("div", el("h2", _("从立项到回收再投")), el("p", _("点一格，只看这一状态；再点一次，看全部。"), class_="quiet"), class_="figure"))
            goal_choices.draw(_machine(seen, money, stage.code or None), stage, state="-".join((view.snapshot, view.as_of.isoformat(), stage.code)), drop=("deal",))
        with right:
            frame.draw(invest_first_words.alarms(seen))
        with st.container(horizontal=True, key="choices"):
            picker(stage, _("状态"), st.selectbox, default="", drop=("deal",))
            picker(deal, _("协议"), st.selectbox, default="")
        shown = [each for each in fitting if deal.code in ("", each.agreement_id)]
        frame.draw(invest_first_words.deals(shown, money, stage.label))
    zone = fund_parts.zone_choice(about.zones)
    fund_parts.rows(view, {each: about.metrics[each] for each in METRICS}, zone, about.zones, money, narrow=Narrow(entity=deal.code or None), of=deal.label,
                    title=_("明细"), extra=((zone, _("空间")),))
    frame.draw(funds_rows.statements(about.metrics, ("deal_return",)))


def _machine(seen: InvestFirst, money: Money, chosen: str | None) -> Figure:
    """The state machine, the number and the principal in each state; what no report tells of has no number."""
    boxes = []
    for code, (column, row) in PLACES.items():
        name = _(STATES.get(code) or BESIDE[code])
        found = [each for each in seen.deals if each.status == code]
        number, label = (len(found) if code in STATES else None), name
        if code == "recycled":
            again = invest_first_words.total(seen.deals, "recycled")
            label, said = f"{name}\n{money.text(again)}", _("回收再投 {amount} {unit}", amount=money.text(again), unit=money.unit)
            number = 1 if again else 0
        elif number is None:
            label, said = f"{name}\n—", _("{name}：台账没有约定的到期日，不能判定", name=name)
        else:
            label, said = f"{name}\n{number}", _told(name, found, money)
        boxes.append(State(code=code if code in STATES else "", column=column, row=row, label=label, count=number, said=said,
                           tone="main" if column == 0 else "aside"))
    alt = _("先投后股各状态：{counts}", counts=_("，").join(f"{_(name)} {sum(each.status == code for each in seen.deals)}" for code, name in STATES.items()))
    named = [replace(box, code=code) for box, code in zip(boxes, PLACES, strict=True)]
    return Figure(figure=states(named, ARROWS, palette=goal_figures.palette(), chosen=chosen), alt=alt)


def _told(name: str, found: list[Deal], money: Money) -> str:
    return counted("{name}：{n} 份，本金 {amount} {unit}", len(found), name=name, amount=money.text(invest_first_words.total(found, "principal")), unit=money.unit)


@st.cache_data(max_entries=64, show_spinner=False)
def _known(store: str, snapshot: str, as_of: dt.date, today: dt.date, language: str, *, _cursor: duckdb.DuckDBPyConnection) -> Known:  # noqa: ARG001
    """Of the pinned snapshot; all that decides the result is in the arguments, which are the cache's key."""
    seen = invest_first(_cursor, as_of)
    return Known(seen=seen, money=money_unit([invest_first_words.total(seen.deals, "principal")]))
