"""先投后股 at V: every agreement with its state, its money and its alarms; how many were converted, and what came back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Literal

import duckdb

from analytics.aalen_johansen import Step, incidence
from analytics.cash_flows import Flow, Rate, rate
from language import N_
from warehouse.duties import has
from warehouse.known import is_knowable
from warehouse.metric import metric

INVEST_FIRST_SQL = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
FLOWS_SQL = ("SELECT agreement_id, paid_on, CASE WHEN flow_kind IN ('cash', 'rent', 'other') THEN -amount_cny ELSE amount_cny END "
             "FROM core.invest_first_flow WHERE paid_on <= $v AND flow_kind <> 'written_off' ORDER BY ALL")
HOLDERS_SQL = ("SELECT o.org_id FROM ref.state_enterprise AS e JOIN core.organization AS o ON o.org_id = e.org_id OR e.org_id IS NULL AND "
               "(o.org_name = e.name_zh OR list_contains(string_split(e.aliases_zh, '|'), o.org_name)) WHERE e.status <> $unset "
               "UNION SELECT e.org_id FROM ref.state_enterprise AS e WHERE e.org_id IS NOT NULL AND e.status <> $unset")
STATES = {"approved": N_("立项"), "funded": N_("先投"), "triggered": N_("触发"), "converted": N_("转股"), "held": N_("代持"), "exited": N_("退出"),
          "returned": N_("退回"), "replaced": N_("替换"), "exempted": N_("免责"), "terminated": N_("终止")}
ENDED = ("exited", "returned", "replaced", "exempted", "terminated")
ALARMS = {  # what each is called, and what it tests
    "suspended": (N_("悬置"), N_("触发条件满足已超过 {days} 天而未转股、未了结")),
    "holder": (N_("代持单位"), N_("代持方不在新区国有企业名单")),
    "waived": (N_("租金仍在减免"), N_("协议已了结或项目已终止，租约仍在减免租金")),
    "early": (N_("拨付早于立项"), N_("首笔投入早于协议签约或项目立项")),
    "twice": (N_("同一支出重复计"), N_("同一凭证同一金额记了两次，或同一场所的租金既折算先投又按减免另计")),
    "share": (N_("转股比例"), N_("转股比例高于上限，或高于按本金、估值与折扣算得的比例")),
    "closed": (N_("了结而有余额"), N_("协议已了结，先投余额既未收回也未核销"))}
Alarm = Literal["suspended", "holder", "waived", "early", "twice", "share", "closed"]


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What the joint meeting sets; None where it has not (未定)."""

    suspended_days: int
    share: Decimal | None
    return_low: Decimal | None
    return_high: Decimal | None


@dataclass(frozen=True, kw_only=True)
class Deal:
    """One agreement at V. Money in 元; shares 0–1. `alarms`: those that ring."""

    agreement_id: str
    status: str
    project_id: str
    project_name: str | None
    org_id: str
    org_name: str | None
    signed_on: dt.date
    triggered_on: dt.date | None
    converted_on: dt.date | None
    ended_on: dt.date | None
    first_paid_on: dt.date | None
    holder: str | None
    is_holder_registered: bool
    told_share: Decimal | None
    fair_share: Decimal | None
    cash: Decimal
    rent: Decimal
    other: Decimal
    recovered: Decimal
    written_off: Decimal
    recycled: Decimal
    outstanding: Decimal
    converted: Decimal
    returned: Rate
    alarms: tuple[Alarm, ...]

    @property
    def principal(self) -> Decimal:
        return self.cash + self.rent + self.other


@dataclass(frozen=True, kw_only=True)
class InvestFirst:
    """All agreements at V. `is_known`: whether list and flows were there by V. `unjudged`: alarms for which something is undecided (未定) or missing."""

    as_of: dt.date
    is_known: bool
    deals: tuple[Deal, ...]
    limits: Limits
    unjudged: tuple[Alarm, ...]
    conversion: tuple[Step, ...]

    @property
    def triggered(self) -> int:
        """Agreements whose trigger was met, converted ones included."""
        return sum(each.triggered_on is not None or each.converted_on is not None for each in self.deals)

    @property
    def converted(self) -> int:
        return sum(each.converted_on is not None for each in self.deals)

    def ringing(self, alarm: Alarm) -> tuple[Deal, ...]:
        return tuple(each for each in self.deals if alarm in each.alarms)


def stake(principal: Decimal, pre_money: Decimal, capital: Decimal, discount: Decimal = Decimal(), new_money: Decimal = Decimal()) -> Decimal:
    """转股比例: (I/P) ÷ (原股本 + 新增股本 + I/P), P = 投前估值/股本 × (1 − 折扣); new shares are bought at the price without the discount."""
    price = pre_money / capital
    shares = principal / (price * (1 - discount))
    return shares / (capital + new_money / price + shares)


def invest_first(cursor: duckdb.DuckDBPyConnection, as_of: dt.date) -> InvestFirst:
    """Every agreement known at V."""
    limits = _limits(cursor)
    holders = _state_holders(cursor)
    flows: dict[str, list[Flow]] = {}
    for agreement, on, amount in cursor.execute(FLOWS_SQL, {"v": as_of}).fetchall():
        flows.setdefault(agreement, []).append((on, amount))
    found = cursor.execute(INVEST_FIRST_SQL, {"v": as_of})
    names = [column for column, *_ in found.description or ()]
    deals = tuple(_deal(dict(zip(names, row, strict=True)), flows, limits, holders, as_of) for row in found.fetchall())
    unjudged: tuple[Alarm, ...] = (*(() if holders is not None else ("holder",)), *(() if limits.share is not None else ("share",)))
    known = all(is_knowable(cursor, metric(cursor, each), as_of) for each in ("deal_agreements", "deal_principal"))
    return InvestFirst(as_of=as_of, is_known=known, deals=deals, limits=limits, unjudged=unjudged, conversion=incidence(_spells(deals, as_of)))


def _deal(row: dict[str, object], flows: dict[str, list[Flow]], limits: Limits, holders: frozenset[str] | None, as_of: dt.date) -> Deal:
    get = row.__getitem__
    priced = bool(get("pre_money_cny") and get("original_capital_cny") and get("converted_on"))
    fair = stake(Decimal(str(get("converted_cny"))), Decimal(str(get("pre_money_cny"))), Decimal(str(get("original_capital_cny"))),
                 Decimal(str(get("discount_share") or 0))) if priced else None
    told = get("converted_share")
    status, triggered, converted = str(get("status")), get("triggered_on"), get("converted_on")
    rings: dict[Alarm, bool] = {
        "suspended": isinstance(triggered, dt.date) and converted is None and status not in ENDED and (as_of - triggered).days > limits.suspended_days,
        "holder": holders is not None and get("holder_org_id") is not None and get("holder_org_id") not in holders,
        "waived": bool(get("is_waived_after_end")), "early": bool(get("is_paid_early")), "twice": bool(get("is_counted_twice")),
        "share": isinstance(told, Decimal) and ((limits.share is not None and told > limits.share) or (fair is not None and told > fair + Decimal("0.00005"))),
        "closed": status in ENDED and Decimal(str(get("outstanding_cny"))) > 0}
    fields = {name: row[name] for name in ("agreement_id", "project_id", "project_name", "org_id", "org_name", "signed_on", "triggered_on", "converted_on",
                                           "ended_on", "first_paid_on")}
    money = {name: row[f"{name}_cny"] for name in ("cash", "rent", "other", "recovered", "written_off", "recycled", "outstanding", "converted")}
    return Deal(**fields, **money, status=status, holder=row["holder_name"] or row["holder_org_id"], told_share=told, fair_share=fair,  # type: ignore[arg-type]
                is_holder_registered=row["holder_name"] is not None, returned=rate(flows.get(str(get("agreement_id")), ())),
                alarms=tuple(alarm for alarm, is_ringing in rings.items() if is_ringing))


def _limits(cursor: duckdb.DuckDBPyConnection) -> Limits:
    known = dict(cursor.execute("SELECT setting_id, value FROM ref.setting WHERE starts_with(setting_id, 'deal_')").fetchall())
    return Limits(suspended_days=int(known["deal_suspended_days"]), share=known["deal_share_limit"], return_low=known["deal_return_low"],
                  return_high=known["deal_return_high"])


def _state_holders(cursor: duckdb.DuckDBPyConnection) -> frozenset[str] | None:
    """The codes on the committee's list of state enterprises; None where this snapshot has no such list, or nothing on it is decided yet."""
    if not has(cursor, "ref.state_enterprise"):
        return None
    return frozenset(code for (code,) in cursor.execute(HOLDERS_SQL, {"unset": "未定"}).fetchall()) or None


def _spells(deals: Sequence[Deal], as_of: dt.date) -> list[tuple[float, int]]:
    """Months from the first contribution to conversion (1) or an end without it (2); open ones are censored at V."""
    spells = []
    for each in deals:
        if each.first_paid_on is not None:
            event = 1 if each.converted_on else 2 if each.status in ENDED else 0
            until = each.converted_on or (each.ended_on if event == 2 and each.ended_on else as_of)
            spells.append((max((until - each.first_paid_on).days, 0) / 30.44, event))
    return spells
