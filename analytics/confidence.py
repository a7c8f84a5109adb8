"""How confident those in charge are that a goal will be met, as the list of tasks says it: a rating, why, who, and what would bring it back to green."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import duckdb

from language import N_
from warehouse.duties import has

COLOURS = {"green": (N_("绿"), "good"), "amber": (N_("黄"), "warn"), "red": (N_("红"), "bad")}  # word, and tone as pills have it
LEAST = {"green": 0.6, "amber": 0.2, "red": 0.0}  # of the model's probability, for a rating to say the same
RATINGS_SQL = """SELECT v.clause_id, v.task_id, v.confidence, v.confidence_note, v.remedy, v.unit_name, d.name_zh, d.name_en
FROM core.task_version AS v LEFT JOIN ref.department AS d ON d.department_id = v.responsible_department_id
WHERE v.valid_from <= $v AND (v.valid_until IS NULL OR v.valid_until > $v) AND v.confidence IS NOT NULL
ORDER BY v.clause_id, CASE v.confidence WHEN 'red' THEN 0 WHEN 'amber' THEN 1 ELSE 2 END, v.task_id"""


@dataclass(frozen=True, kw_only=True)
class Rating:
    """The least confident rating of a clause's tasks. `name_zh`, `name_en`: of the department in charge, as the list names it where it is not known."""

    task_id: str
    confidence: str  # green, amber, red
    note: str | None
    remedy: str | None
    name_zh: str
    name_en: str

    def agrees(self, probability: float) -> bool:
        """Whether the model says the same."""
        return agree(self.confidence, probability)


def agree(confidence: str, probability: float) -> bool:
    """Whether a rating says the same as a probability: green from 60 per cent on, amber from 20, red below."""
    return confidence == next(colour for colour, least in LEAST.items() if probability >= least)


def ratings(cursor: duckdb.DuckDBPyConnection, as_of: dt.date) -> dict[str, Rating]:
    """At V, by clause; none of a clause whose tasks are not rated, and none where no list has come."""
    if not has(cursor, "core.task_version"):
        return {}
    found: dict[str, Rating] = {}
    for clause_id, task_id, confidence, note, remedy, unit_name, name_zh, name_en in cursor.execute(RATINGS_SQL, {"v": as_of}).fetchall():
        found.setdefault(clause_id, Rating(task_id=task_id, confidence=confidence, note=note, remedy=remedy, name_zh=name_zh or unit_name,
                                           name_en=name_en or unit_name))
    return found
