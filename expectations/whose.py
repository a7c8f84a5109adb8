"""Whose rows a check examined and found wrong: by feed and sender, so that each department sees its own."""

from __future__ import annotations

import sqlalchemy as sa

from expectations.check import HIDDEN, Case, Check, Part, Query

MOST = 500  # cases kept of one check; all are counted
_FILES = "raw.file"  # a check of a column of the files is their senders'


def parts(check: Check, failed: int, connection: sa.Connection) -> tuple[Part, ...]:
    """All that was examined, by feed and sender; nothing where a check is nobody's but ours."""
    if not isinstance(check.test, Query):
        examined = _FILES if check.table == _FILES and not failed else None  # what is ours and wrong is not published
        return tuple(Part(feed=feed, department_id=department, sender=sender, checked=number, failed=0)
                     for (feed, department, sender), number in _counts(connection, examined, by="sender").items()) if examined else ()
    if check.test.by is None:
        return ()
    checked = _counts(connection, check.test.checked.replace("{table}", check.table), by=check.test.by)
    wrong = _counts(connection, f"({check.test.select.replace('{table}', check.table)})", by=check.test.by) if failed else {}
    return tuple(Part(feed=feed, department_id=department, sender=sender, checked=checked.get((feed, department, sender), 0),
                      failed=wrong.get((feed, department, sender), 0)) for feed, department, sender in sorted(checked.keys() | wrong.keys()))


def cases(check: Check, connection: sa.Connection) -> tuple[Case, ...]:
    """The first offending keys in the order of the check, each with whose it is."""
    if not isinstance(check.test, Query) or check.test.by is None:
        return ()
    select = check.test.select.replace("{table}", check.table)
    if check.test.by == "row_id":
        select = (f"SELECT o.*, f.feed, f.department_id, f.sender AS file_sender FROM ({select}) AS o "
                  "LEFT JOIN raw.file AS f ON f.file_id = o.row_id >> 36")
    found = connection.exec_driver_sql(f"FROM ({select}) LIMIT {MOST}")
    return tuple(_case(dict(zip(found.keys(), row, strict=True))) for row in found.all())


def _case(row: dict[str, object]) -> Case:
    sender = row.pop("file_sender", row.get("sender"))
    key = " ".join(str(value) for name, value in row.items() if name not in (*HIDDEN, "found") and value not in (None, ""))
    row_id = row.get("row_id")
    return Case(feed=str(row["feed"] or ""), department_id=str(row["department_id"] or ""), sender=str(sender or ""), key=key,
                found=str(row.get("found") or ""), row_id=row_id if isinstance(row_id, int) else None)


def _counts(connection: sa.Connection, clause: str, *, by: str) -> dict[tuple[str, str, str], int]:
    """Rows of a FROM clause by feed, department and sender."""
    if by == "row_id":
        clause = (f"(SELECT row_id >> 36 AS file_id, count(*) AS rows FROM {clause} GROUP BY ALL) AS o LEFT JOIN raw.file AS f ON f.file_id = o.file_id")
        rows = connection.exec_driver_sql(f"SELECT coalesce(f.feed, ''), coalesce(f.department_id, ''), coalesce(f.sender, ''), sum(o.rows) FROM {clause} GROUP BY ALL")
    else:
        rows = connection.exec_driver_sql(f"SELECT feed, department_id, sender, count(*) FROM {clause} GROUP BY ALL")
    return {(feed, department, sender): int(number) for feed, department, sender, number in rows.all()}
