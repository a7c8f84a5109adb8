"""What publishing a checked file would do to the metrics, ready to be shown: the headline figures first, then all others that move."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

import duckdb

from analytics.goal_card import GoalCard
from analytics.zones import zones
from warehouse.jobs.results import Effect
from warehouse.metric import Metric, metrics


@dataclass(frozen=True, kw_only=True)
class Step:
    """A value before and after, in the metric's unit; None: it cannot be known."""

    before: Decimal | None
    after: Decimal | None

    @property
    def moves(self) -> bool:
        return self.before != self.after


@dataclass(frozen=True, kw_only=True)
class Headline:
    """A goal: its value now, and after publishing."""

    card: GoalCard
    step: Step


@dataclass(frozen=True, kw_only=True)
class Moved:
    """A metric whose value or rows would change. `come`, `gone`, `changed`: its rows; `zones`: zone id → its value there, of those that move."""

    metric: Metric
    step: Step
    come: int
    gone: int
    changed: int
    zones: dict[str, Step]


@dataclass(frozen=True, kw_only=True)
class Trial:
    """`headlines`: every goal, moved or not; `moved`: the other metrics, those whose value changes first; `zones`: names by id, Chinese and English."""

    headlines: tuple[Headline, ...]
    moved: tuple[Moved, ...]
    zones: dict[str, tuple[str, str]]

    @property
    def is_still(self) -> bool:
        """Whether publishing would change no metric at all."""
        return not self.moved and not any(each.step.moves for each in self.headlines)


def trial(cursor: duckdb.DuckDBPyConnection, cards: Iterable[GoalCard], effects: Sequence[Effect]) -> Trial:
    """`cursor`: on the snapshot that is served now; `cards`: its goals today."""
    known = {each.metric_id: each for each in metrics(cursor)}
    whole = {each.metric_id: each for each in effects if each.zone is None}
    goals = tuple(cards)
    headlines = tuple(Headline(card=card, step=_step(whole[card.headline.metric.metric_id]) if card.headline.metric.metric_id in whole else
                               Step(before=card.headline.value, after=card.headline.value)) for card in goals)
    of_goals = {card.headline.metric.metric_id for card in goals}
    moved = [Moved(metric=known[name], step=_step(each), come=each.come, gone=each.gone, changed=each.changed,
                   zones={there.zone: _step(there) for there in effects if there.metric_id == name and there.zone and _step(there).moves})
             for name, each in whole.items() if name in known and name not in of_goals]
    return Trial(headlines=headlines, moved=tuple(sorted(moved, key=lambda each: not each.step.moves)),
                 zones={each.zone_id: (each.name_zh, each.name_en) for each in zones(cursor)})


def _step(told: Effect) -> Step:
    return Step(before=None if told.before is None else Decimal(told.before), after=None if told.after is None else Decimal(told.after))
