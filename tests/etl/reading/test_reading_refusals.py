"""What cannot be read is refused in words that say what to do, and nothing else is ever raised."""

from __future__ import annotations

import random
import zipfile
from pathlib import Path

import pytest
import xlsxwriter
from odd_workbooks import spreadsheet_xml

from etl.reading import Refused, delimited, inspect, read

HEADINGS = "编号,名称,金额\n"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def zipped(path: Path, *members: str) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for member in members:
            archive.writestr(member, "x")
    return path


def workbook(path: Path) -> Path:
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet()
        for number in range(300):
            page.write_row(number, 0, ["编号", "名称", "金额"] if number == 0 else [f"A{number}", "甲", number])
    return path


CONTENTS = {
    "an empty file": (b"", "文件是空的"),
    "an Office file without a workbook": (OLE, "没有工作簿"),
    "an old workbook of nothing": (b"\x09\x08\x10\x00\x00\x06\x05\x00" + bytes(100), "工作簿已损坏"),
    "zero bytes": (bytes(9000), "全是空字节"),
    "a workbook whose rights are managed": (OLE + "DRMEncryptedDataSpace".encode("utf-16-le") + "EncryptedPackage".encode("utf-16-le"), "IRM"),
    "a file locked by E-SafeNet": (b"b\x14#e\x01\x00E-SafeNet\x00LOCK" + random.Random(1).randbytes(900), "亿赛通"),
    "a file locked by Tipray": (b"%TSD-Header-###%" + random.Random(1).randbytes(900), "绿盾"),
    "a mail": (OLE + "__substg1.0_0037001F".encode("utf-16-le"), "邮件"),
    "a locked workbook": (OLE + "EncryptedPackage".encode("utf-16-le"), "密码"),
    "an old document": (OLE + "WordDocument".encode("utf-16-le"), "Word"),
    "a web page without a table": ("\ufeff\n <!DOCTYPE html><p>请登录".encode(), "HTML"),
    "a web page cut within a cell": ("<table><tr><td>编号<td>名称<tr><td>A1<td>甲".encode(), "没有传完"),
    "a web page in one file": (b"MIME-Version: 1.0\r\nX-Document-Type: Workbook\r\n", "MHT"),
    "XML": (b"<?xml version='1.0'?><Workbook/>", "XML"),
    "XML of Excel 2003 cut short": (spreadsheet_xml("<Row/>").encode()[:-20], "已损坏"),
    "text in an unknown encoding": (("Почта " * 40).encode("koi8-r"), "编码认不出来"),
    "UTF-8 with a broken character": ("编号,名称\nA1,兰州新区化工园区中试基地\n".encode() * 9 + b"\xe5\x85,\n" + "甲,乙\n".encode() * 9, "第 19 行"),
    "a hole of zeros": ((HEADINGS + "A1,甲,1\n" * 50).encode() + bytes(4096) + b"A2,b,1\n", "空字节"),
    "a PDF": (b"%PDF-1.7 ...", "PDF"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(50), "图片"),
    "random bytes": (random.Random(7).randbytes(5000), "二进制"),
    "prose": ("请各单位按时报送。\n谢谢。\n".encode(), "没有找到表头"),
    "blank lines": (b"\n\n,,\n", "没有任何内容"),
    "numbers without a header": (b"1,2,3\n4,5,6\n", "没有找到表头"),
    "an unpaired quotation mark": ((HEADINGS + 'A1,"甲,1\n' + "A2,乙,2\n" * 20).encode(), "引号"),
    "an unpaired quotation mark closed later": ((HEADINGS + 'A1,"甲,1\n' + "A2,乙,2\n" * 20 + 'A3,丙",3\n').encode(), "引号"),
}


@pytest.mark.parametrize("case", CONTENTS)
def test_a_file_that_is_no_table_is_refused_by_name(tmp_path: Path, case: str) -> None:
    content, what = CONTENTS[case]
    path = tmp_path / "报表.csv"
    path.write_bytes(content)
    with pytest.raises(Refused) as refusal:
        read(path, known={"编号", "名称", "金额"})
    assert what in refusal.value.what and refusal.value.what.endswith("。") and refusal.value.do.endswith("。")


@pytest.mark.parametrize(
    ("members", "what"),
    [
        (["xl/workbook.bin"], "已损坏"),
        (["mimetype", "content.xml"], "已损坏"),
        (["ppt/presentation.xml"], "演示文稿"),
        (["word/document.xml"], "Word"),
        (["a.csv", "b.csv"], "ZIP"),
        (["[Content_Types].xml"], "没有工作簿"),
        (["xl/workbook.xml"], "已损坏"),
    ],
)
def test_other_archives_are_refused_by_name(tmp_path: Path, members: list[str], what: str) -> None:
    with pytest.raises(Refused, match=what):
        read(zipped(tmp_path / "报表.xlsx", *members))


def test_a_directory_a_missing_file_and_a_lock_file_are_refused(tmp_path: Path) -> None:
    for path, what in ((tmp_path, "文件夹"), (tmp_path / "没有.csv", "不存在"), (workbook(tmp_path / "~$报表.xlsx"), "临时文件")):
        with pytest.raises(Refused, match=what):
            read(path)
    with pytest.raises(Refused, match="临时文件"):
        read(workbook(tmp_path / "报表.xlsx"), name="~$报表.xlsx")


def test_a_workbook_is_known_by_its_content_not_its_name(tmp_path: Path) -> None:
    assert read(workbook(tmp_path / "报表.csv")).kind == "xlsx"
    (tmp_path / "文.xlsx").write_text(HEADINGS + "A1,甲,1\n", encoding="utf-8")
    assert read(tmp_path / "文.xlsx").kind == "csv"


def test_a_truncated_or_damaged_workbook_is_refused_or_read_whole(tmp_path: Path) -> None:
    whole = workbook(tmp_path / "整.xlsx")
    expected = read(whole).tables[0].rows.rows()
    content, chance, path = whole.read_bytes(), random.Random(11), tmp_path / "残.xlsx"
    refused = 0
    for round_no in range(120):
        damaged = bytearray(content)
        if round_no % 3 == 0:
            del damaged[chance.randrange(1, len(damaged)) :]
        else:
            for _ in range(chance.randrange(1, 6)):
                damaged[chance.randrange(len(damaged))] ^= chance.randrange(1, 256)
        path.write_bytes(damaged)
        try:
            assert read(path).tables[0].rows.rows() == expected
        except Refused:
            refused += 1
    assert refused > 100


def test_an_undecodable_line_is_named(tmp_path: Path) -> None:
    path = tmp_path / "乱.csv"
    path.write_bytes((HEADINGS + "A1,甲,1\n" * 30_000).encode() + b"A2,\xff\xfe,2\n")
    with pytest.raises(Refused, match="第 30002 行"):
        read(path)
    path.write_bytes((HEADINGS + "A1,甲,1\n" * 30_000).encode("gb18030") + b"A2,\xff\xff,2\n")
    with pytest.raises(Refused, match="第 30002 行"):
        read(path)


def test_a_workbook_whose_only_sheets_with_content_are_hidden_says_so(tmp_path: Path) -> None:
    path = tmp_path / "藏.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("空表").activate()
        page = book.add_worksheet("数据")
        page.write_row(0, 0, ["编号", "名称"])
        page.hide()
    with pytest.raises(Refused, match="隐藏的工作表不读：数据"):
        read(path)


class PanicException(BaseException):
    """Named like what native code raises when it panics; that class cannot be imported."""


def test_a_panic_in_native_code_is_a_refusal_and_an_interrupt_is_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "报表.csv"
    path.write_text(HEADINGS, encoding="utf-8")

    def fail(error: BaseException) -> None:
        def grids_of(_: Path) -> None:
            raise error

        monkeypatch.setattr(delimited, "grids_of", grids_of)

    fail(PanicException("index out of bounds"))
    with pytest.raises(Refused, match="无法处理"):
        read(path)
    fail(KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        read(path)


def test_a_refusal_is_data_for_inspection(tmp_path: Path) -> None:
    assert inspect(tmp_path) == {"refused": {"what": "这是文件夹，不是文件。", "do": "报送文件夹中的表格文件。"}}
