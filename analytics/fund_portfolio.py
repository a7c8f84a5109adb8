"""Into what the funds have put their money: stages at the investment date, the written tests of 早 小 长 硬, and losses against what is tolerated."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

import duckdb

from analytics.funds import Fund, ratio
from language import N_
from warehouse.at_day import on_day

TESTS = {  # what each is called, and its text, which the reader sees
    "early": (N_("投早"), N_("首次机构投资，或投资时处于中试及以前的阶段。")),
    "small": (N_("投小"), N_("被投企业为小微企业（工信部联企业〔2011〕300号）；主体库没有企业规模，不能判定。")),
    "long": (N_("投长期"), N_("约定持有不少于 5 年。")),
    "hard": (N_("投硬科技"), N_("项目属于 45 个重点转化方向之一，且至少有一项专利成果；没有写项目的不能判定。"))}


@dataclass(frozen=True, kw_only=True)
class Investment:
    """Some investments of one fund at one stage of which the tests say the same. `stage` None: not told. In 元."""

    fund_id: str
    stage: str | None
    verdicts: dict[str, bool | None]
    amount: Decimal
    deals: int


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """A test over some investments. Shares 0–1 of all of them, undecided ones included; None where nothing could be decided, or nothing was invested."""

    amount_share: Decimal | None
    deal_share: Decimal | None
    deals: int
    undecided: int


@dataclass(frozen=True, kw_only=True)
class Losses:
    """What one fund has lost for certain. `largest`: the most put into one investee; in 元."""

    lost: Decimal
    largest: Decimal


@dataclass(frozen=True, kw_only=True)
class Portfolio:
    """All investments up to V."""

    investments: tuple[Investment, ...]
    losses: dict[str, Losses]


def portfolio(cursor: duckdb.DuckDBPyConnection, as_of: dt.date) -> Portfolio:
    deals, deal_day = on_day(cursor, "fund_deal_now", as_of)
    rows = cursor.execute(f"FROM ({deals}) ORDER BY ALL", deal_day).fetchall()
    lost, loss_day = on_day(cursor, "fund_loss_now", as_of)
    made = tuple(Investment(fund_id=fund_id, stage=stage, amount=amount, deals=deals, verdicts={"early": early, "small": None, "long": long, "hard": hard})
                 for fund_id, stage, early, long, hard, amount, deals in rows)
    losses = {fund_id: Losses(lost=gone, largest=largest) for fund_id, largest, gone in cursor.execute(lost, loss_day).fetchall()}
    return Portfolio(investments=made, losses=losses)


def verdict(investments: Iterable[Investment], test: str) -> Verdict:
    """How much of the money and of the deals passes a test."""
    found = list(investments)
    deals, amount = sum(each.deals for each in found), sum((each.amount for each in found), Decimal())
    undecided = sum(each.deals for each in found if each.verdicts[test] is None)
    passed = [each for each in found if each.verdicts[test]]
    if undecided == deals:
        return Verdict(amount_share=None, deal_share=None, deals=deals, undecided=undecided)
    return Verdict(amount_share=ratio(sum((each.amount for each in passed), Decimal()), amount),
                   deal_share=Decimal(sum(each.deals for each in passed)) / deals, deals=deals, undecided=undecided)


@dataclass(frozen=True, kw_only=True)
class Cell:
    """A fund at a stage. `is_planned`: its register names the stage; a planned one without money is a gap."""

    amount: Decimal
    deals: int
    is_planned: bool

    @property
    def is_gap(self) -> bool:
        return self.is_planned and not self.deals


def coverage(found: Iterable[Fund], seen: Portfolio, stages: Iterable[str]) -> dict[tuple[str, str], Cell]:
    """Fund × stage at the investment date, every pair of them; what has no stage is in none."""
    amounts: dict[tuple[str, str | None], Decimal] = defaultdict(Decimal)
    deals: dict[tuple[str, str | None], int] = defaultdict(int)
    for each in seen.investments:
        amounts[each.fund_id, each.stage] += each.amount
        deals[each.fund_id, each.stage] += each.deals
    known = tuple(stages)
    return {(fund.listed.fund_id, stage): Cell(amount=amounts[fund.listed.fund_id, stage], deals=deals[fund.listed.fund_id, stage],
                                               is_planned=stage in fund.listed.stages) for fund in found for stage in known}


def tolerance_used(fund: Fund, seen: Portfolio) -> Decimal | None:
    """容亏使用率 = (confirmed net losses ÷ all invested) ÷ the limit; None where the limit is not set (未定) or nothing was invested."""
    lost = ratio(seen.losses[fund.listed.fund_id].lost, fund.position.invested) if fund.listed.fund_id in seen.losses else None
    return None if lost is None or not fund.listed.loss_limit else lost / fund.listed.loss_limit
