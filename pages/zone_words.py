"""What the map page says beside the map: the legend, the sum, every zone with its value, where the shapes come from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from analytics.format import UNKNOWN, Amount, short
from analytics.zone_amounts import amount_of
from analytics.zone_measures import Measure
from analytics.zone_shapes import Backdrop, Points, Shape
from analytics.zones import Zone
from language import _, counted, either, listed, named
from pages.choices import here
from pages.markup import Markup, el
from pages.tables import wide


def legend(amount: Amount, low: Decimal, high: Decimal, colours: Sequence[str]) -> Markup:
    """The colours from the lowest to the highest value, with the unit; a height is said by the same scale. `colours`: three, #RRGGBB."""
    bar = el("div", class_="ramp", style=f"background:linear-gradient(90deg,{','.join(colours)})", aria_hidden="true")
    return el("div", el("p", _("颜色越浓、柱越高，数越大（{unit}）", unit=amount.unit) if amount.unit else _("颜色越浓、柱越高，数越大")), bar,
              el("p", el("span", amount.text(low)), el("span", amount.text(high)), class_="ends"), class_="legend")


def whole(seen: Measure, amount: Amount, zones: Sequence[Zone]) -> Markup:
    """What is on the map, and beside it what is not, so that both add up to the total before the reader's eyes."""
    placed = [seen.zones[each.zone_id] for each in zones if each.kind != "bucket"]
    boxes = [(_("一核七区"), None if seen.is_ratio or None in placed else sum((value or Decimal(0) for value in placed), Decimal(0)))]
    boxes += [(named(each), seen.zones[each.zone_id]) for each in zones if each.kind == "bucket"]
    parts = [el("div", el("dt", name), el("dd", amount.text(value))) for name, value in (boxes[1:] if seen.is_ratio else boxes)]
    return el("dl", *parts, el("div", el("dt", _("合计")), el("dd", amount.text(seen.total)), class_="all"), class_="ratio whole" if seen.is_ratio else "whole",
              aria_label=_("地图上与地图外"))


def ranked(seen: Mapping[str, Decimal | None], amount: Amount, zones: Sequence[Zone], chosen: str) -> Markup:
    """Every zone of the map in the order of the policy, its name choosing it, with a bar of its value."""
    most = max((value for value in seen.values() if value), default=Decimal(1))
    lines = [el("li", el("a", short(each), href=here(zone=None if each.zone_id == chosen else each.zone_id, **{"with": None}), target="_self",
                         aria_current="true" if each.zone_id == chosen else None),
                el("span", el("b", style=f"width:{float(100 * (seen.get(each.zone_id) or 0) / most):.1f}%"), class_="bar", aria_hidden="true"),
                el("strong", amount.text(seen.get(each.zone_id)))) for each in zones if each.kind != "bucket"]
    return el("ul", *lines, class_="ranked", aria_label=_("各空间"))


def as_list(measures: Mapping[str, Measure], zones: Sequence[Zone], shapes: Mapping[str, Shape], *, density: bool) -> Markup:
    """All that the map can show, as a table: zones down, measures across, the buckets and the total below."""
    areas = {zone: each.area_km2 for zone, each in shapes.items()}
    columns = [(one, one.per(areas) if density and not one.is_ratio else one.zones, is_dense) for one in measures.values()
               for is_dense in (density and not one.is_ratio,)]
    amounts = [amount_of(one, density_of=values.values() if is_dense else None) for one, values, is_dense in columns]
    headings = [_("空间"), _("面积（平方千米）"), *(_("{what}（{unit}）", what=named(one.metric), unit=amount.unit) if amount.unit else named(one.metric)
                                              for (one, _values, _dense), amount in zip(columns, amounts, strict=True))]
    rows = [[el("a", named(zone), href=here(zone=zone.zone_id, **{"with": None}), target="_self"), _area(areas.get(zone.zone_id)),
             *(amount.text(values.get(zone.zone_id)) for (_one, values, _dense), amount in zip(columns, amounts, strict=True))] for zone in zones]
    total = [_("合计"), _area(sum(areas.values(), Decimal(0))),
             *(UNKNOWN if is_dense else amount.text(one.total) for (one, _values, is_dense), amount in zip(columns, amounts, strict=True))]
    return el("section", wide(_("各空间"), headings, rows, numbers=range(1, len(headings)), total=total, is_long=True))


def _area(km2: Decimal | None) -> str:
    return UNKNOWN if km2 is None else f"{km2:.1f}"


def marked(points: Points, label: str) -> Markup:
    """How many things the map shows, and how many it cannot."""
    said = counted("标出{label} {n} 处", points.things - points.nowhere, label=label)
    more = counted("，另有 {n} 处没有坐标", points.nowhere) if points.nowhere else ""
    return el("p", said, more, _("；相近的合为一点。"), class_="quiet marked")


def origin(shapes: Mapping[str, Shape], backdrop: Sequence[Backdrop]) -> Markup:
    """That the shapes are schematic, or whose they are, and where the backdrop comes from."""
    area = f"{sum((each.area_km2 for each in shapes.values()), Decimal(0)):,.1f}"
    if any(each.is_schematic for each in shapes.values()):
        said = _("空间的形状与面积为示意，非真实边界；按示意图形在椭球面上算得共 {area} 平方千米。", area=area)
    else:
        files = listed(dict.fromkeys(each.source for each in shapes.values()))
        said = _("空间边界来自 {files}（{datum}），在椭球面上算得共 {area} 平方千米。", files=files, area=area,
                 datum=listed(dict.fromkeys(each.datum for each in shapes.values())))
    licences = dict.fromkeys(_("{source}；{licence}", source=either(each.source, each.source_en), licence=either(each.licence, each.licence_en)) for each in backdrop)
    sources = el("details", el("summary", _("底图来源与许可")), el("ul", *(el("li", each) for each in licences)))
    return el("div", el("p", el("strong", _("示意图")) if any(each.is_schematic for each in shapes.values()) else "", said), sources, class_="quiet origin")
