"""A column in another unit than before is doubted with the factor that would mend it; what firms really live through is not."""

from __future__ import annotations

import calendar
import datetime as dt
import itertools
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from worlds import Row, Sent, sent, world

from warehouse.unit_doubts import UnitDoubt, unit_doubts

PLAUSIBLE = [1, 1.3, 0.8, 1.1, 0.9, 1.2, 0.7]  # what a month is, to the usual


def firm(number: int) -> str:
    return f"91620100MA0{number:07d}"


def row(number: int, yuan: float, month: int, *, first: int | None = None, span: str = "month", year: int = 2026) -> Row:
    """One firm's amount for a month, or from the month `first` on."""
    return {"period_from": dt.date(year, first or month, 1), "period_to": dt.date(year, month, calendar.monthrange(year, month)[1]), "span": span,
            "org_id": firm(number), "report_type": "preliminary", "calibre": "revenue", "amount_cny": round(yuan, 2)}


def told(month: int, amounts: Mapping[int, float], *, as_of: str | None = None, year: int = 2026) -> Sent:
    """A month's file: firm → 元."""
    day = as_of or dt.date(year, month, calendar.monthrange(year, month)[1]).isoformat()
    return sent("output_values", *(row(number, yuan, month, year=year) for number, yuan in amounts.items()), department="D04", as_of=day)


def usual(month: int, firms: int = 6) -> dict[int, float]:
    """What each of so many firms tells for a month: of very different size, and each with ups and downs of its own."""
    return {number: 4_000.0 * 3 ** (number % 5) * PLAUSIBLE[(number + month) % 7] for number in range(1, firms + 1)}


def times(factor: float, amounts: Mapping[int, float]) -> dict[int, float]:
    return {number: yuan * factor for number, yuan in amounts.items()}


def doubts(folder: Path, *files: Sent) -> tuple[UnitDoubt, ...]:
    folder.mkdir(parents=True, exist_ok=True)
    with world(folder, *files).con as con:
        return unit_doubts(con)


@pytest.mark.parametrize("exponent", [-8, -5, -4, -3, -1, 1, 3, 4, 5, 8])
def test_a_whole_column_in_another_unit_is_doubted_with_its_factor(tmp_path: Path, exponent: int) -> None:
    size = 10.0 ** exponent
    scale = 10.0 ** (-exponent - 3) if exponent < -3 else 0.01 if exponent > 4 else 1  # the smallest keep their cents, the largest are possible
    files = [told(month, times(scale, usual(month))) for month in (5, 6, 7, 8)]
    [doubt] = doubts(tmp_path, *files, told(9, times(scale * size, usual(9))))
    assert (doubt.column, doubt.exponent, doubt.feed, doubt.department_id) == ("amount_cny", exponent, "output_values", "D04")
    assert doubt.sentence.startswith("金额：全列（6 个主体）约为前几期的 ")
    assert ("应除以" if exponent > 0 else "应乘以") in doubt.sentence
    assert f"{firm(1)}（第 2 行）" in doubt.sentence
    assert ("十倍的变化也可能是真的" in doubt.sentence) is (abs(exponent) == 1)


def test_files_in_their_usual_unit_are_not_doubted(tmp_path: Path) -> None:
    assert doubts(tmp_path, *(told(month, usual(month, 20)) for month in range(1, 10))) == ()


def test_one_firm_with_ten_times_its_usual_month_is_not_doubted(tmp_path: Path) -> None:
    october = usual(10) | {3: usual(10)[3] * 10}
    assert doubts(tmp_path, told(8, usual(8)), told(9, usual(9)), told(10, october)) == ()


def test_a_single_firm_in_a_file_of_its_own_is_doubted_from_a_thousandfold_on(tmp_path: Path) -> None:
    alone = [told(month, {1: 40_000.0}) for month in (7, 8)]
    assert doubts(tmp_path / "ten", *alone, told(9, {1: 400_000.0})) == ()
    [doubt] = doubts(tmp_path / "ten thousand", *alone, told(9, {1: 400_000_000.0}))
    assert doubt.exponent == 4
    assert "约为前几期的 1 万倍（实为 10,000 倍），可能把元与万元，或万元与亿元弄混了" in doubt.sentence


def test_one_firm_among_many_that_mistook_its_unit_is_named_alone(tmp_path: Path) -> None:
    october = usual(10, 20) | {7: usual(10, 20)[7] * 1000}
    [doubt] = doubts(tmp_path, told(8, usual(8, 20)), told(9, usual(9, 20)), told(10, october))
    assert doubt.exponent == 3
    assert "1 个主体（共比较 20 个）约为前几期的 1000 倍" in doubt.sentence
    assert f"{firm(7)}（第 8 行）" in doubt.sentence


def test_a_running_total_that_begins_anew_in_january_is_not_doubted(tmp_path: Path) -> None:
    def running(year: int, month: int) -> Sent:
        rows = [row(number, 50_000.0 * number * month, month, first=1, span="year_to_date", year=year) for number in range(1, 8)]
        return sent("output_values", *rows, department="D04", as_of=f"{year}-{month:02d}-{calendar.monthrange(year, month)[1]}")

    assert doubts(tmp_path, *(running(2025, month) for month in (9, 10, 11, 12)), running(2026, 1)) == ()


def test_a_corrected_file_closes_the_doubt_and_raises_none(tmp_path: Path) -> None:
    wrong, right = times(1000, usual(9)), usual(9)
    before = [told(month, usual(month)) for month in (7, 8)]
    assert [doubt.exponent for doubt in doubts(tmp_path / "wrong", *before, told(9, wrong))] == [3]
    assert doubts(tmp_path / "right", *before, told(9, wrong), told(9, right)) == ()


def test_a_late_file_is_held_against_the_months_before_it(tmp_path: Path) -> None:
    late = told(8, times(1e-4, usual(8)), as_of="2026-10-31")
    [doubt] = doubts(tmp_path, told(6, usual(6)), told(7, usual(7)), told(9, usual(9)), late)
    assert doubt.exponent == -4


def test_firms_seen_for_the_first_time_are_not_doubted(tmp_path: Path) -> None:
    assert doubts(tmp_path, told(8, {1: 1.0, 2: 2.0}), told(9, {3: 1e6, 4: 1e7})) == ()


def test_nothing_and_losses_are_no_jump(tmp_path: Path) -> None:
    assert doubts(tmp_path, told(7, {1: 1e4}), told(8, {1: 0.0}), told(9, {1: -1e8})) == ()


def test_a_full_list_is_held_against_the_one_before(tmp_path: Path) -> None:
    def listed(as_of: str, factor: float) -> Sent:
        rows = [{"org_id": firm(number), "org_name": f"公司{number}", "org_kind": "enterprise", "longitude_deg": 103.0 / number * factor}
                for number in range(1, 5)]
        return sent("organizations", *rows, as_of=as_of)

    assert doubts(tmp_path / "same", listed("2026-08-31", 1), listed("2026-09-30", 1)) == ()
    [doubt] = doubts(tmp_path / "other", listed("2026-08-31", 1), listed("2026-09-30", 0.001))
    assert (doubt.feed, doubt.column, doubt.exponent) == ("organizations", "longitude_deg", -3)
    assert "单位可能变了" in doubt.sentence


_number = itertools.count()


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.floats(0.35, 2.8), min_size=8, max_size=8), st.sampled_from([3, 4, 5, -3, -4]))
def test_ups_and_downs_by_a_factor_of_three_neither_hide_a_unit_nor_feign_one(tmp_path: Path, swings: list[float], exponent: int) -> None:
    folder = tmp_path / str(next(_number))
    steady = dict.fromkeys(range(1, 9), 1e6)
    swung = {number: 1e6 * swing for number, swing in enumerate(swings, 1)}
    assert doubts(folder / "a", told(7, steady), told(8, swung)) == ()
    found = doubts(folder / "b", told(7, steady), told(8, steady | {1: 1e6 * 10.0**exponent}))
    assert [doubt.exponent for doubt in found] == [exponent]
