"""The two sample files are read to the last cell."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from etl.feeds import FEEDS
from etl.reading import Table, period_in_name, read, stated_period

SAMPLES = Path(__file__).parent / "samples"
PILOTS = SAMPLES / "工信局-中试进展-202610.xlsx"
OUTPUT = SAMPLES / "产值快报2026年9月.csv"
KNOWN = {heading for feed in FEEDS.values() for heading in feed.by_heading()}


def only_table(path: Path, known: set[str] = KNOWN) -> Table:
    (table,) = read(path, known=known).tables
    return table


def aside(table: Table) -> dict[int, str]:
    return dict(table.aside.select("row", "kind").iter_rows())


def test_the_merged_header_of_the_pilot_list_is_read_by_its_leaves() -> None:
    table = only_table(PILOTS)
    assert table.sheet == "10月" and table.sheet_no == 0
    assert table.header_rows == (3, 4)
    assert table.columns == ("序号", "事件编号", "项目编号", "项目名称", "阶段", "事件", "发生日期", "所在空间", "备注")


def test_the_pilot_list_keeps_its_seven_events_as_sent() -> None:
    rows = only_table(PILOTS).rows
    assert rows["row"].to_list() == [5, 6, 7, 8, 9, 10, 11]
    assert rows["序号"].to_list() == ["1", "2", "3", "4", "5", "6", "7"]
    assert rows["发生日期"].to_list() == [
        "2026年9月3日",
        "2026.9.17",
        "20261009",
        "2026/10",
        "2026-10-20",
        "２０２６年１０月２８日",
        "2026.10.30",
    ]
    assert rows.row(6, named=True) | {"项目名称": ""} == {
        "row": 11,
        "序号": "7",
        "事件编号": "GX-2026-0123",
        "项目编号": "GZH-2025-0120",
        "项目名称": "",
        "阶段": "终止",
        "事件": "—",
        "发生日期": "2026.10.30",
        "所在空间": "装备制造",
        "备注": "阶段栏填写有误",
    }
    assert rows["备注"].null_count() == 3


def test_the_rows_around_the_pilot_list_are_set_aside_and_its_date_found() -> None:
    reading = read(PILOTS, known=KNOWN)
    assert reading.kind == "xlsx" and reading.encoding is None and reading.hidden_sheets == ("字典",)
    assert aside(reading.tables[0]) == {1: "metadata", 2: "metadata", 3: "header", 4: "header", 12: "total", 13: "footer"}
    assert stated_period(reading.tables[0].stated) == (None, date(2026, 10, 31))
    assert period_in_name(PILOTS.name) == (date(2026, 10, 1), date(2026, 10, 31))


def test_the_output_report_is_decoded_and_its_unit_and_period_found() -> None:
    reading = read(OUTPUT, known=KNOWN)
    table = reading.tables[0]
    assert reading.kind == "csv" and reading.encoding == "gb18030" and reading.size_bytes == OUTPUT.stat().st_size
    assert table.columns == (
        "期间",
        "期间类型",
        "统一社会信用代码",
        "企业名称",
        "成果编号",
        "报表类型",
        "口径",
        "金额",
        "归因比例",
        "含税",
    )
    assert table.units == {"": "千元"}
    assert aside(table) == {1: "metadata", 2: "metadata", 3: "header", 8: "total", 9: "footer", 10: "footer"}
    assert stated_period(table.stated) == (date(2026, 1, 1), date(2026, 9, 30))
    assert table.rows.select("row", "期间", "金额", "归因比例", "成果编号").rows() == [
        (4, "2026年1-2月", "1,284.50", "100%", "CG-2025-007"),
        (5, "2026年9月", "3,905", "100%", "CG-2025-007"),
        (6, "2026年9月", "２６０", "—", None),
        (7, "2026年9月", "无", "60%", "CG-2026-002"),
    ]


@pytest.mark.parametrize("path", [PILOTS, OUTPUT], ids=lambda path: path.suffix)
def test_a_sample_reads_the_same_rows_without_known_headings(path: Path) -> None:
    sharp, generic = only_table(path), only_table(path, set())
    assert generic.header_rows == sharp.header_rows
    assert generic.rows.rows() == sharp.rows.rows()
    assert aside(generic) == aside(sharp)


def test_the_leaves_of_a_group_are_joined_to_it_where_nothing_is_known() -> None:
    assert only_table(PILOTS, set()).columns[4:7] == ("阶段情况_阶段", "阶段情况_事件", "阶段情况_发生日期")


@pytest.mark.parametrize("path", [PILOTS, OUTPUT], ids=lambda path: path.suffix)
def test_every_row_of_a_sample_is_in_exactly_one_place(path: Path) -> None:
    table = only_table(path)
    numbers = pl.concat([table.rows["row"], table.aside["row"]]).sort().to_list()
    assert numbers == list(range(1, numbers[-1] + 1))
