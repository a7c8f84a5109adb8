"""`inspect` reads a file as a refresh would, and says what a refresh would make of it."""

from __future__ import annotations

import io
import json
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from park import Sheet, sample

from etl.__main__ import main
from etl.feeds import FEEDS

EVENTS = sample("stage_events")
Captured = pytest.CaptureFixture[str]


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files are read in this process."""
    monkeypatch.setattr("etl.showing.apart", lambda look, path: look(path))


def inspected(capsys: Captured, path: Path, content: bytes) -> tuple[int, str, dict[str, object]]:
    """The exit code, the text and the JSON for a file of this content."""
    path.write_bytes(content)
    capsys.readouterr()
    code = main(["inspect", str(path)])
    text = capsys.readouterr().out
    assert main(["inspect", str(path), "--json"]) == code
    return code, text, json.loads(capsys.readouterr().out)


def grouped(table: Sheet) -> bytes:
    """The table with 阶段情况 merged over its stage and its event."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        page = book.add_worksheet("十月")
        at = table.headings.index("阶段")
        page.merge_range(0, at, 0, at + 1, "阶段情况")
        for number, line in enumerate([table.headings, *([row[heading] for heading in table.headings] for row in table.rows)]):
            page.write_row(number + 1, 0, line)
    return content.getvalue()


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("feed", sorted(FEEDS))
def test_every_report_is_named_with_its_day(tmp_path: Path, capsys: Captured, feed: str) -> None:
    code, text, found = inspected(capsys, tmp_path / "表.csv", sample(feed).csv())
    assert code == 0 and f"报表：{FEEDS[feed].title}（{feed}）\n截至：2026-" in text
    assert list(found) == ["tables", "file"]


def test_grouped_headings_are_called_what_a_refresh_calls_them(tmp_path: Path, capsys: Captured) -> None:
    code, text, found = inspected(capsys, tmp_path / "阶段事件-202610.xlsx", grouped(EVENTS))
    assert code == 0 and "报表：阶段事件（stage_events）\n截至：2026-10-31\n" in text
    tables = found["tables"]
    assert isinstance(tables, list) and "阶段" in tables[0]["columns"] and "阶段情况_阶段" not in tables[0]["columns"]


@pytest.mark.usefixtures("here")
def test_a_header_only_the_reports_know_is_found(tmp_path: Path, capsys: Captured) -> None:
    wide = [["2026", "1", "2", "3"], *EVENTS.grid()[2:]]
    code, text, _ = inspected(capsys, tmp_path / "表.csv", "\n".join(",".join(line) for line in wide).encode())
    assert code == 0 and "列名在第 2 行" in text and "截至：没有写明，刷新时会待确认" in text


@pytest.mark.usefixtures("here")
def test_what_a_refresh_would_refuse_is_said(tmp_path: Path, capsys: Captured) -> None:
    code, text, found = inspected(capsys, tmp_path / "表.csv", EVENTS.renamed("阶段", "环节名").csv())
    assert code == 0 and "刷新时会被退回：最接近“阶段事件”，但缺少列：阶段。" in text and "\n  请：" in text
    assert list(found) == ["tables", "file"]


@pytest.mark.usefixtures("here")
def test_what_a_refresh_would_ask_is_said(tmp_path: Path, capsys: Captured) -> None:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        for name, table in (("事件", EVENTS), ("库", sample("projects"))):
            page = book.add_worksheet(name)
            for at, line in enumerate(table.grid()):
                page.write_row(at, 0, line)
        book.add_worksheet("说明").write_row(0, 0, ["1", "2"])
    _, text, _ = inspected(capsys, tmp_path / "表.xlsx", content.getvalue())
    assert "刷新时会待确认：工作表“" in text and "是另一张报表“" in text and "注意：工作表“说明”没有读入\n" in text


STATISTICS = "附件1\n各区情况（单位：万元）\n地 区,产值,\n,本年,上年\n全 市,3,5\n甲区,1,2\n乙区,2,3\n注：快报数\n"


def test_a_table_of_no_report_is_shown_as_it_stands_with_its_ends(tmp_path: Path, capsys: Captured) -> None:
    path = tmp_path / "统计.csv"
    path.write_bytes(STATISTICS.encode("gb18030"))
    assert main(["inspect", str(path), "--json", "--rows", "1"]) == 0
    (table,) = json.loads(capsys.readouterr().out)["tables"]
    assert table == {
        "sheet": "", "encoding": "gb18030", "header_rows": [3, 4], "columns": ["地区", "产值_本年", "产值_上年"], "first_data_row": 6,
        "last_data_row": 7, "data_rows": 2, "total_rows": [5], "section_rows": [], "footer_rows": [8], "units": {"": "万元"}, "warnings": [],
        "first_rows": [["甲区", "1", "2"]], "last_rows": [["乙区", "2", "3"]]}
    assert main(["inspect", str(path), "--rows", "1"]) == 0
    text = capsys.readouterr().out
    assert "全表单位：万元" in text and "第 6 行" in text and "│ 产值_本年 │" in text


def test_one_report_named_reads_the_file_by_its_headings_alone(tmp_path: Path, capsys: Captured) -> None:
    path = tmp_path / "表.xlsx"
    path.write_bytes(grouped(EVENTS))
    assert main(["inspect", str(path), "--json", "--feed", "stage_events"]) == 0
    assert "阶段" in json.loads(capsys.readouterr().out)["tables"][0]["columns"]
    with pytest.raises(SystemExit) as stopped:
        main(["inspect", str(path), "--feed", "没有"])
    assert stopped.value.code == 2 and "stage_events" in capsys.readouterr().err


def test_the_sheets_we_put_beside_a_departments_own_are_not_shown_as_data(tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("etl.showing.apart", lambda work, path: work(path))
    assert main(["template", "阶段事件", "-o", str(tmp_path)]) == 0
    [path] = tmp_path.glob("*.xlsx")
    book = openpyxl.load_workbook(path)
    notes = book.create_sheet("退回说明", 0)
    for line in (["位置", "列", "填的", "原因"], ["第 7 行", "阶段", "孵化", "不认识"], ["第 9 行", "日期", "13月", "不是日期"]):
        notes.append(line)
    book.save(path)
    capsys.readouterr()
    assert main(["inspect", str(path), "--json"]) == 0
    assert [table["sheet"] for table in json.loads(capsys.readouterr().out)["tables"]] == ["阶段事件"]
    assert main(["inspect", str(path)]) == 0
    assert "报表：阶段事件" in (text := capsys.readouterr().out) and "说明" not in text
    assert main(["inspect", str(path), "--sheet", "填报说明"]) == 0, "whoever asks for it sees it"
    assert "填报说明：列名在第" in capsys.readouterr().out
    del book["阶段事件"], book["退回说明"]
    book.save(path)
    assert main(["inspect", str(path)]) == 0, "where it is all there is, it is shown"
    assert "填报说明：列名在第" in capsys.readouterr().out


@pytest.mark.parametrize("rows", ["-1", "一", "1.5"])
def test_a_number_of_rows_that_is_none_is_a_wrong_argument(tmp_path: Path, capsys: Captured, rows: str) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["inspect", str(tmp_path), "--rows", rows])
    assert stopped.value.code == 2 and "不是行数" in capsys.readouterr().err


def test_a_file_that_cannot_be_read_is_refused_in_json_with_exit_code_ten(tmp_path: Path, capsys: Captured) -> None:
    path = tmp_path / "表.csv"
    path.write_bytes(b"")
    assert main(["inspect", str(path), "--json"]) == 10
    assert list(json.loads(capsys.readouterr().out)["refused"]) == ["what", "do"]
