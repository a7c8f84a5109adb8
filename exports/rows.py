"""All rows that a metric's value is made of, with Chinese headings, and what one must know to read them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import pairwise
from pathlib import Path

import duckdb
import polars as pl

from analytics.months import month_end
from analytics.snapshot import About, about
from warehouse.metric import Metric, OutOfRange, UnknownZone, is_knowable, metric, view_date

ROWS_SQL = (Path(__file__).parent / "rows.sql").read_text(encoding="utf-8")
# What is added up are the joined rows: should a join lose or double one, the total would tell.
SUMMARY_SQL = (f"SELECT count(*), coalesce(sum(value), 0), coalesce(bool_and(value = round(value, 0)), true), "
               f"coalesce(bool_and(value = round(value, 2)), true) FROM ({ROWS_SQL})")
DAYS_SQL = (Path(__file__).parent / "days.sql").read_text(encoding="utf-8")
BATCH = 20_000  # rows handed on at a time
SORTED_AT_ONCE = 100_000  # rows DuckDB puts in order at a time: a million at once take half a gigabyte

HEADINGS = {
    "metric": "指标", "entity_kind": "对象种类", "entity_id": "编号", "entity_name": "名称", "occurred": "发生日期", "value": "数值", "unit": "单位",
    "zone": "空间", "stage": "阶段", "department": "部门", "organization": "主体", "is_pending": "待佐证", "file": "文件", "sheet": "工作表",
    "row": "行", "received": "收到时间", "sha256": "内容指纹"}
BEFORE = "before"  # the month's code for what happened before the month of the base date
MONTHS = {None: "全部", BEFORE: "基准日前"}
KINDS = {"project": "项目", "outcome": "成果", "organization": "主体", "zone": "空间"}
VALUE, ROW = HEADINGS["value"], HEADINGS["row"]  # the columns that are numbers; all others are text


class NotAMonth(Exception):
    """The month is none of the form 2026-10; the message says so."""


class RowsWithheld(Exception):
    """This metric is shown in groups only, since its rows would be persons."""


@dataclass(frozen=True, kw_only=True)
class Export:
    """A metric's rows at V in one snapshot. `total` None: the value cannot be known, and there are no rows.

    `filters`: what was chosen, heading → text. `scale`: decimals of the values, which no value exceeds.
    The rows are read when they are asked for: while the cursor's snapshot is pinned.
    """

    metric: Metric
    as_of: dt.date
    snapshot: str
    about: About
    zone: str | None
    month: str | None
    filters: dict[str, str]
    row_count: int
    total: Decimal | None
    scale: int
    parameters: dict[str, object]
    cursor: duckdb.DuckDBPyConnection

    def batches(self) -> Iterator[pl.DataFrame]:
        """The rows in their order, at most BATCH at a time: 数值 Decimal, 行 Int64, all else String."""
        if self.total is None:
            return
        own = self.cursor.cursor()
        try:
            for stretch in _periods(own, self.row_count, self.parameters):
                for batch in own.sql(ROWS_SQL, params=stretch).to_arrow_reader(BATCH):
                    frame = pl.from_arrow(batch)
                    assert isinstance(frame, pl.DataFrame)
                    yield frame.select(_shown(self.scale))
        finally:
            own.close()

    @cached_property
    def frame(self) -> pl.DataFrame:
        """All of them at once."""
        return pl.concat([self.empty, *self.batches()])

    @property
    def empty(self) -> pl.DataFrame:
        """The headings without a row."""
        kinds: dict[str, pl.DataType] = {VALUE: pl.Decimal(20, self.scale), ROW: pl.Int64()}
        return pl.DataFrame(schema={heading: kinds.get(heading, pl.String()) for heading in HEADINGS.values()})


def rows_of(cursor: duckdb.DuckDBPyConnection, metric_id: str, as_of: dt.date | None, zone: str | None = None, month: str | None = None, *,
            departments: frozenset[str] | None = None) -> Export:
    """The rows of a metric alive at V (None: the newest as-of), of one zone, of what happened in one month (2026-10, or BEFORE).

    `departments`: whose rows may be seen; None for all. Raises UnknownMetric, UnknownZone, OutOfRange, NotAMonth, RowsWithheld.
    """
    asked = metric(cursor, metric_id)
    [(drill,)] = cursor.execute("SELECT drill FROM ref.metric WHERE metric_id = ?", [metric_id]).fetchall()
    if drill == "groups":
        raise RowsWithheld(f"指标“{asked.name_zh}”只到组，不列出个人，没有可导出的行。")
    day = view_date(cursor, as_of)
    zone_name = _zone_name(cursor, zone)
    since, until = _happened(cursor, month, day)
    parameters: dict[str, object] = {"metric": metric_id, "v": day, "zone": zone, "since": since, "until": until,
                                     "departments": None if departments is None else sorted(departments)}
    row_count, total, is_whole, is_in_cents = (0, None, True, True)
    if is_knowable(cursor, asked, day):
        row_count, total, is_whole, is_in_cents = cursor.execute(SUMMARY_SQL, parameters).fetchall()[0]
    [(snapshot,)] = cursor.execute("SELECT snapshot_id FROM meta.snapshot").fetchall()
    filters = {"空间": zone_name, "发生月份": MONTHS.get(month) or str(month), "部门": "、".join(sorted(departments)) if departments is not None else "全部"}
    return Export(metric=asked, as_of=day, snapshot=snapshot, about=about(cursor), zone=zone, month=month, filters=filters, row_count=row_count,
                  total=total, scale=0 if is_whole else 2 if is_in_cents else 6, parameters=parameters, cursor=cursor)


def _periods(cursor: duckdb.DuckDBPyConnection, row_count: int, parameters: dict[str, object]) -> list[dict[str, object]]:
    """Stretches of days, oldest first, that together hold all rows and each of them some SORTED_AT_ONCE, a single day's however many."""
    if row_count <= SORTED_AT_ONCE:
        return [parameters]
    _, *starts = [day for (day,) in cursor.execute(DAYS_SQL, parameters | {"at_once": SORTED_AT_ONCE}).fetchall()]
    bounds = (parameters["since"], *starts, parameters["until"])
    return [parameters | {"since": since, "until": until} for since, until in pairwise(bounds)]


def _shown(scale: int) -> list[pl.Expr]:
    """The columns of rows.sql under their headings, codes as words."""
    made = {"value": pl.col("value").cast(pl.Decimal(20, scale)), "row": pl.col("row").cast(pl.Int64),
            "entity_kind": pl.col("entity_kind").replace(KINDS),
            "is_pending": pl.when(pl.col("is_pending")).then(pl.lit("是")).otherwise(pl.lit("否"))}
    return [made.get(name, pl.col(name).cast(pl.String)).alias(heading) for name, heading in HEADINGS.items()]


def _zone_name(cursor: duckdb.DuckDBPyConnection, zone: str | None) -> str:
    names: dict[str, str] = dict(cursor.execute("SELECT zone_id, name_zh FROM ref.zone").fetchall())
    if zone is None:
        return "全部"
    if zone not in names:
        raise UnknownZone(f"没有空间“{zone}”。现有：{'、'.join(names)}")
    return names[zone]


def _happened(cursor: duckdb.DuckDBPyConnection, month: str | None, as_of: dt.date) -> tuple[dt.date | None, dt.date | None]:
    """From which day on and before which day."""
    if month is None:
        return None, None
    if month == BEFORE:
        [(base_on,)] = cursor.execute("SELECT min(base_on) FROM ref.goal").fetchall()
        return None, base_on.replace(day=1)
    if not re.fullmatch(r"[1-9]\d{3}-(0[1-9]|1[0-2])", month, re.ASCII):
        raise NotAMonth(f"month“{month}”不是月份，应为 2026-10 这样的月份，或 {BEFORE}（基准日前）。")
    first = dt.date(int(month[:4]), int(month[5:]), 1)
    if first > as_of:
        raise OutOfRange(f"月份 {month} 在截至日 {as_of} 之后。")
    return first, month_end(first) + dt.timedelta(days=1)
