"""The workbook opens rightly in Excel, WPS and LibreOffice: codes are text, numbers are numbers, and nothing in it is run."""

from __future__ import annotations

import gc
import io
import resource
import shutil
import subprocess
import warnings
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import duckdb
import openpyxl
import pytest
from openpyxl.workbook import Workbook
from park import Park

from analytics.goals import goal_cards
from exports.pack.meeting import Occasion, meeting
from exports.pack.workbook import workbook
from exports.rows import rows_of
from exports.workbook import write_workbook
from warehouse.known import view_date

Altered = Callable[..., duckdb.DuckDBPyConnection]


@pytest.fixture(scope="session")
def book(folder: Path) -> Workbook:
    return openpyxl.load_workbook(folder / "数据表.xlsx")


def columns(book: Workbook, sheet: str) -> dict[str, list[object]]:
    """By heading."""
    head, *rows = book[sheet].iter_rows(values_only=True)
    return {str(heading): [row[at] for row in rows] for at, heading in enumerate(head)}


def test_there_is_a_sheet_for_every_card_and_one_that_says_what_they_are(book: Workbook) -> None:
    assert book.sheetnames == ["说明", "变化", "目标", "概念验证及小试项目明细", "中试项目明细", "转化落地科技成果明细", "产值明细",
                               "一核引领、多区联动明细", "转化漏斗", "政府敞口",
                               "空间布局", "任务", "议定事项", "报送", "口径"]
    told = {row[0] for row in book["说明"].iter_rows(values_only=True)}
    assert set(book.sheetnames) - {"说明"} <= told


def test_the_numbers_are_numbers_and_those_of_the_cards(book: Workbook, read_only: Park) -> None:
    with read_only.open() as cursor:
        cards = goal_cards(cursor, view_date(cursor, None))
    found = columns(book, "目标")
    by_metric = dict(zip(found["代码"], found["现值"], strict=True))
    for card in cards:
        assert card.value is not None and by_metric[card.headline.metric.metric_id] == float(card.value)
        assert sum(map(_number, columns(book, f"{card.goal.name_zh}明细")["数值"])) == pytest.approx(float(card.value))


def _number(cell: object) -> float:
    assert isinstance(cell, int | float)
    return float(cell)


def test_codes_are_texts_and_no_cell_is_a_formula(book: Workbook) -> None:
    for name, heading in (("目标", "代码"), ("转化漏斗", "代码"), ("政府敞口", "代码"), ("任务", "编号"), ("产值明细", "编号")):
        assert all(isinstance(each, str) for each in columns(book, name)[heading] if each is not None), name
    assert not [cell.coordinate for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


def test_every_sheet_can_be_read_and_printed(book: Workbook) -> None:
    for sheet in book:
        assert sheet.freeze_panes == "A2" and sheet.print_title_rows == "$1:$1", sheet.title
        assert sheet.page_setup.orientation == "landscape" and sheet.page_setup.paperSize in (8, 9), sheet.title
        assert sheet.sheet_properties.pageSetUpPr and sheet.sheet_properties.pageSetUpPr.fitToPage and sheet.page_setup.fitToHeight == 0, sheet.title  # one page wide
        assert sheet.oddHeader and sheet.oddHeader.right.text == "演示数据", sheet.title
    assert book["任务"].page_setup.paperSize == 8 and book["转化漏斗"].page_setup.paperSize == 9


def test_the_reasons_of_a_change_add_up_to_it(book: Workbook) -> None:
    [row] = list(book["变化"].iter_rows(min_row=2, values_only=True))
    assert row[0] == "g2_pilot" and row[3:] == (3, 3, -1, 5)
    assert sum(map(_number, row[3:-1])) == row[-1]


def test_what_a_department_wrote_is_never_run(altered: Altered) -> None:
    cursor = altered("UPDATE ref.zone SET name_zh = '=1+1' WHERE zone_id = 'chem'", "UPDATE ref.zone SET name_zh = '@SUM(A1)' WHERE zone_id = 'bio'")
    book = openpyxl.load_workbook(io.BytesIO(workbook(cursor, meeting(cursor, None, Occasion(), None))))
    cells = {row[0].value: row[1] for row in book["空间布局"].iter_rows(min_row=2)}
    assert (cells["chem"].value, cells["chem"].data_type, cells["bio"].value) == ("=1+1", "s", "@SUM(A1)")


def test_the_groups_add_up_to_the_exposure(book: Workbook) -> None:
    found = columns(book, "政府敞口")
    *groups, total = [Decimal(str(each)) for each in found["政府敞口（元）"]]
    assert total and sum(groups) == total


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice (soffice) is not installed: no file of the pack was opened with it")
@pytest.mark.parametrize("name", ["数据表.xlsx", "汇报材料.docx"])
def test_libreoffice_opens_it(folder: Path, tmp_path: Path, name: str) -> None:
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(folder / name)]
    done = subprocess.run(command, capture_output=True, timeout=280, check=True, text=True)
    assert "Error" not in done.stderr
    assert (tmp_path / name).with_suffix(".pdf").stat().st_size > 10_000


def test_a_full_disk_for_what_a_workbook_puts_down_is_a_full_disk_and_leaves_nothing(altered: Altered, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    seen = meeting(con := altered(), None, Occasion(), None)
    before_it = resource.getrlimit(resource.RLIMIT_FSIZE)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # the library leaves what it could not write open
        resource.setrlimit(resource.RLIMIT_FSIZE, (2_000, before_it[1]))
        try:
            with pytest.raises(OSError, match="too large"):
                workbook(con, seen)
            with pytest.raises(OSError, match="too large"):
                write_workbook(rows_of(con, "g1_poc_small_incl_stock", None), io.BytesIO())
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before_it)
        gc.collect()
    assert list(tmp_path.iterdir()) == [path for path in tmp_path.iterdir() if path.suffix == ".duckdb"]
