"""The numbers of the three figures of a goal as frames: the same for the page's figures and for those that are printed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import polars as pl

from analytics.burnup import Burnup
from analytics.forecast import GoalForecast
from analytics.format import Amount, day, short
from analytics.zones import Zone
from charts import bars, burnup
from language import N_, _, named

BEFORE = N_("基准日前")


@dataclass(frozen=True, kw_only=True)
class Way:
    """The burn-up. `points` as charts.burnup.SCHEMA has it, `names` of its series, `span` the ISO days of its axis; amounts in the amount's unit.
    `fan`: what may come, as charts.burnup.FAN has it, its range and its middle called `fan_names`, at its end `fan_said`."""

    points: pl.DataFrame
    names: Mapping[str, str]
    target: float | None
    target_said: str
    span: tuple[str, str] | None
    alt: str
    fan: pl.DataFrame | None = None
    fan_names: tuple[str, str] = ("", "")
    fan_said: tuple[str, str] = ("", "")


@dataclass(frozen=True, kw_only=True)
class Bars:
    """A value each, as charts.bars.SCHEMA has them."""

    frame: pl.DataFrame
    alt: str


def way(seen: Burnup, amount: Amount, ahead: GoalForecast | None = None) -> Way:
    """The lines of a reading, the plan and the target; `ahead`: the forecast of this reading, where there is one."""
    names = {"plan": _("拟定计划线")} | {series: named(line.metric) for series, line in zip(("done", "beside"), seen.lines, strict=False)}
    lines = {series: line.points for series, line in zip(("done", "beside"), seen.lines, strict=False)} | {"plan": seen.planned}
    points = pl.DataFrame([{"series": series, "on": on, "value": amount.number(value), "said": f"{day(on)}\n{names[series]} {amount.said(value)}"}
                           for series, line in lines.items() for on, value in line], schema=burnup.SCHEMA)
    goal = seen.card.goal
    target = goal.target if seen.is_measured else None
    said = _("目标 {target}", target=amount.with_unit(amount.target(target))) if target is not None else ""
    shown = _("；").join(f"{day(on)} {amount.said(value)}" for on, value in seen.lines[0].points)
    fan = _fan(seen, amount, ahead) if ahead and ahead.path and seen.card.value is not None else None
    if fan is not None:
        shown = _("{readings}；预测 {last}", readings=shown, last=fan["said"][-1].replace("\n", " "))
    return Way(points=points, names=names, target=amount.number(target), target_said=said,
               alt=_("{what}各月末读数。{target}。{readings}。", what=named(seen.lines[0].metric), target=said, readings=shown),
               span=(goal.base_on.isoformat(), goal.deadline_on.isoformat()) if seen.is_measured else None, fan=fan,
               fan_names=(_("预测 P10–P90"), _("预测中位数")), fan_said=_at_the_end(amount, ahead) if fan is not None and ahead else ("", ""))


def _at_the_end(amount: Amount, ahead: GoalForecast) -> tuple[str, str]:
    """The range and the middle at the deadline."""
    low, middle, high = (amount.text(Decimal(str(round(each)))) for each in (ahead.end.low, ahead.end.middle, ahead.end.high))
    return _("{low}–{high} {unit}", low=low, high=high, unit=amount.unit), amount.with_unit(middle)


def _fan(seen: Burnup, amount: Amount, ahead: GoalForecast) -> pl.DataFrame:
    """From what is there at V on."""
    def number(value: float) -> float | None:
        return amount.number(Decimal(str(value)))

    def said(value: float) -> str:
        return amount.text(Decimal(str(round(value))))

    now = float(seen.card.value or 0)
    rows = [(seen.card.as_of, now, now, now)] + [(each.on, each.low, each.middle, each.high) for each in ahead.path]
    return pl.DataFrame([{"on": on, "low": number(low), "middle": number(middle), "high": number(high), "said": _(
        "{day}\n预测中位数 {middle}，P10–P90 {low}–{high} {unit}", day=day(on), middle=said(middle), low=said(low), high=said(high), unit=amount.unit)}
        for on, low, middle, high in rows], schema=burnup.FAN)


def by_zone(seen: Burnup, amount: Amount, places: Sequence[Zone]) -> Bars:
    """All zones, also where one is chosen."""
    frame = pl.DataFrame([{
        "code": zone.zone_id, "name": re.split("[（(]", short(zone))[0].strip(), "value": amount.number(value), "said": f"{named(zone)}\n{amount.said(value)}",
        "label": amount.text(value)} for zone in places for value in (seen.card.zones.get(zone.zone_id),)], schema=bars.SCHEMA)
    return Bars(frame=frame, alt=_alt(_("各空间"), frame, amount))


def by_month(seen: Burnup, amount: Amount) -> Bars:
    """By the month in which it happened; what happened before the base date is one column, where there is any."""
    columns: list[tuple[str, str, str, Decimal | None]] = [("before", _("此前"), _(BEFORE), seen.before)] if seen.before else []
    columns += [(f"{each.ends_on:%Y-%m}", f"{each.ends_on.month}" + (f"\n{each.ends_on.year}" if not at or each.ends_on.month == 1 else ""),
                 f"{each.ends_on:%Y-%m}", each.value) for at, each in enumerate(seen.months)]
    frame = pl.DataFrame([{"code": code, "name": name, "value": amount.number(value), "said": f"{said}\n{amount.said(value)}",
                           "label": amount.text(value) if value else "" if value is not None else "—"} for code, name, said, value in columns], schema=bars.SCHEMA)
    return Bars(frame=frame, alt=_alt(_("各月发生"), frame, amount))


def _alt(what: str, frame: pl.DataFrame, amount: Amount) -> str:
    readings = _("，").join(each.replace("\n", " ") for each in frame["said"].to_list())
    return _("{what}（{unit}）：{readings}。", what=what, unit=amount.unit, readings=readings)
