"""The numbers of an issue out of its stored rows: what it says whether or not its snapshot is still there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

import duckdb

from analytics.goal_card import GoalCard
from analytics.goals import goal_cards
from warehouse.issues import STATE, Frozen
from warehouse.metric import Metric, metrics
from warehouse.stored import stored
from warehouse.value import value


@dataclass(frozen=True, kw_only=True)
class StoredIssue:
    """At the day of the issue. `values`: by metric, in its unit; None: not known. Left out: what is no sum of rows, and what
    is told in groups of persons only."""

    cards: tuple[GoalCard, ...]
    dictionary: Mapping[str, Metric]
    values: Mapping[str, Decimal | None]


def stored_issue(frozen: Frozen) -> StoredIssue | None:
    """None where the stored rows cannot be read."""
    try:
        with stored(frozen.folder / STATE) as cursor:
            known = metrics(cursor)
            of_persons = {metric_id for (metric_id,) in cursor.execute("SELECT metric_id FROM ref.metric WHERE drill = 'groups'").fetchall()}
            return StoredIssue(cards=goal_cards(cursor, frozen.as_of), dictionary={each.metric_id: each for each in known},
                               values={each.metric_id: value(cursor, each, frozen.as_of) for each in known if each.aggregation != "statistic"
                                       and each.metric_id not in of_persons})
    except duckdb.Error:
        return None
