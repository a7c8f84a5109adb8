"""基金: what was committed, called, invested and given back, what is the rest worth, and do the funds cover every stage?"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from decimal import Decimal

import duckdb
import streamlit as st

from analytics.drill import Narrow
from analytics.format import Money, money_unit
from analytics.fund_calendar import Precision, calendar
from analytics.fund_portfolio import Portfolio, coverage, portfolio
from analytics.funds import INVESTORS, KINDS, Fund, Funds, Position, funds, investors, pooled
from analytics.j_curve import j_curve
from analytics.pacing import FEWEST, assumptions, pacing
from analytics.stages import stages
from charts.calendar_of_flows import calendar_of_flows
from charts.cash_flow import cash_flow
from charts.matrix import matrix
from charts.theme import Palette
from exports import fund_frames
from exports.links import flows_url
from language import SOURCE, _, named, spoken
from pages import frame, fund_parts, fund_words, funds_rows, goal_choices, goal_figures
from pages.choices import choose, picker
from pages.goal_figures import Figure
from pages.markup import el, fill
from pages.view import View

METRICS = ("fund_paid_in", "fund_commitment", "fund_unfunded", "fund_invested", "fund_distributed", "fund_nav", "fund_fair_value", "fund_cash", "fund_exits",
           "fund_fees")
BY_PAYER = ("fund_paid_in", "fund_commitment", "fund_unfunded", "fund_distributed")  # told of each investor
ALL = ""
SMALL = Decimal(10**7)  # 元: cash flows of funds are told in 万元, also beside large sums



@dataclass(frozen=True, kw_only=True)
class Known:
    """All funds of one view."""

    funds: Funds
    portfolio: Portfolio
    money: Money


@dataclass(frozen=True, kw_only=True)
class Figures:
    """Of the chosen funds. `pacing` None: too few funds, the calendar alone is shown."""

    j_curve: Figure
    calendar: Figure
    calendar_of: Precision
    coverage: Figure
    pacing: Figure | None


def show(view: View) -> None:
    """Draw the view."""
    about = fund_parts.known(view)
    known = _known(*view.key, _cursor=view.cursor)
    kind = choose("kind", {ALL: _("全部")} | {each: _(name) for each, name in KINDS.items()}, default=ALL, title=_("类型"))
    listed = known.funds.of_kind(kind.code)
    fund = choose("fund", {ALL: _("全部基金")} | {each.listed.fund_id: each.listed.name for each in listed}, default=ALL, title=_("基金"))
    payer = choose("by", {ALL: _("全部出资人")} | {each: _(name) for each, name in INVESTORS.items()}, default=ALL, title=_("出资人"))
    chosen = [each for each in listed if fund.code in (ALL, each.listed.fund_id)]
    position, who = _pooled(*view.key, tuple(each.listed.fund_id for each in chosen), _chosen=chosen), investors(chosen)
    of = fund.label if fund.code else kind.label if kind.code else _("全部基金")
    said = replace(view, notices=(*view.notices, *(each.notice for each in (kind, fund, payer) if each.notice)))
    frame.title(said, fund_words.title(chosen, position, known.money, is_known=known.funds.is_known, of=of), about.reporting)
    with st.container(horizontal=True, key="choices"):
        picker(kind, _("类型"), st.segmented_control, default=ALL, drop=("fund", "by"))
        picker(fund, _("基金"), st.selectbox, default=ALL)
    if known.funds.is_known and chosen:
        frame.draw(fund_words.state(position, who, known.money), fund_words.net(chosen, position, known.money))
        _pictures(view, known, chosen, of)
        frame.draw(fund_words.gross(chosen, position, known.portfolio, known.money), fund_words.investors(who, known.money))
    by_payer = payer.code if st.query_params.get("layer", METRICS[0]) in BY_PAYER else ""
    fund_parts.rows(view, {each: about.metrics[each] for each in METRICS}, fund_parts.zone_choice(about.zones), about.zones, known.money,
                    narrow=Narrow(entity=fund.code or kind.code or None, category=by_payer or None), of=" · ".join((of, payer.label)) if by_payer else of,
                    title=_("明细"), extra=((payer, _("出资人")),))
    frame.draw(el("p", fill(_("按 ILPA 交易类型列出的全部流水与净值，可供另行复算：{file}。"), file=el(
        "a", "CSV", href=flows_url(view.as_of, view.snapshot, fund.code or None, None if spoken() == SOURCE else spoken()), download="")), class_="source"),
        funds_rows.statements(about.metrics, ("fund_picc", "fund_dpi", "fund_rvpi", "fund_tvpi", "fund_net_irr", "fund_gross_irr")))


def _pictures(view: View, known: Known, chosen: list[Fund], of: str) -> None:
    colours = goal_figures.palette()
    drawn = _figures(*view.key, tuple(each.listed.fund_id for each in chosen), colours, goal_figures.warning(),
                     _known=known, _chosen=chosen, _cursor=view.cursor)
    unit = known.money.unit
    _card("j", _("J 曲线：{of}（{unit}）", of=of, unit=unit), _("柱为当月实缴与分配，线为累计净现金流；虚线再加当时的净值。"), drawn.j_curve)
    left, right = st.columns(2)
    with left:
        _card("coverage", _("基金 × 投资时阶段（{unit}）", unit=unit), _("“缺”是台账写明应覆盖而还没有投资的阶段。"), drawn.coverage)
    with right:
        of_marks = {"D": _("圆为实缴，菱形为分配，大小随金额；点上去看数。"), "M": _("圆为当月实缴，菱形为当月分配，大小随金额；点上去看数。"),
                    "Y": _("圆为当年实缴，菱形为当年分配，大小随金额；点上去看数。")}
        _card("calendar", _("缴付日历"), of_marks[drawn.calendar_of], drawn.calendar)
    left, right = st.columns(2)
    with left:
        frame.draw(fund_words.tests(known.portfolio, frozenset(each.listed.fund_id for each in chosen)))
    with right:
        if drawn.pacing:
            _card("pacing", _("缴付与分配的推演（{unit}）", unit=unit), _("Takahashi–Alexander 模型，参数拟定：是假设下的推演，不是预测。"), drawn.pacing)
        else:
            frame.draw(el("p", _("不足三只基金，不作推演；看缴付日历。"), class_="quiet"))


def _card(key: str, name: str, hint: str, figure: Figure) -> None:
    with st.container(border=True, key=f"fund-{key}"):
        is_wide = key == "coverage"  # moved sideways on a telephone, from here with the arrow keys
        frame.draw(el("div", el("h2", name), el("p", hint, class_="quiet"), class_="figure", tabindex="0" if is_wide else None,
                      role="group" if is_wide else None, aria_label=name if is_wide else None))
        st.plotly_chart(figure.figure, theme=None, key=f"fund-{key}-figure", config=goal_choices.CONFIG, alt=figure.alt)


@st.cache_resource(max_entries=16, show_spinner=False)  # never written to, and with its rates of return once they were asked for: not copied for each run
def _known(store: str, snapshot: str, as_of: dt.date, today: dt.date, language: str, *, _cursor: duckdb.DuckDBPyConnection) -> Known:  # noqa: ARG001
    """Of the pinned snapshot; all that decides the result is in the arguments, which are the cache's key. So with the function below."""
    found = funds(_cursor, as_of)
    return Known(funds=found, portfolio=portfolio(_cursor, as_of),
                 money=money_unit([SMALL]))


@st.cache_resource(max_entries=64, show_spinner=False)
def _pooled(store: str, snapshot: str, as_of: dt.date, today: dt.date, language: str, ids: tuple[str, ...], *, _chosen: list[Fund]) -> Position:  # noqa: ARG001
    return pooled(_chosen, as_of)


@st.cache_resource(max_entries=64, show_spinner=False)
def _figures(store: str, snapshot: str, as_of: dt.date, today: dt.date, language: str, ids: tuple[str, ...], colours: Palette, warn: str, *,  # noqa: ARG001
             _known: Known, _chosen: list[Fund], _cursor: duckdb.DuckDBPyConnection) -> Figures:
    money = _known.money
    names = {"out": _("实缴"), "back": _("分配"), "net": _("累计净现金流"), "worth": _("累计净现金流 + 净值")}
    days = calendar(_cursor, _chosen, as_of)
    curve, marks = fund_frames.j_curve(j_curve(_cursor, _chosen, as_of), money), fund_frames.calendar(_chosen, days, money)
    steps = {each.stage_id: named(each) for each in stages(_cursor)}
    grid = fund_frames.coverage(_chosen, coverage(_chosen, _known.portfolio, steps), steps, money)
    rows = [fund_frames.short_name(each) for each in _chosen]
    return Figures(
        j_curve=Figure(figure=cash_flow(curve.frame, names=names, palette=colours), alt=curve.alt),
        calendar=Figure(figure=calendar_of_flows(marks.frame, rows=rows, names={"called": _("实缴"), "paid": _("分配")}, palette=colours), alt=marks.alt),
        calendar_of=days.precision,
        coverage=Figure(figure=matrix(grid.frame, rows=rows, columns=list(steps.values()), warn=warn, palette=colours), alt=grid.alt),
        pacing=_pacing(_chosen, money, colours, _cursor))


def _pacing(chosen: list[Fund], money: Money, colours: Palette, cursor: duckdb.DuckDBPyConnection) -> Figure | None:
    if len(chosen) < FEWEST:
        return None
    frame_ = fund_frames.pacing(pacing(chosen, assumptions(cursor)), money)
    names: dict[str, str] = {"out": _("缴付"), "back": _("分配"), "net": "", "worth": _("年末净值")}
    return Figure(figure=cash_flow(frame_.frame, names=names, palette=colours, is_yearly=True), alt=frame_.alt)
