"""A forecast as it is kept: rows of plain values, in a snapshot's tables and in the acts of publications; and the forecast made of such rows again."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import duckdb

from analytics.forecast import Forecast, GoalForecast, Point
from analytics.snapshot import SHANGHAI
from warehouse.duties import has

Rows = Mapping[str, Sequence[Mapping[str, Any]]]  # run, goal, path


@dataclass(frozen=True, kw_only=True)
class Published:
    """A forecast that was published, and when (aware, Shanghai)."""

    at: dt.datetime
    forecast: Forecast


def rows(made: Forecast) -> dict[str, list[dict[str, Any]]]:
    """One run, a row for each goal, a row for each goal and month end; days as ISO text."""
    run = asdict(made) | {"as_of": made.as_of.isoformat(), "deadline_on": made.deadline_on.isoformat(), "joint_of": " ".join(made.joint_of)}
    goals = [{**asdict(goal), "is_enough": made.is_enough(goal)} for goal in made.goals]
    path = [{"goal_id": goal.goal_id, **asdict(point), "on": point.on.isoformat()} for goal in made.goals for point in goal.path]
    return {"run": [{name: value for name, value in run.items() if name != "goals"}],
            "goal": [{name: value for name, value in goal.items() if name != "path"} for goal in goals], "path": path}


def made_of(kept: Rows) -> Forecast:
    """The forecast that these are the rows of."""
    points = [(row["goal_id"], Point(**_but(row, "goal_id", on=_day(row["on"])))) for row in kept["path"]]
    goals = tuple(GoalForecast(**_but(row, "is_enough", path=tuple(point for goal_id, point in points if goal_id == row["goal_id"]))) for row in kept["goal"])
    [run] = kept["run"]
    return Forecast(**_but(run, as_of=_day(run["as_of"]), deadline_on=_day(run["deadline_on"]), joint_of=tuple(run["joint_of"].split()), goals=goals))


def kept(cursor: duckdb.DuckDBPyConnection) -> Forecast | None:
    """The forecast made when this snapshot was; None where none was made."""
    tables = {"run": "meta.forecast_run", "goal": "meta.forecast", "path": "meta.forecast_path"}
    if not has(cursor, "meta.forecast_run"):
        return None
    found = {name: _dicts(cursor, f"FROM {table}") for name, table in tables.items()}
    return made_of(found) if found["run"] else None


def published(cursor: duckdb.DuckDBPyConnection) -> tuple[Published, ...]:
    """The forecasts published before this snapshot, oldest first."""
    acts = cursor.execute("SELECT recorded_at, body FROM meta.act WHERE kind = 'published' ORDER BY seq").fetchall()
    found = [(at, json.loads(body).get("forecast")) for at, body in acts]
    return tuple(Published(at=at.replace(tzinfo=dt.UTC).astimezone(SHANGHAI), forecast=made_of(forecast)) for at, forecast in found if forecast)


def _but(row: Mapping[str, Any], *without: str, **instead: object) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in without} | instead


def _dicts(cursor: duckdb.DuckDBPyConnection, query: str) -> list[dict[str, Any]]:
    found = cursor.execute(query)
    names = [name for name, *_ in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def _day(value: str | dt.date) -> dt.date:
    return value if isinstance(value, dt.date) else dt.date.fromisoformat(value)
