"""Sums that the demo park's files tell after the third delivery, counted from its own records and not by the pipeline."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from etl.demo import credit, funds, invest_first, platforms, policy, space, tasks, tech_contracts
from etl.demo.model import World
from etl.demo.sending import QUARTERS


@dataclass(frozen=True, kw_only=True)
class Sums:
    """What core tables must come to at the end of October 2026. Money in 元, area in ㎡."""

    unfunded: Decimal  # 认缴 less 实缴, at the end of September
    distributed: Decimal  # 分配 by all funds since their beginning
    owed_in_pool: Decimal
    pool_net: Decimal
    invested_first: Decimal
    leased_m2: int
    contract_turnover: Decimal
    platforms_in_use: int
    tasks_done: int
    matters_closed: int


def summed(world: World) -> Sums:
    """All of them."""
    return Sums(unfunded=funds.unfunded(world, QUARTERS[1]), distributed=funds.distributed(world), owed_in_pool=credit.balance_in_pool(world),
                pool_net=credit.pool_net(world), invested_first=invest_first.invested(world), leased_m2=space.leased_area(world),
                contract_turnover=tech_contracts.turnover(world), platforms_in_use=platforms.in_use(), tasks_done=tasks.done(world),
                matters_closed=policy.closed(world))
