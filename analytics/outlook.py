"""What is said of the goals' chances in one view: the forecast, in words that do not flicker, beside the one before and the rating of those in charge."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import duckdb

from analytics.confidence import Rating, ratings
from analytics.forecast import DRAWS_BESIDE, Forecast, GoalForecast, facts, forecast
from analytics.forecast_record import Published, kept, published
from analytics.likelihood import Band, settled


@dataclass(frozen=True, kw_only=True)
class Outlook:
    """`bands`: by goal, of those with a probability and evidence enough. `before`: the last forecast published before with an older as-of; None in a view
    of another day, which has no history. `is_kept`: this is the forecast made with the snapshot. `ratings`: by clause."""

    forecast: Forecast
    bands: Mapping[str, Band]
    before: Published | None
    is_kept: bool
    ratings: Mapping[str, Rating]

    def earlier(self, goal: GoalForecast) -> GoalForecast | None:
        """What was said of the same goal before, if its target was the same."""
        found = self.before.forecast.goal(goal.goal_id) if self.before else None
        return found if found and (found.metric_id, found.target) == (goal.metric_id, goal.target) else None


def outlook(cursor: duckdb.DuckDBPyConnection, as_of: dt.date) -> Outlook | None:
    """At V: as kept in the snapshot if it was made of V, else made now; None where nothing can be forecast."""
    if found := kept_outlook(cursor, as_of):
        return found
    known = facts(cursor, as_of)
    if known is None:
        return None
    made = forecast(known, draws=DRAWS_BESIDE)
    return Outlook(forecast=made, bands=_bands(made, ()), is_kept=False, ratings=ratings(cursor, as_of), before=None)


def kept_outlook(cursor: duckdb.DuckDBPyConnection, as_of: dt.date) -> Outlook | None:
    """Only where the forecast of V was made with the snapshot."""
    found = kept(cursor)
    if found is None or found.as_of != as_of:
        return None
    history = published(cursor)
    return Outlook(forecast=found, bands=_bands(found, history), is_kept=True, ratings=ratings(cursor, as_of),
                   before=next((each for each in reversed(history) if each.forecast.as_of < as_of), None))


def _bands(found: Forecast, history: tuple[Published, ...]) -> dict[str, Band]:
    bands = {}
    for goal in found.goals:
        if goal.probability is None or not found.is_enough(goal):
            continue
        earlier = [each.forecast.goal(goal.goal_id) for each in history if each.forecast.method == found.method]
        said = [each.probability for each in earlier if each and each.probability is not None and (each.metric_id, each.target) == (goal.metric_id, goal.target)]
        bands[goal.goal_id] = settled([*said, goal.probability])
    return bands
