"""The demo park's funds: who committed what, what was called, invested, lost and given back, and what the rest is worth."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from etl.demo.firms import org_code
from etl.demo.model import AS_OF, World
from etl.demo.records import STAGE_WORD
from etl.demo.spells import told_by
from etl.demo.truth import known_events

Deal = tuple[date, str, int, float, date | None]  # when, stage, 万元, what it is worth for each 元, when it was sold
WAN = Decimal("0.01")
TREASURY, STATE, PROVINCE, PRIVATE, ACADEMY = "本级财政", "国有企业", "省级产业基金", "社会资本", "高校院所"
INVESTORS = {
    TREASURY: (org_code(9001), "（演示）新区财政专户"), STATE: (org_code(9002), "（演示）新区国有资本运营公司"),
    PROVINCE: (org_code(8130), "（演示）示范产业引导基金"), PRIVATE: (org_code(9004), "（演示）社会出资人联合体"),
    ACADEMY: (org_code(7000, "12620000MB0"), "（演示）西部样板大学"),
}


@dataclass(frozen=True, kw_only=True)
class Fund:
    """One fund. Money in 万元; `calls` are (day, share of the commitment); `status` by quarter told."""

    fund_id: str
    name: str
    kind: str
    established_on: date
    term: int
    size: int
    stages: str
    loss_cap: float
    single_cap: float
    status: tuple[str | None, str]
    parts: dict[str, int]
    calls: tuple[tuple[date, float], ...] = ()
    deals: tuple[Deal, ...] = ()
    payouts: tuple[tuple[date, int], ...] = ()


FUNDS = (
    Fund(fund_id="JJ-2019-01", name="陇创一号创业投资基金", kind="创投", established_on=date(2019, 6, 18), term=7, size=8000,
         stages="转化落地、产业化", loss_cap=0.3, single_cap=0.2, status=("退出", "清算"), parts={TREASURY: 1600, STATE: 2400, PRIVATE: 4000},
         calls=((date(2019, 8, 5), 0.4), (date(2020, 7, 9), 0.4), (date(2021, 9, 14), 0.2)),
         deals=((date(2019, 10, 22), "industrial", 1500, 2.4, date(2023, 5, 17)), (date(2020, 3, 11), "industrial", 1200, 0.3, date(2022, 11, 8)),
                (date(2020, 9, 2), "landed", 1400, 1.9, date(2024, 6, 20)), (date(2021, 11, 3), "pilot", 1000, 0, date(2025, 3, 27)),
                (date(2021, 12, 15), "industrial", 1600, 1.6, date(2025, 11, 19))),
         payouts=((date(2023, 6, 30), 3500), (date(2024, 7, 12), 2600), (date(2025, 12, 22), 2800))),
    Fund(fund_id="JJ-2022-01", name="甘智汇创业投资基金", kind="创投", established_on=date(2022, 3, 30), term=8, size=30000, stages="中试、转化落地、产业化",
         loss_cap=0.4, single_cap=0.2, status=("投资", "投资"), parts={TREASURY: 6000, STATE: 9000, PROVINCE: 6000, PRIVATE: 9000},
         calls=((date(2022, 5, 18), 0.4), (date(2023, 6, 14), 0.3), (date(2024, 9, 11), 0.2)),
         deals=((date(2022, 8, 16), "industrial", 3500, 2.2, date(2025, 9, 5)), (date(2022, 12, 7), "landed", 2800, 1.7, None),
                (date(2023, 7, 20), "pilot", 3000, 0.6, None), (date(2024, 10, 15), "pilot", 4200, 1.35, None),
                (date(2025, 2, 26), "pilot", 3600, 1.1, None), (date(2026, 3, 18), "landed", 2400, 1.05, None)),
         payouts=((date(2025, 10, 16), 6900),)),
    Fund(fund_id="JJ-2023-01", name="新区产业投资基金", kind="产业", established_on=date(2023, 5, 26), term=10, size=50000, stages="转化落地、产业化",
         loss_cap=0.3, single_cap=0.15, status=("投资", "投资"), parts={TREASURY: 10000, STATE: 15000, PROVINCE: 10000, PRIVATE: 15000},
         calls=((date(2023, 9, 6), 0.3), (date(2025, 3, 12), 0.2)),
         deals=((date(2023, 11, 8), "industrial", 6000, 1.4, None), (date(2024, 12, 18), "landed", 4500, 1.25, None),
                (date(2025, 5, 21), "industrial", 5000, 1.1, None), (date(2026, 5, 13), "landed", 4000, 1, None)),
         payouts=((date(2026, 7, 8), 600),)),
    Fund(fund_id="JJ-2024-01", name="甘智汇天使投资基金", kind="天使", established_on=date(2024, 4, 15), term=8, size=10000, stages="概念验证、小试、中试",
         loss_cap=0.5, single_cap=0.1, status=("投资", "投资"), parts={TREASURY: 4000, STATE: 2500, PRIVATE: 3000, ACADEMY: 500},
         calls=((date(2024, 6, 6), 0.5), (date(2025, 11, 5), 0.3)),
         deals=((date(2024, 8, 21), "small", 620, 1.8, None), (date(2024, 11, 13), "poc", 450, 0.2, date(2026, 4, 29)),
                (date(2025, 3, 19), "small", 700, 1.3, None), (date(2025, 6, 25), "small", 520, 1, None), (date(2025, 12, 3), "pilot", 800, 1.2, None),
                (date(2026, 2, 11), "small", 560, 1, None), (date(2026, 8, 19), "poc", 380, 1, None))),
    Fund(fund_id="JJ-2025-01", name="甘智汇种子基金", kind="种子", established_on=date(2025, 2, 18), term=10, size=6000, stages="研发、概念验证",
         loss_cap=0.6, single_cap=0.1, status=("投资期", "投资期"), parts={TREASURY: 3600, ACADEMY: 900, PRIVATE: 1500},
         calls=((date(2025, 4, 9), 0.5), (date(2026, 9, 16), 0.2)),
         deals=((date(2025, 6, 11), "rd", 180, 1, None), (date(2025, 8, 27), "poc", 240, 1.4, None), (date(2025, 12, 17), "poc", 200, 0.5, None),
                (date(2026, 3, 25), "rd", 150, 1, None), (date(2026, 6, 10), "poc", 260, 1, None), (date(2026, 10, 14), "poc", 220, 1, None))),
    Fund(fund_id="JJ-2026-01", name="甘智汇科创专项基金", kind="科创专项", established_on=date(2026, 3, 20), term=12, size=100000,
         stages="概念验证、小试、中试、转化落地、产业化", loss_cap=0.4, single_cap=0.1, status=("募集", "投资"),
         parts={TREASURY: 30000, STATE: 30000, PROVINCE: 20000, PRIVATE: 18000, ACADEMY: 2000},
         calls=((date(2026, 4, 15), 0.15), (date(2026, 10, 12), 0.05)),
         deals=((date(2026, 6, 24), "pilot", 4000, 1, None), (date(2026, 8, 12), "landed", 3500, 1, None), (date(2026, 10, 21), "small", 1500, 1, None))),
    Fund(fund_id="JJ-2026-02", name="甘智汇天使投资二期基金", kind="天使基金", established_on=date(2026, 9, 8), term=8, size=8000, stages="概念验证、小试",
         loss_cap=0.5, single_cap=0.1, status=(None, "筹备"), parts={TREASURY: 3000, STATE: 2000}),
)


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
