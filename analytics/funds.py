"""The funds at V: what was committed, called, invested and given back, what the rest is worth, and the rates that follow; net apart from gross."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from pathlib import Path

import duckdb
import numpy as np

from analytics.cash_flows import EPOCH, Rate, Series, rate_of, together
from analytics.older import readable
from language import N_
from warehouse.at_day import on_day
from warehouse.known import knowable
from warehouse.metric import metrics

LIST_SQL = Path(__file__).with_name("fund_list.sql").read_text(encoding="utf-8")
SERIES = "SELECT s.fund_id, s.days, s.net_fen, s.gross_fen FROM mart.fund_series AS s"
FEN = 100  # the unit of dated flows: whole numbers of it add up exactly
KINDS = {"sci_tech": N_("科创专项"), "seed": N_("种子"), "angel": N_("天使"), "venture": N_("创投"), "industry": N_("产业")}
INVESTORS = {"local_treasury": N_("本级财政"), "upper_treasury": N_("上级财政"), "state_enterprise": N_("国有企业"), "provincial_fund": N_("省级产业基金"),
             "academy": N_("高校院所"), "private": N_("社会资本")}
TREASURY, STATE = ("local_treasury", "upper_treasury"), ("state_enterprise",)
STALE_MONTHS = 6  # two quarters
Sum = tuple[Decimal, dt.date | None, dt.date | None]  # the value, and the first and the last day on which any of it happened
NOTHING: Sum = (Decimal(), None, None)
NO_FLOWS = together(())
NEEDED = ("fund_commitment", "fund_paid_in", "fund_fair_value")


@dataclass(frozen=True, kw_only=True)
class Listed:
    """A fund as its register has it. Shares 0–1; None where the list says nothing (未定), or the fund is not on it."""

    fund_id: str
    name: str
    kind: str | None
    status: str | None
    established_on: dt.date | None
    term_years: float | None
    stages: tuple[str, ...]
    loss_limit: Decimal | None
    single_limit: Decimal | None


def unlisted(fund_id: str) -> Listed:
    """A fund that only flows or commitments tell of."""
    return Listed(fund_id=fund_id, name=fund_id, kind=None, status=None, established_on=None, term_years=None, stages=(), loss_limit=None, single_limit=None)


@dataclass(frozen=True, kw_only=True)
class Position:
    """One fund or several of them together, at V, in 元. `net_flows`, `gross_flows`: by day what came less what went, of the investors and of the investments, in 分.

    `valued`: what the holdings are worth by the day they were valued, `at_cost`: those never valued since they were bought; `valued_on`: the day of the latest
    valuation that still stands; `called_from`, `invested_from`: of the first call and the first investment.
    """

    as_of: dt.date
    committed: Decimal
    paid_in: Decimal
    distributed: Decimal
    invested: Decimal
    exits: Decimal
    fees: Decimal
    valued: Decimal
    at_cost: Decimal
    valued_on: dt.date | None
    called_from: dt.date | None
    invested_from: dt.date | None
    net_flows: Series
    gross_flows: Series

    @property
    def unfunded(self) -> Decimal:
        return self.committed - self.paid_in

    @property
    def fair_value(self) -> Decimal:
        return self.valued + self.at_cost

    @property
    def cash(self) -> Decimal:
        return self.paid_in - self.invested - self.fees + self.exits - self.distributed

    @property
    def nav(self) -> Decimal:
        return self.fair_value + self.cash

    @property
    def is_stale(self) -> bool:
        """Whether the latest valuation is more than two quarters old; what was never valued cannot grow stale."""
        return self.valued_on is not None and months_between(self.valued_on, self.as_of) > STALE_MONTHS

    @property
    def picc(self) -> Decimal | None:
        return ratio(self.paid_in, self.committed)

    @property
    def dpi(self) -> Decimal | None:
        return ratio(self.distributed, self.paid_in)

    @property
    def rvpi(self) -> Decimal | None:
        return ratio(self.nav, self.paid_in)

    @property
    def tvpi(self) -> Decimal | None:
        return ratio(self.distributed + self.nav, self.paid_in)

    @property
    def moic(self) -> Decimal | None:
        """Gross: proceeds and fair value for each 元 invested."""
        return ratio(self.exits + self.fair_value, self.invested)

    @cached_property
    def net(self) -> Rate:
        """What the investors have had: calls out, distributions in, net asset value at V."""
        return rate_of(self.net_flows.with_flow(self.as_of, self.nav * FEN), since=self.called_from, until=self.as_of)

    @cached_property
    def gross(self) -> Rate:
        """What the investments have brought, before fees: cost out, proceeds in, fair value at V."""
        return rate_of(self.gross_flows.with_flow(self.as_of, self.fair_value * FEN), since=self.invested_from, until=self.as_of)


@dataclass(frozen=True, kw_only=True)
class Fund:
    """A fund and its position. `committed_by`, `paid_by`: by kind of investor, "" where the list does not name the payer."""

    listed: Listed
    position: Position
    committed_by: dict[str, Decimal]
    paid_by: dict[str, Decimal]


@dataclass(frozen=True, kw_only=True)
class Funds:
    """All funds at V, by kind and age. `is_known`: whether lists and flows were there by V; else no sum is known."""

    as_of: dt.date
    is_known: bool
    funds: tuple[Fund, ...]

    def of_kind(self, kind: str) -> tuple[Fund, ...]:
        """The funds of one kind, all of them for ""."""
        return tuple(each for each in self.funds if kind in ("", each.listed.kind))


def funds(cursor: duckdb.DuckDBPyConnection, as_of: dt.date) -> Funds:
    """Every fund at V, read from the marts."""
    sums: dict[tuple[str, str], dict[str, Sum]] = defaultdict(dict)
    totals, day = on_day(cursor, "fund_now", as_of)
    for metric_id, fund_id, category, value, first_on, last_on in cursor.execute(totals, day).fetchall():
        sums[fund_id, metric_id][category or ""] = (value, first_on, last_on)
    listed = [Listed(fund_id=fund_id, name=name, kind=kind, status=status, established_on=established, term_years=term,
                     stages=tuple((stages or "").split("|")) if stages else (), loss_limit=loss, single_limit=single)
              for fund_id, name, kind, status, established, term, stages, loss, single in cursor.execute(LIST_SQL, {"v": as_of}).fetchall()]
    listed += [unlisted(each) for each in sorted({fund_id for fund_id, _ in sums} - {each.fund_id for each in listed})]  # known by their flows alone
    flows = _series(cursor, as_of)

    def total(fund_id: str, metric_id: str) -> Decimal:
        return sum((value for value, _, _ in sums[fund_id, metric_id].values()), Decimal())

    def since(fund_id: str, metric_id: str) -> dt.date | None:
        return _first(first_on for _, first_on, _ in sums[fund_id, metric_id].values())

    def by_kind(fund_id: str, metric_id: str) -> dict[str, Decimal]:
        return {category: value for category, (value, _, _) in sums[fund_id, metric_id].items()}

    def position(fund_id: str, net: Series, gross: Series) -> Position:
        worth = sums[fund_id, "fund_fair_value"]
        return Position(
            as_of=as_of, committed=total(fund_id, "fund_commitment"), paid_in=total(fund_id, "fund_paid_in"), distributed=total(fund_id, "fund_distributed"),
            invested=total(fund_id, "fund_invested"), exits=total(fund_id, "fund_exits"), fees=total(fund_id, "fund_fees"),
            valued=worth.get("valued", NOTHING)[0], at_cost=worth.get("cost", NOTHING)[0], valued_on=worth.get("valued", NOTHING)[2],
            called_from=since(fund_id, "fund_paid_in"), invested_from=since(fund_id, "fund_invested"), net_flows=net, gross_flows=gross)

    made = tuple(Fund(listed=each, committed_by=by_kind(each.fund_id, "fund_commitment"), paid_by=by_kind(each.fund_id, "fund_paid_in"),
                      position=position(each.fund_id, *flows.get(each.fund_id, (NO_FLOWS, NO_FLOWS)))) for each in listed)
    return Funds(as_of=as_of, is_known=len(knowable(cursor, metrics(cursor, NEEDED), as_of)) == len(NEEDED), funds=made)


def pooled(found: Sequence[Fund], as_of: dt.date) -> Position:
    """Several funds as if they were one: their flows on one time axis."""
    parts = [each.position for each in found]

    def total(name: str) -> Decimal:
        return sum((getattr(each, name) for each in parts), Decimal())

    return Position(
        as_of=as_of, **{name: total(name) for name in ("committed", "paid_in", "distributed", "invested", "exits", "fees", "valued", "at_cost")},
        valued_on=max((each.valued_on for each in parts if each.valued_on), default=None), called_from=_first(each.called_from for each in parts),
        invested_from=_first(each.invested_from for each in parts),
        net_flows=together(each.net_flows for each in parts), gross_flows=together(each.gross_flows for each in parts))


@dataclass(frozen=True, kw_only=True)
class Investors:
    """Who pays, in 元. `unnamed`: paid in by payers the commitment list does not know. Shares are of what is paid in, 0–1; None without any."""

    committed: dict[str, Decimal]
    paid: dict[str, Decimal]

    @property
    def private_share(self) -> Decimal | None:
        """社会资本占比: (实缴 − 财政 − 国企) ÷ 实缴; provincial funds and academies count as neither treasury nor state enterprise."""
        public = sum((self.paid.get(kind, Decimal()) for kind in TREASURY + STATE), Decimal())
        whole = sum(self.paid.values(), Decimal())
        return ratio(whole - public, whole)

    @property
    def leverage(self) -> Decimal | None:
        """财政放大倍数: (认缴 − 财政出资) ÷ 财政出资, of commitments."""
        treasury = sum((self.committed.get(kind, Decimal()) for kind in TREASURY), Decimal())
        return ratio(sum(self.committed.values(), Decimal()) - treasury, treasury)


def investors(found: Iterable[Fund]) -> Investors:
    """Of these funds together."""
    committed: dict[str, Decimal] = defaultdict(Decimal)
    paid: dict[str, Decimal] = defaultdict(Decimal)
    for each in found:
        for sums, parts in ((committed, each.committed_by), (paid, each.paid_by)):
            for kind, value in parts.items():
                sums[kind] += value
    return Investors(committed=dict(committed), paid=dict(paid))


def ratio(part: Decimal, whole: Decimal) -> Decimal | None:
    """None where there is nothing to divide by."""
    return part / whole if whole > 0 else None


def months_between(one: dt.date, other: dt.date) -> int:
    """Whole months and begun ones from one day to a later day."""
    return (other.year - one.year) * 12 + other.month - one.month


def _first(days: Iterable[dt.date | None]) -> dt.date | None:
    return min((day for day in days if day), default=None)


def _series(cursor: duckdb.DuckDBPyConnection, as_of: dt.date) -> dict[str, tuple[Series, Series]]:
    """The net and the gross flows of each fund that has any."""
    found, last = cursor.execute(readable(cursor, SERIES)).fetchnumpy(), (as_of - EPOCH).days
    series = {}
    for fund_id, days, net, gross in zip(*(found[name] for name in ("fund_id", "days", "net_fen", "gross_fen")), strict=True):
        upto = np.searchsorted(days, last, side="right")
        series[fund_id] = (Series(days=days[:upto], amounts=net[:upto]), Series(days=days[:upto], amounts=gross[:upto]))
    return series
