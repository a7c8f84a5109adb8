"""What a publication found and forecast is recorded as an act: so it outlives the snapshot, and it is known since when each finding stands open."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from etl.forecasting import told
from etl.landing import Act, Landing
from warehouse.publish import Publication, Store

Case = tuple[str, ...]  # check_id, feed, department_id, sender, key
SCORES = """SELECT p.department_id, r.dimension, sum(p.checked)::BIGINT, sum(p.failed)::BIGINT
FROM meta.check_part AS p JOIN meta.check_result AS r USING (check_id) GROUP BY ALL ORDER BY ALL"""
CASES = "SELECT DISTINCT check_id, feed, department_id, sender, key FROM meta.check_case WHERE NOT starts_with(check_id, 'rows_') OR row_id IS NULL ORDER BY ALL"
CAPPED = """SELECT r.check_id FROM meta.check_result AS r
WHERE r.failed > (SELECT count(*) FROM meta.check_case AS c WHERE c.check_id = r.check_id)"""


def record(landing: Landing, store: Store, publication: Publication, moment: dt.datetime, *, who: str | None = None) -> Act:
    """Append what this publication found: its scores, its forecast, and the cases that are new or gone since the last one.

    Rows that were refused are no cases here: rejected.correction follows them from file to file. A check with more cases
    than are kept closes none, for it cannot be told which of them are gone.
    """
    before = standing(landing.acts())
    with store.open(publication.snapshot) as con:
        scores = [list(row) for row in con.execute(SCORES).fetchall()]
        now = set(con.execute(CASES).fetchall())
        capped = {check_id for (check_id,) in con.execute(CAPPED).fetchall()}
        forecast = told(con)
    closed = sorted(case for case in before - now if case[0] not in capped)
    return landing.append("published", at=moment, who=who, snapshot=publication.snapshot, scores=scores, opened=sorted(now - before), closed=closed,
                          forecast=forecast)


def standing(acts: Iterable[Act]) -> set[Case]:
    """The cases open after the last publication."""
    found: set[Case] = set()
    for act in acts:
        if act.kind == "published":
            found |= {tuple(case) for case in act.body["opened"]}
            found -= {tuple(case) for case in act.body["closed"]}
    return found
