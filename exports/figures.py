"""The figures for paper there are, by metric and kind: of goals, of the funnel's stages, of the government's exposure; drawn from the pages' own numbers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Literal, cast, get_args

import duckdb
import polars as pl

from analytics.burnup import Burnup, burnup, readings
from analytics.chosen import EVERYTHING
from analytics.exposure import TOTAL, exposure
from analytics.exposure_finding import exposure_finding
from analytics.forecast import GoalForecast
from analytics.format import Amount, goal_money, money_unit
from analytics.funnel import REACHED, STOCK, funnel
from analytics.goal_card import GoalCard
from analytics.goal_finding import goal_finding
from analytics.goals import goal_cards
from analytics.outlook import outlook
from analytics.units import YUAN
from analytics.zones import Zone, zones
from charts import stacked
from charts.paper import bars
from charts.paper.burnup import burnup as drawn_burnup
from charts.paper.sheet import Drawing, Words
from charts.paper.stacked import stacked as drawn_stacked
from exports import exposure_frames, funnel_frames, goal_frames
from exports.figure import Figure, NotDrawable, figure_of
from language import N_, _, counted, listed, named
from warehouse.duties import has
from warehouse.known import view_date
from warehouse.metric import Metric, metric
from warehouse.value import UnknownZone

GoalKind = Literal["way", "fan", "zones", "months"]
Kind = Literal["way", "fan", "zones", "months", "stages", "groups"]
NAMES: dict[Kind, str] = {"way": N_("进展与计划"), "fan": N_("进展与预测"), "zones": N_("分空间"), "months": N_("按发生月份"),
                          "stages": N_("分阶段"), "groups": N_("分企业（集团）")}
OTHERS: dict[str, tuple[Kind, ...]] = {STOCK: ("stages",), REACHED: ("stages",), TOTAL: ("zones", "groups")}
GROUPS = 12  # enterprise groups that have a bar of their own


def figure(cursor: duckdb.DuckDBPyConnection, kind: Kind, metric_id: str, as_of: dt.date | None, zone: str | None = None) -> Figure:
    """The figure of a metric. `as_of` None: the newest; `zone`: of goals alone. Raises UnknownMetric, NotDrawable, UnknownZone, OutOfRange, NothingReceived."""
    asked, when = metric(cursor, metric_id), view_date(cursor, as_of)
    if zone is not None and zone not in {each.zone_id for each in zones(cursor)}:
        raise UnknownZone(zone, (each.zone_id for each in zones(cursor)))
    if metric_id not in OTHERS:
        return _of_goal(cursor, asked, kind, when, zone)
    if kind not in OTHERS[metric_id] or zone is not None:
        raise NotDrawable(_("指标“{metric}”的图只有全部空间的：{kinds}。", metric=named(asked), kinds=listed(OTHERS[metric_id])))
    return _of_exposure(cursor, asked, kind, when) if metric_id == TOTAL else _of_stages(cursor, asked, kind, when)


def _of_goal(cursor: duckdb.DuckDBPyConnection, asked: Metric, kind: Kind, as_of: dt.date, zone: str | None) -> Figure:
    places, cards = zones(cursor), goal_cards(cursor, as_of)
    by_metric = {each.metric_id: card for card in cards for each in readings(cursor, card)}
    if asked.metric_id not in by_metric or kind not in get_args(GoalKind):
        known = [*by_metric, *OTHERS] if asked.metric_id not in by_metric else get_args(GoalKind)
        raise NotDrawable(_("指标“{metric}”没有这种图。有的是：{known}", metric=named(asked), known=listed(known)))
    card = by_metric[asked.metric_id]
    seen, amount = burnup(cursor, card, asked.metric_id, zone), Amount(card.goal.unit, goal_money(cards))
    chosen = next((each for each in places if each.zone_id == zone), None)
    place = chosen if kind != "zones" else None  # of which only the bars tell
    name = _(NAMES[kind])
    what = _("{zone}：{what}", zone=named(place), what=named(asked)) if place else named(asked)
    alt, drawn = _goal(seen, amount, places, cast("GoalKind", kind), _ahead(cursor, seen, card) if kind == "fan" else None)
    is_way = kind in ("way", "fan")
    return replace(figure_of(
        cursor, asked, as_of, kind=kind, name=name, place=place, unit=amount.unit, clause=card.goal.clause_id, alt=alt, drawn=drawn,
        title=goal_finding(seen, amount, place) if is_way else _("{what} · {figure}（{unit}）", what=what, figure=name, unit=amount.unit),
        more=(_("拟定计划线未经批准，取 3u²−2u³。") if is_way and seen.plan else "") + (_("预测为模型推算，不是计划。") if kind == "fan" else "")), place=chosen)


def _ahead(cursor: duckdb.DuckDBPyConnection, seen: Burnup, card: GoalCard) -> GoalForecast:
    """What may come of the reading. Raises NotDrawable."""
    told = outlook(cursor, card.as_of) if seen.zone_id is None and seen.card.headline.metric == card.headline.metric else None
    ahead = told.forecast.goal(card.goal.goal_id) if told else None
    if ahead is None or not ahead.path or seen.card.value is None:
        raise NotDrawable(_("“{what}”没有预测，没有这个图；预测只对目标的首要读数、全部空间给出。", what=named(seen.card.headline.metric)))
    return ahead


def _goal(seen: Burnup, amount: Amount, places: tuple[Zone, ...], kind: GoalKind, ahead: GoalForecast | None) -> tuple[str, Callable[[Words], Drawing]]:
    """The figure in words, and how it is drawn."""
    if kind == "zones":
        by_zone = goal_frames.by_zone(seen, amount, places)
        return by_zone.alt, partial(bars.by_zone, by_zone.frame, chosen=seen.zone_id)
    if kind == "months":
        by_month = goal_frames.by_month(seen, amount)
        return by_month.alt, partial(bars.by_month, by_month.frame)
    way = goal_frames.way(seen, amount, ahead)
    ends = {series: next((value for _, value in reversed(line.points) if value is not None), None)
            for series, line in zip(("done", "beside"), seen.lines, strict=False)}
    return way.alt, partial(drawn_burnup, way.points, names=way.names, said={series: amount.said(value) for series, value in ends.items()},
                            target=way.target, target_said=way.target_said, span=way.span, fan=way.fan, fan_names=way.fan_names, fan_said=way.fan_said)


def _of_stages(cursor: duckdb.DuckDBPyConnection, asked: Metric, kind: Kind, as_of: dt.date) -> Figure:
    seen = funnel(cursor, as_of, EVERYTHING) if has(cursor, "mart.funnel_now") else None
    if seen is None:
        raise NotDrawable(_("转化漏斗因缺报尚不能知道"))
    found = funnel_frames.by_stage(seen, asked.metric_id)
    whole = {stage.stage_id: f"{seen.count(asked.metric_id, stage):,}" for stage in seen.stages}
    frame = found.frame.select("name", pl.col("stage").alias("code"), pl.col("part").replace(found.parts), pl.col("value").cast(pl.Float64), "said",
                               pl.col("stage").replace(whole).alias("label")).select(*stacked.SCHEMA)
    title = counted("{what} · 分阶段，共 {n} 项", seen.count(asked.metric_id), what=named(asked)) if asked.metric_id == STOCK else \
        _("{what} · 分阶段（项）", what=named(asked))
    return figure_of(cursor, asked, as_of, kind=kind, name=_(NAMES[kind]), title=title, alt=found.alt, unit=_(asked.unit),
                     drawn=partial(drawn_stacked, frame))


def _of_exposure(cursor: duckdb.DuckDBPyConnection, asked: Metric, kind: Kind, as_of: dt.date) -> Figure:
    seen = exposure(cursor, as_of)
    if not seen.total:
        raise NotDrawable(exposure_finding(seen, money_unit([seen.total])))
    money = money_unit([seen.typical])
    amount = Amount(YUAN, money)
    if kind == "zones":
        by_zone = exposure_frames.by_zone(seen, amount, {each.zone_id: each for each in zones(cursor)})
        frame = by_zone.with_columns(pl.col("name").str.replace_all("<br>", "\n"), pl.col("label").str.strip_chars())
        alt, drawn = exposure_frames.zones_said(by_zone, amount), partial(drawn_stacked, frame)
        title = _("{what} · {figure}（{unit}）", what=named(asked), figure=_(NAMES[kind]), unit=amount.unit)
    else:
        largest = exposure_frames.largest(seen, amount, GROUPS)
        alt, drawn = exposure_frames.parts_said(largest, amount), partial(bars.by_zone, largest)
        title = exposure_finding(seen, money)
    return figure_of(cursor, asked, as_of, kind=kind, name=_(NAMES[kind]), title=title, alt=alt, unit=amount.unit, drawn=drawn)
