"""The row gate: every row is accepted, refused with every reason, or set aside, and nothing else happens to it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import polars as pl
import pytest

from etl.contract import Feed, day, money, number, personal, text, word
from etl.gate import MERGED, Gated, gate, missing_headings, typed_columns

RECEIVED_ON = date(2026, 11, 5)


class Deals(Feed, title="交易", departments="D05", rhythm="events", mode="events", dated_by="signed_on"):
    deal_id = text("编号", "合同编号", key=True, required=True)
    kind = word("类型", {"买": "buy", "卖": "sell"}, required=True)
    signed_on = day("日期")
    amount_cny = money("金额", unit="千元")
    rate = number("比率", low=0)
    proof_sha256 = text("摘要", pattern="[0-9a-f]{4}")
    contact = personal("联系人")


class Readings(Feed, title="读数", departments="D05", rhythm="events", mode="events", dated_by="read_on"):
    place = text("地点", key=True, required=True)
    item = text("项目", key=True)
    cast = text("名称")
    filter = text("说明")


def sheet(headings: str, *lines: str, sheet_no: int = 0, first: int = 3) -> pl.DataFrame:
    """Rows as reading hands them on; cells apart by | and blank for nothing."""
    names = headings.split("|")
    cells = [[cell or None for cell in line.split("|")] for line in lines]
    place = {"sheet_no": pl.Series([sheet_no] * len(cells), dtype=pl.Int16),
             "row": pl.Series(range(first, first + len(cells)), dtype=pl.Int64)}
    return pl.DataFrame(place | {name: pl.Series([row[at] for row in cells], dtype=pl.String) for at, name in enumerate(names)})


def gated(rows: pl.DataFrame, feed: type[Feed] = Deals, **units: str) -> Gated:
    sorted_rows = gate(feed, rows, units=units, received_on=RECEIVED_ON)
    parts = (sorted_rows.accepted, sorted_rows.refused, sorted_rows.set_aside)
    assert pl.concat([part.select("sheet_no", "row") for part in parts]).sort("sheet_no", "row").equals(
        rows.select("sheet_no", "row").sort("sheet_no", "row")), "each row in exactly one place"
    assert sorted_rows.refused["row"].to_list() == sorted_rows.reasons["row"].unique(maintain_order=True).to_list()
    return sorted_rows


def reasons(result: Gated) -> list[tuple[int, str]]:
    return result.reasons.select("row", "reason").rows()



class Ratings(Feed, title="评级", departments="D05", rhythm="events", mode="events", dated_by="signed_on"):
    deal_id = text("编号", key=True, required=True)
    signed_on = day("日期")
    amount_cny = money("金额", unit="元")
    people = number("人数", low=0)
    grade = number("等级", low=1, high=9)


def test_an_amount_merged_over_several_rows_is_refused_in_each_and_a_grade_holds_for_each() -> None:
    rows = sheet("编号|日期|金额|人数|等级", "A1|2026-01-05|90|1|3", "A2|2026-01-06|90|2|3", "A3|2026-01-07|5|7|4", "A4|2026-01-08|6|7|4", "A5|2026-01-09|1|1|1")
    merged = pl.DataFrame([(0, row, heading, first, last) for heading, first, last in (("金额", 3, 4), ("等级", 3, 4), ("人数", 5, 6), ("等级", 5, 6))
                           for row in range(first, last + 1)], schema=MERGED, orient="row")
    found = gate(Ratings, rows, units={}, received_on=RECEIVED_ON, merged=merged)
    told = "与第 {0}—{1} 行合并成一格，分不清各行各是多少；请拆开，逐行填写"
    assert reasons(found) == [(3, "金额：" + told.format(3, 4)), (4, "金额：" + told.format(3, 4)), (5, "人数：" + told.format(5, 6)), (6, "人数：" + told.format(5, 6))]
    assert found.accepted["row"].to_list() == [7]


def test_plain_day_numbers_are_read_as_the_workbook_counts_them() -> None:
    for counts_from_1904, on in ((False, date(2022, 3, 4)), (True, date(2026, 3, 5))):
        found = gate(Ratings, sheet("编号|日期", "A1|44624"), units={}, received_on=RECEIVED_ON, counts_from_1904=counts_from_1904)
        assert found.accepted["signed_on"].to_list() == [on]


def test_absent_optional_columns_are_null_and_columns_keep_the_declared_order() -> None:
    accepted = gated(sheet("类型|编号", "买|A1")).accepted
    assert accepted.columns == ["sheet_no", "row", *typed_columns(Deals)]
    assert accepted.rows() == [(0, 3, "A1", "buy", None, None, None, None, None)]


def test_a_file_without_rows_gives_empty_frames_of_the_same_types() -> None:
    none, one = gated(sheet("编号|类型")), gated(sheet("编号|类型", "A1|买"))
    for part in ("accepted", "refused", "reasons", "set_aside"):
        assert getattr(none, part).is_empty()
        assert getattr(none, part).schema == getattr(one, part).schema


def test_an_absent_required_column_refuses_every_row_under_its_own_heading() -> None:
    assert missing_headings(Deals, ["合同编号", "日期"]) == ("类型",)
    assert reasons(gated(sheet("编号", "A1", "A2"))) == [(3, "类型：必填，没有填"), (4, "类型：必填，没有填")]


def test_a_row_gets_every_reason_in_the_order_of_the_contract_and_one_per_cell() -> None:
    result = gated(sheet("比率|合同编号|类型|日期|摘要", "-1|A1|租|昨天|xyz", "—|—|—||"))
    assert reasons(result) == [
        (3, "类型：应为 买、卖 之一，填的是“租”"), (3, "日期：应为日期（如 2026-03-31），填的是“昨天”"),
        (3, "比率：应不小于 0，填的是“-1”"), (3, "摘要：格式不对，填的是“xyz”"),
        (4, "合同编号：必填，填的是“—”"), (4, "类型：必填，填的是“—”")]
    assert result.reasons.select("heading", "value").row(0) == ("类型", "租")


def test_a_refused_row_keeps_its_readable_key_and_its_cells_as_sent() -> None:
    result = gated(sheet("编号|类型|联系人|没人认识|备注|金额", "Ａ 1|租|张三|李四|王五|１，２００"))
    assert result.refused.rows() == [(0, 3, "A1", '{"编号":"Ａ 1","类型":"租","金额":"１，２００"}')]
    assert result.unknown == ("没人认识",)


def test_identical_rows_count_once() -> None:
    result = gated(sheet("序号|编号|类型|金额", "1|A1|买|1,000", "2|A2|买|1", "3|Ａ1|买|1000"))
    assert result.accepted["row"].to_list() == [3, 4]
    assert result.set_aside.rows() == [(0, 5, "与第 3 行完全相同，只计一次")]


def test_identical_rows_with_a_fault_are_refused_once() -> None:
    result = gated(sheet("编号|类型", "A1|租", "A1|租"))
    assert reasons(result) == [(3, "类型：应为 买、卖 之一，填的是“租”")]
    assert result.set_aside["row"].to_list() == [4]


def test_rows_that_differ_only_in_what_could_not_be_read_still_differ() -> None:
    result = gated(sheet("编号|类型", "A1|租", "A1|借"))
    assert reasons(result) == [(3, "编号：与第 4 行编号相同而内容不同"), (3, "类型：应为 买、卖 之一，填的是“租”"),
                               (4, "编号：与第 3 行编号相同而内容不同"), (4, "类型：应为 买、卖 之一，填的是“借”")]


def test_differing_rows_of_one_key_are_all_refused_and_name_each_other() -> None:
    result = gated(sheet("编号|类型", "A1|买", "A2|买", "A1|卖", "A1|买"))
    assert reasons(result) == [(3, "编号：与第 5、6 行编号相同而内容不同"), (5, "编号：与第 3、6 行编号相同而内容不同"),
                               (6, "编号：与第 3、5 行编号相同而内容不同")]
    assert result.accepted["row"].to_list() == [4]


def test_duplicates_on_another_sheet_are_named_with_it() -> None:
    both = pl.concat([sheet("编号|类型", "A1|买"), sheet("编号|类型", "A1|卖", "A9|买", sheet_no=2, first=8)])
    assert reasons(gated(both)) == [(3, "编号：与第 3 张工作表第 8 行编号相同而内容不同"),
                                    (8, "编号：与第 1 张工作表第 3 行编号相同而内容不同")]


def test_a_key_used_a_hundred_times_names_some_rows_and_the_number() -> None:
    result = gated(sheet("编号|金额|类型", *(f"A1|{amount}|买" for amount in range(100))))
    assert len(result.refused) == 100
    first = result.reasons["reason"][0]
    assert first.startswith("编号：与第 4、5、6、")
    assert first.endswith("23 行等 99 行编号相同而内容不同")


def test_a_blank_part_of_a_key_is_a_value_like_another() -> None:
    result = gated(sheet("地点|项目|名称", "甲|—|a", "甲||b", "甲|温度|c", "乙||d"), Readings)
    assert reasons(result) == [(3, "地点：与第 4 行地点、项目相同而内容不同"), (4, "地点：与第 3 行地点、项目相同而内容不同")]
    assert result.accepted["row"].to_list() == [5, 6]


def test_rows_without_a_readable_key_are_not_called_duplicates() -> None:
    result = gated(sheet("编号|类型", "—|买", "|卖", "#REF!|买", "#REF!|卖"))
    assert [reason for _, reason in reasons(result)] == ["编号：必填，填的是“—”", "编号：必填，没有填",
                                                         "编号：单元格是公式错误“#REF!”", "编号：单元格是公式错误“#REF!”"]


def test_a_column_may_be_called_what_a_library_calls_a_method() -> None:
    accepted = gated(sheet("地点|名称|说明", "甲|名|说"), Readings).accepted
    assert accepted.select("place", "cast", "filter").rows() == [("甲", "名", "说")]


@pytest.mark.parametrize(("headings", "line", "units", "expected"), [
    ("编号|类型|金额", "A1|买|2", {}, 2_000),
    ("编号|类型|金额", "A1|买|2", {"": "亿元"}, 200_000_000),
    ("编号|类型|金额", "A1|买|2", {"金额": "万元", "": "亿元"}, 20_000),
    ("编号|类型|金额|单位", "A1|买|2|百万元", {"": "亿元"}, 2_000_000),
    ("编号|类型|金额|计量单位", "A1|买|2|（ 元 ）", {}, 2),
    ("编号|类型|金额|单位", "A1|买|2|元", {"金额": "万元"}, 20_000),
])
def test_the_unit_of_money_is_found_in_heading_column_or_table(headings: str, line: str, units: dict[str, str],
                                                               expected: int) -> None:
    accepted = gate(Deals, sheet(headings, line), units=units, received_on=RECEIVED_ON).accepted
    assert accepted["amount_cny"].to_list() == [Decimal(expected)]


def test_a_unit_that_is_none_of_money_refuses_the_row() -> None:
    result = gated(sheet("编号|类型|金额|单位", "A1|买|2|万元", "A2|买|2|台", "A3|买|2|—"))
    assert reasons(result) == [(4, "单位：应为 元、千元、万元、百万元、亿元 之一，填的是“台”")]
    assert result.accepted["amount_cny"].to_list() == [20_000, 2_000]
    assert result.unknown == ()


def test_a_column_of_organizations_headed_unit_is_just_unknown() -> None:
    result = gated(sheet("编号|类型|金额|单位", "A1|买|2|甲公司"))
    assert result.unknown == ("单位",)
    assert result.accepted["amount_cny"].to_list() == [2_000]


def test_two_headings_for_one_column_complete_each_other_but_may_not_disagree() -> None:
    result = gated(sheet("编号|合同编号|类型", "A1||买", "|A2|买", "A3|A3|买", "A4|A5|买"))
    assert result.accepted["deal_id"].to_list() == ["A1", "A2", "A3"]
    assert reasons(result) == [(6, "编号：与同一行“合同编号”列填的“A5”不一致")]
