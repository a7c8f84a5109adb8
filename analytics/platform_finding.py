"""The state of buildings and platforms in one sentence, true whatever the numbers are."""

from __future__ import annotations

from analytics.format import count, percent
from analytics.platforms import Platforms
from analytics.zones import Zone
from language import _, counted, named


def platform_finding(seen: Platforms, zone: Zone | None) -> str:
    """The title: what of the policy's lists is there, how full the buildings are, how fast requests are met; what cannot be known is said to be so."""
    where = zone.zone_id if zone else None
    parts = [*([_functions(seen)] if zone is None or zone.kind == "core" else []), _kinds(seen) if zone is None else _bodies(seen, zone.zone_id),
             _rate(seen, "premise_occupancy", where), _rate(seen, "request_met_30d_rate", where)]
    said = _("；").join(part for part in parts if part)
    return _("{zone}：{what}", zone=named(zone), what=said) if zone else said


def _functions(seen: Platforms) -> str:
    if any(each.state == "unknown" for each in seen.functions):
        return _("核心区功能因缺报尚不能知道")
    in_use = sum(each.state == "in_use" for each in seen.functions)
    return counted("核心区 {n} 项功能投用 {in_use} 项", len(seen.functions), in_use=in_use)


def _kinds(seen: Platforms) -> str:
    """Of the types of platforms that the policy lists how many are in use, and how many the register does not have at all."""
    states = [seen.state_of_kind(each.category_id) for each in seen.listed_kinds]
    if "unknown" in states:
        return _("平台因缺报尚不能知道")
    said = counted("政策所列 {n} 类平台投用 {in_use} 类", len(states), in_use=states.count("in_use"))
    missing = states.count("unconnected")
    return _("，").join((said, counted("{n} 类尚无一个", missing))) if missing else said


def _bodies(seen: Platforms, zone: str) -> str:
    bodies = seen.tally.value("platform_bodies_in_use", zone)
    return "" if bodies is None else _("投用平台 {bodies} 个", bodies=count(bodies))


def _rate(seen: Platforms, metric_id: str, zone: str | None) -> str:
    value = seen.tally.value(metric_id, zone)
    return "" if value is None else _("{what} {share}", what=named(seen.tally.metric(metric_id)), share=percent(value))
