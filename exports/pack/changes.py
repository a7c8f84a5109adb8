"""What changed between the last issue and this one, as a pack takes it: plain values, wherever they come from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from warehouse.metric import Metric


@dataclass(frozen=True, kw_only=True)
class Change:
    """One metric. `before`, `now`: in its unit, None where not known; `terms`: what each reason adds, by its name, in the order of the bridge; together
    they are the difference, or empty where reasons cannot be told. `sentence`: what a secretary would say of it; "" lets the pack say the numbers."""

    metric: Metric
    before: Decimal | None
    now: Decimal | None
    terms: Mapping[str, Decimal] = field(default_factory=dict)
    sentence: str = ""


@dataclass(frozen=True, kw_only=True)
class Changes:
    """`since`: the issue before, as people call it; `before_as_of`: its V; `changes` in the order in which they are to be told."""

    since: str
    before_as_of: dt.date
    changes: tuple[Change, ...]
