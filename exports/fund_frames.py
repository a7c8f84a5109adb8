"""The numbers of the figures of funds, agreements and public money as frames, with what they show in words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import polars as pl

from analytics.format import Money, day
from analytics.fund_calendar import Calendar
from analytics.fund_portfolio import Cell
from analytics.funds import Fund
from analytics.j_curve import Month
from analytics.pacing import Year
from analytics.public_money import SOURCES, STEPS, PublicMoney
from charts import calendar_of_flows, cash_flow, matrix
from language import _, counted, listed

COMMON = re.compile("^（[^）]*）|投资|基金$")
SHORTEST = 7  # characters of a fund's name on an axis of a telephone


@dataclass(frozen=True, kw_only=True)
class Frame:
    """The rows of a figure, and what the figure shows."""

    frame: pl.DataFrame
    alt: str


def number(value: Decimal | float | None, money: Money) -> float | None:
    """In the unit of the page."""
    return None if value is None else float(value) / float(money.cny)


def short_name(fund: Fund) -> str:
    """A fund's name without the words that all funds share."""
    name = COMMON.sub("", fund.listed.name)
    return name if len(name) <= SHORTEST + 2 else f"{name[:SHORTEST + 1]}…"


def j_curve(months: Sequence[Month], money: Money) -> Frame:
    rows = [{"on": f"{each.ends_on:%Y-%m-%d}", "out": -(number(each.called, money) or 0) or None, "back": number(each.paid, money) or None,
             "net": number(each.net, money), "worth": number(each.worth, money),
             "said": _("{day}\n实缴 {called}，分配 {paid}\n累计净现金流 {net}\n加净值 {worth}", day=day(each.ends_on), called=money.text(each.called),
                       paid=money.text(each.paid), net=money.text(each.net), worth=money.text(each.worth))} for each in months]
    lowest = min(months, key=lambda each: each.net, default=None)
    alt = (_("J 曲线：累计净现金流最低 {low} {unit}（{day}），现为 {net}，加净值 {worth}。", low=money.text(lowest.net), unit=money.unit, day=day(lowest.ends_on),
             net=money.text(months[-1].net), worth=money.text(months[-1].worth)) if lowest else _("没有实缴，没有曲线。"))
    return Frame(frame=pl.DataFrame(rows, schema=cash_flow.SCHEMA), alt=alt)


def pacing(years: Sequence[Year], money: Money) -> Frame:
    rows = [{"on": str(each.year), "out": -(number(each.called, money) or 0), "back": number(each.distributed, money), "net": None,
             "worth": number(each.nav, money),
             "said": _("{year} 年（推演）\n缴付 {called}，分配 {paid}\n年末净值 {nav}", year=each.year, called=_money(each.called, money),
                       paid=_money(each.distributed, money), nav=_money(each.nav, money))} for each in years]
    alt = _("推演：此后 {years} 年缴付合计 {called} {unit}，分配合计 {paid}。", years=len(years), called=_money(sum(each.called for each in years), money),
            unit=money.unit, paid=_money(sum(each.distributed for each in years), money))
    return Frame(frame=pl.DataFrame(rows, schema=cash_flow.SCHEMA), alt=alt)


def calendar(found: Sequence[Fund], seen: Calendar, money: Money) -> Frame:
    funds = {each.listed.fund_id: (short_name(each), each.listed.name) for each in found}
    rows = [{"row": funds[each.fund_id][0], "on": f"{each.on:%Y-%m-%d}", "value": number(amount, money), "kind": kind,
             "said": _("{fund}\n{day} {what} {amount} {unit}", fund=funds[each.fund_id][1], day=day(each.on, seen.precision),
                       what=_("实缴") if kind == "called" else _("分配"), amount=money.text(amount), unit=money.unit)}
            for each in seen.marks for kind, amount in (("called", each.called), ("paid", each.paid)) if amount > 0]
    called, paid = (sum(row["kind"] == kind for row in rows) for kind in ("called", "paid"))
    alt = {"D": _("缴付日历：{called} 次实缴，{paid} 次分配。", called=called, paid=paid),
           "M": _("缴付日历，按月合计：{called} 处实缴，{paid} 处分配。", called=called, paid=paid),
           "Y": _("缴付日历，按年合计：{called} 处实缴，{paid} 处分配。", called=called, paid=paid)}
    return Frame(frame=pl.DataFrame(rows, schema=calendar_of_flows.SCHEMA), alt=alt[seen.precision])


def coverage(found: Sequence[Fund], cells: Mapping[tuple[str, str], Cell], stages: Mapping[str, str], money: Money) -> Frame:
    rows = []
    for fund in found:
        row = short_name(fund)
        for stage, name in stages.items():
            cell = cells[fund.listed.fund_id, stage]
            state = (_("应覆盖，尚无投资") if cell.is_gap else counted("{n} 笔，{amount} {unit}", cell.deals, amount=money.text(cell.amount), unit=money.unit)
                     if cell.deals else _("不在覆盖阶段内"))
            outside = bool(cell.deals) and not cell.is_planned
            rows.append({"row": row, "column": name, "value": number(cell.amount, money) if cell.deals else None,
                         "label": _("缺") if cell.is_gap else money.text(cell.amount) if cell.deals else "", "is_gap": cell.is_gap, "is_outside": outside,
                         "said": "\n".join((fund.listed.name, _("{stage}：{state}", stage=name, state=state))) + (f"\n{_('台账未列这一阶段')}" if outside else "")})
    gaps = [f"{short_name(fund)}·{name}" for fund in found for stage, name in stages.items() if cells[fund.listed.fund_id, stage].is_gap]
    alt = counted("基金与阶段：{n} 处应覆盖而尚无投资：{which}。", len(gaps), which=listed(gaps)) if gaps else _("基金与阶段：应覆盖的阶段都有投资。")
    return Frame(frame=pl.DataFrame(rows, schema=matrix.SCHEMA), alt=alt)


def public_money(seen: PublicMoney, year: int | None, money: Money) -> Frame:
    lines = [each for each in seen.lines if year in (None, each.year)]
    rows = [{"name": f"{_(SOURCES[each.source])}" + ("" if year else f" {each.year}"), **{step: number(each.steps.get(step), money) for step in STEPS},
             "said": f"{_(SOURCES[each.source])} {each.year}\n" + "\n".join(f"{_(word)} {money.text(each.steps.get(step))}" for step, word in STEPS.items())}
            for each in lines]
    whole = seen.together(year)
    alt = _("从预算到支出：{steps}（{unit}）。", unit=money.unit, steps=_("，").join(
        f"{_(word)} {money.text(whole.steps.get(step))}" for step, word in STEPS.items() if step != "budget_requested"))
    return Frame(frame=pl.DataFrame(rows, schema={"name": pl.String, **dict.fromkeys(STEPS, pl.Float64), "said": pl.String}), alt=alt)


def _money(value: float, money: Money) -> str:
    return money.text(Decimal(str(round(value, 2))))
