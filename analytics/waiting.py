"""How long something takes when some are still waiting: the median by Kaplan–Meier, open ones right-censored."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import duckdb

WAITING_SQL = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
FEW = 5  # below it counts only
FEWEST = 3  # at risk, below which the curve stops


@dataclass(frozen=True, kw_only=True)
class Wait:
    """`size`: how many began, `over`: how many of them are over; `median_days` None: too few, or half are not over yet within `watched_days`."""

    size: int
    over: int
    median_days: int | None
    watched_days: int


class Waits:
    """The waits of what one cumulative metric begins and another ends, at V. Days between two dates: the same day is 0.

    `precision`: as which dates must be known, D or M; of months the last days are compared. `are_persons`: the two metrics drill to groups.
    """

    def __init__(self, cursor: duckdb.DuckDBPyConnection, started: str, ended: str, as_of: dt.date, *, precision: str = "D",
                 are_persons: bool = False) -> None:
        sql = WAITING_SQL.replace("mart.contribution", "mart.person_contribution") if are_persons else WAITING_SQL
        self._found: list[tuple[str, str, int, bool, int]] = cursor.execute(
            sql, {"started": started, "ended": ended, "v": as_of, "precision": precision}).fetchall()

    def of(self, zone: str | None = None, category: str | None = None) -> Wait:
        """Of one zone or all, of one category or all."""
        return wait((days, is_over, number) for where, what, days, is_over, number in self._found
                    if zone in (None, where) and category in (None, what))


def wait(observed: Iterable[tuple[int, bool, int]]) -> Wait:
    """Of (days, is over, how many such). S(t) = Π(1 − d/n), Kaplan & Meier (1958); the median is the first t with S(t) ≤ ½ while FEWEST or more are at risk."""
    over: dict[int, int] = defaultdict(int)
    every: dict[int, int] = defaultdict(int)
    for days, is_over, number in observed:
        every[days] += number
        over[days] += number if is_over else 0
    size = at_risk = sum(every.values())
    staying, median, watched = 1.0, None, 0
    for days in sorted(every):
        if at_risk < FEWEST:
            break
        watched = days
        staying *= 1 - over[days] / at_risk
        if median is None and staying <= 0.5 + 1e-12:
            median = days
        at_risk -= every[days]
    return Wait(size=size, over=sum(over.values()), median_days=median if size >= FEW else None, watched_days=watched)
