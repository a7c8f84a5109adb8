"""The technology contracts of the demo park: those of its outcomes, others, and who brought them about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from etl.demo.model import World
from etl.demo.spells import told_by


@dataclass(frozen=True, kw_only=True)
class Contract:
    """One registered contract as one delivery tells it, in 万元. `brokers`: one or two numbers."""

    contract_no: str
    kind: str
    seller: str
    buyer: str
    outcome_id: str | None
    signed_on: date
    turnover: Decimal
    technology: Decimal
    brokers: str | None
    commission: Decimal | None
    told: int
    is_void: bool = False


def contracts(world: World) -> tuple[Contract, ...]:
    """Those of outcomes, then others. One is told with a wrong amount, one taken back; two were brought about by two managers together."""
    rng, orgs = world.dice("tech_contracts"), {project.project_id: project.org for project in world.projects}
    firms = [org for org in world.orgs if org.kind == "企业" and org.told == 1]
    academies = [org for org in world.orgs if org.kind in ("高校", "科研院所")]
    buyers = {row.outcome_id: row.implementer for row in world.outcomes if row.implementer}
    made: list[Contract] = []
    registered = {row.contract_no: row for row in world.outcomes if row.contract_no and row.signed_on and not row.is_void}
    plans: list[tuple[str | None, str, str, str, str | None, date]] = []
    for number, row in registered.items():
        assert row.signed_on
        seller = orgs[row.project_id] if orgs[row.project_id].kind != "企业" else rng.choice(academies)
        buyer = buyers.get(row.outcome_id) or rng.choice(firms).code
        plans.append((number, "许可" if row.route == "许可" else "转让", seller.code, buyer, row.outcome_id, row.signed_on))
    for _ in range(44):
        kind = rng.choice(("开发", "开发", "服务", "服务", "咨询"))
        plans.append((None, kind, rng.choice(academies).code, rng.choice(firms).code, None, date(2025, 1, 6) + timedelta(days=rng.randint(0, 660))))
    for place, (found, kind, seller_code, buyer, outcome_id, on) in enumerate(sorted(plans, key=lambda plan: plan[5])):
        turnover = Decimal(rng.choice((18, 36, 60, 120, 260, 480, 900)))
        broker = f"JJR-{rng.randint(1, 30):03d}" if rng.random() < 0.6 else None
        brokers = f"{broker}、JJR-031" if broker and place % 25 == 13 else broker
        made.append(Contract(contract_no=found or f"JSHT{on.year}62{5000 + place:06d}", kind=kind, seller=seller_code, buyer=buyer, outcome_id=outcome_id,
                             signed_on=on, turnover=turnover, technology=turnover * Decimal(rng.choice((10, 9, 7))) / 10, brokers=brokers,
                             commission=turnover * Decimal("0.03") if broker else None, told=told_by(on)))
    wrong, void = [place for place, each in enumerate(made) if each.told == 1 and each.outcome_id is None][20:22]
    return tuple(_with_versions(made, wrong, void))


def _with_versions(made: list[Contract], wrong: int, void: int) -> Iterator[Contract]:
    for place, each in enumerate(made):
        if place == wrong:
            yield replace(each, turnover=each.turnover * 10, technology=each.technology * 10)
            yield replace(each, told=2)
        elif place == void:
            yield each
            yield replace(each, told=3, is_void=True)
        else:
            yield each


def turnover(world: World) -> Decimal:
    """成交额 of all contracts that stand, in 元."""
    latest = {each.contract_no: each for each in sorted(contracts(world), key=lambda each: each.told)}
    return sum((each.turnover for each in latest.values() if not each.is_void), Decimal()) * 10_000
