"""One parser per kind of column: what each reads, what each refuses, and in which words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import polars as pl
import pytest

from etl.contract import Column, Kind, day, integer, money, number, period, several, share, text, word, yes_no
from etl.parsing import Around, Parsed, parse

RECEIVED_ON = date(2026, 11, 5)
CODE, NAME = text("编号", key=True), text("名称")
WORD = word("阶段", {"中试": "pilot", "中试熟化": "pilot", "小试": "small", "WGS84": "wgs84"})
ROLES = several("角色", {"产": "industry", "学": "university", "研": "institute"})
FUNDS = several("阶段", {"种子": "seed", "种子期": "seed_stage"})
AMOUNT = money("金额", unit="千元")


def parsed(column: Column, *cells: str | None, unit: str | None = None, yuan_per_row: list[int | None] | None = None) -> Parsed:
    named = replace(column, name="x_on" if column.kind is Kind.DAY else "x")
    per_row = None if yuan_per_row is None else pl.Series(yuan_per_row, dtype=pl.Int64)
    return parse(named, pl.Series(cells, dtype=pl.String), Around(received_on=RECEIVED_ON, unit=unit, yuan_per_row=per_row))


def value_of(column: Column, cell: str, unit: str | None = None) -> object:
    """The value of a cell that must be read."""
    read = parsed(column, cell, unit=unit)
    assert read.faults["reason"].to_list() == []
    values = [series.item() for series in read.values.values()]
    return values[0] if len(values) == 1 else tuple(values)


def refusal_of(column: Column, cell: str) -> str:
    """The reason against a cell that must be refused, which then has no value."""
    read = parsed(column, cell)
    assert [series.item() for series in read.values.values()] == [None] * len(read.values)
    reason: str = read.faults["reason"].item()
    return reason


@pytest.mark.parametrize(("column", "cell", "expected"), [
    (CODE, "GX-2026-0117", "GX-2026-0117"),
    (CODE, "ＧＸ－2026－0117", "GX-2026-0117"),
    (CODE, "GX 2026\n0117", "GX20260117"),
    (CODE, "00123", "00123"),
    (CODE, "'00123", "00123"),
    (CODE, "12345678901234567890", "12345678901234567890"),
    (CODE, "甘科-2025-001", "甘科-2025-001"),
    (CODE, "\u200bGX-0001\ufeff", "GX-0001"),
    (NAME, "甲 公司（Ａ）", "甲 公司（Ａ）"),
    (NAME, "\u3000甲公司\u200b ", "甲公司"),
    (NAME, "甲新材料\n有限公司", "甲新材料有限公司"),
    (NAME, "无", "无"),
    (WORD, "中试", "pilot"),
    (WORD, " 中　试 熟化", "pilot"),
    (WORD, "ｗgs８４", "wgs84"),
    (ROLES, "研、产", "industry|institute"),
    (ROLES, "产学研", "industry|university|institute"),
    (ROLES, "产/产", "industry"),
    (FUNDS, "种子期，种子", "seed|seed_stage"),
    (FUNDS, "种子期", "seed_stage"),
    (yes_no("含税"), "√", True),
    (yes_no("含税"), "TRUE", True),
    (yes_no("含税"), "n", False),
    (yes_no("含税"), "0", False),
    (yes_no("含税"), "×", False),
    (number("经度"), "１０３．５", 103.5),
    (number("经度"), "1,234.5", 1234.5),
    (number("温度"), "−4", -4.0),
    (integer("TRL"), "４", 4),
    (integer("TRL"), "4.0", 4),
    (integer("套数"), "1 284", 1284),
    (day("日期"), "2026年9月3日", (date(2026, 9, 3), "D")),
    (day("日期"), "2026/10", (date(2026, 10, 31), "M")),
    (day("日期"), "2026年11月", (date(2026, 11, 30), "M")),
    (day("日期"), "2026年", (date(2026, 12, 31), "Y")),
    (period("期间"), "2026年1—2月", (date(2026, 1, 1), date(2026, 2, 28))),
    (period("期间"), "2026年", (date(2026, 1, 1), date(2026, 12, 31))),
])
def test_a_cell_is_read_as_its_kind(column: Column, cell: str, expected: object) -> None:
    assert value_of(column, cell) == expected


@pytest.mark.parametrize("mark", ["—", "——", "－", "-", "…", "……", "/", "／", "", " ", "\u3000", "- -"])
@pytest.mark.parametrize("column", [CODE, NAME, WORD, ROLES, AMOUNT, share("比例"), number("数"), integer("数"), day("日期"),
                                    period("期间"), yes_no("含税")], ids=lambda column: str(column.kind))
def test_a_dash_or_blank_is_null_in_every_kind(column: Column, mark: str) -> None:
    assert value_of(column, mark) in (None, (None, None))


@pytest.mark.parametrize("mark", ["无", "不适用", "空", "N/A", "n/a", "暂无", "NULL", "×", "*", "＊", "暂缺"])
@pytest.mark.parametrize("column", [CODE, WORD, AMOUNT, share("比例"), day("日期")], ids=lambda column: str(column.kind))
def test_a_word_for_nothing_is_null_where_no_name_is_expected(column: Column, mark: str) -> None:
    assert value_of(column, mark) in (None, (None, None))


def test_a_word_for_nothing_is_a_word_where_the_vocabulary_has_it() -> None:
    assert value_of(word("方式", {"无": "none"}), "无") == "none"


@pytest.mark.parametrize(("column", "cell", "reason"), [
    (CODE, "9.162E+17", "编号成了科学计数法，填的是“9.162E+17”，请把单元格设为文本后重填"),
    (NAME, "#REF!", "单元格是公式错误“#REF!”"),
    (AMOUNT, "#DIV/0!", "单元格是公式错误“#DIV/0!”"),
    (WORD, "终止", "应为 中试、小试、WGS84 之一，填的是“终止”"),
    (ROLES, "产、商", "应为 产、学、研（可填多个），填的是“产、商”"),
    (ROLES, "、", "应为 产、学、研（可填多个），填的是“、”"),
    (yes_no("含税"), "无", "应为 是 或 否，填的是“无”"),
    (number("数"), "inf", "应为一个数，填的是“inf”"),
    (number("数"), "10²", "应为一个数，填的是“10²”"),
    (number("数"), "1,28", "应为一个数，填的是“1,28”"),
    (number("数"), "达到95%以上", "应为一个数，填的是范围“达到95%以上”"),
    (number("数"), "2.50-4.00", "应为一个数，填的是范围“2.50-4.00”"),
    (number("数"), "３～５", "应为一个数，填的是范围“３～５”"),
    (number("数"), "≥5", "应为一个数，填的是范围“≥5”"),
    (number("数"), "约5", "应为一个数，填的是约数“约5”"),
    (number("数"), "2026-03-31", "应为一个数，填的是“2026-03-31”"),
    (integer("数"), "4.5", "应为整数，填的是“4.5”"),
    (share("比例"), "一半", "应为一个数，填的是“一半”"),
    (AMOUNT, "10000000000", "金额大得不合理，请核对数字和单位"),  # ten trillion 元, in 千元
    (AMOUNT, "99999999999999999", "金额大得不合理，请核对数字和单位"),
    (AMOUNT, "999999999999亿元", "金额大得不合理，请核对数字和单位"),
    (day("日期"), "2021-13-09", "应为日期（如 2026-03-31），填的是“2021-13-09”"),
    (day("日期"), "2026-11-06", "在将来（文件 2026-11-05 收到），填的是“2026-11-06”"),
    (day("日期"), "2026年12月", "在将来（文件 2026-11-05 收到），填的是“2026年12月”"),
    (period("期间"), "第九期", "应为期间（如 2026年1-3月），填的是“第九期”"),
    (period("期间"), "2027年1月", "在将来（文件 2026-11-05 收到），填的是“2027年1月”"),
])
def test_a_cell_that_cannot_be_read_gets_one_reason(column: Column, cell: str, reason: str) -> None:
    assert refusal_of(column, cell) == reason


def test_a_reason_quotes_a_long_cell_short_and_on_one_line() -> None:
    reason = refusal_of(WORD, "甲\n乙" * 100)
    assert "\n" not in reason
    assert reason.endswith("……”")
    assert len(reason) < 100


@pytest.mark.parametrize(("cell", "yuan"), [
    ("1,284.50", "1284500.00"), ("１，２８４", "1284000.00"), ("1 284", "1284000.00"), ("-35.5", "-35500.00"), ("0", "0.00"),
    ("¥ 12", "12000.00"), ("12万元", "120000.00"), ("1.2 亿元", "120000000.00"), ("12 元", "12.00"), ("1e3", "1000000.00"),
    ("0.000005", "0.01"), ("0.0012345", "1.23"), ("9999999999.99999", "9999999999999.99")])
def test_money_is_kept_in_yuan_to_the_fen(cell: str, yuan: str) -> None:
    assert value_of(AMOUNT, cell) == Decimal(yuan)


def test_the_nearest_unit_of_money_wins() -> None:
    cells = ("2", "2", "2亿元", None)
    contract, heading = parsed(AMOUNT, *cells), parsed(AMOUNT, *cells, unit="万元")
    rows = parsed(AMOUNT, *cells, unit="万元", yuan_per_row=[1, None, 1, 1])
    assert contract.values["x"].to_list() == [2_000, 2_000, 200_000_000, None]
    assert heading.values["x"].to_list() == [20_000, 20_000, 200_000_000, None]
    assert rows.values["x"].to_list() == [2, 20_000, 200_000_000, None]


@pytest.mark.parametrize(("cell", "unit", "expected"), [
    ("0.35", None, "0.35"), ("35%", None, "0.35"), ("３５％", None, "0.35"), ("1", None, "1"), ("100 %", None, "1"),
    ("35", "%", "0.35"), ("35%", "%", "0.35"), ("1", "%", "0.01"), ("0.1234567", None, "0.123457"),
    ("35", None, "35"), ("123456789", None, "999")])
def test_a_share_is_a_fraction_of_one(cell: str, unit: str | None, expected: str) -> None:
    """Those far outside 0–1 stay outside, for the range rule to refuse."""
    assert value_of(share("比例"), cell, unit) == Decimal(expected)


def test_faults_point_at_their_rows_and_values_stay_in_place() -> None:
    read = parsed(AMOUNT, "1", "x", None, "1,000", "x", "—")
    assert read.values["x"].to_list() == [1_000, None, None, 1_000_000, None, None]
    assert read.faults.rows() == [(1, "应为一个数，填的是“x”"), (4, "应为一个数，填的是“x”")]
