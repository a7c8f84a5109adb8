"""The compensation pool and the insurances at V: what the pool holds, what it would have to pay, how fast it paid, and who is insured."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import duckdb

from analytics.credit import Credit, credit
from analytics.limits import Limit
from analytics.older import readable
from warehouse.known import is_knowable
from warehouse.metric import metric

HERE = Path(__file__).parent
CLAIMS_SQL, MOVES_SQL, INSURED_SQL, LINKED_SQL = ((HERE / f"{name}.sql").read_text(encoding="utf-8")
                                                  for name in ("pool_claims", "pool_moves", "insured", "linked"))
MOST = 40  # firms named


@dataclass(frozen=True, kw_only=True)
class Claim:
    """What one contract brought the pool by V, in 元. `contract_id` "": entries that name none."""

    contract_id: str
    firm: str | None
    claimed_on: dt.date | None
    approved_on: dt.date | None
    paid_on: dt.date | None
    claimed: Decimal
    approved: Decimal
    paid: Decimal
    recovered: Decimal

    @property
    def days_to_payment(self) -> int | None:
        """From the first claim to the first payment."""
        return (self.paid_on - self.claimed_on).days if self.paid_on and self.claimed_on else None


@dataclass(frozen=True, kw_only=True)
class Claims:
    """What follows from the claims. Shares 0–1; None: there is nothing to take the share of."""

    approval_rate: Decimal | None
    recovery_rate: Decimal | None
    mean_days: Decimal | None
    unpaid: int
    paid: Decimal
    recovered: Decimal


@dataclass(frozen=True, kw_only=True)
class Coverage:
    """What the pool holds by what it would have to pay, per case. None: it would have to pay nothing."""

    bad: Decimal | None
    stress: Decimal | None
    double: Decimal | None


@dataclass(frozen=True, kw_only=True)
class Insured:
    """The policies in force against one risk, in 元."""

    risk: str
    policies: int
    cover: Decimal
    premium: Decimal
    claims: Decimal


@dataclass(frozen=True, kw_only=True)
class Linked:
    """A firm that is insured and has an investment or a loan. `linked`: sums insured that name the investment they belong to."""

    org_id: str
    group_id: str
    name: str
    cover: Decimal
    linked: Decimal
    invested: Decimal
    loans: Decimal


@dataclass(frozen=True, kw_only=True)
class Pool:
    """All of it at V. `balance` None: no ledger of the pool has come; `insured` None: no list of policies. `moves`: by year and kind, payments below 0.

    `consumption`: paid this year by what was there at its start; `leverage`: pooled loans by `balance`.
    """

    as_of: dt.date
    credit: Credit
    balance: Decimal | None
    moves: Mapping[tuple[int, str], Decimal]
    claims: tuple[Claim, ...]
    told: Claims
    coverage: Coverage
    consumption: Decimal | None
    leverage: Decimal | None
    insured: tuple[Insured, ...] | None
    linked: tuple[Linked, ...]
    linked_firms: int
    limits: Mapping[str, Limit]


def pool(cursor: duckdb.DuckDBPyConnection, as_of: dt.date) -> Pool:
    """At V. Raises UnknownMetric."""
    loans = credit(cursor, as_of)
    known = is_knowable(cursor, metric(cursor, "pool_balance"), as_of)
    moves = {(year, kind): value for year, kind, value in cursor.execute(MOVES_SQL, {"v": as_of}).fetchall()} if known else {}
    claims = tuple(Claim(contract_id=contract, firm=firm, claimed_on=claimed_on, approved_on=approved_on, paid_on=paid_on, claimed=claimed, approved=approved,
                         paid=paid, recovered=recovered) for contract, firm, claimed_on, approved_on, paid_on, claimed, approved, paid, recovered in (
                             cursor.execute(CLAIMS_SQL, {"v": as_of}).fetchall() if known else ()))
    balance = sum(moves.values(), Decimal(0)) if known else None
    parts = {loss.scenario: loss.pool for loss in loans.losses}
    covered = Coverage(**{name: _by(balance, parts.get(name)) for name in ("bad", "stress", "double")})
    insured = is_knowable(cursor, metric(cursor, "insurance_cover"), as_of)
    firms = cursor.execute(readable(cursor, LINKED_SQL), {"v": as_of, "most": MOST}).fetchall() if insured else []
    return Pool(
        as_of=as_of, credit=loans, balance=balance, moves=moves, claims=claims, told=told(claims), coverage=covered,
        consumption=consumption(moves, as_of.year) if known else None, leverage=_by(loans.pooled.balance if loans.pooled else None, balance),
        insured=tuple(Insured(risk=risk, policies=policies, cover=cover, premium=premium, claims=paid) for risk, policies, cover, premium, paid in
                      cursor.execute(INSURED_SQL, {"v": as_of}).fetchall()) if insured else None,
        linked=tuple(Linked(org_id=org, group_id=group, name=name, cover=cover, linked=linked, invested=invested, loans=owed)
                     for org, group, name, cover, linked, invested, owed, _ in firms),
        linked_firms=firms[0][-1] if firms else 0, limits=loans.limits)


def told(claims: Sequence[Claim]) -> Claims:
    """Rates over contracts that claimed, amounts over all."""
    claimed = [each for each in claims if each.claimed_on]
    days = [each.days_to_payment for each in claims if each.days_to_payment is not None and each.days_to_payment >= 0]
    paid, recovered = sum((each.paid for each in claims), Decimal(0)), sum((each.recovered for each in claims), Decimal(0))
    return Claims(approval_rate=_by(Decimal(sum(each.approved_on is not None for each in claimed)), Decimal(len(claimed))), recovery_rate=_by(recovered, paid),
                  mean_days=_by(Decimal(sum(days)), Decimal(len(days))), unpaid=sum(each.paid_on is None for each in claimed), paid=paid, recovered=recovered)


def consumption(moves: Mapping[tuple[int, str], Decimal], year: int) -> Decimal | None:
    """Paid in a year by what the pool held at its start; None where it held nothing."""
    start = sum((value for (at, _), value in moves.items() if at < year), Decimal(0))
    return _by(-moves.get((year, "payment"), Decimal(0)), start if start > 0 else None)


def _by(part: Decimal | None, whole: Decimal | None) -> Decimal | None:
    return part / whole if part is not None and whole else None
