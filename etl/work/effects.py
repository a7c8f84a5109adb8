"""What publishing a trial would do to the metrics: each that would show another value, or count other rows."""

from __future__ import annotations

import datetime as dt
from contextlib import closing
from decimal import Decimal
from pathlib import Path

import duckdb

from warehouse.beside import beside
from warehouse.jobs.results import Effect
from warehouse.known import known_days, span
from warehouse.metric import Metric, metrics
from warehouse.snapshot_file import connect
from warehouse.value import groups_of, of_parts, said_value

EFFECTS_SQL = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
Sums = dict[tuple[str, str | None], tuple[Decimal, Decimal]]  # metric and zone (None: all) → before, after
Moved = dict[tuple[str, str | None], tuple[int, int, int]]  # rows that come, go, change
NOTHING = (Decimal(0), Decimal(0))


class Side:
    """One state: its dictionary, its day, and since when each metric is known."""

    def __init__(self, con: duckdb.DuckDBPyConnection) -> None:
        self.con = con
        self.dictionary = {each.metric_id: each for each in metrics(con)}
        known = span(con)
        self.day = known.newest_as_of if known else None
        self._known_from = known_days(con)

    def knows(self, asked: Metric) -> bool:
        """Whether the metric shows a value rather than “—”."""
        first = self._known_from.get(asked.metric_id)
        return first is not None and self.day is not None and first <= self.day


def effects(before: Path, after: Path, feed: str) -> tuple[tuple[Effect, ...], dt.date | None, dt.date | None]:
    """The effects, the goals' own metrics first and of each the whole park first; and the days of the two values, the newest as-of of each state.

    Statistics are left out: they are worked out where pages are, when it is published. Of metrics whose rows are persons those that need the `feed` are
    told, the whole park alone, as far as they may be. Raises DamagedSnapshot.
    """
    with closing(connect(before, {})) as con_before, closing(connect(after, {})) as con_after:
        was, now = Side(con_before), Side(con_after)
        headlines = [row[0] for row in con_after.execute("SELECT metric_id FROM ref.goal ORDER BY goal_id").fetchall()]
        sums, moved = _read(before, after, was, now)
        order = {row[0]: at for at, row in enumerate(con_after.execute("SELECT metric_id FROM ref.metric ORDER BY rowid").fetchall())}
        zones = [None, *(row[0] for row in con_after.execute("SELECT zone_id FROM ref.zone ORDER BY rowid").fetchall())]
        found = [effect for each in now.dictionary.values() for zone in (zones if each.is_zoned else zones[:1])
                 if (effect := _effect(each, zone, was, now, sums, moved))]
        found += [effect for each in now.dictionary.values() if each.drill == "groups" and feed in each.feeds and (effect := _of_persons(each, was, now))]
    place = {zone: at for at, zone in enumerate(zones)}
    found.sort(key=lambda each: (each.metric_id not in headlines, order.get(each.metric_id, len(order)), place[each.zone]))
    return tuple(found), was.day, now.day


def _read(before: Path, after: Path, was: Side, now: Side) -> tuple[Sums, Moved]:
    distinct = {each.metric_id for each in now.dictionary.values() if each.aggregation == "distinct"}
    sums: Sums = {}
    moved: Moved = {}
    with beside(before=before, after=after) as con:
        for metric_id, zone, *values in con.execute(EFFECTS_SQL, {"v_before": was.day, "v_after": now.day}).fetchall():
            pair = values[2:4] if metric_id in distinct else values[:2]
            sums[metric_id, zone] = Decimal(pair[0] or 0), Decimal(pair[1] or 0)
            moved[metric_id, zone] = values[4], values[5], values[6]
    return sums, moved


def _effect(asked: Metric, zone: str | None, was: Side, now: Side, sums: Sums, moved: Moved) -> Effect | None:
    """None where nothing differs."""
    if asked.is_statistic or asked.drill == "groups":
        return None
    parts = [sums.get((each, zone), NOTHING) for each in asked.made_of]
    known_before = was.knows(was.dictionary.get(asked.metric_id, asked))
    before = of_parts(asked, [each[0] for each in parts]) if known_before else None
    after = of_parts(asked, [each[1] for each in parts]) if now.knows(asked) else None
    come, gone, changed = (sum(moved.get((each, zone), (0, 0, 0))[at] for each in asked.made_of) for at in range(3))
    if before == after and not come + gone + changed:
        return None
    return Effect(metric_id=asked.metric_id, zone=zone, before=_text(before), after=_text(after), come=come, gone=gone, changed=changed)


def _of_persons(asked: Metric, was: Side, now: Side) -> Effect | None:
    values = []
    for side in (was, now):
        is_known = asked.metric_id in side.dictionary and side.knows(asked)
        assert side.day is not None or not is_known
        values.append(said_value(groups_of(side.con, [asked], side.day), asked).value if is_known and side.day else None)
    return None if values[0] == values[1] else Effect(metric_id=asked.metric_id, zone=None, before=_text(values[0]), after=_text(values[1]))


def _text(value: Decimal | None) -> str | None:
    return None if value is None else str(value)
