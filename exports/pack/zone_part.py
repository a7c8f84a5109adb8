"""The zones in the report: each goal by zone, and how far buildings and platforms are used."""

from __future__ import annotations

from collections.abc import Iterator

from analytics.format import short
from analytics.zone_amounts import amount_of
from analytics.zone_finding import zone_finding
from analytics.zone_measures import Measure
from exports.pack.document import Block, Table, Text
from exports.pack.meeting import Meeting
from language import _, named

SAID = ("g1_poc_small", "g2_pilot", "g3_landed", "exp_government")  # those of which the text tells
TABLES = (("g1_poc_small", "g2_pilot", "g3_landed", "g4a_output_12m", "exp_government"),
          ("funnel_stock", "premise_occupancy", "premise_vacant_area", "platform_in_use", "platform_workshop_occupancy"))


def zones(seen: Meeting) -> Iterator[Block]:
    """What stands out, then every zone with outside and unplaced, so that each column adds up to its card."""
    found = [seen.measures[each] for each in SAID if each in seen.measures]
    yield Text(text="".join(zone_finding(each, amount_of(each), seen.zones) + _("。") for each in found))
    for caption, asked in zip((_("各空间的目标与敞口"), _("各空间的在途项目、载体与平台")), TABLES, strict=True):
        measures = [seen.measures[each] for each in asked if each in seen.measures]
        if measures:
            yield _table(caption, measures, seen)


def _table(caption: str, measures: list[Measure], seen: Meeting) -> Table:
    amounts = [amount_of(each) for each in measures]
    headings = [_("{what}（{unit}）", what=named(each.metric), unit=amount.unit) if amount.unit else named(each.metric)
                for each, amount in zip(measures, amounts, strict=True)]
    rows = [[short(zone), *(amount.text(each.zones[zone.zone_id]) for each, amount in zip(measures, amounts, strict=True))] for zone in seen.zones]
    return Table(caption=caption, headings=[_("空间"), *headings], rows=rows, widths=(26, *(15 for _each in measures)), numbers=range(1, len(headings) + 1),
                 total=[_("合计"), *(amount.text(each.total) for each, amount in zip(measures, amounts, strict=True))])
