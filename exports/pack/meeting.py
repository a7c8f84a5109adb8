"""All that a pack tells of, read once from one snapshot."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import duckdb

from analytics.burnup import Burnup, burnup
from analytics.chosen import EVERYTHING
from analytics.exposure import Exposure, exposure
from analytics.format import Amount, Money, goal_money, money_unit
from analytics.funnel import Funnel, funnel
from analytics.goal_card import GoalCard
from analytics.goals import goal_cards
from analytics.milestones import Milestones, milestones
from analytics.outlook import Outlook, outlook
from analytics.passages import Passage, times
from analytics.quality import Quality, quality
from analytics.reporting import Reporting, reporting
from analytics.snapshot import About, about
from analytics.stages import stages
from analytics.tasks import Resolution, Task, Work, resolutions, tasks, work
from analytics.units import YUAN
from analytics.zone_measures import Measure, measures
from analytics.zones import Zone, zones
from exports.pack.changes import Changes
from warehouse.duties import has
from warehouse.known import snapshot_id, view_date


@dataclass(frozen=True, kw_only=True)
class Occasion:
    """What the pack is made for. `meeting`: the meeting's number; `issue`: 2026-11, and its `revision`; blank and 0 for a pack that is not frozen."""

    meeting: str = ""
    issue: str = ""
    revision: int = 0


@dataclass(frozen=True, kw_only=True)
class Meeting:
    """The numbers at V of one snapshot. `funnel`, `exposure`, `outlook` None: not in this snapshot, or nothing to go by. `changes` None: a baseline.

    `today`: the day on which the snapshot was known, by which reports are judged late: a pack says the same on every day it is made.
    """

    occasion: Occasion
    snapshot: str
    as_of: dt.date
    about: About
    today: dt.date
    cards: tuple[GoalCard, ...]
    burnups: Mapping[str, Burnup]
    money: Money
    outlook: Outlook | None
    milestones: Milestones
    funnel: Funnel | None
    passages: tuple[Passage, ...]
    exposure: Exposure | None
    measures: Mapping[str, Measure]
    zones: tuple[Zone, ...]
    tasks: tuple[Task, ...]
    resolutions: tuple[Resolution, ...]
    work: Mapping[str, Work]
    quality: Quality
    reporting: Reporting
    changes: Changes | None

    def amount(self, card: GoalCard) -> Amount:
        """How a goal's amounts are written."""
        return Amount(card.goal.unit, self.money)

    @property
    def exposure_amount(self) -> Amount:
        """How the exposure's amounts are written."""
        return Amount(YUAN, money_unit([self.exposure.typical] if self.exposure else ()))


def meeting(cursor: duckdb.DuckDBPyConnection, as_of: dt.date | None, occasion: Occasion, changes: Changes | None) -> Meeting:
    """Read at V (None: the newest). Raises OutOfRange, NothingReceived, UnknownMetric."""
    day = view_date(cursor, as_of)
    told = about(cursor)
    today = told.known_at.date()
    cards = goal_cards(cursor, day)
    is_funnel, is_fund, is_tasked = has(cursor, "mart.passage_now"), has(cursor, "core.fund_version"), has(cursor, "core.task_version")
    read = times(cursor, day, EVERYTHING) if is_funnel else None
    return Meeting(
        occasion=occasion, snapshot=snapshot_id(cursor), as_of=day, about=told, today=today, cards=cards, money=goal_money(cards),
        burnups={card.goal.goal_id: burnup(cursor, card, card.headline.metric.metric_id) for card in cards}, outlook=outlook(cursor, day),
        milestones=milestones(cursor, day), funnel=funnel(cursor, day, EVERYTHING) if is_funnel else None,
        passages=tuple(read.of(each) for each in stages(cursor)) if read else (), exposure=exposure(cursor, day) if is_fund else None,
        measures=measures(cursor, day), zones=zones(cursor), tasks=tasks(cursor, day) if is_tasked else (),
        resolutions=resolutions(cursor, day) if is_tasked else (), work=work(cursor, day) if is_tasked else {}, quality=quality(cursor, today),
        reporting=reporting(cursor, today, day), changes=changes)
