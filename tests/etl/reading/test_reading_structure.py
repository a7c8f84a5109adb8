"""What stands around the data of a departmental table, trait by trait."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from pathlib import Path

import pytest
import xlsxwriter

from etl.reading import Reading, Table, inspect, read

KNOWN = {"编号", "名称", "金额", "日期", "阶段", "阶段事件"}


def csv_table(tmp_path: Path, text: str, known: Collection[str] = KNOWN, encoding: str = "utf-8") -> Table:
    path = tmp_path / "报表.csv"
    path.write_bytes(text.encode(encoding))
    (table,) = read(path, known=known).tables
    numbers = sorted([*table.rows["row"], *table.aside["row"]])
    assert numbers == list(range(1, len(numbers) + 1)), "every row is in exactly one place"
    return table


def kinds(table: Table) -> dict[int, str]:
    return {
        row: kind for row, kind in table.aside.sort("row").select("row", "kind").iter_rows() if kind not in ("header", "metadata")
    }


def sheet(tmp_path: Path, *rows: list[object], merges: tuple[tuple[int, int, int, int, str], ...] = ()) -> Table:
    path = tmp_path / "报表.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet("表")
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
        for merge in merges:
            page.merge_range(*merge)
    (table,) = read(path, known=KNOWN).tables
    return table



def test_hidden_columns_are_read_and_named_and_give_way_to_those_seen(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "表.xlsx") as book:
        page = book.add_worksheet("表")
        for number, row in enumerate([["编号", "金额", "名称", "金额", "辅助"], ["A1", 1, "甲", 10, "x"], ["A2", 2, "乙", 20, "y"]]):
            page.write_row(number, 0, row)
        page.set_column(1, 1, None, None, {"hidden": True})
        page.set_column(4, 4, None, None, {"hidden": True})
    (table,) = read(tmp_path / "表.xlsx", known=KNOWN).tables
    assert table.columns == ("编号", "金额_2", "名称", "金额", "辅助")
    assert table.rows["金额"].to_list() == ["10", "20"]
    assert "隐藏的列照常读入：B 列“金额_2”、E 列“辅助”" in table.warnings


def test_a_number_merged_over_rows_is_told_and_counts_once_in_a_total(tmp_path: Path) -> None:
    rows: list[list[object]] = [["编号", "名称", "年度", "金额"], ["A1", "甲", 2026, 90], ["A2", "乙"], ["A3", "丙", 2026, 5], ["合计", None, None, 95]]
    table = sheet(tmp_path, *rows, merges=((1, 2, 2, 2, "2026"), (1, 3, 2, 3, "90")))
    assert table.rows["金额"].to_list() == ["90", "90", "5"] and table.rows["年度"].to_list() == ["2026"] * 3
    assert table.merged == {"年度": ((2, 3),), "金额": ((2, 3),)}
    assert table.warnings == ("竖向合并的数在各行都读成同一个数，不能逐行相加：D2:D3",)
    wrong = sheet(tmp_path, *rows[:-1], ["合计", None, None, 185], merges=((1, 2, 2, 2, "2026"), (1, 3, 2, 3, "90")))
    assert any("合计与各行之和不符" in said for said in wrong.warnings)


def test_blank_lines_and_quoted_line_breaks_count_as_excel_counts_them(tmp_path: Path) -> None:
    table = csv_table(tmp_path, '编号,名称,金额\n\nA1,"两\n行",1\n,,\nA2,乙,2\n')
    assert table.rows.rows() == [(3, "A1", "两\n行", "1"), (5, "A2", "乙", "2")]
    assert kinds(table) == {2: "blank", 4: "blank"}


def test_a_header_broken_over_lines_in_a_text_file_does_not_shift_the_rows(tmp_path: Path) -> None:
    table = csv_table(tmp_path, '标题\n"编\n号",名  称,金额\nA1,甲,1\n')
    assert table.header_rows == (2,)
    assert table.columns == ("编号", "名称", "金额")
    assert table.rows.rows() == [(3, "A1", "甲", "1")]


@pytest.mark.parametrize("separator", [",", "\t", ";", "\t,"])
def test_the_separator_is_found(tmp_path: Path, separator: str) -> None:
    table = csv_table(
        tmp_path, "\n".join(separator.join(row) for row in (["编号", "名称", "金额"], ["A1", "甲", "1"], ["A2", "乙", "2"]))
    )
    assert table.rows.rows() == [(2, "A1", "甲", "1"), (3, "A2", "乙", "2")]


def test_a_semicolon_file_may_hold_commas(tmp_path: Path) -> None:
    assert csv_table(tmp_path, "编号;名称;金额\nA1;甲,一;1,5\nA2;乙,二;2,5\n").rows["金额"].to_list() == ["1,5", "2,5"]


@pytest.mark.parametrize(
    ("encoding", "named"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8-sig"), ("gbk", "gb18030"), ("gb18030", "gb18030"), ("utf-16", "utf-16")],
)
def test_the_encoding_is_found(tmp_path: Path, encoding: str, named: str) -> None:
    table = csv_table(tmp_path, "编号,名称,金额\nA1,甲乙丙,1\n", encoding=encoding)
    assert table.rows.rows() == [(2, "A1", "甲乙丙", "1")]
    assert inspect(tmp_path / "报表.csv")["tables"][0]["encoding"] == named


def test_four_byte_characters_of_gb18030_are_read(tmp_path: Path) -> None:
    assert csv_table(tmp_path, "编号,名称,金额\nA1,𠮷㐀,1\n", encoding="gb18030").rows["名称"].to_list() == ["𠮷㐀"]


def test_a_file_that_turns_chinese_after_its_first_64_kb_is_still_decoded(tmp_path: Path) -> None:
    lines = "".join(f"A{number},x,{number}\n" for number in range(9000))
    table = csv_table(tmp_path, f"id,name,sum\n{lines}B1,兰州,1\n", known={"id", "name"}, encoding="gb18030")
    assert table.rows.row(-1) == (9002, "B1", "兰州", "1")


def test_a_character_cut_at_the_64th_kilobyte_harms_nothing(tmp_path: Path) -> None:
    for shift in range(3):
        lines = "".join(f"A{number},兰州新区某某公司,{number}\n" for number in range(4000))
        table = csv_table(
            tmp_path, f"编号,名称{'　' * shift},金额\n{'x' * shift}{lines}", encoding="gb18030" if shift else "utf-8"
        )
        assert table.rows.height == 4000 and set(table.rows["名称"]) == {"兰州新区某某公司"}


def test_a_line_wider_than_the_header_keeps_its_cells_and_warns(tmp_path: Path) -> None:
    table = csv_table(tmp_path, "编号,名称,金额\n" + "A1,甲,1\n" * 150 + "A2,乙,2,多出\n")
    assert table.rows.row(-1) == (152, "A2", "乙", "2", "多出")
    assert table.columns == ("编号", "名称", "金额", "第4列")
    assert table.warnings == ("第4列有内容，没有列名",)


def test_trailing_commas_make_no_column_and_short_lines_lose_nothing(tmp_path: Path) -> None:
    table = csv_table(tmp_path, "编号,名称,金额,,\nA1,甲,1,,\nA2\n")
    assert table.rows.rows() == [(2, "A1", "甲", "1"), (3, "A2", None, None)]
    assert table.warnings == ()


def test_white_space_around_cells_goes_and_blank_cells_are_null(tmp_path: Path) -> None:
    table = csv_table(tmp_path, '编号,名称,金额\n A1 ,甲\u3000,"  "\nA2,"",\t2\n')
    assert table.rows.rows() == [(2, "A1", "甲", None), (3, "A2", None, "2")]


def test_old_line_ends_are_read(tmp_path: Path) -> None:
    assert csv_table(tmp_path, "编号,名称,金额\rA1,甲,1\rA2,乙,2\r").rows["row"].to_list() == [2, 3]


@pytest.mark.parametrize("label", ["合计", "总 计", "小  计", "合计：", "一季度小计", "兰州新区合计", "合计（万元）"])
def test_a_total_among_the_rows_is_set_aside(tmp_path: Path, label: str) -> None:
    table = csv_table(tmp_path, f"编号,名称,金额\nA1,甲,1\n{label},,1\nA2,乙,2\n")
    assert table.rows["row"].to_list() == [2, 4]
    assert kinds(table) == {3: "total"}


def test_a_total_named_in_the_second_column_is_set_aside(tmp_path: Path) -> None:
    assert kinds(csv_table(tmp_path, "序号,编号,名称,金额\n1,A1,甲,1\n2,合计,,1\n")) == {3: "total"}


def test_a_total_named_beside_its_group_is_set_aside_but_not_a_remark_on_a_row(tmp_path: Path) -> None:
    table = csv_table(tmp_path, "地区,编号,名称,金额,备注\n兰州,A1,甲,1,\n兰州,小计,,1,\n兰州,A2,乙,2,合计\n兰州,A3,合计,2,\n")
    assert kinds(table) == {3: "total"}


def test_names_that_only_sound_like_totals_stay(tmp_path: Path) -> None:
    table = csv_table(tmp_path, "编号,名称,金额\nA1,合计数码公司,1\n设计院,总计划处,2\n统计局,会计,3\n")
    assert table.rows.height == 3 and kinds(table) == {}


def test_notes_sources_and_signatures_are_footers(tmp_path: Path) -> None:
    closing = ["合计,,3", "注：1.金额为快报数。", "2.以年报为准", "数据来源：企业直报", "填表人：张三,,审核人：李四", "（盖章）"]
    table = csv_table(tmp_path, "编号,名称,金额\nA1,甲,1\nA2,乙,2\n" + "\n".join(closing))
    assert kinds(table) == {4: "total", 5: "footer", 6: "footer", 7: "footer", 8: "footer", 9: "footer"}
    assert table.stated[:2] == ("注：1.金额为快报数。", "2.以年报为准")


def test_a_last_row_with_only_its_key_is_data_not_a_note(tmp_path: Path) -> None:
    table = csv_table(tmp_path, "编号,名称,金额\nA1,甲,1\nA2,,\n")
    assert table.rows["编号"].to_list() == ["A1", "A2"]


def test_sections_repeated_headers_and_column_numbers_are_set_aside(tmp_path: Path) -> None:
    table = csv_table(
        tmp_path, "编号,名称,金额,日期\n甲,乙,1,2\n一、企业,,,\nA1,甲,1,\n编号,名称,金额,日期\n（二）院所,,,\nA2,乙,2,\n"
    )
    assert table.rows["编号"].to_list() == ["A1", "A2"]
    assert kinds(table) == {3: "section", 6: "section"}
    assert table.aside.filter(kind="header")["row"].to_list() == [1, 2, 5]


def test_up_to_six_rows_above_the_header_are_metadata(tmp_path: Path) -> None:
    above = ["附件2", "园区项目表", "", "填报单位：科技局,,2026年10月", "截至2026年10月31日", "说明：金额按合同"]
    table = csv_table(tmp_path, "\n".join(above) + "\n编号,名称,金额\nA1,甲,1\n")
    assert table.header_rows == (7,)
    assert table.stated == ("附件2", "园区项目表", "填报单位：科技局 | 2026年10月", "截至2026年10月31日", "说明：金额按合同")


@pytest.mark.parametrize(
    ("above", "unit"),
    [
        ("单位：千元", "千元"),
        ("项目表（万元）", "万元"),
        ("金额单位：人民币亿元", "亿元"),
        (",,单位:万元、%", "万元"),
        ("计量单位：元", "元"),
    ],
)
def test_a_unit_above_the_header_holds_for_the_table(tmp_path: Path, above: str, unit: str) -> None:
    assert csv_table(tmp_path, f"项目表\n{above}\n编号,名称,金额\nA1,甲,1\n").units == {"": unit}


def test_the_reporting_office_is_no_unit_and_two_units_are_a_warning(tmp_path: Path) -> None:
    assert csv_table(tmp_path, "填报单位：元朗公司\n编号,名称,金额\nA1,甲,1\n").units == {}
    table = csv_table(tmp_path, "项目表（万元）\n单位：千元\n编号,名称,金额\nA1,甲,1\n")
    assert table.units == {} and "万元、千元" in table.warnings[0]


def test_a_unit_in_the_heading_or_in_a_row_below_it_belongs_to_its_column(tmp_path: Path) -> None:
    assert csv_table(tmp_path, "编号*,名称,金额（千元）\nA1,甲,1\n").units == {"金额": "千元"}
    table = csv_table(tmp_path, "编号,名称,金额\n,,（万元）\nA1,甲,1\n")
    assert table.header_rows == (1, 2) and table.columns == ("编号", "名称", "金额") and table.units == {"金额": "万元"}


def test_groups_over_columns_are_joined_unless_the_leaf_is_known(tmp_path: Path) -> None:
    table = csv_table(tmp_path, "编号,进展,,产值（万元）,,名称\n,阶段,日期,本月,累计,\nA1,中试,2026-09,1,2,甲\n")
    assert table.header_rows == (1, 2)
    assert table.columns == ("编号", "阶段", "日期", "产值_本月", "产值_累计", "名称")
    assert table.units == {"产值_本月": "万元", "产值_累计": "万元"}


def test_a_group_row_without_any_heading_of_its_own_is_part_of_the_header(tmp_path: Path) -> None:
    table = csv_table(tmp_path, "标题\n基本情况,,产值,\n编号,名称,本月,累计\nA1,甲,1,2\n")
    assert table.header_rows == (2, 3)
    assert table.columns == ("编号", "名称", "产值_本月", "产值_累计")


def test_three_rows_of_merged_headers_are_joined_from_the_top(tmp_path: Path) -> None:
    table = sheet(
        tmp_path,
        ["园区表"],
        [],
        ["编号", "名称"],
        ["", "", "本年", "", "上年"],
        ["", "", "上半年", "下半年", "全年"],
        ["A1", "甲", 1, 2, 3],
        merges=((0, 0, 0, 4, "园区表"), (2, 0, 4, 0, "编号"), (2, 1, 4, 1, "名称"), (2, 2, 2, 4, "产值"), (3, 2, 3, 3, "本年")),
    )
    assert table.header_rows == (3, 4, 5)
    assert table.columns == ("编号", "名称", "产值_本年_上半年", "产值_本年_下半年", "产值_上年_全年")
    assert table.rows.rows() == [(6, "A1", "甲", "1", "2", "3")]


def test_parts_of_a_heading_that_are_known_together_are_one_heading(tmp_path: Path) -> None:
    assert csv_table(tmp_path, "编号,阶段,,名称\n,事件,日期,\nA1,进入,2026-09,甲\n").columns == (
        "编号",
        "阶段事件",
        "日期",
        "名称",
    )


def test_equal_headings_are_told_apart(tmp_path: Path) -> None:
    table = csv_table(tmp_path, "编号,名称,备注,备注\nA1,甲,一,二\n")
    assert table.columns == ("编号", "名称", "备注", "备注_2")
    assert table.warnings == ("表头重复：备注",)
    grouped = csv_table(tmp_path, "编号,项目,,单位,\n,名称,日期,名称,金额\nA1,甲,2026,乙,1\n")
    assert grouped.columns == ("编号", "项目_名称", "日期", "单位_名称", "金额")


def test_a_column_merged_downwards_holds_for_every_row(tmp_path: Path) -> None:
    table = sheet(tmp_path, ["编号", "名称", "金额"], ["A1", "甲", 1], ["A2", "", 2], ["A3", "", 3], merges=((1, 1, 2, 1, "甲"),))
    assert table.rows["名称"].to_list() == ["甲", "甲", None]


def test_a_row_merged_across_the_table_is_a_section(tmp_path: Path) -> None:
    table = sheet(tmp_path, ["编号", "名称", "金额"], ["企业部分"], ["A1", "甲", 1], merges=((1, 0, 1, 2, "企业部分"),))
    assert kinds(table) == {2: "section"}


def test_cells_of_a_workbook_become_the_text_a_reader_sees(tmp_path: Path) -> None:
    path = tmp_path / "值.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page, day = book.add_worksheet(), book.add_format({"num_format": "yyyy-mm-dd"})
        page.write_row(0, 0, ["编号", "名称", "金额", "日期", "是否"])
        page.write_row(1, 0, ["007", " 甲 ", 1.0])
        page.write_datetime(1, 3, dt.datetime(2026, 3, 31), day)
        page.write_boolean(1, 4, True)
        page.write_row(2, 0, ["916201000000000018", "", 0.1])
        page.write_datetime(2, 3, dt.datetime(2026, 3, 31, 8, 30), day)
        page.write_boolean(2, 4, False)
        page.write_row(3, 0, [-12.5, "乙", 0.1 + 0.2])
        page.write_row(4, 0, [620100123456789012, "丙", 1e-7])
    (table,) = read(path, known=KNOWN).tables
    assert table.rows.rows() == [
        (2, "007", "甲", "1", "2026-03-31", "是"),
        (3, "916201000000000018", None, "0.1", "2026-03-31 08:30:00", "否"),
        (4, "-12.5", "乙", "0.3", None, None),
        (5, "620100123456789000", "丙", "0.0000001", None, None),
    ]
    assert "超过 15 位" in table.warnings[0]


def three_sheets(tmp_path: Path) -> Reading:
    path = tmp_path / "多表.xlsx"
    with xlsxwriter.Workbook(path) as book:
        pages = {name: book.add_worksheet(name) for name in ("底稿", "说明", "一月", "空", "二月", "旧")}
        for name in ("底稿", "一月", "二月", "旧"):
            pages[name].write_row(3, 1, ["编号", "名称", "金额"])
            pages[name].write_row(4, 1, ["A1", name, 1])
        pages["说明"].write(0, 0, "请各单位于每月10日前报送。")
        pages["说明"].activate()
        pages["底稿"].hide()
        pages["旧"].very_hidden()
    return read(path, known=KNOWN)


def test_hidden_sheets_are_named_and_left_out_and_the_others_keep_their_place(tmp_path: Path) -> None:
    reading = three_sheets(tmp_path)
    assert reading.hidden_sheets == ("底稿", "旧")
    assert [(table.sheet, table.sheet_no) for table in reading.tables] == [("一月", 2), ("二月", 4)]


def test_a_table_away_from_the_corner_keeps_its_row_numbers_and_loses_its_empty_column(tmp_path: Path) -> None:
    table = three_sheets(tmp_path).tables[0]
    assert table.header_rows == (4,) and table.columns == ("编号", "名称", "金额")
    assert table.rows.rows() == [(5, "A1", "一月", "1")]
    assert table.aside.filter(kind="blank")["row"].to_list() == [1, 2, 3]


def test_known_headings_find_the_header_below_a_row_that_looks_like_one(tmp_path: Path) -> None:
    text = "甘肃,兰州,新区\n编号,名称,阶段\nA1,甲,中试\n"
    assert csv_table(tmp_path, text).header_rows == (2,)
    assert csv_table(tmp_path, text, known=()).header_rows == (1,)


def test_a_sheet_of_another_feed_is_read_all_the_same(tmp_path: Path) -> None:
    table = csv_table(tmp_path, "人才引进表\n类别,来源,人数\n专家,省内,3\n")
    assert table.columns == ("类别", "来源", "人数") and table.header_rows == (2,)


def test_a_list_with_only_a_header_is_a_report_of_nothing(tmp_path: Path) -> None:
    table = csv_table(tmp_path, "编号,名称,金额\n")
    assert table.columns == ("编号", "名称", "金额") and table.rows.height == 0


def test_years_across_the_columns_are_headings(tmp_path: Path) -> None:
    assert csv_table(tmp_path, "地区,2024年,2025年,2026\n兰州,1,2,3\n", known=()).columns == ("地区", "2024年", "2025年", "2026")


def test_inspection_lists_what_was_seen_by_row_numbers(tmp_path: Path) -> None:
    csv_table(tmp_path, "表\n单位：千元\n编号,名称,金额\nA1,甲,1\n一、乙类,,\nA2,乙,2\n合计,,3\n注：无\n")
    seen = inspect(tmp_path / "报表.csv", known=KNOWN, first_and_last=1)
    assert seen["tables"] == [
        {
            "sheet": "",
            "encoding": "utf-8",
            "header_rows": [3],
            "columns": ["编号", "名称", "金额"],
            "first_data_row": 4,
            "last_data_row": 6,
            "data_rows": 2,
            "total_rows": [7],
            "section_rows": [5],
            "footer_rows": [8],
            "units": {"": "千元"},
            "warnings": [],
            "first_rows": [["A1", "甲", "1"]],
            "last_rows": [["A2", "乙", "2"]],
        }
    ]
    assert seen["file"]["kind"] == "csv" and seen["file"]["bytes"] == (tmp_path / "报表.csv").stat().st_size
    assert len(seen["file"]["sha256"]) == 64


def test_inspection_of_one_sheet_names_the_others_where_it_is_missing(tmp_path: Path) -> None:
    three_sheets(tmp_path)
    path = tmp_path / "多表.xlsx"
    assert [table["sheet"] for table in inspect(path, sheet="二月")["tables"]] == ["二月"]
    assert "隐藏的工作表没有读：旧" in inspect(path)["tables"][0]["warnings"]
    assert "一月、二月" in inspect(path, sheet="三月")["refused"]["do"]
    assert "隐藏" in inspect(path, sheet="旧")["refused"]["what"]


def tables(tmp_path: Path, text: str, known: Collection[str] = ()) -> tuple[Table, ...]:
    path = tmp_path / "表.csv"
    path.write_text(text, encoding="utf-8")
    return read(path, known=known).tables


def test_two_tables_side_by_side_are_both_found_and_each_accounts_for_all_rows(tmp_path: Path) -> None:
    left, right = tables(tmp_path, "表一,,,表二,\n指标,数值,,指标,数值\n专利,10,,经费,300\n论文,20,,人员,40\n,,,设备,15\n合计,30,,合计,355\n")
    assert left.columns == right.columns == ("指标", "数值")
    assert left.rows.rows() == [(3, "专利", "10"), (4, "论文", "20")]
    assert right.rows.rows() == [(3, "经费", "300"), (4, "人员", "40"), (5, "设备", "15")]
    assert kinds(left) == {5: "blank", 6: "total"} and kinds(right) == {6: "total"}
    assert left.stated == ("表一",) and right.stated == ("表二",)
    assert left.rows.height + left.aside.height == right.rows.height + right.aside.height == 6


def test_a_blank_column_inside_a_table_does_not_part_it(tmp_path: Path) -> None:
    (table,) = tables(tmp_path, "序号,名称,,地址,电话\n1,甲,,某路,0931-1\n2,乙,,某街,0931-2\n")
    assert table.columns == ("序号", "名称", "地址", "电话")


def test_a_table_above_the_one_we_know_is_found_too(tmp_path: Path) -> None:
    above, known = tables(tmp_path, "汇总\n地区,户数\n甲,3\n乙,4\n\n明细\n编号,名称,金额\nA1,甲,1\n", KNOWN)
    assert above.columns == ("地区", "户数") and above.rows["row"].to_list() == [3, 4]
    assert known.columns == ("编号", "名称", "金额") and known.rows.rows() == [(8, "A1", "甲", "1")]


def test_a_report_we_know_keeps_a_row_that_lacks_its_cells(tmp_path: Path) -> None:
    text = "编号,名称,金额\nA1,甲,1\n乙公司,,\nA3,丙,3\nA4,丁,4\n"
    assert tables(tmp_path, text, KNOWN)[0].rows["row"].to_list() == [2, 3, 4, 5]
    (generic,) = tables(tmp_path, text)
    assert kinds(generic) == {3: "section"}


def test_a_total_that_is_not_what_the_rows_add_up_to_is_told_with_both_figures(tmp_path: Path) -> None:
    (table,) = tables(tmp_path, "地区,人数,均价\n甲,1,5\n乙,2,7\n合计,4,6\n")
    assert table.warnings == ("第 4 行的合计与各行之和不符：人数 为 4，各行之和为 3",)


@pytest.mark.parametrize("total", ["100.1", "99.9", "100.0"])
def test_rounding_is_no_disagreement(tmp_path: Path, total: str) -> None:
    (table,) = tables(tmp_path, f"地区,产值\n甲,33.3\n乙,33.3\n丙,33.4\n合计,{total}\n")
    assert table.warnings == () and kinds(table) == {5: "total"}


def test_a_total_of_parts_and_of_wholes_are_both_checked(tmp_path: Path) -> None:
    (table,) = tables(tmp_path, "项目,金额\n一、甲类,\n甲,1\n乙,2\n小计,3\n二、乙类,\n丙,4\n丁,5\n小计,9\n总计,12\n")
    assert kinds(table) == {2: "section", 5: "total", 6: "section", 9: "total", 10: "total"} and table.warnings == ()


def test_wholes_and_their_parts_are_added_only_once(tmp_path: Path) -> None:
    (table,) = tables(tmp_path, "科目,金额\n税收,10\n　增值税,7\n　其他税,3\n非税,5\n　专项,5\n合计,15\n")
    assert table.rows.height == 5 and table.warnings == () and table.levels == {3: 1, 4: 1, 6: 1}


def test_the_nation_is_a_total_where_it_adds_up_and_a_row_where_it_is_compared(tmp_path: Path) -> None:
    (summed,) = tables(tmp_path, "地区,人口\n全国,3\n甲,1\n乙,2\n")
    (compared,) = tables(tmp_path, "地区,增速\n全国,5.0\n甘肃,6.1\n兰州,5.9\n")
    assert kinds(summed) == {2: "total"} and kinds(compared) == {} and compared.rows.height == 3


def test_indicators_named_like_totals_stay_where_they_add_up_to_nothing(tmp_path: Path) -> None:
    (table,) = tables(tmp_path, "指标名称,代码,本年\n固定资产,01,5\n资产总计,02,9\n负债合计,03,4\n")
    assert kinds(table) == {} and table.rows.height == 3


def test_a_first_row_named_like_a_column_number_is_data(tmp_path: Path) -> None:
    (table,) = tables(tmp_path, "类别,数量\n甲,1\n乙,2\n丙,3\n")
    assert table.header_rows == (1,) and table.rows.height == 3


def test_rows_and_header_repeated_on_a_second_page_are_no_data(tmp_path: Path) -> None:
    (table,) = tables(tmp_path, "名册\n序号,姓名,人数\n1,甲某,3\n\n名册\n序号,姓名,人数\n2,乙某,4\n")
    assert table.rows["row"].to_list() == [3, 7] and table.header_rows == (2, 6)
    assert table.aside.filter(kind="metadata")["row"].to_list() == [1, 5]


def test_sheets_of_one_table_with_title_pages_give_no_table_for_these(tmp_path: Path) -> None:
    path = tmp_path / "预算.xlsx"
    with xlsxwriter.Workbook(path) as book:
        cover = book.add_worksheet("封面")
        for number, text in enumerate(["兰州新区科技局", "2026年度部门预算", "目录"]):
            cover.write(number * 3, 0, text)
        page = book.add_worksheet("表1")
        page.write_row(0, 0, ["项目", "金额"])
        page.write_row(1, 0, ["工资", 1])
    assert [table.sheet for table in read(path).tables] == ["表1"]
