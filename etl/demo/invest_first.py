"""先投后股 of the demo park: agreements in every state, the money and rent put in, and what came back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from etl.demo.firms import org_code
from etl.demo.model import AS_OF, OPERATORS, Project, World
from etl.demo.spells import told_by

HOLDER = org_code(8130)  # 示范产业引导基金, the only state-owned one that is registered
STRANGER = org_code(9004)  # holds for the state and is registered nowhere
TERMS = ("完成市场化股权融资不低于500万元", "年销售收入达到1000万元", "取得注册证并签订首单合同")


@dataclass(frozen=True, kw_only=True)
class Plan:
    """One agreement as it goes. `states`: what the three lists say. `cash`, `back` in 万元; `rent`: (㎡, months, 元/㎡·month)."""

    signed_on: date
    states: tuple[str | None, str | None, str | None]
    cash: int
    rent: tuple[int, int, int] | None = None
    triggered_on: date | None = None
    converted_on: date | None = None
    registered_on: date | None = None
    back: tuple[date, str, int] | None = None
    holder: str = HOLDER


PLANS = (
    Plan(signed_on=date(2024, 5, 16), states=("代持", "代持", "代持"), cash=200, rent=(300, 12, 30), triggered_on=date(2025, 3, 14),
         converted_on=date(2025, 6, 11), registered_on=date(2025, 8, 1)),
    Plan(signed_on=date(2024, 9, 4), states=("代持", "代持", "代持"), cash=150, triggered_on=date(2025, 7, 9), converted_on=date(2025, 9, 24),
         registered_on=date(2025, 11, 5), holder=STRANGER),
    Plan(signed_on=date(2024, 3, 20), states=("退出", "退出", "退出"), cash=160, triggered_on=date(2024, 11, 12), converted_on=date(2025, 1, 15),
         registered_on=date(2025, 2, 19), back=(date(2026, 5, 20), "退出回款", 196)),
    Plan(signed_on=date(2025, 2, 12), states=("转股", "转股", "代持"), cash=180, rent=(220, 12, 32), triggered_on=date(2026, 5, 6),
         converted_on=date(2026, 7, 20), registered_on=date(2026, 9, 10)),
    Plan(signed_on=date(2025, 4, 23), states=("触发", "触发", "触发"), cash=240, triggered_on=date(2026, 5, 22)),
    Plan(signed_on=date(2025, 6, 18), states=("先投", "触发", "触发"), cash=120, rent=(180, 12, 28), triggered_on=date(2026, 9, 18)),
    Plan(signed_on=date(2025, 5, 29), states=("触发", "触发", "转股"), cash=150, triggered_on=date(2026, 8, 5), converted_on=date(2026, 10, 22)),
    Plan(signed_on=date(2025, 9, 10), states=("先投", "先投", "先投"), cash=100, rent=(160, 12, 30)),
    Plan(signed_on=date(2025, 11, 26), states=("先投", "先投", "先投"), cash=130),
    Plan(signed_on=date(2026, 1, 21), states=("先投", "先投", "先投"), cash=90, rent=(200, 12, 30)),
    Plan(signed_on=date(2026, 4, 15), states=("先投", "先投", "先投"), cash=160),
    Plan(signed_on=date(2026, 8, 26), states=("立项", "立项", "先投"), cash=110),
    Plan(signed_on=date(2024, 6, 25), states=("退回", "退回", "退回"), cash=100, back=(date(2026, 3, 11), "退回", 60)),
    Plan(signed_on=date(2024, 8, 14), states=("替换", "替换", "替换"), cash=80),
    Plan(signed_on=date(2024, 4, 10), states=("免责", "免责", "免责"), cash=120, back=(date(2026, 2, 25), "核销", 120)),
    Plan(signed_on=date(2025, 3, 5), states=("终止", "终止", "终止"), cash=70, rent=(260, 24, 30)),
    Plan(signed_on=date(2026, 9, 16), states=(None, "立项", "立项"), cash=0),
    Plan(signed_on=date(2026, 10, 21), states=(None, None, "立项"), cash=0),
)


@dataclass(frozen=True, kw_only=True)
class Deal:
    """One agreement with its project. Valuation and capital in 万元."""

    agreement_id: str
    project: Project
    plan: Plan
    terms: str
    pre_money: int
    capital: int
    discount: Decimal


@dataclass(frozen=True, kw_only=True)
class Flow:
    """One flow as one sender tells it, in 元."""

    flow_id: str
    sender: str
    agreement_id: str
    on: date
    kind: str
    amount: Decimal
    rent: tuple[int, int, int] | None = None
    told: int
    is_void: bool = False


def deals(world: World) -> tuple[Deal, ...]:
    """All agreements, each with a firm's project of its own; the one that ended has a project that ended, still in its rooms."""
    rng = world.dice("invest_first_deals")
    ended_on = {event.project_id: event.on for event in world.events if event.kind in ("terminate", "withdraw")}
    own = [project for project in world.projects if project.org.kind == "企业" and project.told == 1 and not project.void_from and not project.parent_id]
    made: list[Deal] = []
    for number, plan in enumerate(PLANS, start=1):
        taken = {deal.project.project_id for deal in made}
        has_ended = plan.states[0] == "终止"
        near = [each for each in own if each.project_id not in taken and (each.project_id in ended_on) == has_ended
                and (plan.rent is None or (each.zone not in (*OPERATORS, "outside", "unplaced")))]
        pool = [each for each in near if (ended_on[each.project_id] < AS_OF[0] if has_ended else each.approved_on <= plan.signed_on)]
        pool = pool or [min(near, key=lambda each: each.approved_on)]
        made.append(Deal(agreement_id=f"XT-{plan.signed_on.year}-{number:02d}", project=rng.choice(pool), plan=plan, terms=TERMS[number % 3],
                         pre_money=rng.choice((2400, 3000, 3600, 5000)), capital=rng.choice((800, 1000, 1500)), discount=Decimal(rng.choice((0, 10, 20))) / 100))
    return tuple(made)


def flows(world: World) -> tuple[Flow, ...]:
    """The centre's cash and the service firm's rent. One payment comes before its agreement; one is told twice and taken back."""
    made: list[Flow] = []
    for number, deal in enumerate(deals(world), start=1):
        plan = deal.plan
        paid_on = plan.signed_on + timedelta(days=-12 if number == 9 else 62 if number == 12 else 20)
        mine = [(paid_on, "现金拨付", Decimal(plan.cash))] if plan.cash else []
        mine += [(plan.back[0], plan.back[1], Decimal(plan.back[2]))] if plan.back else []
        made += [Flow(flow_id=f"XL-{number:02d}{turn}", sender="D08", agreement_id=deal.agreement_id, on=on, kind=kind, amount=amount * 10_000,
                      told=told_by(on)) for turn, (on, kind, amount) in enumerate(mine, start=1)]
        if plan.rent:
            area, months, price = plan.rent
            made.append(Flow(flow_id=f"ZJ-{number:02d}1", sender="D09", agreement_id=deal.agreement_id, on=plan.signed_on + timedelta(days=31),
                             kind="租金折算", amount=Decimal(area * months * price), rent=plan.rent, told=told_by(plan.signed_on + timedelta(days=31))))
    first = made[0]
    made += [Flow(flow_id="XL-901", sender="D08", agreement_id=first.agreement_id, on=first.on, kind=first.kind, amount=first.amount, told=told,
                  is_void=told == 2) for told in (1, 2)]
    late = deals(world)[10].agreement_id
    made.append(Flow(flow_id="XL-902", sender="D08", agreement_id=late, on=date(2026, 8, 12), kind="其他投入", amount=Decimal(36_000), told=2))
    return tuple(made)


def invested(world: World) -> Decimal:
    """Cash, rent and other put in under all agreements, in 元."""
    return sum((flow.amount for flow in flows(world) if flow.kind in ("现金拨付", "租金折算", "其他投入") and flow.flow_id != "XL-901"), Decimal())


def stake(world: World, deal: Deal) -> Decimal:
    """转股比例 as agreed: principal over the price of the round, diluted by the shares it makes."""
    put_in = sum((flow.amount for flow in flows(world) if flow.agreement_id == deal.agreement_id and flow.on <= (deal.plan.converted_on or AS_OF[2])
                  and flow.kind in ("现金拨付", "租金折算", "其他投入") and flow.flow_id != "XL-901"), Decimal())
    shares = put_in / 10_000 / (Decimal(deal.pre_money) / deal.capital * (1 - deal.discount))
    return round(shares / (deal.capital + shares), 4)
