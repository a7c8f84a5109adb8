"""What changed comes into the pack as the bridge of two issues has it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction

from park import Park

from analytics.change_bridge import MetricChange, Standing, TermSum
from exports.pack.change_part import sentence
from exports.pack.changes import of_bridges
from warehouse.metric import Metric, metric


def changed(metric: Metric, before: Fraction | None, now: Fraction, *terms: TermSum) -> MetricChange:
    standing: Standing = "bridged" if terms else "begun"
    return MetricChange(metric=metric, standing=standing, before=before, restated=before, told=before, now=now, terms=terms,
                        is_headline=True)


def test_the_bridge_of_two_issues_becomes_a_section(read_only: Park) -> None:
    with read_only.open() as cursor:
        pilots, output = metric(cursor, "g2_pilot"), metric(cursor, "g4a_output_12m")
    told = of_bridges("2026-10 期", dt.date(2026, 9, 30), (
        changed(pilots, Fraction(3), Fraction(5), TermSum(term="真实新增", exact=Fraction(2), count=2)),
        changed(output, None, Fraction(123_456_789))), {"g2_pilot": "中试项目新增两项"})
    first, second = told.changes
    assert (first.before, first.now, dict(first.terms)) == (Decimal(3), Decimal(5), {"真实新增": Decimal(2)})
    assert sentence(first) == "中试项目新增两项。"
    assert sentence(second) == "归因产值（近十二个月）由 — 变为 1.23 亿元。"
