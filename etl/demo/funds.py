"""The demo park's funds: who committed what, what was called, invested, lost and given back, and what the rest is worth."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from etl.demo.firms import org_code
from etl.demo.fund_plans import FUNDS, INVESTORS, Fund
from etl.demo.model import AS_OF, World
from etl.demo.records import STAGE_WORD
from etl.demo.spells import told_by
from etl.demo.truth import known_events

WAN = Decimal("0.01")


@dataclass(frozen=True, kw_only=True)
class Flow:
    """One cash flow of a fund as one delivery tells it, in 万元."""

    flow_id: str = ""
    fund_id: str
    on: date
    kind: str
    amount: Decimal
    other: str | None = None
    project_id: str | None = None
    stage: str | None = None
    holding: float | None = None
    is_first: bool | None = None
    years: int | None = None
    is_void: bool = False
    told: int = 0


@dataclass(frozen=True, kw_only=True)
class Holding:
    """One investment and what becomes of it. `worth` is for each 元 put in, reached three years after."""

    flow: Flow
    worth: float
    sold_on: date | None

    def value(self, on: date) -> Decimal:
        """Fair value on a day, in 万元."""
        age = min(1.0, (on - self.flow.on).days / 900)
        return (self.flow.amount * Decimal(round(1 + (self.worth - 1) * age, 3))).quantize(WAN)


def manager_of(fund: Fund) -> str:
    """基金管理人's code: the two fund houses of the park."""
    return org_code(8117) if fund.kind in ("种子", "天使", "天使基金") else org_code(8130)


def holdings(world: World) -> tuple[Holding, ...]:
    """All investments, with investee and, where the park knows one in that stage, project."""
    rng, orgs = world.dice("fund_cashflows"), {org.code: org for org in world.orgs}
    entries: dict[str, list[tuple[date, str]]] = {}
    for event in known_events(world.events, 3):
        if event.kind in ("enter", "reenter"):
            entries.setdefault(event.project_id, []).append((event.on, event.stage))
    firms = [org for org in world.orgs if org.kind == "企业" and org.told == 1 and not org.moved_out_on and org.zone != "core"]
    taken: set[str] = set()
    made = []
    for fund in FUNDS:
        for on, stage, amount, worth, sold_on in fund.deals:
            fitting = [project for project in world.projects if project.project_id in entries and project.org.kind == "企业"
                       and project.org.code not in taken and not project.void_from
                       and max((entry for entry in entries[project.project_id] if entry[0] <= on), default=(on, ""))[1] == stage]
            old = [org for org in firms if org.founded_on and org.founded_on < on and org.code not in taken]
            project = rng.choice(fitting) if fitting else None
            investee = orgs[project.org.code] if project else rng.choice(old)
            taken.add(investee.code)
            flow = Flow(fund_id=fund.fund_id, on=on, kind="投资", amount=Decimal(amount), other=investee.code, stage=STAGE_WORD[stage],
                        project_id=project.project_id if project else None, holding=round(rng.uniform(0.03, 0.18), 4),
                        is_first=stage in ("rd", "poc", "small") and rng.random() < 0.8, years=rng.choice((3, 5, 5, 7)))
            made.append(Holding(flow=flow, worth=worth, sold_on=sold_on))
    return tuple(made)


def flows(world: World) -> tuple[Flow, ...]:
    """Every flow as told, oldest first. One amount is told wrong and corrected, one payout told twice and taken back, one comes late."""
    made: list[Flow] = []
    for fund in FUNDS:
        made += [Flow(fund_id=fund.fund_id, on=on, kind="实缴", amount=(Decimal(part) * Decimal(str(share))).quantize(WAN), other=INVESTORS[who][0])
                 for on, share in fund.calls for who, part in fund.parts.items()]
        made += [Flow(fund_id=fund.fund_id, on=date(year, 1, 15), kind="费用", amount=Decimal(fund.size) * Decimal("0.01"), other=manager_of(fund))
                 for year in range(fund.established_on.year + 1, 2027) if fund.calls]
        made += [Flow(fund_id=fund.fund_id, on=on, kind="分配", amount=(Decimal(whole) * part / sum(fund.parts.values())).quantize(WAN),
                      other=INVESTORS[who][0]) for on, whole in fund.payouts for who, part in fund.parts.items()]
    for held in holdings(world):
        made.append(held.flow)
        if held.sold_on:
            made.append(replace(held.flow, on=held.sold_on, kind="退出回收", amount=held.flow.amount * Decimal(str(held.worth)), stage=None,
                                holding=None, is_first=None, years=None))
    made.sort(key=lambda flow: (flow.on, flow.fund_id, flow.kind, flow.other or ""))
    told = [replace(flow, flow_id=f"LS-{number:04d}", told=told_by(flow.on)) for number, flow in enumerate(made, start=1)]
    return tuple(_with_versions(told))


def _with_versions(told: list[Flow]) -> Iterator[Flow]:
    last = [flow for flow in told if flow.on <= AS_OF[0]]
    wrong = next(flow for flow in reversed(last) if flow.kind == "投资")
    late = next(flow for flow in reversed(last) if flow.kind == "投资" and flow is not wrong)
    twice = next(flow for flow in reversed(last) if flow.kind == "分配")
    for flow in told:
        if flow is wrong:
            yield replace(flow, amount=flow.amount * 10)
        yield replace(flow, told=2) if flow in (wrong, late) else flow
    copy = replace(twice, flow_id=f"LS-{len(told) + 1:04d}", on=twice.on + timedelta(days=1))
    yield from (copy, replace(copy, is_void=True, told=2))


def paid_in(world: World, on: date) -> dict[tuple[str, str], Decimal]:
    """实缴 by fund and investor up to a day, in 万元."""
    paid: dict[tuple[str, str], Decimal] = {}
    for flow in flows(world):
        if flow.kind == "实缴" and flow.on <= on and flow.other:
            paid[flow.fund_id, flow.other] = paid.get((flow.fund_id, flow.other), Decimal()) + flow.amount
    return paid


def unfunded(world: World, on: date) -> Decimal:
    """认缴 less 实缴 of all funds, in 元."""
    committed = sum(part for fund in FUNDS for part in fund.parts.values())
    return (committed - sum(paid_in(world, on).values(), Decimal())) * 10_000


def distributed(world: World) -> Decimal:
    """分配 of all funds, the payout that was told twice counted once, in 元."""
    latest = {flow.flow_id: flow for flow in sorted(flows(world), key=lambda flow: flow.told)}
    return sum((flow.amount for flow in latest.values() if flow.kind == "分配" and not flow.is_void), Decimal()) * 10_000
