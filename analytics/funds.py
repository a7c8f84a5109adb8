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

from analytics.cash_flows import Flow, Rate, netted, rate
from language import N_
from warehouse.metric import is_knowable, metric

HERE = Path(__file__).parent
TOTALS_SQL, LIST_SQL = (HERE.joinpath(name).read_text(encoding="utf-8") for name in ("funds.sql", "fund_list.sql"))
KINDS = {"sci_tech": N_("科创专项"), "seed": N_("种子"), "angel": N_("天使"), "venture": N_("创投"), "industry": N_("产业")}
INVESTORS = {"local_treasury": N_("本级财政"), "upper_treasury": N_("上级财政"), "state_enterprise": N_("国有企业"), "provincial_fund": N_("省级产业基金"),
             "academy": N_("高校院所"), "private": N_("社会资本")}
TREASURY, STATE = ("local_treasury", "upper_treasury"), ("state_enterprise",)
STALE_MONTHS = 6  # two quarters
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


@dataclass(frozen=True, kw_only=True)
class Position:
    """One fund or several of them together, at V, in 元. `paid`, `payouts`, `deals`, `proceeds`: the dated flows behind the sums, positive.

    `valued`: what the holdings are worth by the day they were valued or, where never valued since, bought.
    """

    as_of: dt.date
    committed: Decimal
    paid: tuple[Flow, ...]
    payouts: tuple[Flow, ...]
    deals: tuple[Flow, ...]
    proceeds: tuple[Flow, ...]
    fees: Decimal
    valued: tuple[Flow, ...]
    at_cost: Decimal

    @cached_property
    def paid_in(self) -> Decimal:
        return total(self.paid)

    @property
    def unfunded(self) -> Decimal:
        return self.committed - self.paid_in

    @cached_property
    def distributed(self) -> Decimal:
        return total(self.payouts)

    @cached_property
    def invested(self) -> Decimal:
        return total(self.deals)

    @cached_property
    def exits(self) -> Decimal:
        return total(self.proceeds)

    @cached_property
    def fair_value(self) -> Decimal:
        return total(self.valued) + self.at_cost

    @property
    def cash(self) -> Decimal:
        return self.paid_in - self.invested - self.fees + self.exits - self.distributed

    @property
    def nav(self) -> Decimal:
        return self.fair_value + self.cash

    @property
    def valued_on(self) -> dt.date | None:
        """The day of the latest valuation that still stands."""
        return max((on for on, _ in self.valued), default=None)

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
        return _rate(self.paid, self.payouts, (self.as_of, self.nav))

    @cached_property
    def gross(self) -> Rate:
        """What the investments have brought, before fees: cost out, proceeds in, fair value at V."""
        return _rate(self.deals, self.proceeds, (self.as_of, self.fair_value))


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
    cells: dict[tuple[str, str], list[tuple[str | None, dt.date, Decimal]]] = defaultdict(list)
    for metric_id, fund_id, category, _stage, on, value in cursor.execute(TOTALS_SQL, {"v": as_of}).fetchall():
        cells[fund_id, metric_id].append((category, on, value))
    listed = [Listed(fund_id=fund_id, name=name, kind=kind, status=status, established_on=established, term_years=term,
                     stages=tuple((stages or "").split("|")) if stages else (), loss_limit=loss, single_limit=single)
              for fund_id, name, kind, status, established, term, stages, loss, single, *_ in cursor.execute(LIST_SQL, {"v": as_of}).fetchall()]

    def flows(fund_id: str, metric_id: str) -> tuple[Flow, ...]:
        return netted((on, value) for _, on, value in cells[fund_id, metric_id])

    def by_kind(fund_id: str, metric_id: str) -> dict[str, Decimal]:
        sums: dict[str, Decimal] = defaultdict(Decimal)
        for category, _, value in cells[fund_id, metric_id]:
            sums[category or ""] += value
        return dict(sums)

    made = tuple(Fund(
        listed=each, committed_by=by_kind(each.fund_id, "fund_commitment"), paid_by=by_kind(each.fund_id, "fund_paid_in"),
        position=Position(
            as_of=as_of, committed=sum(by_kind(each.fund_id, "fund_commitment").values(), Decimal()), paid=flows(each.fund_id, "fund_paid_in"),
            payouts=flows(each.fund_id, "fund_distributed"), deals=flows(each.fund_id, "fund_invested"), proceeds=flows(each.fund_id, "fund_exits"),
            fees=total(flows(each.fund_id, "fund_fees")), at_cost=by_kind(each.fund_id, "fund_fair_value").get("cost", Decimal()),
            valued=netted((on, value) for basis, on, value in cells[each.fund_id, "fund_fair_value"] if basis == "valued"))) for each in listed)
    return Funds(as_of=as_of, is_known=all(is_knowable(cursor, metric(cursor, each), as_of) for each in NEEDED), funds=made)


def pooled(found: Sequence[Fund], as_of: dt.date) -> Position:
    """Several funds as if they were one: their flows on one time axis."""
    parts = [each.position for each in found]
    return Position(
        as_of=as_of, committed=sum((each.committed for each in parts), Decimal()), paid=_joined(each.paid for each in parts),
        payouts=_joined(each.payouts for each in parts), deals=_joined(each.deals for each in parts), proceeds=_joined(each.proceeds for each in parts),
        fees=sum((each.fees for each in parts), Decimal()), valued=_joined(each.valued for each in parts),
        at_cost=sum((each.at_cost for each in parts), Decimal()))


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


def total(flows: Iterable[Flow]) -> Decimal:
    return sum((amount for _, amount in flows), Decimal())


def months_between(one: dt.date, other: dt.date) -> int:
    """Whole months and begun ones from one day to a later day."""
    return (other.year - one.year) * 12 + other.month - one.month


def _joined(series: Iterable[tuple[Flow, ...]]) -> tuple[Flow, ...]:
    return netted(flow for flows in series for flow in flows)


def _rate(out: Sequence[Flow], back: Sequence[Flow], rest: Flow) -> Rate:
    return rate([*((on, -amount) for on, amount in out), *back, rest], since=out[0][0] if out else None, until=rest[0])
