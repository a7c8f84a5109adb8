"""What a snapshot says of itself: demonstration or not, known when, and which day it is there."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import duckdb

SHANGHAI = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True, kw_only=True)
class About:
    """`known_at`: aware, Shanghai. `today`: the day in Shanghai, of the fixed clock of a demonstration or of the wall clock."""

    is_demo: bool
    known_at: dt.datetime
    today: dt.date


def about(cursor: duckdb.DuckDBPyConnection) -> About:
    """Of the snapshot that the cursor is on."""
    [(is_demo, known_at, clock)] = cursor.execute("SELECT is_demo, known_at, clock FROM meta.snapshot").fetchall()
    return About(is_demo=is_demo, known_at=_local(known_at), today=(_local(clock) if clock else dt.datetime.now(SHANGHAI)).date())


def _local(stored: dt.datetime) -> dt.datetime:
    """Times are stored as UTC without a zone, and shown in Shanghai."""
    return stored.replace(tzinfo=dt.UTC).astimezone(SHANGHAI)
