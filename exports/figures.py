"""A figure of a goal for paper: what an address names, drawn from the page's own numbers, with the words it needs away from the page."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

import duckdb

from analytics.burnup import Burnup, burnup, readings
from analytics.format import Amount, day, goal_money
from analytics.goal_finding import goal_finding
from analytics.goals import goal_cards
from analytics.snapshot import About, about
from analytics.zones import Zone, zones
from charts.paper import bars
from charts.paper.burnup import burnup as drawn_burnup
from charts.paper.sheet import Drawing, Words
from exports import goal_frames
from language import N_, _, listed, named, spoken
from warehouse.metric import UnknownZone, metric, snapshot_id, view_date

Kind = Literal["way", "zones", "months"]

NAMES: dict[Kind, str] = {"way": N_("进展与计划"), "zones": N_("分空间"), "months": N_("按发生月份")}


class NotDrawable(Exception):
    """There is no figure of this metric; the message, in the language spoken, names those there are."""


@dataclass(frozen=True, kw_only=True)
class GoalFigure:
    """One figure of one reading at V in one snapshot, of one zone or of all."""

    kind: Kind
    seen: Burnup
    amount: Amount
    places: tuple[Zone, ...]
    snapshot: str
    about: About
    language: str  # that was spoken when it was made

    @property
    def place(self) -> Zone | None:
        return next((each for each in self.places if each.zone_id == self.seen.zone_id), None)

    @property
    def as_of(self) -> dt.date:
        return self.seen.card.as_of

    @property
    def metric_id(self) -> str:
        return self.seen.card.headline.metric.metric_id

    def drawing(self) -> Drawing:
        """The figure on its sheet."""
        if self.kind == "way":
            way = goal_frames.way(self.seen, self.amount)
            ends = {series: next((value for _, value in reversed(line.points) if value is not None), None)
                    for series, line in zip(("done", "beside"), self.seen.lines, strict=False)}
            return drawn_burnup(way.points, self._words(way.alt), names=way.names, said={series: self.amount.said(value) for series, value in ends.items()},
                                target=way.target, target_said=way.target_said, span=way.span)
        if self.kind == "zones":
            by_zone = goal_frames.by_zone(self.seen, self.amount, self.places)
            return bars.by_zone(by_zone.frame, self._words(by_zone.alt), chosen=self.seen.zone_id)
        by_month = goal_frames.by_month(self.seen, self.amount)
        return bars.by_month(by_month.frame, self._words(by_month.alt))

    def _words(self, alt: str) -> Words:
        card, place = self.seen.card, self.place if self.kind != "zones" else None
        metric = card.headline.metric
        what = _("{zone}：{what}", zone=named(place), what=named(metric)) if place else named(metric)
        defined = _("口径第 {version} 版 · {status}；单位：{unit}；空间：{zone}。", version=metric.version, status=_(metric.status), unit=self.amount.unit,
                    zone=named(place) if place else _("全部空间"))
        return Words(
            title=goal_finding(self.seen, self.amount, place) if self.kind == "way"
            else _("{what} · {figure}（{unit}）", what=what, figure=_(NAMES[self.kind]), unit=self.amount.unit),
            facts=(defined + (_("拟定计划线未经批准，取 3u²−2u³。") if self.kind == "way" and self.seen.plan else ""),
                   _("数据截至 {as_of}；快照 {snapshot}。", as_of=day(self.as_of), snapshot=self.snapshot)
                   + (_("演示数据：虚构的园区，不是真实情况。") if self.about.is_demo else "")),
            source=_("来源：甘智汇科创园数据看板，由部门报送文件中的行合计而成。指标代码 {metric}；依据条款 {clause}。", metric=self.metric_id,
                     clause=card.goal.clause_id), alt=alt)


def goal_figure(cursor: duckdb.DuckDBPyConnection, kind: Kind, metric_id: str, as_of: dt.date | None, zone: str | None) -> GoalFigure:
    """The figure of a goal's reading. `as_of` None: the newest. Raises UnknownMetric, NotDrawable, UnknownZone, OutOfRange, NothingReceived."""
    asked, when = metric(cursor, metric_id), view_date(cursor, as_of)
    places = zones(cursor)
    if zone is not None and zone not in {each.zone_id for each in places}:
        raise UnknownZone(zone, (each.zone_id for each in places))
    cards = goal_cards(cursor, when)
    by_metric = {each.metric_id: card for card in cards for each in readings(cursor, card)}
    if metric_id not in by_metric:
        raise NotDrawable(_("指标“{metric}”不是目标的读数，没有图。有图的指标：{known}", metric=named(asked), known=listed(by_metric)))
    card = by_metric[metric_id]
    return GoalFigure(kind=kind, seen=burnup(cursor, card, metric_id, zone), amount=Amount(card.goal.unit, goal_money(cards)), places=places,
                      snapshot=snapshot_id(cursor), about=about(cursor), language=spoken())
