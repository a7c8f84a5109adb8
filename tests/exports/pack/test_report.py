"""The report says what the cards say, in the order and the dress of an official document, to edit and for the archive."""

from __future__ import annotations

import datetime as dt
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.table import Table
from park import Park

from analytics.chosen import EVERYTHING
from analytics.exposure import exposure
from analytics.finding import finding
from analytics.format import Amount, goal_money, money_unit
from analytics.funnel import REACHED, STOCK, funnel
from analytics.goals import goal_cards
from analytics.tasks import tasks, work
from warehouse.known import view_date

MM = 36_000  # English Metric Units
CHARACTER = re.compile(r"\s")


@pytest.fixture(scope="session")
def report(folder: Path) -> Document:
    return docx.Document(str(folder / "汇报材料.docx"))


def cells(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


def captioned(report: Document, words: str) -> list[list[str]]:
    """The table under the caption that has these words."""
    before = ""
    for block in report.iter_inner_content():
        if isinstance(block, Table):
            if words in before:
                return cells(block)
        else:
            before = block.text
    raise AssertionError(words)


def text(report: Document) -> str:
    return "\n".join(each.text for each in report.paragraphs)


def tables(report: Document) -> Iterator[Table]:
    yield from report.tables


def test_the_goals_are_those_of_the_cards(report: Document, read_only: Park) -> None:
    with read_only.open() as cursor:
        cards = goal_cards(cursor, view_date(cursor, None))
    amounts = [Amount(card.goal.unit, goal_money(cards)) for card in cards]
    rows = captioned(report, "各项目标进展")[1:]
    assert [row[0] for row in rows] == [card.name for card in cards]
    assert [row[2] for row in rows] == [amount.said(card.value) for card, amount in zip(cards, amounts, strict=True)]
    assert len({row[2] for row in rows}) > 2


def test_the_report_opens_with_the_finding(report: Document, read_only: Park) -> None:
    with read_only.open() as cursor:
        said = finding(goal_cards(cursor, view_date(cursor, None)))
    first = next(each.text for each in report.paragraphs if each.style and each.style.name == "Normal" and each.text)
    assert CHARACTER.sub("", first) == CHARACTER.sub("", f"总的看，{said}。")


def test_funnel_exposure_and_tasks_are_those_of_their_pages(report: Document, read_only: Park) -> None:
    with read_only.open() as cursor:
        day = view_date(cursor, None)
        seen, held, done, listed = funnel(cursor, day, EVERYTHING), exposure(cursor, day), work(cursor, day), tasks(cursor, day)
    assert seen and held.total
    stages = captioned(report, "各阶段在途、到达与转化")[1:]
    assert [(row[1], row[2]) for row in stages] == [(f"{seen.count(STOCK, stage)}", f"{seen.count(REACHED, stage)}") for stage in seen.stages]
    assert captioned(report, "政府敞口分层")[-1][1] == money_unit([held.typical]).text(held.total)
    assert f"{done[''].tasks.listed}项任务" in text(report)
    late = sum(each.state == "overdue" for each in listed)
    assert not late or len(captioned(report, "逾期任务")) == late + 1


def test_every_zone_stands_in_the_table_and_each_column_adds_up(report: Document) -> None:
    _head, *rows, total = captioned(report, "各空间的目标与敞口")
    assert len(rows) == 10 and total[0] == "合计"
    for column in (1, 2, 3):
        assert sum(int(row[column]) for row in rows) == int(total[column])


def test_the_sections_come_in_their_order(report: Document) -> None:
    first = [each.text for each in report.paragraphs if each.style and each.style.name == "Heading 1"]
    assert first == ["一、目标进展", "二、转化漏斗", "三、政府敞口", "四、空间布局", "五、会间变化", "六、任务与议定事项", "七、数据质量说明"]
    annexes = [each.text for each in report.paragraphs if each.style and each.style.name == "Heading 4"]
    assert annexes == ["各单位任务与议定事项", "政府敞口前列企业（集团）", "空间布局里程碑", "指标口径"]
    assert "附件：1. 各单位任务与议定事项" in text(report)


def test_what_changed_is_said_with_its_reasons(report: Document) -> None:
    assert "与2026-10期（数据截至2026年9月30日）相比：中试项目新增三项，撤销一项。" in text(report)
    head, row = captioned(report, "会间变化")
    assert head[1:] == ["上期", "真实新增", "更正撤销", "本期"] and row[1:] == ["3 项", "+3", "−1", "5 项"]


def test_the_page_is_that_of_the_standard(report: Document) -> None:
    [section] = report.sections
    assert section.top_margin and section.bottom_margin and section.left_margin and section.right_margin and section.page_width and section.page_height
    assert [round(each / MM) for each in (section.page_width, section.page_height, section.top_margin, section.bottom_margin, section.left_margin,
                                          section.right_margin)] == [210, 297, 37, 35, 28, 26]
    for foot, side in ((section.footer, "RIGHT"), (section.even_page_footer, "LEFT")):
        [paragraph] = foot.paragraphs
        assert paragraph.alignment is not None and paragraph.alignment.name == side
        assert re.sub(r"\s", "", "".join(each.text or "" for each in paragraph._p.iter(qn("w:t")))) == "—1—"
        assert [each.get(qn("w:instr")) for each in paragraph._p.iter(qn("w:fldSimple"))] == ["PAGE"]


def test_invented_data_say_so_on_each_page(report: Document) -> None:
    [section] = report.sections
    assert [each.paragraphs[0].text for each in (section.header, section.even_page_header)] == ["演示数据：虚构的园区，不是真实情况"] * 2


def test_tables_repeat_their_head_and_no_row_is_torn(report: Document) -> None:
    found = list(tables(report))
    assert len(found) > 8
    for table in found:
        rows = [row._tr for row in table.rows]
        assert rows[0].find(f".//{qn('w:tblHeader')}") is not None
        assert all(row.find(f".//{qn('w:cantSplit')}") is not None for row in rows)
        assert all(cell.paragraphs[0].paragraph_format.keep_with_next for cell in table.rows[0].cells)


def test_headings_and_captions_stay_with_what_follows(report: Document) -> None:
    for name in ("Heading 1", "Heading 2", "Heading 4", "表题", "图"):
        assert report.styles[name].paragraph_format.keep_with_next, name


def test_every_figure_is_said_in_words_too(report: Document) -> None:
    said = [shape._inline.docPr.get("descr") for shape in report.inline_shapes]
    assert len(said) >= 3 and all(said)


def test_a_word_of_this_machine_or_of_another_finds_a_chinese_face(report: Document) -> None:
    fonts = {each.get(qn("w:eastAsia")) for style in report.styles.element.iter(qn("w:style")) for each in style.iter(qn("w:rFonts"))} - {None}
    assert {"方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312", "宋体"} <= fonts
    assert not any(each.get(qn("w:asciiTheme")) for name in ("Normal", "Heading 1", "表格") for each in report.styles[name].element.iter(qn("w:rFonts")))


def test_the_archive_copy_is_pdf_a_with_its_title_and_date(folder: Path) -> None:
    content = (folder / "汇报材料.pdf").read_bytes()
    assert content.startswith(b"%PDF-1.7")
    assert b"<pdfaid:part>2</pdfaid:part>" in content and b"<pdfaid:conformance>A</pdfaid:conformance>" in content
    assert "甘智汇科创园建设进展情况汇报".encode() in content
    assert dt.date(2026, 11, 5).isoformat().encode() in content


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext (poppler-utils) is not installed: the text of the PDF was not read")
def test_the_archive_copy_says_the_same_on_pages_that_say_what_they_are(folder: Path, report: Document) -> None:
    done = subprocess.run(["pdftotext", "-layout", str(folder / "汇报材料.pdf"), "-"], capture_output=True, check=True, text=True, encoding="utf-8")
    *pages, rest = done.stdout.split("\f")
    assert len(pages) > 5 and not rest
    assert all("演示数据：虚构的园区" in page for page in pages)
    assert all(re.search(rf"—\s*{number}\s*—", page) for number, page in enumerate(pages, 1))
    whole = CHARACTER.sub("", done.stdout)
    for row in captioned(report, "各项目标进展")[1:]:
        assert all(CHARACTER.sub("", cell) in whole for cell in row[1:4])
