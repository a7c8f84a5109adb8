"""Where a measure stands, in one sentence."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from analytics.format import Amount, percent, short
from analytics.zone_measures import Measure
from analytics.zones import Zone
from language import _, listed, named


def zone_finding(measure: Measure, amount: Amount, zones: Sequence[Zone]) -> str:
    """The total, the zone with the most, and how much lies on no zone of the map. `zones`: all of them, buckets included."""
    what, total = named(measure.metric), measure.total
    if total is None:
        return _("{what}因缺报尚不能知道", what=what)
    known = {each.zone_id: value for each in zones for value in (measure.zones[each.zone_id],) if value is not None}
    placed = [each for each in zones if each.kind != "bucket" and known.get(each.zone_id)]
    if not placed:
        return _("{what} {total}，都不在图上的空间里", what=what, total=amount.said(total)) if total else f"{what} {amount.said(total)}"
    most = max(known[each.zone_id] for each in placed)
    leading = [short(each) for each in placed if known[each.zone_id] == most]
    first = listed(leading)
    if measure.is_ratio:
        return _("{what} {total}：最高的是{first}，{most}", what=what, total=amount.said(total), first=first, most=amount.said(most))
    beside = sum((known[each.zone_id] for each in zones if each.kind == "bucket" and each.zone_id in known), Decimal(0))
    said = (_("{what} {total}：{first}最多，{most}，占 {share}", what=what, total=amount.said(total), first=first, most=amount.said(most), share=percent(most / total))
            if len(leading) == 1 else _("{what} {total}：{first}最多，各 {most}", what=what, total=amount.said(total), first=first, most=amount.said(most)))
    return said if not beside else _("{said}；区外与未落区 {beside}", said=said, beside=amount.said(beside))
