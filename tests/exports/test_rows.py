"""An export holds the rows of the number it is asked for, all of them and no other."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from decimal import Decimal

import duckdb
import polars as pl
import pytest
from kinds import of_each_kind

from exports.parquet_file import ROW_GROUP, parquet_chunks
from exports.rows import BATCH, BEFORE, HEADINGS, SORTED_AT_ONCE, Export, NotAMonth, RowsWithheld, rows_of
from warehouse.known import OutOfRange, span
from warehouse.metric import UnknownMetric
from warehouse.value import UnknownZone, read_metric, value

DAY = dt.date(2026, 10, 31)
Altered = Callable[..., duckdb.DuckDBPyConnection]


def total(export: Export) -> Decimal | None:
    """What a reader gets who adds the column up; of a ratio the numerator's by the denominator's."""
    if not export.parts:
        return sum(export.frame["数值"], Decimal(0))
    numerator, denominator = (sum(export.frame.filter(pl.col("指标") == name)["数值"], Decimal(0)) for name, _unit, _sum in export.parts)
    return numerator / denominator if denominator else None


def test_every_kind_of_metric_is_exported_row_by_row_and_adds_up_to_its_value(cursor: duckdb.DuckDBPyConnection) -> None:
    rows = 0
    for each in (each for each in of_each_kind(cursor, DAY) if each.aggregation != "statistic" and each.drill == "rows"):
        export, reading = rows_of(cursor, each.metric_id, DAY), read_metric(cursor, each.metric_id, as_of=DAY)
        assert export.total == total(export) == value(cursor, each, DAY) == reading.value
        assert export.row_count == export.frame.height == len(reading.rows)
        shown = export.frame.select("编号", "数值", "文件", "工作表", "行", "内容指纹", "待佐证").rows()
        assert shown == [(row.entity_id, row.value, row.file, row.sheet or None, row.row, row.sha256, "是" if row.is_pending else "否")
                         for row in reading.rows]
        rows += export.row_count
    assert rows > 20


def test_the_columns_are_text_but_for_the_two_that_are_numbers(cursor: duckdb.DuckDBPyConnection) -> None:
    frame = rows_of(cursor, "g1_poc_small", DAY).frame
    assert frame.columns == list(HEADINGS.values())
    assert {name for name, kind in frame.schema.items() if kind != pl.String} == {"数值", "行"}
    assert set(frame["对象种类"]) == {"项目"}
    assert frame["指标"].unique().to_list() == ["概念验证及小试项目（期内新增）"]
    assert all(name.startswith("（演示）") for name in frame["名称"])
    assert set(frame["部门"]) == {"科技创新促进中心"}


@pytest.mark.parametrize("metric_id", ["g1_poc_small_incl_stock", "g3_landed", "g4b_output_cumulative", "g5_milestones"])
def test_the_zones_make_the_whole(cursor: duckdb.DuckDBPyConnection, metric_id: str) -> None:
    whole = rows_of(cursor, metric_id, DAY)
    zones = dict(cursor.execute("SELECT zone_id, name_zh FROM ref.zone").fetchall())
    parts = {zone: rows_of(cursor, metric_id, DAY, zone) for zone in zones}
    assert sum(each.row_count for each in parts.values()) == whole.row_count > 0
    assert sum((total(each) or Decimal(0) for each in parts.values()), Decimal(0)) == whole.total
    assert all(set(each.frame["空间"]) <= {zones[zone]} for zone, each in parts.items())
    assert {parts["bio"].zone_name, whole.zone_name} == {"生物医药产业承载区", "全部"}


@pytest.mark.parametrize("metric_id", ["g1_poc_small_incl_stock", "g3_landed", "g4b_output_cumulative"])
def test_the_months_and_what_was_before_make_the_whole(cursor: duckdb.DuckDBPyConnection, metric_id: str) -> None:
    whole = rows_of(cursor, metric_id, DAY)
    months = [f"{year}-{month:02}" for year in (2025, 2026) for month in range(1, 13) if (2025, 9) <= (year, month) <= (2026, 10)]
    parts = {month: rows_of(cursor, metric_id, DAY, month=month) for month in (BEFORE, *months)}
    assert sum((total(each) or Decimal(0) for each in parts.values()), Decimal(0)) == whole.total
    assert sum(each.row_count for each in parts.values()) == whole.row_count > 0
    for month in months:
        days = parts[month].frame["发生日期"].str
        assert (days.starts_with(month) | days.contains("^....(-[QH].)?$")).all()  # a quarter lies in its last month


def test_a_date_is_shown_as_precisely_as_it_is_known(altered: Altered) -> None:
    changes = [f"UPDATE mart.contribution SET occurred_precision = '{precision}', occurred_on = DATE '{on}' WHERE metric_id = 'g1_poc_small' "
               f"AND key = (SELECT min(key) FROM mart.contribution WHERE metric_id = 'g1_poc_small' AND occurred_precision NOT IN ({done}))"
               for precision, on, done in (("M", "2026-02-28", "'M', 'Q', 'Y'"), ("Q", "2026-03-31", "'M', 'Q', 'Y'"))]
    frame = rows_of(altered(*changes), "g1_poc_small", DAY).frame
    assert {"2026-02", "2026-Q1"} <= set(frame["发生日期"])
    halves = altered("UPDATE mart.contribution SET occurred_precision = 'H', occurred_on = DATE '2025-12-31'")
    assert set(rows_of(halves, "g1_poc_small", DAY).frame["发生日期"]) == {"2025-H2"}
    yearly = altered("UPDATE mart.contribution SET occurred_precision = 'Y', occurred_on = DATE '2025-12-31'")
    assert set(rows_of(yearly, "g1_poc_small", DAY).frame["发生日期"]) == {"2025"}


def test_the_month_of_an_output_report_is_a_month(cursor: duckdb.DuckDBPyConnection) -> None:
    frame = rows_of(cursor, "g4b_output_cumulative", DAY).frame
    assert frame.height
    assert frame["发生日期"].str.contains(r"^\d{4}-\d{2}$").all()


def test_what_cannot_be_known_has_no_rows_and_no_total(altered: Altered) -> None:
    unreported = altered("UPDATE meta.coverage SET covered_from = NULL WHERE feed = 'outcomes'")
    export = rows_of(unreported, "g3_landed", DAY)
    assert export.total is None
    assert (export.row_count, export.frame.height) == (0, 0)
    assert rows_of(unreported, "g1_poc_small", DAY).total


def test_an_empty_zone_is_nought(altered: Altered) -> None:
    export = rows_of(altered("DELETE FROM mart.contribution WHERE zone_id = 'agri'"), "g1_poc_small", DAY, "agri")
    assert export.total == Decimal(0)
    assert (export.row_count, export.frame.height) == (0, 0)


@pytest.mark.parametrize(("asked", "problem", "says"), [
    ({"metric_id": "g9"}, UnknownMetric, "g1_poc_small"),
    ({"zone": "火星"}, UnknownZone, "chem"),
    ({"as_of": dt.date(2031, 1, 1)}, OutOfRange, "2026-10-31"),
    ({"month": "2026-11"}, NotAMonth, "2026-11"),
    *(({"month": wrong}, NotAMonth, "2026-10") for wrong in ("2026-13", "2026-1", "202610", "2026-10-01", "十月", "", "0000-01", "２０２６-10")),
])
def test_an_unknown_code_is_named_with_what_there_is(cursor: duckdb.DuckDBPyConnection, asked: dict[str, object], problem: type[Exception],
                                                     says: str) -> None:
    chosen = {"metric_id": "g1_poc_small", "as_of": DAY, **asked}
    with pytest.raises(problem, match=says):
        rows_of(cursor, **chosen)  # type: ignore[arg-type]


def test_a_metric_whose_rows_would_be_persons_is_exported_in_groups_and_no_finer(altered: Altered) -> None:
    con = altered("UPDATE ref.metric SET drill = 'groups' WHERE metric_id = 'g1_poc_small'")
    assert rows_of(con, "g1_poc_small", DAY).frame.columns == ["指标", "空间", "分类", "年份", "数值", "单位", "不公布的"]
    with pytest.raises(RowsWithheld, match="只到组"):
        rows_of(con, "g1_poc_small", DAY, month="2026-10")


def test_many_rows_come_in_order_and_none_twice(altered: Altered) -> None:
    rows = 2 * SORTED_AT_ONCE + 345
    many = altered("DELETE FROM mart.contribution WHERE metric_id = 'g2_pilot'", f"""
        INSERT INTO mart.contribution BY NAME
        SELECT one.* REPLACE (i.range AS key, 'g2_pilot' AS metric_id, i.range + 0.25 AS value, DATE '2025-10-01' + (i.range * 7 % 300)::INTEGER AS occurred_on,
          DATE '2025-10-01' AS counts_from, NULL AS counts_until, 'D' AS occurred_precision)
        FROM (SELECT * FROM mart.contribution WHERE metric_id = 'g1_poc_small' LIMIT 1) AS one, range({rows}) AS i""")
    export = rows_of(many, "g2_pilot", DAY)
    batches = list(export.batches())
    frame = pl.concat(batches)
    assert max(batch.height for batch in batches) <= BATCH
    assert export.row_count == frame.height == frame["数值"].n_unique() == rows
    assert export.total == sum(frame["数值"], Decimal(0)) == Decimal(rows * (rows - 1)) / 2 + Decimal(rows) / 4
    assert frame["发生日期"].is_sorted()
    pieces = list(parquet_chunks(export))
    assert len(pieces) > rows // ROW_GROUP and max(map(len, pieces)) < sum(map(len, pieces)) / 3, "sent on as it is written"
    assert pl.read_parquet(io.BytesIO(b"".join(pieces)))["数值"].to_list() == frame["数值"].to_list()
    month = rows_of(many, "g2_pilot", DAY, month="2025-10")
    assert month.frame.rows() == frame.filter(pl.col("发生日期").str.starts_with("2025-10")).rows()


def test_the_view_may_be_any_day_of_the_span(cursor: duckdb.DuckDBPyConnection) -> None:
    known = span(cursor)
    assert known
    assert rows_of(cursor, "g1_poc_small", None).as_of == known.newest_as_of
    earlier = rows_of(cursor, "g1_poc_small", dt.date(2026, 3, 1))
    assert earlier.total == total(earlier) == value(cursor, earlier.metric, dt.date(2026, 3, 1))
