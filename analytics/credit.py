"""The loans at V: who bears them, by product, bank and guarantor, how good they are, and what stress would cost."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import duckdb
import polars as pl

from analytics.limits import Limit, State, limits
from analytics.sums import added
from warehouse.known import is_knowable
from warehouse.metric import metric

CREDIT_SQL = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
BEARERS = ("bank_cny", "guarantor_cny", "pool_cny")
BAD = ("substandard", "doubtful", "loss")
WATCH = "special_mention"
GRADES = ("normal", WATCH, *BAD)
PLEDGES = ("ip_pledge", "equity_pledge", "order_pledge", "mixed_pledge")
AMOUNTS = ("balance_cny", *BEARERS)


@dataclass(frozen=True, kw_only=True)
class Loans:
    """Some of the loans, in 元: bank, guarantor and pool bear the balance together. `bad_ratio` None: there is no balance."""

    code: str
    name: str
    contracts: int
    first_loans: int
    balance: Decimal
    bank: Decimal
    guarantor: Decimal
    pool: Decimal
    watch: Decimal
    bad: Decimal

    @property
    def bad_ratio(self) -> Decimal | None:
        return self.bad / self.balance if self.balance else None


@dataclass(frozen=True, kw_only=True)
class Loss:
    """Whose loss it is if these loans fail entirely, in 元."""

    scenario: str  # bad, stress (关注 too), double (twice the stress)
    bank: Decimal
    guarantor: Decimal
    pool: Decimal


@dataclass(frozen=True, kw_only=True)
class Guarantor:
    """A guarantor's cover. `leverage`: by net assets, None where those are not set."""

    loans: Loans
    net_assets: Decimal | None
    state_share: Decimal | None
    source: str | None
    leverage: Decimal | None
    state: State


@dataclass(frozen=True, kw_only=True)
class Credit:
    """All of it at V. `whole` None: no list of loans has come."""

    as_of: dt.date
    whole: Loans | None
    products: tuple[Loans, ...]
    lenders: tuple[tuple[Loans, State], ...]
    guarantors: tuple[Guarantor, ...]
    grades: Mapping[str, Loans]
    losses: tuple[Loss, ...]
    pooled: Loans | None
    limits: Mapping[str, Limit]

    @property
    def typical(self) -> Decimal | None:
        """The mean of a contract, by which a unit is chosen in which most of them can be read."""
        return self.whole.balance / self.whole.contracts if self.whole and self.whole.contracts else None

    @property
    def pledged(self) -> Decimal:
        return sum((each.balance for each in self.products if each.code in PLEDGES), Decimal(0))


def credit(cursor: duckdb.DuckDBPyConnection, as_of: dt.date) -> Credit:
    """At V. Raises UnknownMetric."""
    set_limits = limits(cursor)
    if not is_knowable(cursor, metric(cursor, "loan_balance"), as_of):
        return Credit(as_of=as_of, whole=None, products=(), lenders=(), guarantors=(), grades={}, losses=(), pooled=None, limits=set_limits)
    found = cursor.cursor().sql(CREDIT_SQL, params={"v": as_of}).pl()
    guaranteed = found.filter(pl.col("guarantor_cny") > 0)
    known = {org: (assets, share, source) for org, assets, share, source in cursor.execute(
        "SELECT org_id, net_assets_cny, state_share, source FROM ref.guarantor WHERE valid_from <= ?", [as_of]).fetchall()}
    return Credit(
        as_of=as_of, whole=_whole(found), products=_by(found, "product", "product"),
        lenders=tuple((each, _judge(set_limits, "lender_bad", each.bad_ratio)) for each in _by(found, "lender_org_id", "lender")),
        guarantors=tuple(_guarantor(each, known.get(each.code, (None, None, None)), set_limits) for each in _by(guaranteed, "guarantor_org_id", "guarantor")),
        grades={each.code: each for each in _by(found, "risk_grade", "risk_grade")}, losses=losses(found),
        pooled=_whole(found.filter(pl.col("is_in_pool"))), limits=set_limits)


def losses(found: pl.DataFrame) -> tuple[Loss, ...]:
    """If the bad loans fail; if those of special mention fail too; if twice as much fails as in that case, at most all of it.

    `found`: risk_grade and the amounts of AMOUNTS. Nothing is recovered in any of them.
    """
    bad, watched = found.filter(pl.col("risk_grade").is_in(BAD)), found.filter(pl.col("risk_grade") == WATCH)
    at_most = _sums(found)
    stressed = {name: value + _sums(watched)[name] for name, value in _sums(bad).items()}
    cases = {"bad": _sums(bad), "stress": stressed, "double": {name: min(2 * value, at_most[name]) for name, value in stressed.items()}}
    return tuple(Loss(scenario=name, bank=each["bank_cny"], guarantor=each["guarantor_cny"], pool=each["pool_cny"]) for name, each in cases.items())


def _sums(found: pl.DataFrame) -> dict[str, Decimal]:
    return {name: added(found[name]) for name in AMOUNTS}


def _by(found: pl.DataFrame, code: str, name: str) -> tuple[Loans, ...]:
    """The largest first."""
    rows = (found.group_by(pl.col(code).alias("code")).agg(
        pl.col(name).first().alias("name"), pl.col("contracts", "first_loans", *AMOUNTS).sum(),
        pl.col("balance_cny").filter(pl.col("risk_grade") == WATCH).sum().alias("watch"),
        pl.col("balance_cny").filter(pl.col("risk_grade").is_in(BAD)).sum().alias("bad")).sort("balance_cny", "code", descending=[True, False]))
    return tuple(Loans(code=row["code"], name=row["name"], contracts=row["contracts"], first_loans=row["first_loans"], balance=row["balance_cny"],
                       bank=row["bank_cny"], guarantor=row["guarantor_cny"], pool=row["pool_cny"], watch=row["watch"], bad=row["bad"])
                 for row in rows.iter_rows(named=True))


def _whole(found: pl.DataFrame) -> Loans:
    [whole] = _by(found.with_columns(everything=pl.lit("")), "everything", "everything") or (Loans(
        code="", name="", contracts=0, first_loans=0, balance=Decimal(0), bank=Decimal(0), guarantor=Decimal(0), pool=Decimal(0), watch=Decimal(0),
        bad=Decimal(0)),)
    return whole


def _guarantor(loans: Loans, told: tuple[Decimal | None, Decimal | None, str | None], set_limits: Mapping[str, Limit]) -> Guarantor:
    assets, share, source = told
    leverage = loans.guarantor / assets if assets else None
    return Guarantor(loans=loans, net_assets=assets, state_share=share, source=source, leverage=leverage,
                     state=_judge(set_limits, "guarantee_leverage", leverage))


def _judge(set_limits: Mapping[str, Limit], name: str, measured: Decimal | None) -> State:
    return set_limits[name].judge(measured) if name in set_limits else "unset"
