"""The line behind a number is the department's own: its headings, its words, its units, in its order, and nothing personal."""

from __future__ import annotations

import io
from collections.abc import Sequence

import duckdb
import pytest
import xlsxwriter
from park import FOLDERS, Park, sample
from rich.console import Console

from etl.__main__ import main
from warehouse.source_line import Source, sources
from warehouse.value import read_metric

CENTRE, BUREAU = FOLDERS["D08"], FOLDERS["D04"]
OUTPUT = {"期间": "2026年9月", "期间类型": "当月", "统一社会信用代码": "91620100MA00000A1X", "成果编号": "CG-2025-001", "报表类型": "快报", "口径": "工业总产值"}
FIGURES = {"金额（万元）": "1,234.5", "归因比例": "40%", "含税": "否"}
GROUP = "产值情况"


def lines(park: Park, metric_id: str, snapshot: str | None = None) -> list[Source]:
    """The lines behind a metric, the row counted of each contribution first."""
    with park.open(snapshot) as con:
        rows = [row.row_id for row in read_metric(con, metric_id).rows]
        found = sources(con, rows)
    return [found[row_id] for row_id in rows]


def cells(park: Park, metric_id: str, file: str) -> list[tuple[tuple[str, str], ...]]:
    """The cells of the lines of one file."""
    return [line.cells for line in lines(park, metric_id) if line.file == file]


def grouped() -> bytes:
    """A workbook whose header is two rows, a group merged over three of its columns, and a note beside it that says nothing."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        book.add_worksheet("说明").write(0, 0, "请按月填报")
        page = book.add_worksheet("九月")
        page.merge_range(0, 0, 0, 8, "入驻企业产值月报（截至2026年10月31日）")
        for at, heading in enumerate(OUTPUT):
            page.merge_range(1, at, 2, at, heading)
        page.merge_range(1, 6, 1, 8, GROUP)
        for at, heading in enumerate(FIGURES, 6):
            page.write(2, at, heading)
        page.write_row(3, 0, [*OUTPUT.values(), *FIGURES.values()])
    return content.getvalue()


def csv_of(headings: Sequence[str], *rows: Sequence[str], above: str = "截至2026年10月31日", encoding: str = "utf-8-sig") -> bytes:
    def line(texts: Sequence[str]) -> str:
        return ",".join(f'"{text}"' if "," in text else text for text in texts)

    return "\r\n".join([above, line(headings), *map(line, rows), ""]).encode(encoding)


def test_a_workbook_with_a_merged_header_gives_its_leaf_headings_and_the_amount_as_written(home: Park) -> None:
    home.send(f"{BUREAU}/产值-九月.xlsx", grouped())
    home.refresh()
    [line] = [line for line in lines(home, "g4a_output_12m") if line.file == "产值-九月.xlsx"]
    assert line.cells == tuple((OUTPUT | FIGURES).items())
    assert (line.sheet, line.row, line.left_out, line.unit) == ("九月", 4, (), None)
    assert home.ask("SELECT r.amount_cny FROM raw.output_values AS r JOIN raw.file AS f USING (file_id) WHERE f.name LIKE '%.xlsx'") == [(12_345_000,)]


def test_a_gbk_file_in_thousands_gives_its_own_order_words_and_dashes(home: Park) -> None:
    sent = {"金额（千元）": "56,780", "口径": "工业总产值", "期间": "2026.9", "期间类型": "当月", "成果编号": "CG-2025-001", "归因比例": "0.4", "归因依据": "—",
            "统一社会信用代码": "91620100MA00000A1X", "报表类型": "快报", "备注": "补报"}
    home.send(f"{BUREAU}/补.csv", csv_of(list(sent), list(sent.values()), encoding="gbk"))
    home.refresh()
    assert cells(home, "g4a_output_12m", "补.csv") == [tuple(sent.items())]


def test_a_unit_above_the_table_goes_with_the_line(home: Park) -> None:
    headings = [*OUTPUT, "金额", "归因比例"]
    home.send(f"{BUREAU}/补.csv", csv_of(headings, [*OUTPUT.values(), "3", "100%"], above="截至2026年10月31日,单位：万元"))
    home.refresh()
    [line] = [line for line in lines(home, "g4a_output_12m") if line.file == "补.csv"]
    assert (line.unit, dict(line.cells)["金额"]) == ("万元", "3")


def test_words_stay_words_and_columns_that_are_personal_or_unknown_are_named_and_left_out(home: Park) -> None:
    events = sample("stage_events").only("SJ-0013")
    odd = csv_of([*events.headings, "经办领导"], [*events.rows[0].values(), "欧阳样例"])
    home.send(f"{CENTRE}/阶段事件.csv", odd)
    home.refresh()
    [line] = [line for line in lines(home, "g1_stage_visits") if dict(line.cells).get("事件编号") == "SJ-0013"]
    assert line.cells == tuple((heading, text) for heading, text in events.rows[0].items() if text)
    assert "小试" in dict(line.cells).values() and line.left_out == ("经办领导",)
    assert not home.ask("SELECT 1 FROM raw.sent_row WHERE array_to_string(cells::VARCHAR[], '|') LIKE '%欧阳样例%'")
    [(left_out,)] = set(home.ask("SELECT left_out::VARCHAR FROM raw.sent_table JOIN raw.file USING (file_id) WHERE feed = 'projects'"))
    assert left_out == "[技术经理人编号, 联系人, 联系电话]"


def test_each_sheet_has_its_own_headings(home: Park) -> None:
    first, second = sample("stage_events").only("SJ-0013"), sample("stage_events").only("SJ-0009")
    turned = tuple(reversed(second.headings))
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        for name, grid in (("一组", first.grid()), ("二组", [["截至2026年10月31日"], list(turned), [second.rows[0][heading] for heading in turned]])):
            page = book.add_worksheet(name)
            for at, row in enumerate(grid):
                page.write_row(at, 0, row)
    home.send(f"{CENTRE}/两组.xlsx", content.getvalue())
    home.refresh()
    found = {line.sheet: line.cells for metric_id in ("g1_poc_small", "g2_pilot") for line in lines(home, metric_id) if line.file == "两组.xlsx"}
    assert found == {"一组": tuple((heading, text) for heading, text in first.rows[0].items() if text),
                     "二组": tuple((heading, second.rows[0][heading]) for heading in turned if second.rows[0][heading])}


def test_a_corrected_row_is_the_correction(home: Park) -> None:
    home.send(f"{CENTRE}/更正.csv", sample("stage_events").only("SJ-0013").but("SJ-0013", 备注="更正"))
    home.refresh()
    corrected = [dict(line.cells) for line in lines(home, "g1_stage_visits") if dict(line.cells)["事件编号"] == "SJ-0013"]
    assert [line["备注"] for line in corrected] == ["更正"]


def test_a_file_that_two_departments_sent_has_its_lines_under_both_numbers(home: Park) -> None:
    home.send(f"{BUREAU}/科技成果.csv", (home.home.inbox / f"{CENTRE}/科技成果.csv").read_bytes())
    home.refresh()
    kept = home.ask("SELECT f.department_id, f.sha256, count(*), list(r.cells ORDER BY r.row_id)::VARCHAR FROM raw.sent_row AS r "
                    "JOIN raw.file AS f USING (file_id) WHERE f.feed = 'outcomes' GROUP BY ALL ORDER BY ALL")
    (one, *first), (other, *second) = kept
    assert (one, other) == ("D04", "D08") and first == second and first[1] > 1


def test_only_lines_that_are_counted_are_kept(park: Park) -> None:
    kept, counted, read = park.ask(
        "SELECT (SELECT count(*) FROM raw.sent_row), (SELECT count(*) FROM (SELECT row_id FROM mart.contribution UNION "
        "SELECT row_id FROM mart.contribution_source)), (SELECT count(*) FROM raw.source_row)")[0]
    assert 0 < kept == counted < read


def test_a_snapshot_made_before_lines_were_kept_still_says_where_they_stand(home: Park) -> None:
    [line, *_] = lines(home, "g1_poc_small")
    with duckdb.connect() as con:
        con.execute(f"ATTACH '{home.home.store.path(home.served()[0])}' AS now (READ_ONLY); CREATE SCHEMA raw; CREATE SCHEMA ref")
        for table in ("raw.source_row", "raw.file", "ref.department"):
            con.execute(f"CREATE TABLE {table} AS FROM now.{table}")
        asked = con.execute("SELECT row_id FROM raw.source_row JOIN raw.file USING (file_id) WHERE name = ? AND row = ?", [line.file, line.row])
        [older] = sources(con, asked.fetchall()[0]).values()
    assert (older.file, older.row, older.department, older.cells) == (line.file, line.row, line.department, ())


def test_the_command_line_shows_the_line(read_only: Park, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("etl.showing.wide_console", lambda: Console(width=2000))
    assert main(["metric", "g2_pilot"]) == 0
    said = capsys.readouterr().out
    for line in lines(read_only, "g2_pilot"):
        assert "；".join(f"{heading} {text}" for heading, text in line.cells) in said
    assert "阶段 中试；事件 进入" in said
