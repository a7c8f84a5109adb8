"""Files made to harm their reader are refused with a sentence, or read calmly; the parent lives and stays quick."""

from __future__ import annotations

import io
import os
import resource
import struct
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import odd_workbooks as odd
import pytest
import xlsxwriter
import xlwt

from etl import workers
from etl.__main__ import main
from etl.reading import Reading, Refused, read
from etl.workers import Reader, apart

HEAD = f'<row r="1">{odd.inline("A1", "编号")}{odd.inline("B1", "名称")}</row><row r="2">{odd.inline("A2", "A1")}{odd.inline("B2", "甲")}</row>'
LAUGHS = ('<!DOCTYPE lolz [<!ENTITY a "哈哈哈哈哈哈哈哈哈哈">' + "".join(
    f'<!ENTITY {after} "{f"&{before};" * 10}">' for before, after in zip("abcdefgh", "bcdefghi", strict=True)) + "]>")


def far_away() -> bytes:
    """A value in the last cell there can be: a grid of 17 thousand million cells."""
    return odd.xlsx(odd.worksheet(HEAD + f'<row r="1048576">{odd.inline("XFD1048576", "x")}</row>'))


def far_down() -> bytes:
    """A value in the last row: many rows, and no more than fit."""
    return odd.xlsx(odd.worksheet(HEAD + f'<row r="1048576">{odd.inline("A1048576", "x")}</row>'))


def far_blank() -> bytes:
    """A formatted blank in the last cell."""
    return odd.xlsx(odd.worksheet(HEAD + '<row r="1048576"><c r="XFD1048576" s="0"/></row>'))


def far_ods() -> bytes:
    """A thousand rows of sixteen thousand equal cells, in a few bytes, and again."""
    cell = '<table:table-cell office:value-type="string" table:number-columns-repeated="16384"><text:p>x</text:p></table:table-cell>'
    return odd.ods(f'<table:table table:name="甲"><table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row></table:table>')


def spans() -> bytes:
    """A page whose cells span all there is."""
    return ("<table>" + "<tr>" + '<td colspan="16384" rowspan="1048576">编号' * 200 + "</table>").encode()


def far_xls() -> bytes:
    """An old workbook with a cell in the last row and column."""
    book = xlwt.Workbook()
    page = book.add_sheet("甲")
    for column, text in enumerate(["编号", "名称"]):
        page.write(0, column, text)
    page.write(65_535, 255, "x")
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def big_sectors() -> bytes:
    """1.8 kB that say they are a workbook in sectors of four gigabytes, a thousand million of them."""
    head = bytearray(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 32, 6) + bytes(478))
    struct.pack_into("<IIIIIII", head, 44, 0x3FFFFFFF, 1, 0, 4096, 2, 0x3FFFFFFF, 0xFFFFFFFE)
    return bytes(head) + "Workbook".encode("utf-16-le").ljust(1288, b"\0")


def odd_column() -> bytes:
    """An old worksheet with a cell far beyond the last column there is."""
    return odd.biff5([["编号", "名称"], ["A1", "甲"]], encoding="gbk", code_page=936).replace(struct.pack("<HHH", 1, 1, 0), struct.pack("<HHH", 65_535, 65_535, 0))


def bomb() -> bytes:
    """A sheet of 100 MB of spaces, packed into 100 kB."""
    return odd.xlsx(odd.worksheet(HEAD + " " * 100_000_000))


def lying_bomb() -> bytes:
    """As `bomb`, saying it is small."""
    content = bytearray(bomb())
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        size = archive.getinfo("xl/worksheets/sheet1.xml").file_size
    while (at := content.find(struct.pack("<I", size))) >= 0:
        content[at : at + 4] = struct.pack("<I", 1000)
    return bytes(content)


def many_merges() -> bytes:
    """A hundred thousand merges."""
    merges = "".join(f'<mergeCell ref="A{row}:A{row + 1}"/>' for row in range(3, 200_001, 2))
    return odd.xlsx(odd.worksheet(HEAD, after=f"<mergeCells>{merges}</mergeCells>"))


def deep_page() -> bytes:
    """A page of a hundred thousand boxes in each other."""
    return b"<table><tr><td>" + b"<div>" * 100_000 + "编号".encode() + b"</table>"


CASES: dict[str, tuple[Callable[[], bytes], str]] = {
    "a value far away": (far_away, "XFD1048576"),
    "a value far down": (far_down, ""),
    "a blank far away": (far_blank, ""),
    "an .ods that repeats itself": (far_ods, "已用区域"),
    "a page of spans": (spans, "已用区域"),
    "an old workbook with a value far away": (far_xls, "IV65536"),
    "an old workbook of great sectors": (big_sectors, "已损坏|没有工作簿"),
    "an old workbook with a column that cannot be": (odd_column, "已损坏"),
    "a zip bomb": (bomb, "压缩炸弹"),
    "a zip bomb that lies": (lying_bomb, "已损坏|没有传完"),
    "laughs in a sheet": (lambda: odd.xlsx(LAUGHS + odd.worksheet(HEAD.replace(">甲<", ">&i;<"))), "实体声明"),
    "laughs in UTF-16": (lambda: odd.xlsx("", more={"xl/worksheets/sheet1.xml": LAUGHS.encode("utf-16")}), "实体声明"),
    "laughs in the shared texts": (lambda: odd.zipped(odd.unzipped(odd.xlsx(odd.worksheet(HEAD))) | {"xl/sharedStrings.xml": LAUGHS + "<sst/>"}), "实体声明"),
    "laughs in an .ods": (lambda: odd.zipped(odd.unzipped(odd.ods(odd.ods_table([["编号"]]))) | {"content.xml": LAUGHS + "<x>&i;</x>"}), "实体声明"),
    "laughs in XML of Excel 2003": (lambda: odd.spreadsheet_xml("").replace("?>\n<Workbook", f"?>\n{LAUGHS}<Workbook").encode(), "实体声明"),
    "laughs in a page": ((LAUGHS + "<html><table><tr><td>编号<td>名称<tr><td>&i;<td>甲</table></html>").encode, "没有找到表头"),
    "many merges": (many_merges, ""),
    "a deep page": (deep_page, "嵌套太深"),
}


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    """One reader for all: it takes a second to start."""
    with Reader() as reader:
        yield reader


def known_read(path: Path) -> Reading:
    """What is done in the reader."""
    return read(path, known={"编号", "名称"})


@pytest.mark.parametrize("case", CASES)
def test_a_file_made_to_harm_is_refused_with_a_sentence_or_read_calmly(tmp_path: Path, reader: Reader, case: str) -> None:
    make, what = CASES[case]
    path = tmp_path / "表.xls"
    path.write_bytes(make())
    before = time.monotonic()
    found = reader.run(known_read, (path,), path.stat().st_size)
    assert time.monotonic() - before < 40
    if what:
        assert isinstance(found, Refused)
        assert any(part in found.what for part in what.split("|")), found
        assert found.what != workers.KILLED and found.do
    else:
        assert isinstance(found, Reading)
        assert found.tables[0].columns[:2] == ("编号", "名称")
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < 3 * 1024**2  # kB: none of it came here


def gone(path: Path) -> None:
    """A reader that is killed."""
    raise SystemExit(path.name)


def stuck(path: Path) -> None:
    """A reader that never comes back."""
    while path.exists():
        time.sleep(1)


def boundless(path: Path) -> bytes:
    """A reader that tells more than anybody can want."""
    return bytes(workers.ANSWER_BYTES + 1)


def greedy(path: Path) -> int:
    """A reader that takes all memory it can get."""
    return len([bytes(1 << 30) for _ in range(64)])


def talkative(path: Path) -> None:
    """A reader that fills the disk."""
    with path.with_suffix(".out").open("wb") as file:
        while file.write(bytes(1 << 24)):
            pass


@pytest.mark.parametrize(("function", "what"), [
    (gone, workers.KILLED), (stuck, "读取超过 1 秒"), (boundless, "读出的内容远大于文件"), (greedy, "内存超过上限"), (talkative, "读出的内容远大于文件")])
def test_a_reader_that_breaks_a_limit_is_a_refusal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, function: Callable[[Path], object], what: str) -> None:
    (tmp_path / "表.csv").write_text("编号,名称\n", encoding="utf-8")
    if function is stuck:
        monkeypatch.setattr(workers, "time_limit", lambda size: 1)
    if function is talkative:
        monkeypatch.setattr(workers, "output_limit", lambda size: 1 << 26)
    with pytest.raises(Refused) as refusal:
        apart(function, tmp_path / "表.csv")
    assert what in refusal.value.what and refusal.value.do


def test_inspect_reads_in_a_process_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "表.csv").write_text("编号,名称\nA1,甲\n", encoding="utf-8")
    assert main(["inspect", str(tmp_path / "表.csv")]) == 0
    monkeypatch.setattr(workers, "memory_limit", lambda size: 1 << 20)
    assert main(["inspect", str(tmp_path / "表.csv")]) == 10
    said = capsys.readouterr()
    assert "请：" in said.out and "Traceback" not in said.err


def test_a_reader_that_aborts_says_nothing_on_the_terminal(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        book.add_worksheet().write_column(0, 0, ["x"] * 1000)
    (tmp_path / "表.xlsx").write_bytes(content.getvalue())
    with pytest.raises(Refused, match=workers.KILLED):
        apart(abort, tmp_path / "表.xlsx")
    assert capfd.readouterr() == ("", "")


def abort(path: Path) -> None:
    """What a native library does that runs out of memory."""
    os.write(2, b"memory allocation of 6871947673 bytes failed\n")
    os.abort()
