"""What changed comes into the pack as the bridge of two issues has it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from park import Park

from exports.pack.change_part import sentence
from exports.pack.changes import of_bridges
from warehouse.metric import Metric, metric


@dataclass(frozen=True, kw_only=True)
class Reason:
    term: str
    change: Decimal


@dataclass(frozen=True, kw_only=True)
class Bridged:
    metric: Metric
    before: Fraction | None
    now: Fraction | None
    terms: tuple[Reason, ...]
    is_headline: bool = True


def test_the_bridge_of_two_issues_becomes_a_section(read_only: Park) -> None:
    with read_only.open() as cursor:
        pilots, output = metric(cursor, "g2_pilot"), metric(cursor, "g4a_output_12m")
    told = of_bridges("2026-10 期", dt.date(2026, 9, 30), (
        Bridged(metric=pilots, before=Fraction(3), now=Fraction(5), terms=(Reason(term="真实新增", change=Decimal(2)),)),
        Bridged(metric=output, before=None, now=Fraction(123_456_789), terms=())), {"g2_pilot": "中试项目新增两项"})
    first, second = told.changes
    assert (first.before, first.now, dict(first.terms)) == (Decimal(3), Decimal(5), {"真实新增": Decimal(2)})
    assert sentence(first) == "中试项目新增两项。"
    assert sentence(second) == "归因产值（近十二个月）由 — 变为 1.23 亿元。"
