"""`inspect` reads a file as a refresh would, and says what a refresh would make of it."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
import xlsxwriter
from park import Sheet, sample

from etl.__main__ import main
from etl.feeds import FEEDS

EVENTS = sample("stage_events")
Captured = pytest.CaptureFixture[str]


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


def test_a_header_only_the_reports_know_is_found(tmp_path: Path, capsys: Captured) -> None:
    wide = [["2026", "1", "2", "3"], *EVENTS.grid()[2:]]
    code, text, _ = inspected(capsys, tmp_path / "表.csv", "\n".join(",".join(line) for line in wide).encode())
    assert code == 0 and "列名在第 2 行" in text and "截至：没有写明，刷新时会待确认" in text


def test_what_a_refresh_would_refuse_is_said(tmp_path: Path, capsys: Captured) -> None:
    code, text, found = inspected(capsys, tmp_path / "表.csv", EVENTS.renamed("阶段", "环节名").csv())
    assert code == 0 and "刷新时会被退回：最接近“阶段事件”，但缺少列：阶段。" in text and "\n  请：" in text
    assert list(found) == ["tables", "file"]


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
