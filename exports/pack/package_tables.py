"""The tables of the data package: metrics and what they are at V, the rows they are made of, and the files these rows stood in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import polars as pl

from analytics.dictionary import entries
from analytics.zone_measures import measures
from exports.pack.meeting import Meeting
from language import N_, _
from warehouse.metric import metrics
from warehouse.value import value

ROWS_SQL = Path(__file__).with_name("package_rows.sql").read_text(encoding="utf-8")
FILES_SQL = "SELECT file_id, name, sha256, feed, department_id, sender, as_of, received_at FROM raw.file ORDER BY file_id"
ZONES_SQL = "SELECT zone_id, kind, name_zh, name_en FROM ref.zone ORDER BY rowid"
DEPARTMENTS_SQL = "SELECT department_id, name_zh, name_en FROM ref.department ORDER BY department_id"
AMOUNT = pl.Decimal(38, 6)
FIELDS = {  # what the columns mean; those without an entry are what their names say
    "metric_id": N_("指标代码"), "key": N_("所计事实的自然键"), "value": N_("数值，金额为元"),
    "zone_id": N_("空间；空：没有地点的指标"), "occurred_on": N_("发生日期，精度见 occurred_precision"),
    "occurred_precision": N_("D 日、M 月、Q 季、H 半年、Y 年"), "counts_from": N_("自这一天起计入"),
    "counts_until": N_("到这一天不再计入；空：一直计入"), "is_pending": N_("待佐证"),
    "file_id": N_("来自哪个文件"), "sheet": N_("工作表"), "row": N_("行号，如表格软件所示"), "sha256": N_("文件内容的指纹"), "is_known": N_("假：缺报，不能知道"),
    "aggregation": N_("sum 相加、ratio 相除、statistic 由行另算（values 表中为空）"), "received_at": N_("收到时间，协调世界时")}


@dataclass(frozen=True, kw_only=True)
class Resource:
    """A table. `required`: columns never empty; `references`: column and the table it names a key of, of the same name there."""

    name: str
    about: str
    frame: pl.DataFrame
    key: Sequence[str]
    required: Sequence[str]
    references: Mapping[str, str]


def resources(cursor: duckdb.DuckDBPyConnection, seen: Meeting) -> tuple[Resource, ...]:
    """All of them; the cursor is on the snapshot that was read. Sums over `contributions` are `values`."""
    known = metrics(cursor)
    values = pl.DataFrame([{"metric_id": each.metric_id, "value": found, "unit": each.unit, "is_known": found is not None}
                           for each in known for found in (value(cursor, each, seen.as_of),)],
                          schema={"metric_id": pl.String, "value": AMOUNT, "unit": pl.String, "is_known": pl.Boolean})
    by_zone = pl.DataFrame([{"metric_id": metric_id, "zone_id": zone, "value": found}
                            for metric_id, each in measures(cursor, seen.as_of, [each.metric_id for each in known]).items() for zone, found in each.zones.items()],
                           schema={"metric_id": pl.String, "zone_id": pl.String, "value": AMOUNT})
    own = cursor.cursor()
    rows = own.sql(ROWS_SQL, params={"v": seen.as_of}).pl()
    return (
        Resource(name="metrics", about=_("指标口径"), frame=_dictionary(cursor), key=("metric_id",),
                 required=("metric_id", "name_zh", "unit", "status"), references={}),
        Resource(name="zones", about=_("空间"), frame=own.sql(ZONES_SQL).pl(), key=("zone_id",), required=("zone_id", "name_zh"), references={}),
        Resource(name="departments", about=_("部门"), frame=own.sql(DEPARTMENTS_SQL).pl(), key=("department_id",),
                 required=("department_id",), references={}),
        Resource(name="files", about=_("数据来源：部门报送的文件"), frame=own.sql(FILES_SQL).pl(), key=("file_id",),
                 required=("file_id", "name", "sha256"), references={}),
        Resource(name="values", about=_("各指标的现值"), frame=values, key=("metric_id",), required=("metric_id", "is_known"), references={"metric_id": "metrics"}),
        Resource(name="zone_values", about=_("各指标的分空间值"), frame=by_zone, key=("metric_id", "zone_id"), required=("metric_id", "zone_id"),
                 references={"metric_id": "metrics", "zone_id": "zones"}),
        Resource(name="contributions", about=_("计入各指标的行"), frame=rows, key=("metric_id", "key", "counts_from"),
                 required=("metric_id", "key", "value", "file_id", "row"),
                 references={"metric_id": "metrics", "zone_id": "zones", "department_id": "departments", "file_id": "files"}))


def _dictionary(cursor: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    rows = [{"metric_id": metric_id, "version": each.metric.version, "valid_from": each.valid_from, "name_zh": each.metric.name_zh, "name_en": each.metric.name_en,
             "unit": each.metric.unit, "status": each.metric.status, "decided_by": each.decided_by, "aggregation": each.aggregation, "time_kind": each.time_kind,
             "numerator_id": each.numerator_id, "denominator_id": each.denominator_id, "part_of": each.part_of, "is_zoned": each.metric.is_zoned,
             "is_to_rows": each.is_to_rows, "owner": each.owner, "clauses": " ".join(each.clauses), "feeds": " ".join(each.metric.feeds),
             "statement_zh": each.metric.statement_zh, "statement_en": each.metric.statement_en} for metric_id, each in entries(cursor).items()]
    return pl.DataFrame(rows, infer_schema_length=None)
