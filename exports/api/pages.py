"""Pages of rows: where one begins, said in a cursor that is good for the same rows only, and the rows of one, read without sorting all of them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from itertools import accumulate

import duckdb
import polars as pl

from analytics.older import readable
from exports.api.contract import CURSOR
from exports.api.problems import Fault
from exports.rows import ROWS_SQL, Export
from language import _
from warehouse.raw import BITS


def bound(start: int, bind: Sequence[str]) -> str:
    """A cursor on the row of this number, of these rows."""
    return f"{start}-{_mark(bind)}"


def place(cursor: str | None, bind: Sequence[str]) -> int:
    """The number of the row to begin with, of a cursor of the declared form. Raises Fault where it was of other rows."""
    if cursor is None:
        return 0
    start, _sign, mark = cursor.partition("-")
    if mark != _mark(bind):
        raise Fault(404, _("cursor 不是这一次查询给出的。"), where=_("参数 {name}", name=CURSOR.name), do=_("照用上一页 next 中的地址；从头读则去掉这个参数。"))
    return int(start)


def page(export: Export, start: int, limit: int) -> pl.DataFrame:
    """So many rows from the one of this number on, as rows.sql has them; only the days they happened on are read."""
    upto = list(accumulate(count for _day, count in export.days))
    within = [at for at, (total, (_day, count)) in enumerate(zip(upto, export.days, strict=True)) if total > start and total - count < start + limit]
    first, last = (within[0], within[-1]) if within else (0, -1)
    until = export.days[last + 1][0] if within and last + 1 < len(export.days) else export.parameters["until"]
    before = upto[first] - export.days[first][1] if within else 0
    sql = f"{readable(export.cursor, ROWS_SQL)} LIMIT $limit OFFSET $skip"
    asked = export.parameters | BITS | {
        "since": export.days[first][0] if within else None, "until": until, "language": export.language,
        "limit": limit if within else 0, "skip": start - before if within else 0}
    return _frame(export.cursor.sql(sql, params=asked))


def _frame(relation: duckdb.DuckDBPyRelation) -> pl.DataFrame:
    found = pl.from_arrow(relation.to_arrow_table())
    assert isinstance(found, pl.DataFrame)
    return found


def _mark(bind: Sequence[str]) -> str:
    return hashlib.sha256("\n".join(bind).encode()).hexdigest()[:16]
