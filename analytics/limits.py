"""The limits of exposures and covers that the joint meeting has set, or has yet to set."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

import duckdb

from language import N_, spoken
from warehouse.duties import has

SHARE, TIMES = N_("比例"), N_("倍")  # units; the third is 元
State = Literal["unset", "unknown", "within", "over"]


@dataclass(frozen=True, kw_only=True)
class Limit:
    """One limit. `value` None: 未定. `unit`: 比例 (0–1), 倍 or 元. `source`, `valid_from`: where and since when it is set. `comparator`: what others do."""

    limit_id: str
    name_zh: str
    name_en: str
    value: Decimal | None
    unit: str
    status: str
    valid_from: dt.date | None
    source: str | None
    comparator: str | None

    def judge(self, measured: float | Decimal | None) -> State:
        """Whether what was measured keeps it; at the limit is within."""
        if self.value is None:
            return "unset"
        if measured is None:
            return "unknown"
        return "over" if Decimal(str(measured)) > self.value else "within"


def limits(cursor: duckdb.DuckDBPyConnection) -> dict[str, Limit]:
    """By id; none in a snapshot made before there were any."""
    if not has(cursor, "ref.exposure_limit"):
        return {}
    rows = cursor.execute("SELECT exposure_limit_id, name_zh, name_en, value, unit, status, valid_from, source, comparator_zh, comparator_en "
                          "FROM ref.exposure_limit ORDER BY rowid").fetchall()
    return {limit_id: Limit(limit_id=limit_id, name_zh=zh, name_en=en, value=value, unit=unit, status=status, valid_from=since, source=source,
                            comparator=said_en if spoken() == "en" else said)
            for limit_id, zh, en, value, unit, status, since, source, said, said_en in rows}
