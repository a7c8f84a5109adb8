"""Text files are read in the encoding they are in, told by what they say and not by what they claim."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.reading import Reading, Refused, read
from etl.reading.encoding import likeliest

SIMPLIFIED = "项目编号,企业名称,所在空间\nA1,兰州新区化工园区管理运营公司,化工园区\nA2,甘肃龥科技,装备制造\n"
TRADITIONAL = "專案編號,企業名稱,備註\nA1,臺北市政府經濟發展局,電子零組件製造業\nA2,積體電路公司,已結案\n"
WIDE = ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"]


def reading(path: Path, content: bytes) -> Reading:
    (path / "表.csv").write_bytes(content)
    return read(path / "表.csv")


def cells(read_: Reading) -> list[tuple[str | None, ...]]:
    (table,) = read_.tables
    return [table.columns, *table.rows.drop("row").rows()]


def written(text: str) -> list[tuple[str, ...]]:
    return [tuple(line.split(",")) for line in text.strip().split("\n")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", *WIDE])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_simplified_text_is_read_in_every_encoding_and_with_every_line_end(tmp_path: Path, encoding: str, line_end: str) -> None:
    text = SIMPLIFIED.replace("龥", "龥" if encoding == "gbk" else "𠮷")  # the second takes four bytes in GB18030
    found = reading(tmp_path, text.replace("\n", line_end).encode(encoding))
    assert cells(found) == written(text)
    assert found.encoding == {"gbk": "gb18030"}.get(encoding, encoding)
    assert found.tables[0].rows["row"].to_list() == [2, 3]


@pytest.mark.parametrize("encoding", ["big5", "big5hkscs", "cp950"])
def test_traditional_text_in_big5_is_told_from_gb18030(tmp_path: Path, encoding: str) -> None:
    found = reading(tmp_path, TRADITIONAL.encode(encoding))
    assert (cells(found), found.encoding) == (written(TRADITIONAL), "big5")


def test_traditional_text_in_gbk_stays_gbk(tmp_path: Path) -> None:
    found = reading(tmp_path, TRADITIONAL.encode("gbk"))
    assert (cells(found), found.encoding) == (written(TRADITIONAL), "gb18030")


SHORT = {"gb18030": ["名称", "合计", "金额万元", "甘肃省", "李四", "备注", "企业", "否"],
         "big5": ["公司名稱", "臺北市", "備註事項", "電話號碼", "合計金額", "產業園區"],
         "gbk": ["公司名稱", "臺北市", "備註事項", "電話號碼", "產業園區"]}


@pytest.mark.parametrize(("encoding", "text"), [(encoding, text) for encoding, texts in SHORT.items() for text in texts])
def test_a_few_characters_are_enough(encoding: str, text: str) -> None:
    assert likeliest(text.encode(encoding)) == {"gbk": "gb18030"}.get(encoding, encoding)


EVERYDAY = "".join(bytes([lead, trail]).decode("gb2312") for lead in range(0xB0, 0xD8) for trail in range(0xA1, 0xFF) if (lead, trail) < (0xD7, 0xFA))
everyday = st.lists(st.text(EVERYDAY, min_size=2, max_size=8), min_size=8, max_size=40)


@settings(max_examples=150, deadline=None)
@given(everyday)
def test_random_everyday_characters_in_gbk_are_never_taken_for_big5(words: list[str]) -> None:
    assert likeliest("，".join(words).encode("gbk")) == "gb18030"


def test_the_first_character_beyond_ascii_may_come_late(tmp_path: Path) -> None:
    head = "id,name,note\n" + "A1,plain,ascii\n" * 20_000
    for encoding in ("utf-8", "gb18030", "big5"):
        last = "Z9,電話,臺北市政府\n" if encoding == "big5" else "Z9,中试,兰州新区\n"
        found = reading(tmp_path, (head + last).encode(encoding))
        assert found.encoding == encoding
        assert cells(found)[-1] == tuple(last.strip().split(","))


def test_zero_bytes_are_dropped_and_told(tmp_path: Path) -> None:
    found = reading(tmp_path, SIMPLIFIED.encode("gb18030").replace(b"A1", b"A\x001") + bytes(700))
    assert cells(found)[1][0] == "A1" and len(cells(found)) == 3
    assert "空字符" in found.tables[0].warnings[0]


SEPARATED = {
    "comma": "编号,名称,金额\nA1,甲,1\nA2,乙,2\n", "tab": "编号\t名称\t金额\nA1\t甲\t1\nA2\t乙\t2\n",
    "semicolon": "编号;名称;金额\nA1;甲;1\nA2;乙;2\n", "bar": "编号|名称|金额\nA1|甲|1\nA2|乙|2\n",
    "a tab before every comma": '"编号"\t,名称\t,金额\t\n"A1"\t,甲\t,1\t\nA2\t,乙\t,2\t\n',
    "a mark against numbers": '编号,名称,金额\n="A1",甲,1\n"=""A2""",乙,2\n',
    "named in the first line": "sep=;\n编号;名称;金额\nA1;甲;1\nA2;乙;2\n",
    "ragged lines above": "产值表\n单位：万元,,,\n编号,名称,金额\nA1,甲,1\nA2,乙,2\n",
    "trailing separators": "编号,名称,金额,,,\nA1,甲,1,,,\nA2,乙,2,,,\n",
}


@pytest.mark.parametrize("case", SEPARATED)
def test_every_separator_is_found(tmp_path: Path, case: str) -> None:
    assert cells(reading(tmp_path, SEPARATED[case].encode("gb18030"))) == [("编号", "名称", "金额"), ("A1", "甲", "1"), ("A2", "乙", "2")]


def test_a_code_behind_a_mark_against_numbers_keeps_its_zeros(tmp_path: Path) -> None:
    found = reading(tmp_path, '编号,名称\n="00123",甲\n="000000000000000045",乙\n'.encode())
    assert [row[0] for row in cells(found)[1:]] == ["00123", "000000000000000045"]


def test_a_quoted_line_break_stays_in_its_cell_whatever_the_encoding(tmp_path: Path) -> None:
    text = '编号,名称,备注\r\nA1,"甲\n公司",一\r\nA2,"乙,丙","他说""好"""\r\n'
    for encoding in ("utf-8", "gb18030", "utf-16"):
        assert cells(reading(tmp_path, text.encode(encoding)))[1:] == [("A1", "甲\n公司", "一"), ("A2", "乙,丙", '他说"好"')]


def test_a_header_without_a_line_end_is_read_once(tmp_path: Path) -> None:
    for above in range(3):
        table = reading(tmp_path, ("标题\n" * above + "编号,名称").encode("gb18030")).tables[0]
        assert (table.header_rows, table.rows.height, table.aside.height) == ((above + 1,), 0, above + 1)


def test_a_file_of_many_blocks_is_read_whole_wherever_they_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [f"A{number},第{number}号" for number in range(300)]
    for size in (1, 7, 64, 1000):
        monkeypatch.setattr("etl.reading.encoding._BLOCK_BYTES", size + 2000)  # the first block holds the header
        for ends in ("\n", "\r\n"):
            found = reading(tmp_path, ends.join(["标题", "编号,名称", *lines]).encode("gb18030"))
            assert cells(found) == [("编号", "名称"), *[tuple(line.split(",")) for line in lines]]


def test_a_character_cut_off_at_the_end_of_a_file_is_told(tmp_path: Path) -> None:
    for encoding in ("utf-8", "gb18030"):
        with pytest.raises(Refused, match="第 2 行"):
            reading(tmp_path, "编号,名称\nA1,甲".encode(encoding)[:-1])
