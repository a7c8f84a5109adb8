"""The files open rightly in Excel and WPS, and nothing that a department wrote is run there."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
import json
from collections.abc import Callable
from decimal import Decimal

import duckdb
import openpyxl
import polars as pl
import pyarrow.parquet as pq
import pytest
from openpyxl.workbook import Workbook
from park import Park, sample

from exports.csv_description import csv_description
from exports.csv_file import BOM, csv_chunks
from exports.parquet_file import parquet_chunks
from exports.rows import HEADINGS, Export, rows_of
from exports.workbook import LONGEST, MOST_ROWS, TooManyRows, write_workbook

DAY = dt.date(2026, 10, 31)
Altered = Callable[..., duckdb.DuckDBPyConnection]
DANGEROUS = ["=cmd|' /C calc'!A0", "+1+cmd", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", "＋1", "－1", "＠1"]
HARMLESS = ["（演示）=1", "a=b", " =1", "'=1", "1-2", "氢气, \"储运\"\r\n阀门", "0012", "1e5", "2026-10", "912345678901234567"]


def csv_of(export: Export) -> bytes:
    return b"".join(csv_chunks(export))


def read_csv(content: bytes) -> list[list[str]]:
    """As a reader who knows nothing of us reads it."""
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def workbook_of(export: Export) -> tuple[bytes, Workbook]:
    target = io.BytesIO()
    write_workbook(export, target)
    return target.getvalue(), openpyxl.load_workbook(io.BytesIO(target.getvalue()))


def parquet_of(export: Export) -> tuple[pq.ParquetFile, dict[str, str]]:
    """The file, and its key-value metadata."""
    file = pq.ParquetFile(io.BytesIO(b"".join(parquet_chunks(export))))
    return file, {name.decode(): text.decode() for name, text in file.metadata.metadata.items()}


def said(book: Workbook) -> dict[str, object]:
    """The sheet 说明."""
    return {str(heading): text for heading, text in book["说明"].iter_rows(values_only=True)}


def named(altered: Altered, names: list[str]) -> Export:
    """Copies of one row, each with another project number and name."""
    con = altered("DELETE FROM mart.contribution WHERE metric_id = 'g2_pilot'", *(statement for at, name in enumerate(names) for statement in (
        f"INSERT INTO core.entity_name VALUES ('project', '{at:04}', {quoted(name)}, {quoted(name)})",
        f"""INSERT INTO mart.contribution BY NAME
        SELECT * REPLACE ('{at:04}' AS key, '{at:04}' AS entity_id, 'g2_pilot' AS metric_id, DATE '2026-01-01' AS occurred_on)
        FROM mart.contribution WHERE metric_id = 'g1_poc_small' AND counts_until IS NULL LIMIT 1""")))
    return rows_of(con, "g2_pilot", DAY)


def quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def test_a_csv_begins_with_a_bom_and_ends_every_line_as_windows_does(cursor: duckdb.DuckDBPyConnection) -> None:
    export = rows_of(cursor, "g1_poc_small", DAY)
    content = csv_of(export)
    assert content.startswith(BOM)
    assert content.count(BOM) == 1
    assert content.endswith(b"\r\n")
    assert content.count(b"\n") == content.count(b"\r\n") == export.row_count + 1 > 2


def test_a_csv_reads_back_as_the_rows(cursor: duckdb.DuckDBPyConnection) -> None:
    for metric_id in ("g1_poc_small", "g4b_output_cumulative"):
        export = rows_of(cursor, metric_id, DAY)
        head, *rows = read_csv(csv_of(export))
        assert head == list(HEADINGS.values())
        assert rows == [["" if cell is None else str(cell) for cell in row] for row in export.frame.rows()]
        assert sum(Decimal(row[head.index("数值")]) for row in rows) == export.total


def test_counts_are_written_as_counts_and_amounts_without_loss(altered: Altered) -> None:
    con = altered("UPDATE mart.contribution SET value = 0.125 WHERE metric_id = 'g2_pilot'",
                  "UPDATE mart.contribution SET value = 12.5 WHERE metric_id = 'g3_landed'")
    found = {metric_id: {row[5] for row in read_csv(csv_of(rows_of(con, metric_id, DAY)))[1:]} for metric_id in ("g1_poc_small", "g2_pilot", "g3_landed")}
    assert found == {"g1_poc_small": {"1"}, "g2_pilot": {"0.125000"}, "g3_landed": {"12.50"}}


def test_no_text_of_a_csv_is_taken_for_a_formula(altered: Altered) -> None:
    export = named(altered, DANGEROUS + HARMLESS)
    _, *rows = read_csv(csv_of(export))
    assert [row[3] for row in rows] == [f"'{name}" for name in DANGEROUS] + HARMLESS
    assert [row[2] for row in rows[:3]] == ["0000", "0001", "0002"]


def test_a_negative_number_stays_a_number(altered: Altered) -> None:
    export = rows_of(altered("UPDATE mart.contribution SET value = -3 WHERE metric_id = 'g2_pilot'"), "g2_pilot", DAY)
    assert {row[5] for row in read_csv(csv_of(export))[1:]} == {"-3"}
    assert {cell.value for cell in workbook_of(export)[1]["数据"]["F"][1:]} == {-3}


def test_no_text_of_a_workbook_is_a_formula_a_link_or_a_number(altered: Altered) -> None:
    names = [*DANGEROUS, *HARMLESS, "http://example.test/?a", "mailto:a@example.test", "12", "{=1}", "_x0041_"]
    export = named(altered, names)
    sheet = workbook_of(export)[1]["数据"]
    # XML knows one line end only; openpyxl shows what a spreadsheet decodes as it is stored
    assert [cell.value.replace("_x000D_", "\r").replace("_x005F_", "_") for cell in sheet["D"][1:]] == names
    assert {cell.data_type for column in "BCDE" for cell in sheet[column]} == {"s"}
    assert [cell.value for cell in sheet["C"][1:4]] == ["0000", "0001", "0002"]
    assert {cell.number_format for cell in sheet["C"][1:]} == {"@"}
    assert not any(cell.data_type == "f" or cell.hyperlink for row in sheet.iter_rows() for cell in row)


def test_a_department_that_names_a_project_like_a_command_does_no_harm(home: Park) -> None:
    command = DANGEROUS[0]
    with home.open() as con:
        project_id = rows_of(con, "g1_poc_small", DAY).frame["编号"][0]
    home.send("科技创新促进中心/项目库-更正.csv", sample("projects").but(project_id, 项目名称=command))
    snapshot = home.refresh().snapshot
    with home.open(snapshot) as con:
        export = rows_of(con, "g1_poc_small", DAY)
        _, *rows = read_csv(csv_of(export))
        cells = {row[2].value: row[3] for row in workbook_of(export)[1]["数据"].iter_rows(min_row=2)}
    assert {row[3] for row in rows if row[2] == project_id} == {f"'{command}"}
    assert (cells[project_id].value, cells[project_id].data_type) == (command, "s")


def test_a_workbook_holds_the_rows_with_numbers_as_numbers(cursor: duckdb.DuckDBPyConnection) -> None:
    for metric_id in ("g1_poc_small", "g4b_output_cumulative"):
        export = rows_of(cursor, metric_id, DAY)
        _, book = workbook_of(export)
        head, *rows = book["数据"].iter_rows(values_only=True)
        assert book.sheetnames == ["数据", "说明"]
        assert book["数据"].freeze_panes == "A2"
        assert head == tuple(HEADINGS.values())
        assert rows == [tuple(float(cell) if isinstance(cell, Decimal) else cell for cell in row) for row in export.frame.rows()]
        numbers = [row[5] for row in rows if isinstance(row[5], int | float)]
        assert len(numbers) == export.row_count > 0
        assert sum(numbers) == pytest.approx(float(export.total or 0), abs=0.005)
        assert all(isinstance(row[15], int) for row in rows)


def test_a_workbook_says_what_it_is(altered: Altered) -> None:
    con = altered("UPDATE meta.snapshot SET is_demo = true")
    export = rows_of(con, "g1_poc_small_incl_stock", DAY, "chem", "before")
    _, book = workbook_of(export)
    told = said(book)
    [(snapshot, statement, version, status)] = con.execute(
        "SELECT s.snapshot_id, m.statement_zh, m.version, m.status FROM meta.snapshot AS s, ref.metric AS m WHERE m.metric_id = ?",
        [export.metric.metric_id]).fetchall()
    assert told["定义"] == statement
    assert told["口径版本与状态"] == f"第 {version} 版 · {status}"
    assert told["筛选"] == "空间：绿色化工产业承载区；发生月份：基准日前"
    assert told["发生截至日"] == "2026-10-31"
    assert told["知悉截至（快照）"] == f"2026-11-05 12:00（{snapshot}）"
    assert (told["行数"], told["合计"]) == (export.row_count, export.total)
    assert export.row_count > 0
    assert "演示数据" in str(told["数据性质"])
    assert told["数据行的 SHA-256"] == hashlib.sha256(csv_of(export)).hexdigest()


def test_what_is_no_demonstration_is_not_called_one(altered: Altered) -> None:
    export = rows_of(altered("UPDATE meta.snapshot SET is_demo = false"), "g1_poc_small", DAY)
    assert "演示" not in str(said(workbook_of(export)[1])["数据性质"])


def test_what_cannot_be_known_is_not_nought(altered: Altered) -> None:
    export = rows_of(altered("UPDATE meta.coverage SET covered_from = NULL"), "g1_poc_small", DAY)
    told = said(workbook_of(export)[1])
    assert told["行数"] == 0
    assert str(told["合计"]).startswith("—")
    assert read_csv(csv_of(export)) == [list(HEADINGS.values())]


def test_the_same_export_is_the_same_bytes(cursor: duckdb.DuckDBPyConnection) -> None:
    first, second = (rows_of(cursor, "g1_poc_small", DAY) for _ in range(2))
    assert workbook_of(first)[0] == workbook_of(second)[0]
    assert csv_of(first) == csv_of(second)


def test_a_text_longer_than_a_cell_is_cut_in_the_workbook_and_says_so(altered: Altered) -> None:
    names = ["长" * LONGEST, "长" * (LONGEST + 1)]
    export = named(altered, names)
    whole, cut = (cell.value for cell in workbook_of(export)[1]["数据"]["D"][1:])
    assert whole == names[0]
    assert len(cut) == LONGEST
    assert cut.endswith("…（已截断，全文见 CSV）")
    assert [row[3] for row in read_csv(csv_of(export))[1:]] == names


def test_more_rows_than_a_workbook_gets_are_refused_with_the_way_out(altered: Altered) -> None:
    con = altered(f"""INSERT INTO mart.contribution BY NAME SELECT one.* REPLACE ('x' || i.range AS key, 'g2_terminated' AS metric_id)
        FROM (SELECT * FROM mart.contribution WHERE metric_id = 'g1_poc_small' AND counts_until IS NULL LIMIT 1) AS one, range({MOST_ROWS + 1}) AS i""")
    target = io.BytesIO()
    with pytest.raises(TooManyRows, match="CSV"):
        write_workbook(rows_of(con, "g2_terminated", DAY), target)
    assert target.getvalue() == b""


def test_parquet_holds_the_same_rows_in_columns_of_their_own_types(altered: Altered) -> None:
    con = altered("UPDATE mart.contribution SET value = value + 0.25, occurred_precision = 'M', occurred_on = DATE '2026-02-28' WHERE metric_id = "
                  "'g1_poc_small_incl_stock' AND key = (SELECT min(key) FROM mart.contribution WHERE metric_id = 'g1_poc_small_incl_stock' AND zone_id = 'chem')")
    export = rows_of(con, "g1_poc_small_incl_stock", DAY, "chem")
    file, told = parquet_of(export)
    table = pl.from_arrow(file.read())
    assert isinstance(table, pl.DataFrame)
    kinds = dict(table.schema)
    assert (kinds.pop("发生日期"), kinds.pop("数值"), kinds.pop("行"), kinds.pop("待佐证"), kinds.pop("收到时间")) == (
        pl.Date(), pl.Decimal(20, 6), pl.Int64(), pl.Boolean(), pl.Datetime("us", "UTC"))
    assert set(kinds.values()) == {pl.String()}
    _head, *lines = read_csv(csv_of(export))
    assert [column for column in table.columns if column != "日期精度"] == _head
    assert table["编号"].to_list() == [line[2] for line in lines] != [] and table["数值"].sum() == export.total
    assert table.filter(日期精度="M")["发生日期"].to_list()[:1] == [dt.date(2026, 2, 28)]
    moments = [f"{moment:%Y-%m-%d %H:%M}" for moment in table["收到时间"].dt.convert_time_zone("Asia/Shanghai")]
    assert moments == [line[_head.index("收到时间")] for line in lines]
    assert told["metric_id"] == "g1_poc_small_incl_stock" and told["snapshot"] == export.snapshot and told["as_of"] == "2026-10-31" and told["unit"] == "项"
    assert told["row_count"] == str(table.height) and Decimal(told["total"]) == export.total and json.loads(told["filters"]) == {"zone": "chem"}
    assert told["definition"] == export.metric.statement_zh and told["filters_said"] == "空间：绿色化工产业承载区；发生月份：全部" and json.loads(told["is_demo"]) is True


def test_parquet_says_what_a_department_wrote_and_guards_nothing(altered: Altered) -> None:
    table = pl.from_arrow(parquet_of(named(altered, [*DANGEROUS, *HARMLESS]))[0].read())
    assert isinstance(table, pl.DataFrame)
    assert table["名称"].to_list() == [*DANGEROUS, *HARMLESS], "no spreadsheet runs it, and a program wants what was written"


def test_persons_are_in_parquet_as_in_the_csv(altered: Altered) -> None:
    con = altered("UPDATE ref.metric SET drill = 'groups', unit = '人' WHERE metric_id = 'g1_poc_small'",
                  "INSERT INTO mart.person_contribution SELECT * REPLACE ('manager' AS entity_kind) FROM mart.contribution WHERE metric_id = 'g1_poc_small'",
                  "DELETE FROM mart.contribution WHERE metric_id = 'g1_poc_small'")
    export = rows_of(con, "g1_poc_small", DAY)
    file, told = parquet_of(export)
    table = pl.from_arrow(file.read())
    assert isinstance(table, pl.DataFrame)
    assert table.columns == ["指标", "空间", "分类", "年份", "数值", "单位", "不公布的"]
    lines = [[("" if cell is None else str(cell)) for cell in row] for row in table.rows()]
    assert lines == read_csv(csv_of(export))[1:] and {"<3", "不公布"} & set(table["不公布的"])
    assert told["metric_id"] == "g1_poc_small" and "不公布" in told["check"]


def test_what_is_not_known_is_a_file_without_rows_that_says_so(altered: Altered) -> None:
    con = altered("UPDATE meta.coverage SET covered_from = NULL WHERE feed = 'outcomes'")
    file, told = parquet_of(rows_of(con, "g3_landed", DAY))
    assert file.metadata.num_rows == 0 and "数值" in file.schema_arrow.names
    assert told["total"] == "null" and "缺报" in told["total_said"]


def test_a_csv_has_a_description_beside_it(altered: Altered) -> None:
    export = rows_of(altered(), "g1_poc_small", DAY, "chem")
    told = json.loads(csv_description(export, "/export/g1_poc_small.csv?zone=chem"))
    assert told["@context"][0] == "http://www.w3.org/ns/csvw" and told["url"] == "/export/g1_poc_small.csv?zone=chem"
    assert [column["titles"] for column in told["tableSchema"]["columns"]] == read_csv(csv_of(export))[0]
    assert (told["ganzhihui:row_count"], told["ganzhihui:snapshot"], told["ganzhihui:as_of"]) == (export.row_count, export.snapshot, "2026-10-31")
