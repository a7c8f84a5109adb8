"""What the forecast knows at V: the way of projects through the stages, the arrivals of each month, and the output that landed outcomes report."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from pathlib import Path

import duckdb

from analytics.months import month_end, months_between
from analytics.output_forecast import OutputSeen
from analytics.pipeline import Observed, Stage

SQL = {name: (Path(__file__).parent / f"{name}.sql").read_text(encoding="utf-8")
       for name in ("observed", "landed_outcomes", "output_lines", "unreported_landings")}
ARRIVALS = "g1_poc_small"
ARRIVALS_SQL = """SELECT last_day(occurred_on), count(DISTINCT key) FROM mart.contribution WHERE metric_id = $metric AND counts_from <= $v
AND (counts_until IS NULL OR counts_until > $v) GROUP BY ALL"""


def observed(cursor: duckdb.DuckDBPyConnection, as_of: dt.date, base_on: dt.date) -> Observed:
    """The pipeline at V, in months of 30.44 days; whole months begin with the first that lies wholly after the base date."""
    steps = cursor.execute(SQL["observed"], {"v": as_of, "base": base_on}).fetchall()
    open_now: dict[str, int] = defaultdict(int)
    exits: dict[str, int] = defaultdict(int)
    entered: dict[str, int] = defaultdict(int)
    days: dict[str, float] = defaultdict(float)
    advances: dict[str, dict[str, int]] = defaultdict(dict)
    for stage_id, later, is_ended, projects, new_here, spent in steps:
        days[stage_id] += spent
        entered[stage_id] += new_here
        if later:
            advances[stage_id][later] = projects
        elif is_ended:
            exits[stage_id] += projects
        else:
            open_now[stage_id] += projects
    outcomes = dict(cursor.execute(SQL["landed_outcomes"], {"v": as_of}).fetchall())
    return Observed(
        months=float(months_between(base_on, as_of)), arrivals=_arrivals(cursor, as_of, base_on), entered=dict(entered),
        stages={each: Stage(open=open_now[each], months=days[each] / 30.44, exits=exits[each], advances=advances[each]) for each in days if each != "landed"},
        outcomes=tuple(outcomes.get(number, 0) for number in range(max(outcomes, default=-1) + 1)))


def output_seen(cursor: duckdb.DuckDBPyConnection, as_of: dt.date, base_on: dt.date) -> OutputSeen:
    """What outcomes report at V, and when those landed that report nothing yet."""
    lines = cursor.execute(SQL["output_lines"], {"v": as_of}).fetchall()
    waiting = cursor.execute(SQL["unreported_landings"], {"v": as_of, "base": base_on}).fetchall()
    return OutputSeen(per_month=tuple(per_month for _, _, per_month in lines), reported_upto=tuple(upto for _, upto, _ in lines),
                      landed_on=tuple(day for (day,) in waiting))


def _arrivals(cursor: duckdb.DuckDBPyConnection, as_of: dt.date, base_on: dt.date) -> tuple[int, ...]:
    """By whole month since the base date; a month of no arrival counts."""
    found = dict(cursor.execute(ARRIVALS_SQL, {"metric": ARRIVALS, "v": as_of}).fetchall())
    months, end = [], month_end(month_end(base_on) + dt.timedelta(days=1))
    while end <= as_of:
        months.append(found.get(end, 0))
        end = month_end(end + dt.timedelta(days=1))
    return tuple(months)
