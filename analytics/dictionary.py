"""The dictionary of metrics as its readers see it: each with what it is made of, who answers for it, and which clauses ask for it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

import duckdb

from analytics.reporting import feed_title
from language import either
from warehouse.metric import Metric, metrics

ENTRIES_SQL = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One metric. `feeds`: titles of what it cannot be known without; `decided_by`: a meeting and its day, "" while nobody has decided.

    `numerator_id`, `denominator_id`: of a ratio; `part_of`: the metric that this one and its like add up to; "" where there is none.
    `is_to_rows`: whether it drills to rows, or to groups because its rows would be persons.
    """

    metric: Metric
    aggregation: str
    time_kind: str
    numerator_id: str
    denominator_id: str
    part_of: str
    clauses: tuple[str, ...]
    feeds: tuple[str, ...]
    is_to_rows: bool
    owner: str
    valid_from: dt.date
    decided_by: str


def entries(cursor: duckdb.DuckDBPyConnection) -> dict[str, Entry]:
    """Every metric of the snapshot by its id, in the order of the committee's table; names in the language spoken."""
    known = {each.metric_id: each for each in metrics(cursor)}
    return {metric_id: Entry(metric=known[metric_id], aggregation=aggregation, time_kind=time_kind, numerator_id=numerator, denominator_id=denominator,
                             part_of=part_of, clauses=tuple(filter(None, clauses)), is_to_rows=is_to_rows, owner=either(owner, owner_en),
                             feeds=tuple(feed_title(**each) for each in feeds or ()), valid_from=valid_from, decided_by=decided_by)
            for metric_id, aggregation, time_kind, numerator, denominator, part_of, clauses, feeds, is_to_rows, owner, owner_en, valid_from, decided_by
            in cursor.execute(ENTRIES_SQL).fetchall()}
