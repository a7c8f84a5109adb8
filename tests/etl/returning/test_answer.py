"""A file goes back to its sender as a copy of itself: what was refused is marked, said in their words, and nothing else is touched."""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
import xlsxwriter
from openpyxl.comments import Comment
from openpyxl.styles import Font
from park import FOLDERS, Park, home_of, read_here, read_in_process, sample

from etl.__main__ import main
from etl.feeds import FEEDS
from etl.home import VARIABLE
from etl.reading import Refused
from etl.returning import plain, told
from etl.returning.marked import ASIDE_RGB, REFUSED_RGB
from etl.workers import KILLED

CENTRE = FOLDERS["D08"]
EVENTS = sample("stage_events")
WRONG = EVENTS.but("SJ-0003", 阶段="孵化").but("SJ-0005", 发生日期="2026-13-09", 事件="推进")
Captured = pytest.CaptureFixture[str]
Listed = tuple[int, str, str, str]  # row, heading, value, reason


@pytest.fixture
def in_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Answers are written in this process, into the folder one stands in."""
    (tmp_path / "answers").mkdir()
    monkeypatch.chdir(tmp_path / "answers")
    monkeypatch.setattr("etl.returning.answer.stage_all", read_here)
    monkeypatch.setattr("etl.returning.answer.alone", lambda work, given, size_bytes: work(given))
    return tmp_path / "answers"


@pytest.fixture
def here(empty: Park, in_process: Path) -> Park:
    """An empty home, and answers as in `in_process`."""
    return empty


def answered(file: str | Path, *, code: int = 0) -> Any:
    """The workbook that answers a file."""
    before = set(Path().iterdir())
    assert main(["answer", str(file)]) == code
    [written] = set(Path().iterdir()) - before
    return openpyxl.load_workbook(written)


def listed(book: Any) -> list[Listed]:
    """The refused cells that the page names."""
    rows = list(book["退回说明"].iter_rows(values_only=True))
    starts = [number for number, row in enumerate(rows) if row[0] == "退回的单元格"]
    found: list[Listed] = []
    for row in rows[starts[0] + 2 :] if starts else []:
        if not isinstance(row[0], int):
            break
        found.append((row[2], row[3], row[4] or "", row[5]))
    return found


def about(book: Any) -> dict[str, str]:
    """What the page says above its lists."""
    return {row[0]: row[1] for row in book["退回说明"].iter_rows(values_only=True, max_col=2) if isinstance(row[0], str) and row[1]}


def all_text(book: Any) -> str:
    return "\n".join(str(cell) for row in book["退回说明"].iter_rows(values_only=True) for cell in row if cell is not None)


def marks(sheet: Any) -> dict[str, str]:
    """Cells in the colour of refusal and what their comments say."""
    return {cell.coordinate: cell.comment.text for row in sheet.iter_rows() for cell in row if cell.fill.fgColor.rgb == REFUSED_RGB}


def looks(cell: Any) -> tuple[object, ...]:
    """A cell's content and all of its look but its colour."""
    return cell.value, cell.number_format, repr(cell.font), repr(cell.border), repr(cell.alignment)


def rejected(park: Park, path: str) -> list[Listed]:
    """What the snapshot says of the same file."""
    return park.ask("SELECT s.row, r.heading, coalesce(r.value, ''), r.reason FROM rejected.reason AS r JOIN raw.source_row AS s USING (row_id) "
                    "JOIN meta.act AS a ON a.seq = s.file_id WHERE a.body->>'path' = ? ORDER BY s.row, r.heading, r.reason", path)


@pytest.fixture(scope="module")
def spoilt(tmp_path_factory: pytest.TempPathFactory) -> Park:
    """A home to which every feed's bad sample was sent, as a workbook for September and as a text file for October."""
    park = Park.opened(tmp_path_factory.mktemp("spoilt") / "data")
    for feed in FEEDS:
        park.send(bad_file(feed, "xlsx"), sample(feed, "bad").as_of("2026年9月30日"))
        park.send(bad_file(feed, "csv"), sample(feed, "bad"))
    with read_in_process():
        park.refresh()
    return park


def bad_file(feed: str, suffix: str) -> str:
    return f"{home_of(feed)}/{FEEDS[feed].title}-坏样例.{suffix}"


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
@pytest.mark.parametrize("feed", sorted(FEEDS))
def test_an_answer_lists_the_reasons_of_the_snapshot_and_marks_their_cells(spoilt: Park, in_process: Path, monkeypatch: pytest.MonkeyPatch, feed: str,
                                                                           suffix: str) -> None:
    monkeypatch.setenv(VARIABLE, str(spoilt.home.root))
    path = bad_file(feed, suffix)
    book = answered(spoilt.home.inbox / path)
    found = sorted(listed(book), key=lambda each: (each[0], each[1], each[3]))
    assert found == rejected(spoilt, path) != []
    sheet = book["数据" if suffix == "csv" else "Sheet1"]
    links = [row[6] for row in book["退回说明"].iter_rows(min_col=1, max_col=7) if isinstance(row[0].value, int)]
    assert len(links) == len(found)
    said = marks(sheet)
    for link, (row, _, value, reason) in zip(links, listed(book), strict=True):
        assert link.hyperlink.location in (f"'{sheet.title}'!{link.value}", f"{sheet.title}!{link.value}")
        assert sheet[link.value].row == row
        sent = str(sheet[link.value].value or "").strip()
        assert value == sent or (FEEDS[feed].is_about_persons and re.fullmatch("(〔.+〕)?", value)), "only what may be a name is not repeated"
        assert reason in said.get(link.value, "")
    assert said.keys() == {link.value for link in links}, "nothing else is marked"


def test_the_page_says_what_was_sent_and_what_came_of_it(here: Park) -> None:
    here.send(f"{CENTRE}/阶段事件.xlsx", replace(WRONG, rows=(*WRONG.rows, WRONG.rows[0])).renamed("所在空间", "地方名"))
    here.judge()
    page = about(answered("阶段事件.xlsx"))
    assert page["数据性质"] == "演示数据：虚构的园区，不是真实情况"
    assert page["收到"] == f"2026-11-05 12:00，放在 {CENTRE}/阶段事件.xlsx，文件号 2"
    assert page["处理"] == "已计入（被退回的行除外）"
    assert page["报表"] == "阶段事件（stage_events）"
    assert page["截至日"] == "2026-10-31"
    count = len(WRONG.rows)
    assert page["读出"].startswith(f"{count + 1} 行：接收 {count - 2} 行，退回 2 行") and "另置 1 行" in page["读出"]
    assert page["没有的列"].startswith("所在空间")
    assert page["不认识的列"] == "地方名（未使用）"
    assert page["退回的单元格"] == "共 3 处。"
    assert page["各列退回"] == "事件 1 格、发生日期 1 格、阶段 1 格"


def departmental() -> bytes:
    """A workbook as an office keeps it: merged title, formulas, another sheet, a comment, formats, a hidden sheet, a frozen head."""
    content = io.BytesIO()
    grid = WRONG.grid()
    with xlsxwriter.Workbook(content) as book:
        book.add_worksheet("封面").write_row(0, 0, ["请按月填报"])
        page = book.add_worksheet("十月")
        bold = book.add_format({"bold": True, "font_color": "#123456", "border": 2})
        page.merge_range(0, 0, 0, 9, grid[0][0], bold)
        for at, line in enumerate(grid[1:], 1):
            for place, cell in enumerate(line):
                page.write_string(at, place, cell) if cell else page.write_blank(at, place, None)
        page.write_formula(0, 12, "=COUNTA(A4:A99)", None, 13)
        page.set_column(1, 1, 33)
        page.freeze_panes(3, 1)
        page.write_comment(5, 0, "本行已核")
        page.data_validation(3, 3, 99, 3, {"validate": "list", "source": ["进入", "通过"]})
        page.conditional_format(3, 0, 99, 0, {"type": "duplicate", "format": bold})
        book.add_worksheet("代码").hide()
        book.define_name("全部", "=十月!$A$3:$J$20")
    return content.getvalue()


def test_everything_else_in_the_workbook_stays_as_it_was(here: Park) -> None:
    original = departmental()
    path = here.send(f"{CENTRE}/阶段事件.xlsx", original)
    here.judge()
    acts = here.home.landing.acts()
    book, was = answered(path), openpyxl.load_workbook(io.BytesIO(original))
    assert book.sheetnames == ["退回说明", "封面", "十月", "代码"]
    assert book.active.title == "退回说明" and [sheet.sheet_view.tabSelected for sheet in book.worksheets] == [True, False, False, False]
    assert book["代码"].sheet_state == "hidden" and list(book.defined_names) == ["全部"]
    page, old = book["十月"], was["十月"]
    marked = marks(page)
    assert len(marked) == 3
    for row in old.iter_rows():
        for cell in row:
            now = page[cell.coordinate]
            assert looks(now) == looks(cell)
            assert now.coordinate in marked or repr(now.fill) == repr(cell.fill)
    assert page["M1"].value == "=COUNTA(A4:A99)"
    assert list(map(str, page.merged_cells.ranges)) == list(map(str, old.merged_cells.ranges)) and page.freeze_panes == old.freeze_panes
    assert page.column_dimensions["B"].width == old.column_dimensions["B"].width
    assert page["A6"].comment.text == "本行已核"
    assert len(page.data_validations.dataValidation) == len(page.conditional_formatting) == 1
    assert path.read_bytes() == original and here.home.landing.acts() == acts, "an answer changes nothing"


def test_a_comment_of_theirs_on_a_refused_cell_is_kept_above_ours(here: Park) -> None:
    book = openpyxl.load_workbook(io.BytesIO(WRONG.xlsx()))
    at = next(cell for row in book["Sheet1"].iter_rows() for cell in row if cell.value == "孵化")
    at.comment, at.font = Comment("问过张工", "李"), Font(italic=True)
    content = io.BytesIO()
    book.save(content)
    path = here.send(f"{CENTRE}/阶段事件.xlsx", content.getvalue())
    cell = answered(path)["Sheet1"][at.coordinate]
    assert cell.comment.text.startswith("问过张工\n——\n阶段：应为 ") and cell.font.i


def test_rows_set_aside_are_coloured_otherwise(here: Park) -> None:
    path = here.send(f"{CENTRE}/阶段事件.xlsx", replace(EVENTS, rows=(*EVENTS.rows, EVENTS.rows[0])))
    book = answered(path)
    last = len(EVENTS.grid()) + 1
    assert {cell.fill.fgColor.rgb for cell in book["Sheet1"][last]} == {ASIDE_RGB}
    assert book["Sheet1"][last][0].comment.text.startswith("未计入：与第 ")
    assert listed(book) == [] and "另置的行（与别的行完全相同，只计一次）" in about(book)


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
@pytest.mark.parametrize("cell", ["=HYPERLINK(\"http://a\",\"b\")", "+1+cmd|' /C calc'!A0", "@SUM(1)", "http://example.test/x", "-2+3", "#REF!"])
def test_no_word_of_a_department_becomes_a_formula_or_a_link(here: Park, suffix: str, cell: str) -> None:
    path = here.send(f"{CENTRE}/阶段事件.{suffix}", EVENTS.but("SJ-0003", 阶段=cell))
    book = answered(path)
    assert [value for _, _, value, _ in listed(book)] == [cell]
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            assert [found.coordinate for found in row if found.data_type in ("f", "e")] == []
            assert [found.hyperlink.target for found in row if found.hyperlink] in ([], [None])


def test_personal_columns_stand_in_the_copy_and_never_on_the_page(here: Park) -> None:
    table = sample("projects")
    bad = table.but(table.ids()[0], 项目状态="存疑", 联系人="欧阳样例", 联系电话="13912345678")
    path = here.send(f"{CENTRE}/项目库.xlsx", bad)
    book = answered(path)
    assert len(listed(book)) == 1
    assert "13912345678" not in all_text(book) and "欧阳样例" not in all_text(book)
    assert "13912345678" in {cell.value for row in book["Sheet1"].iter_rows() for cell in row}
    [written] = Path().iterdir()
    assert written.stat().st_mode & 0o077 == 0, "the owner alone may read it"


def test_very_many_refusals_are_listed_and_marked_up_to_a_number_that_is_said(here: Park, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(told, "MOST", 5)
    monkeypatch.setattr("etl.returning.page.MOST", 5)
    first = EVENTS.rows[0]
    many = replace(EVENTS, rows=tuple({**first, "事件编号": f"SJ-{number}", "阶段": "孵化"} for number in range(40)))
    for suffix in ("csv", "xlsx"):
        book = answered(here.send(f"{CENTRE}/阶段事件.{suffix}", many))
        assert len(listed(book)) == 5
        assert len(marks(book.worksheets[-1])) == 5
        assert about(book)["退回的单元格"] == "共 40 处，只列出并标注前 5 处；改正后再报，其余会再列出。"
        assert about(book)["各列退回"] == "阶段 40 格"


def test_a_file_refused_as_a_whole_gets_its_sentence(here: Park) -> None:
    path = here.send(f"{CENTRE}/阶段事件.csv", EVENTS.renamed("阶段", "环节名"))
    here.judge()
    book = answered(path)
    assert book.sheetnames == ["退回说明"]
    assert about(book)["结论"].startswith("整份退回：最接近“阶段事件”，但缺少列：阶段。")
    assert about(book)["处理"].startswith("整份退回，未计入：最接近")
    assert about(book)["下一步"].startswith("1. 与报送单位确认列名")


def test_a_question_is_repeated(here: Park) -> None:
    path = here.send(f"{CENTRE}/阶段事件.csv", EVENTS.renamed("所在空间", "所在空间名"))
    here.judge()
    page = about(answered(path))
    assert page["请答复"] == "列“所在空间名”是否就是“所在空间”？"
    assert page["处理"].startswith("待确认，暂未计入：列“所在空间名”")


def test_a_doubted_unit_is_said(here: Park) -> None:
    table = sample("output_values")
    ids = [row["统一社会信用代码"] for row in table.rows]
    for month, amount in ((8, "1200"), (9, "1350000")):
        one = {**table.rows[3], "期间": f"2026年{month}月", "统一社会信用代码": ids[0], "金额(千元)": amount}
        path = here.send(f"工信和数据局/产值-{month}.csv", replace(table, rows=(one,)).as_of(f"2026年{month}月"))
    here.refresh()
    assert "应除以 1000" in about(answered(path))["请注意"]


def test_a_file_is_found_by_name_number_and_fingerprint_in_landing_alone(here: Park, capsys: Captured) -> None:
    here.send(f"{CENTRE}/阶段事件.csv", WRONG)
    here.judge()
    sent = here.last(f"{CENTRE}/阶段事件.csv")
    shutil.rmtree(here.home.inbox)
    shutil.rmtree(here.home.staging)
    first = listed(answered("阶段事件.csv"))
    assert len(first) == 3
    for name in (str(sent.file_id), sent.sha256, sent.sha256[:10], sent.path):
        assert listed(answered(name)) == first
    assert sorted(path.name for path in Path().iterdir()) == ["退回-阶段事件 (2).xlsx", "退回-阶段事件 (3).xlsx", "退回-阶段事件 (4).xlsx",
                                                              "退回-阶段事件 (5).xlsx", "退回-阶段事件.xlsx"]
    capsys.readouterr()
    assert main(["answer", "阶段事项.csv"]) == 2
    said = capsys.readouterr().err
    assert "没有文件“阶段事项.csv”" in said and "是不是 阶段事件.csv？" in said and "请：" in said


def test_a_file_never_sent_is_judged_as_if_it_came_now(here: Park, tmp_path: Path) -> None:
    path = tmp_path / "明细.csv"
    path.write_bytes(WRONG.csv())
    book = answered(path)
    assert len(listed(book)) == 3 and about(book)["收到"] == "没有报送过，仅作检查"
    assert here.register.files == {} and not here.home.staging.exists()


def test_an_answer_never_takes_the_place_of_another_file(here: Park, capsys: Captured) -> None:
    path = here.send(f"{CENTRE}/阶段事件.csv", WRONG)
    taken = Path("mine.xlsx")
    taken.write_bytes(b"mine")
    assert main(["answer", str(path), "-o", "mine.xlsx"]) == 2
    assert taken.read_bytes() == b"mine" and "已经有了，不覆盖" in capsys.readouterr().err
    assert main(["answer", str(path), "-o", "mine.csv"]) == 2
    assert main(["answer", str(path), "-o", "nowhere/mine.xlsx"]) == 2
    assert main(["answer", str(path), "-o", "yours.xlsx"]) == 0 and Path("yours.xlsx").is_file()
    assert not list(Path().glob(".new-*"))


def test_a_copy_put_right_and_sent_back_counts_and_is_clean_when_answered_again(here: Park) -> None:
    here.send(f"{CENTRE}/阶段事件.xlsx", departmental())
    here.judge()
    assert main(["answer", "阶段事件.xlsx"]) == 0
    [copy] = Path().iterdir()
    book = openpyxl.load_workbook(copy)
    for row in book["十月"].iter_rows():
        for cell in row:
            if cell.value in ("孵化", "推进"):
                cell.value = "中试" if cell.value == "孵化" else "进入"
    book.save(copy)
    path = here.send(f"{CENTRE}/阶段事件.xlsx", copy.read_bytes())
    run = here.refresh()
    assert run.result.refused == 0 and "退回 1 行" in run.said and "没有读入" not in run.said
    again = answered(path)
    assert again.sheetnames == ["退回说明", "封面", "十月", "代码"]
    assert [heading for _, heading, _, _ in listed(again)] == ["发生日期"]
    assert len(marks(again["十月"])) == 1
    assert len([cell for row in again["十月"].iter_rows() for cell in row if cell.comment]) == 2, "theirs and the one that is left"


def test_a_workbook_too_large_to_mark_is_copied_row_by_row(here: Park, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("etl.returning.marked.LARGEST_SHEETS", 1)
    path = here.send(f"{CENTRE}/阶段事件.xlsx", WRONG)
    book = answered(path)
    assert book.sheetnames == ["退回说明", "填报说明", "Sheet1"]
    grid = [[str(cell or "") for cell in row] for row in book["Sheet1"].iter_rows(values_only=True)]
    assert [row[: len(WRONG.headings)] for row in grid[2:]] == WRONG.grid()[2:]
    assert len(marks(book["Sheet1"])) == 3


def test_of_a_very_large_file_only_the_rows_in_question_are_copied_each_at_its_number(here: Park, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plain, "MOST_CELLS", 10)
    book = answered(here.send(f"{CENTRE}/阶段事件.csv", WRONG))
    sheet = book["数据"]
    rows = {number for number, row in enumerate(sheet.iter_rows(values_only=True), 1) if any(row)}
    assert rows == {1, 2, 3} | {row for row, *_ in listed(book)}
    assert "这里只有表头和下面列出的行" in about(book)["请注意"] and len(marks(sheet)) == 3


def dying(*names: str) -> Callable[..., Any]:
    """Work in this process, but what bears one of these names kills its child."""
    def alone(work: Callable[[Any], Any], given: Any, size_bytes: int) -> Any:
        if work.__name__ in names:
            raise Refused(KILLED, "")
        return work(given)
    return alone


def test_a_workbook_that_cannot_be_written_again_is_copied_row_by_row(here: Park, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("etl.returning.answer.alone", dying("make_marked"))
    book = answered(here.send(f"{CENTRE}/阶段事件.xlsx", WRONG))
    assert "没有格式和公式" in about(book)["请注意"] and len(marks(book["Sheet1"])) == 3


def test_a_workbook_that_openpyxl_refuses_is_copied_row_by_row(here: Park) -> None:
    content = io.BytesIO()
    with ZipFile(io.BytesIO(WRONG.xlsx())) as good, ZipFile(content, "w") as strange:
        for part in good.infolist():
            strange.writestr(part, good.read(part).replace(b'<family val="2"/>', b'<family val="99"/>'))
    path = here.send(f"{CENTRE}/阶段事件.xlsx", content.getvalue())
    with pytest.raises(ValueError, match="could not read stylesheet"):
        openpyxl.load_workbook(path)
    book = answered(path)
    assert "没有格式和公式" in about(book)["请注意"] and len(marks(book["Sheet1"])) == 3


def test_where_nothing_can_be_copied_the_page_remains(here: Park, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("etl.returning.answer.alone", dying("make_marked", "make_copy"))
    book = answered(here.send(f"{CENTRE}/阶段事件.csv", WRONG))
    assert book.sheetnames == ["退回说明"] and len(listed(book)) == 3
    assert not [cell for row in book["退回说明"].iter_rows() for cell in row if cell.hyperlink], "there is nowhere to go"


def test_a_merged_cell_bears_the_reasons_of_all_its_rows_once(here: Park) -> None:
    book = openpyxl.load_workbook(io.BytesIO(EVENTS.xlsx()))
    sheet = book["Sheet1"]
    at = EVENTS.headings.index("阶段") + 1
    sheet.cell(5, at).value = "孵化"
    sheet.merge_cells(start_row=5, end_row=7, start_column=at, end_column=at)
    content = io.BytesIO()
    book.save(content)
    path = here.send(f"{CENTRE}/阶段事件.xlsx", content.getvalue())
    answer = answered(path)
    assert [row for row, *_ in listed(answer)] == [5, 6, 7]
    [said] = marks(answer["Sheet1"]).values()
    assert said.count("阶段：应为 ") == 1


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04broken", b"\xd0\xcf\x11\xe0" * 200, b"not a table"], ids=["empty", "damaged", "old", "prose"])
def test_a_file_that_cannot_be_read_gets_the_sentence_of_a_refresh(here: Park, content: bytes) -> None:
    path = here.send(f"{CENTRE}/阶段事件.xlsx", content)
    here.judge()
    sent = here.last(f"{CENTRE}/阶段事件.xlsx")
    book = answered(path)
    assert sent.status == "refused" and sent.what
    assert about(book)["结论"] == f"整份退回：{sent.what}" and about(book)["下一步"] == f"1. {sent.do}"


def test_macros_stay_and_the_copy_is_called_so(here: Park, tmp_path: Path) -> None:
    (tmp_path / "vba.bin").write_bytes(b"macros")
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        book.add_vba_project(str(tmp_path / "vba.bin"))
        page = book.add_worksheet("表")
        for at, line in enumerate(WRONG.grid()):
            page.write_row(at, 0, line)
    path = here.send(f"{CENTRE}/阶段事件.xlsm", content.getvalue())
    assert main(["answer", str(path)]) == 0
    copy = openpyxl.load_workbook("退回-阶段事件.xlsm", keep_vba=True)
    assert copy.vba_archive and copy.vba_archive.read("xl/vbaProject.bin") == b"macros"
    assert len(marks(copy["表"])) == 3


def test_a_whole_answer_by_the_real_processes(empty: Park, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    monkeypatch.chdir(tmp_path)
    empty.send(f"{CENTRE}/阶段事件.xlsx", WRONG)
    assert main(["answer", str(empty.home.inbox / CENTRE / "阶段事件.xlsx")]) == 0
    assert "接收 " in (said := capsys.readouterr().out) and "退回 2 行" in said and "已写出：退回-阶段事件.xlsx" in said
    assert len(listed(openpyxl.load_workbook("退回-阶段事件.xlsx"))) == 3
