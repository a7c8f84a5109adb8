"""Dates and periods in every form the departments use, and none that the calendar has not."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from etl.reading.dates import PRECISIONS, first_day, parse_days, parse_spans, period_in_name, stated_period

DAYS = {
    "2026-03-31": ("2026-03-31", "D"),
    "2026/3/31": ("2026-03-31", "D"),
    "2026.3.5": ("2026-03-05", "D"),
    "2026年3月5日": ("2026-03-05", "D"),
    "2026 年 3 月 5 日": ("2026-03-05", "D"),
    "20260305": ("2026-03-05", "D"),
    "36526": ("2000-01-01", "D"),
    "46112": ("2026-03-31", "D"),
    "46112.5": ("2026-03-31", "D"),
    "73050": ("2099-12-31", "D"),
    "2026-03-31T10:00:00Z": ("2026-03-31", "D"),
    "2026-03-31 00:00:00": ("2026-03-31", "D"),
    "2026/3/5 8:30": ("2026-03-05", "D"),
    "２０２６年１０月２８日": ("2026-10-28", "D"),
    " 2026-03-31 ": ("2026-03-31", "D"),
    "2024-02-29": ("2024-02-29", "D"),
    "1909-09-17": ("1909-09-17", "D"),
    "2026-03": ("2026-03-31", "M"),
    "2026年3月": ("2026-03-31", "M"),
    "2026/3": ("2026-03-31", "M"),
    "2026.3": ("2026-03-31", "M"),
    "202602": ("2026-02-28", "M"),
    "2026年9月份": ("2026-09-30", "M"),
    "2026Q1": ("2026-03-31", "Q"),
    "2026年第一季度": ("2026-03-31", "Q"),
    "2026年二季度": ("2026-06-30", "Q"),
    "2026年3季度": ("2026-09-30", "Q"),
    "2026年": ("2026-12-31", "Y"),
    "2026年底": ("2026-12-31", "Y"),
    "2026年上半年": ("2026-06-30", "H"),
    "2026H2": ("2026-12-31", "H"),
    "2026年3月上旬": ("2026-03-31", "M"),
    "2026年3月底": ("2026-03-31", "M"),
    "二〇二六年三月五日": ("2026-03-05", "D"),
    "二○二六年十二月三十一日": ("2026-12-31", "D"),
    "二零二六年十月廿三日": ("2026-10-23", "D"),
    "二〇二六年三月": ("2026-03-31", "M"),
    "二〇二六年": ("2026-12-31", "Y"),
    "2026年3月5日（星期四）": ("2026-03-05", "D"),
    "2026年3月5日14时30分": ("2026-03-05", "D"),
}
NO_DAYS = [
    "2026-13-09",
    "2026-02-30",
    "20260230",
    "202613",
    "2026年13月",
    "2026Q5",
    "36525",
    "73051",
    "12345",
    "2026-03-31x",
    "+2026-3-31",
    "0026-03-31",
    "9999",
    "去年三月",
    "二〇二六年十三月",
    "二〇二六年二月三十日",
    "三月五日",
    "2026年上",
    "—",
    "无",
    "",
    "2026-03-31 25",
]

SPANS = {
    "2026年9月": ("2026-09-01", "2026-09-30"),
    "2026-09": ("2026-09-01", "2026-09-30"),
    "202609": ("2026-09-01", "2026-09-30"),
    "2026年1-2月": ("2026-01-01", "2026-02-28"),
    "2026年1—9月": ("2026-01-01", "2026-09-30"),
    "2026年1月至9月": ("2026-01-01", "2026-09-30"),
    "2025年11月-2026年3月": ("2025-11-01", "2026-03-31"),
    "2026年": ("2026-01-01", "2026-12-31"),
    "2026年度": ("2026-01-01", "2026-12-31"),
    "2026": ("2026-01-01", "2026-12-31"),
    "2026年上半年": ("2026-01-01", "2026-06-30"),
    "2026年下半年": ("2026-07-01", "2026-12-31"),
    "2026Q1": ("2026-01-01", "2026-03-31"),
    "2026年前三季度": ("2026-01-01", "2026-09-30"),
    "２０２６年９月": ("2026-09-01", "2026-09-30"),
    "2026-09-01": ("2026-09-01", "2026-09-30"),
    "二〇二六年九月": ("2026-09-01", "2026-09-30"),
}
NO_SPANS = ["2026-13", "2026年9-1月", "2026年0月", "2026-09-02", "9月", "累计", "2026年9月x", ""]


@pytest.mark.parametrize("text", DAYS)
def test_a_date_is_read_with_its_precision(text: str) -> None:
    day, precision = DAYS[text]
    assert parse_days(pl.Series([text])).rows() == [(date.fromisoformat(day), precision)]


@pytest.mark.parametrize("text", NO_DAYS)
def test_what_is_no_date_stays_null(text: str) -> None:
    assert parse_days(pl.Series([text])).rows() == [(None, None)]


def test_a_column_of_mixed_dates_keeps_its_order_and_its_blanks() -> None:
    texts = [*DAYS, None, *NO_DAYS, *reversed(list(DAYS))]
    read = parse_days(pl.Series(texts, dtype=pl.String))
    expected = [DAYS.get(text or "", (None, None)) for text in texts]
    assert read.schema == {"day": pl.Date, "precision": pl.String}
    assert [(day and day.isoformat(), precision) for day, precision in read.iter_rows()] == expected



def test_plain_numbers_count_from_the_day_the_workbook_counts_from() -> None:
    serials = pl.Series(["35063", "35064", "44624", "44624.5", "71588", "71589", "2026-03-05", "71588.x"])
    days = [None, "2000-01-01", "2026-03-05", "2026-03-05", "2099-12-31", None, "2026-03-05", None]
    assert [on and on.isoformat() for on in parse_days(serials, counts_from_1904=True)["day"]] == days


def test_the_first_day_a_date_can_mean_goes_by_its_precision() -> None:
    last = date(2026, 12, 31)
    found = pl.DataFrame({"day": [last] * 5 + [date(2026, 6, 30)], "precision": [*PRECISIONS, "H"]}).select(first_day(pl.col("day"), pl.col("precision")))
    assert [on.isoformat() for on in found.to_series()] == ["2026-12-31", "2026-12-01", "2026-10-01", "2026-07-01", "2026-01-01", "2026-01-01"]


def test_an_empty_column_of_dates_is_empty() -> None:
    assert parse_days(pl.Series([], dtype=pl.String)).shape == (0, 2)
    assert parse_spans(pl.Series([], dtype=pl.String)).schema == {"from": pl.Date, "to": pl.Date}
    assert parse_days(pl.Series([None], dtype=pl.String)).rows() == [(None, None)]


def test_periods_are_read_as_whole_months_in_order() -> None:
    texts = [*SPANS, None, *NO_SPANS, "2026年9月"]
    read = [(start and start.isoformat(), end and end.isoformat()) for start, end in parse_spans(pl.Series(texts)).iter_rows()]
    assert read == [SPANS.get(text or "", (None, None)) for text in texts]


STATED = {
    "截至2026年10月31日": (None, date(2026, 10, 31)),
    "填报单位：工信局（盖章） | 截至 2026 年 10 月 31 日": (None, date(2026, 10, 31)),
    "截止日期：2026-10-31": (None, date(2026, 10, 31)),
    "截至二〇二六年十月三十一日": (None, date(2026, 10, 31)),
    "截至2026年10月底": (None, date(2026, 10, 31)),
    "注：本表数据截至2026年10月31日。": (None, date(2026, 10, 31)),
    "报告期：2026年1—9月 | 单位：千元": (date(2026, 1, 1), date(2026, 9, 30)),
    "期间：2024年1月至2026年8月": (date(2024, 1, 1), date(2026, 8, 31)),
    "统计时间：2026年第三季度": (date(2026, 7, 1), date(2026, 9, 30)),
    "项目进展情况表（2026年10月）": (date(2026, 10, 1), date(2026, 10, 31)),
    "2026年10月中试项目表": (date(2026, 10, 1), date(2026, 10, 31)),
}
UNSTATED = [
    "GZH-2025-0042项目情况",
    "GZH-2025-10项目情况",
    "填报日期：2026年11月3日",
    "制表时间：2026-11-03",
    "2026年项目库",
    "注：2025年9月起调整口径",
    "甘政发〔2026〕10号",
    "2026年9月与2025年9月对比表",
    "联系电话：0931-2026101",
    "2026年13月情况表",
]


@pytest.mark.parametrize("text", STATED)
def test_a_stated_period_is_found(text: str) -> None:
    assert stated_period(["园区项目库", text, "填表人：张三"]) == STATED[text]


@pytest.mark.parametrize("text", UNSTATED)
def test_what_states_no_period_is_not_taken_for_one(text: str) -> None:
    assert stated_period([text]) is None


def test_a_label_outweighs_a_title_and_the_day_of_filling_in_counts_for_nothing() -> None:
    assert stated_period(["2026年11月报送的项目表", "填报日期：2026年11月3日", "截至2026年10月31日"]) == (
        None,
        date(2026, 10, 31),
    )
    assert stated_period(["期间：2026年1月至2026年10月", "截至2026年10月31日"]) == (date(2026, 1, 1), date(2026, 10, 31))


NAMES = {
    "工信局-中试进展-202610.xlsx": (date(2026, 10, 1), date(2026, 10, 31)),
    "产值快报2026年9月.csv": (date(2026, 9, 1), date(2026, 9, 30)),
    "产值2026年1-9月.csv": (date(2026, 1, 1), date(2026, 9, 30)),
    "D04-2026-10.csv": (date(2026, 10, 1), date(2026, 10, 31)),
    "项目库_2026_10.csv": (date(2026, 10, 1), date(2026, 10, 31)),
    "项目库20261031.csv": (None, date(2026, 10, 31)),
    "基金台账2026Q3.xlsx": (date(2026, 7, 1), date(2026, 9, 30)),
    "2026年9月产值(20261010).xlsx": (date(2026, 9, 1), date(2026, 9, 30)),
}


@pytest.mark.parametrize("name", NAMES)
def test_a_file_name_carries_its_period(name: str) -> None:
    assert period_in_name(name) == NAMES[name]


@pytest.mark.parametrize(
    "name", ["项目库.xlsx", "GZH-2025-0042.xlsx", "导出20261031120000.csv", "202609与202610.csv", "202613.csv", "项目2026.csv"]
)
def test_a_file_name_without_one_clear_period_carries_none(name: str) -> None:
    assert period_in_name(name) is None
