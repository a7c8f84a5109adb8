"""python -m analytics.forecasting: reads the path of a snapshot from its input, and writes the forecast and the backtest as one line of JSON.

A process of its own: the refresh must not wait for the statistics library, and etl imports nothing of this room.
"""

from __future__ import annotations

import json
import sys
from contextlib import closing
from dataclasses import asdict

import duckdb

from analytics.backtest import past
from analytics.forecast import facts, forecast
from analytics.forecast_record import rows
from warehouse.known import span


def main() -> None:
    """Rows of the tables meta.forecast_run, forecast, forecast_path and forecast_trial, by table; all empty where nothing can be forecast."""
    path = sys.stdin.readline().strip()
    found: dict[str, list[dict[str, object]]] = {"run": [], "goal": [], "path": [], "trial": []}
    with closing(duckdb.connect(path, read_only=True)) as con:
        known = span(con)
        told = facts(con, known.newest_as_of) if known else None
        if known and told:
            found |= rows(forecast(told))
            found["trial"] = [asdict(trial) | {"made_of": trial.made_of.isoformat(), "on": trial.on.isoformat()} for trial in past(con, known.newest_as_of)]
    sys.stdout.write(json.dumps(found) + "\n")


if __name__ == "__main__":
    main()
