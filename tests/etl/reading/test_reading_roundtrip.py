"""A random table, written as departments write theirs, reads back equal."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.reading import read
from etl.reading.marks import TOTAL_WORDS

HEADINGS = ["编号", "名称", "金额", "备注"]
ABOVE = [["园区情况表"], ["填报单位：科技局", "", "单位：千元"]]
BELOW = [["合计", "", "12.5", ""], ["注：以年报为准。"], ["填表人：张三", "审核人：李四"]]

words = st.text("计合注人章A0.-—：;,\"' \t年甲乙丙𠮷", max_size=12)
broken = st.text("甲乙 \n", max_size=8)
cell = st.one_of(words, words, broken, st.just("")).map(str.strip)
name = cell.filter(lambda text: "".join(text.split()) not in TOTAL_WORDS)
rows = st.lists(st.tuples(name, cell, cell), max_size=12)


def written(
    data: list[tuple[str, str, str]], *, titled: bool, closed: bool, gaps: bool
) -> tuple[list[list[str]], list[tuple[int | str | None, ...]]]:
    """The grid to write, and what must come back: row number and cells."""
    grid = [*(ABOVE if titled else []), HEADINGS]
    expected: list[tuple[int | str | None, ...]] = []
    for number, cells in enumerate(data):
        if gaps and number % 3 == 1:
            grid.append(["", "", "", ""])
        grid.append([f"GX-{number}", *cells])
        expected.append((len(grid), f"GX-{number}", *[text or None for text in cells]))
    return [*grid, *(BELOW if closed else [])], expected


@settings(max_examples=60, deadline=None)
@given(
    data=rows,
    titled=st.booleans(),
    closed=st.booleans(),
    gaps=st.booleans(),
    separator=st.sampled_from(",\t;"),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "gb18030"]),
    line_end=st.sampled_from(["\n", "\r\n"]),
)
def test_a_text_file_reads_back_equal(
    tmp_path_factory: pytest.TempPathFactory,
    data: list[tuple[str, str, str]],
    titled: bool,
    closed: bool,
    gaps: bool,
    separator: str,
    encoding: str,
    line_end: str,
) -> None:
    grid, expected = written(data, titled=titled, closed=closed, gaps=gaps)
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=separator, lineterminator=line_end).writerows(grid)
    path: Path = tmp_path_factory.mktemp("csv") / "表.csv"
    path.write_bytes(text.getvalue().encode(encoding))
    (table,) = read(path, known=HEADINGS).tables
    assert table.rows.rows() == expected
    assert table.units == ({"": "千元"} if titled else {})
    assert table.aside.height + table.rows.height == len(grid)


@settings(max_examples=40, deadline=None)
@given(data=rows, titled=st.booleans(), closed=st.booleans(), gaps=st.booleans())
def test_a_workbook_reads_back_equal(
    tmp_path_factory: pytest.TempPathFactory, data: list[tuple[str, str, str]], titled: bool, closed: bool, gaps: bool
) -> None:
    grid, expected = written(data, titled=titled, closed=closed, gaps=gaps)
    path: Path = tmp_path_factory.mktemp("xlsx") / "表.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet("表")
        for number, row in enumerate(grid):
            for place, text in enumerate(row):
                page.write_string(number, place, text)
    (table,) = read(path, known=HEADINGS).tables
    assert table.rows.rows() == expected
    assert table.aside.height + table.rows.height == len(grid)


@settings(max_examples=25, deadline=None)
@given(
    values=st.lists(st.one_of(st.integers(-(10**14), 10**14), st.decimals(-(10**6), 10**6, places=4)), min_size=1, max_size=20)
)
def test_numbers_of_a_workbook_come_back_as_their_shortest_text(
    tmp_path_factory: pytest.TempPathFactory, values: list[float]
) -> None:
    path: Path = tmp_path_factory.mktemp("numbers") / "表.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet("表")
        page.write_row(0, 0, ["编号", "金额"])
        for number, value in enumerate(values, 1):
            page.write_row(number, 0, [f"A{number}", float(value)])
    (table,) = read(path, known=["编号", "金额"]).tables
    texts = table.rows["金额"].to_list()
    assert [float(text) for text in texts] == [float(value) for value in values]
    assert not any(text.endswith(".0") or "e" in text for text in texts)
