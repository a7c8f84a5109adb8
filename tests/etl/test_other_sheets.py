"""The other sheets of a workbook: what may be a report holds the file, what lies beside it is told, and word lists are nobody's concern."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pytest
import xlsxwriter
from park import FOLDERS, Park, Run, Sheet, sample

from etl.__main__ import main

PATH = f"{FOLDERS['D08']}/阶段事件-十月.xlsx"
EVENTS = sample("stage_events")
NOTE = [["请按月填报"]]

Grid = Sequence[Sequence[str]]


def book(pages: dict[str, Sheet | Grid], hidden: Sequence[str] = ()) -> bytes:
    """A workbook of these sheets, the first of them in front."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as made:
        for name, table in pages.items():
            page = made.add_worksheet(name)
            for at, line in enumerate(table.grid() if isinstance(table, Sheet) else table):
                page.write_row(at, 0, line)
            if name in hidden:
                page.hide()
    return content.getvalue()


def sent(home: Park, pages: dict[str, Sheet | Grid], hidden: Sequence[str] = ()) -> Run:
    home.send(PATH, book({"一组": EVENTS.but("SJ-0001", 备注="新"), **pages}, hidden))
    return home.judge()


def test_a_sheet_that_lacks_one_column_holds_the_file(home: Park) -> None:
    run = sent(home, {"二组": EVENTS.renamed("阶段", "阶段名")})
    assert (run.result.refused, home.last(PATH).status, [file for file in run.staged if file == home.last(PATH).file_id]) == (1, "held", [])
    assert f"工作表“二组”（{len(EVENTS.rows)} 行）没有读入，按“阶段事件”缺少列：阶段，是否也应计入？文件暂不计入" in run.said


def test_a_second_report_in_the_same_workbook_holds_the_file(home: Park) -> None:
    run = sent(home, {"项目库": sample("projects")})
    assert home.last(PATH).status == "held"
    assert "是另一张报表“" in run.said and "没有读入，是否也应计入（请分开报送）？" in run.said


def test_two_doubtful_sheets_are_asked_about_at_once(home: Park) -> None:
    run = sent(home, {"二组": EVENTS.renamed("阶段", "阶段名"), "三组": EVENTS.renamed("事件", "动作")})
    assert "工作表“二组”" in run.said and "工作表“三组”" in run.said and "；" in home.last(PATH).what


def test_who_confirms_leaves_the_other_sheet_out(home: Park, capsys: pytest.CaptureFixture[str]) -> None:
    sent(home, {"二组": EVENTS.renamed("阶段", "阶段名")})
    number = home.last(PATH).file_id
    assert main(["confirm", str(number), "--by", "王某"]) == 0
    assert home.refresh().result.published
    assert home.last(PATH).status == "placed"
    assert home.ask("SELECT accepted FROM raw.file WHERE file_id = ?", number) == [(len(EVENTS.rows),)]
    capsys.readouterr()


@pytest.mark.parametrize("name", ["说明", "二组"])
@pytest.mark.parametrize("cells", [[["类别", "来源", "人数"], ["专家", "省内", "3"]], [["1", "2", "3"], ["4", "5", "6"]]])
def test_a_sheet_that_looks_like_no_report_is_told_and_the_file_counts(home: Park, name: str, cells: Grid) -> None:
    run = sent(home, {name: cells})
    assert (run.result.refused, home.last(PATH).status) == (0, "placed")
    assert f"工作表“{name}”没有读入" in run.said


def test_a_hidden_sheet_with_a_report_is_told(home: Park) -> None:
    run = sent(home, {"旧表": EVENTS}, hidden=["旧表"])
    assert (run.result.refused, home.last(PATH).status) == (0, "placed")
    assert "隐藏的工作表“旧表”中有表，没有读入" in run.said


@pytest.mark.parametrize("words", [[["研发"], ["中试"]], [["阶段"], ["研发"], ["中试"]], [["研发", "rd"], ["中试", "pilot"]]])
def test_a_hidden_word_list_is_not_mentioned(home: Park, words: Grid) -> None:
    run = sent(home, {"字典": words}, hidden=["字典"])
    assert (run.result.refused, home.last(PATH).status, run.said) == (0, "placed", "")


def test_empty_sheets_and_empty_forms_are_not_mentioned(home: Park) -> None:
    run = sent(home, {"Sheet2": [], "说明": NOTE, "项目库": [sample("projects").headings]})
    assert (home.last(PATH).status, run.said) == ("placed", "")


def test_sheets_of_one_report_are_read_together(home: Park) -> None:
    first, second = EVENTS.ids()[:1], EVENTS.ids()[1:]
    home.send(PATH, book({"一组": EVENTS.only(*first), "二组": EVENTS.only(*second)}))
    run = home.refresh()
    assert (home.last(PATH).status, run.said) == ("placed", "")
    assert home.ask("SELECT accepted FROM raw.file WHERE file_id = ?", home.last(PATH).file_id) == [(len(EVENTS.rows),)]


def test_one_report_twice_side_by_side_is_refused_with_what_to_do(home: Park) -> None:
    half = EVENTS.only(*EVENTS.ids()[:2]).grid()
    home.send(PATH, book({"一组": [[*left, "", *right] for left, right in zip(half, half, strict=True)]}))
    run = home.judge()
    assert home.last(PATH).status == "refused"
    assert "并排放着两张同样的表" in run.said and "上下接成一张" in run.said
