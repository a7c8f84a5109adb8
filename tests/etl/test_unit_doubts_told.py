"""A unit that was probably mistaken is told beside its file: once by the refresh, and by `status` for as long as it stands."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from park import Park, Sheet, sample

from etl.__main__ import main

WHERE = "工信和数据局/产值-{month}.csv"
FIRM = "91620100MA00000001"
Captured = pytest.CaptureFixture[str]


def month(number: int, amount: str) -> Sheet:
    """One firm's month."""
    told = sample("output_values")
    one = dict.fromkeys(told.headings, "") | {
        "期间": f"2026年{number}月", "期间类型": "当月", "统一社会信用代码": FIRM, "报表类型": "快报", "口径": "工业总产值", "金额(千元)": amount}
    assert one.keys() == set(told.headings)
    return replace(told, rows=(one,)).as_of(f"2026年{number}月")


def send(park: Park, number: int, amount: str) -> None:
    park.send(WHERE.format(month=number), month(number, amount))


def test_a_mistaken_unit_is_told_once_by_the_refresh_and_kept_by_status(empty: Park, capsys: Captured) -> None:
    send(empty, 8, "1200")
    send(empty, 9, "1,350,000")
    said = empty.refresh().said
    assert ("产值 · 产值-9.csv（已计入，单位存疑）\n  金额：全列（1 个主体）约为前几期的 1000 倍（实为 1,125 倍），可能把元与千元弄混了："
            f"{FIRM}（第 ") in said
    assert "若属实不必改；若是单位错了，应除以 1000。\n  请：核对该列的单位；" in said
    send(empty, 10, "1180")
    assert "单位存疑" not in empty.refresh().said, "it was said already, and the next month is in order"
    capsys.readouterr()
    assert main(["status"]) == 0
    assert "单位存疑 · 文件号 3 · 产值-9.csv\n  金额：全列" in capsys.readouterr().out
    assert main(["status", "--json", "--all"]) == 0
    warned = [row["warnings"] for row in json.loads(capsys.readouterr().out)["reports"] if row["feed"] == "output_values"]
    assert len(warned) == 1 and len(warned[0]) == 1 and warned[0][0].startswith("产值-9.csv：金额：全列")


def test_a_file_in_the_right_unit_ends_the_warning(empty: Park, capsys: Captured) -> None:
    send(empty, 8, "1200")
    send(empty, 9, "1,350,000")
    empty.refresh()
    send(empty, 9, "1350")
    assert "单位存疑" not in empty.refresh().said
    capsys.readouterr()
    main(["status"])
    assert "单位存疑" not in capsys.readouterr().out


def test_a_mistaken_unit_counts_all_the_same(empty: Park) -> None:
    send(empty, 8, "1200")
    send(empty, 9, "1,350,000")
    assert empty.refresh().result.refused == 0
    assert empty.ask("SELECT sum(amount_cny) FROM raw.output_values") == [(1_351_200_000,)]
    assert empty.ask("SELECT heading, exponent, is_whole FROM meta.unit_doubt") == [("金额", 3, True)]
