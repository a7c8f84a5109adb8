"""What a workbook says of its cells besides their texts reaches the rows: merged amounts, and days counted from 1904."""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path

import polars as pl
import xlsxwriter

from etl.staging import Job, stage

HEADINGS = ("租约编号", "空间单元编号", "承租单位代码", "面积", "起租日期", "月租金应收（元）", "备注")
ORG = "91620100MA00000A1X"


def test_of_a_merged_rent_no_row_is_counted_and_plain_day_numbers_keep_their_year(tmp_path: Path) -> None:
    path = tmp_path / "租约-202610.xlsx"
    with xlsxwriter.Workbook(path, {"date_1904": True}) as book:
        page = book.add_worksheet("租约")
        page.write(0, 0, "租约（截至2026年10月31日）")
        page.write_row(1, 0, HEADINGS)
        for row in range(4):
            page.write_row(row + 2, 0, (f"ZY-{row}", f"DY-{row}", ORG, 100 + row, 44624 + row))
            page.write(row + 2, 5, 1000)
        page.merge_range(2, 5, 3, 5, "")
        page.write_number(2, 5, 9000)
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    staged = stage(Job(blob=path, name=path.name, sha256=sha256, received_on=dt.date(2026, 11, 5), staging=tmp_path / "staging", feed="leases"))
    accepted = pl.read_parquet(staged.folder / "accepted.parquet")
    told = "月租金应收：与第 3—4 行合并成一格，分不清各行各是多少；请拆开，逐行填写"
    assert staged.reasons == (f"第 3 行 {told}", f"第 4 行 {told}")
    assert accepted["rent_due_cny"].sum() == 2000
    assert accepted["starts_on"].to_list() == [dt.date(2026, 3, 7), dt.date(2026, 3, 8)]
    assert any("竖向合并的数" in warning and "F3:F4" in warning for warning in staged.warnings)
