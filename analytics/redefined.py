"""Which metrics are defined otherwise than in what readers saw last."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from analytics.news import previous
from warehouse.metric import Metric
from warehouse.publish import Publication


@dataclass(frozen=True, kw_only=True)
class Redefined:
    """The version then and now, and since when the present one holds."""

    before: int
    now: int
    since: dt.date


def redefined(now: Iterable[Metric], before: Iterable[Metric]) -> dict[str, Redefined]:
    """By metric, of those that both dictionaries have."""
    known = {each.metric_id: each.version for each in before}
    return {each.metric_id: Redefined(before=known[each.metric_id], now=each.version, since=each.valid_from)
            for each in now if known.get(each.metric_id, each.version) != each.version}


def seen_last(publications: Sequence[Publication], snapshot: str) -> Publication | None:
    """What a snapshot is held against: the frozen issue before it, or where none was frozen what was published before it; None for the first."""
    upto = max((at for at, each in enumerate(publications) if each.snapshot == snapshot), default=0)
    frozen = (each for each in reversed(publications[:upto]) if each.label is not None and each.snapshot != snapshot)
    return next(frozen, None) or previous(publications, snapshot)
