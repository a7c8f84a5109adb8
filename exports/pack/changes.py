"""What changed between the last issue and this one, as a pack takes it: plain values, wherever they come from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from analytics.change_bridge import MetricChange, decimal
from analytics.changes_said import money, sentence
from analytics.comparing import Point, compare
from warehouse.metric import Metric
from warehouse.publish import Store


@dataclass(frozen=True, kw_only=True)
class Change:
    """One metric. `before`, `now`: in its unit, None where not known; `terms`: what each reason adds, by its name, in the order of the bridge; together
    they are the difference, or empty where reasons cannot be told. `sentence`: what a secretary would say of it; "" lets the pack say the numbers."""

    metric: Metric
    before: Decimal | None
    now: Decimal | None
    terms: Mapping[str, Decimal] = field(default_factory=dict)
    sentence: str = ""
    is_headline: bool = True


@dataclass(frozen=True, kw_only=True)
class Changes:
    """`since`: the issue before, as people call it; `before_as_of`: its V; `changes` in the order in which they are to be told."""

    since: str
    before_as_of: dt.date
    changes: tuple[Change, ...]


NOTHING: Mapping[str, str] = {}


def of_bridges(since: str, before_as_of: dt.date, bridges: Iterable[MetricChange], sentences: Mapping[str, str] = NOTHING) -> Changes:
    """The bridges of two issues as a pack takes them. `sentences`: what to say of a metric, by its id."""
    return Changes(since=since, before_as_of=before_as_of, changes=tuple(
        Change(metric=each.metric, before=_known(each.before), now=_known(each.now), terms={reason.term: reason.change for reason in each.terms},
               sentence=sentences.get(each.metric.metric_id, ""), is_headline=each.is_headline) for each in bridges))


def since(store: Store, before: Point, now: Point) -> Changes:
    """What changed from one issue to the next, every metric that did; in the language spoken. Raises UnknownSnapshot, DamagedSnapshot, NotExact."""
    found = compare(store, before, now, has_statistics=False)
    unit = money(found)
    return of_bridges(before.issue or before.snapshot, found.before.as_of, found.changed,
                      {each.metric.metric_id: sentence(each, unit) for each in found.changed if each.is_headline})


def _known(value: Fraction | None) -> Decimal | None:
    return None if value is None else decimal(value)
