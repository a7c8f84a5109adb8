"""The figures of the funnel page, from its numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import polars as pl
import streamlit as st

from analytics.funnel import IN, OUT, REACHED, STOCK, Funnel
from analytics.funnel_finding import months, said
from analytics.passages import Cohort, Passage, days
from charts import curves, flow, intervals, stages
from charts.theme import Palette
from exports.funnel_frames import ByStage, by_stage
from language import _, counted, named
from pages import funnel_choices
from pages.goal_figures import Figure


def stock(seen: Funnel, palette: Palette, chosen: str | None) -> Figure:
    """What stands in each stage."""
    return _stages(by_stage(seen, STOCK), palette, chosen)


def reached(seen: Funnel, palette: Palette, chosen: str | None) -> Figure:
    """What has reached each stage."""
    return _stages(by_stage(seen, REACHED), palette, chosen)


def _stages(bars: ByStage, palette: Palette, chosen: str | None) -> Figure:
    return Figure(figure=stages.stages(bars.frame, parts=bars.parts, palette=palette, chosen=chosen), alt=bars.alt)


def conversion(passages: Sequence[Passage], horizon: int, palette: Palette, chosen: str | None) -> Figure:
    """The share of each stage that went on within the horizon."""
    dots = pl.DataFrame([{
        "code": each.stage.stage_id, "name": named(each.stage), "share": rate.share, "low": rate.low, "high": rate.high, "label": said(rate, is_short=True),
        "said": f"{named(each.stage)}\n{said(rate)}"} for each in passages for rate in (each.advanced(horizon),)], schema=intervals.SCHEMA)
    alt = _("；").join(dots["said"].str.replace("\n", " ").to_list())
    return Figure(figure=intervals.by_stage(dots, palette=palette, chosen=chosen), alt=_("转化率：{readings}。", readings=alt))


def cohorts(found: Sequence[Cohort], palette: Palette, chosen: str | None) -> Figure:
    """The same by the half-year of entry."""
    dots = pl.DataFrame([{
        "code": each.code, "name": each.code, "share": each.advanced.share, "low": each.advanced.low, "high": each.advanced.high,
        "label": f"{each.advanced.happened}/{each.advanced.size}" if each.advanced.size else "—", "said": f"{funnel_choices.half_year(each.code)}\n{said(each.advanced)}"}
        for each in found], schema=intervals.SCHEMA)
    alt = _("；").join(dots["said"].str.replace("\n", " ").to_list())
    return Figure(figure=intervals.trend(dots, palette=palette, chosen=chosen), alt=_("各半年进入的转化率：{readings}。", readings=alt))


def course(passage: Passage, horizon: int, palette: Palette, words: Mapping[str, str] | None = None, since: str | None = None) -> Figure:
    """What became of those that entered one stage. `words`: what going on, the end and being still open are called, for those that are no projects;
    `since`: what the axis is then called."""
    names = words or {"on": _("进入后面阶段"), "out": _("终止或撤回"), "open": _("仍在途")}
    moves = passage.moves
    lines = (("on", moves.shares[0], 0.0), ("out", moves.shares[1], 0.0), ("open", moves.staying, 1.0))
    points = pl.DataFrame([{"series": series, "months": day / days(1), "share": share} for series, values, start in lines
                           for day, share in _supported(moves.times, values, start, moves.until)], schema=curves.SCHEMA)
    alt = _("{stage}进入后：{readings}。", stage=named(passage.stage), readings=_("；").join(
        f"{name} {_percent(values, moves.times, moves.until, start)}" for (series, values, start), name in zip(lines, names.values(), strict=True)))
    return Figure(alt=alt, figure=curves.curves(points, names=names, colours={"on": palette.accent, "out": palette.second, "open": palette.quiet},
                                                palette=palette, horizon=horizon, axis=since or _("进入后的月数")))


def stays(passages: Sequence[Passage], palette: Palette) -> Figure:
    """How long projects stay in each stage."""
    shown = [each for each in passages if each.stays.size >= 5 and each.stays.until > 0]
    points = pl.DataFrame([{"series": each.stage.stage_id, "months": day / days(1), "share": share} for each in shown
                           for day, share in _supported(each.stays.times, each.stays.staying, 1.0, each.stays.until)], schema=curves.SCHEMA)
    scheme = st.context.theme.type or "light"
    colours = [str(each) for each in st.get_option(f"theme.{scheme}.chartCategoricalColors")]
    alt = _("；").join(_("{stage}中位停留 {median}", stage=named(each.stage), median=months(each)) for each in passages)
    return Figure(alt=_("各阶段停留时间：{readings}。", readings=alt), figure=curves.curves(
        points, names={each.stage.stage_id: named(each.stage) for each in shown},
        colours={each.stage.stage_id: colours[each.stage.stage_order % len(colours)] for each in shown},
        palette=palette, half=True, axis=_("进入后的月数")))


def moves(seen: Funnel, palette: Palette) -> Figure:
    """How projects went from stage to stage. What comes back and what ended stand at nodes of their own, so that no band runs backwards."""
    order = {each.stage_id: each.stage_order for each in seen.stages}
    names = {each.stage_id: named(each) for each in seen.stages} | {IN: _("新进入"), "back": _("退回阶段"), OUT: _("终止或撤回")}
    bands = [{"start": IN if start == OUT else start, "end": "back" if _kind(order, start, end) == "back" else end, "value": count, "kind": _kind(order, start, end),
              "said": _("{way}：{times}", way=funnel_choices.way(seen.stages, f"{start}>{end}"), times=counted("{n} 次", count))}
             for (start, end), count in seen.moves.items()]
    used = {each for band in bands for each in (band["start"], band["end"])}
    nodes = [each for each in (IN, *order, "back", OUT) if each in used]
    alt = _("；").join(str(band["said"]) for band in sorted(bands, key=lambda band: -int(str(band["value"]))))
    return Figure(figure=flow.flow(pl.DataFrame(bands, schema=flow.SCHEMA), nodes=nodes, names=names, palette=palette), alt=_("阶段流动：{readings}。", readings=alt))


def _kind(order: Mapping[str, int], start: str, end: str) -> str:
    if end == OUT:
        return "out"
    if start in (IN, OUT):
        return "on"
    return "back" if order[end] < order[start] else "skip" if order[end] > order[start] + 1 else "on"


def _supported(times: Iterable[float], values: Iterable[float], start: float, until: float) -> list[tuple[float, float]]:
    """The steps of a curve as far as enough were watched, to the end of that time."""
    found = [(0.0, start), *((float(time), float(value)) for time, value in zip(times, values, strict=True) if time <= until)]
    return [*found, (until, found[-1][1])] if 0 < until < float("inf") else found


def _percent(values: Iterable[float], times: Iterable[float], until: float, start: float) -> str:
    return f"{_supported(times, values, start, until)[-1][1]:.0%}"
