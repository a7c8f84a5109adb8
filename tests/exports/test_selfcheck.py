"""The self-check finds a number that is another one elsewhere, whichever way is broken, and tells nobody what few persons come to."""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Callable, Iterator
from decimal import Decimal
from io import StringIO
from pathlib import Path
from types import SimpleNamespace

import duckdb
import polars as pl
import pytest
from park import Park
from toys import Toys

from etl.checking import CheckBroken, Checker, CheckFailed
from exports import __main__ as command
from exports import csv_file, parquet_file
from exports.selfcheck import __main__ as child_process
from exports.selfcheck import check as checking
from exports.selfcheck import ways
from exports.selfcheck.check import agree, check
from exports.selfcheck.said import WORDS, sentence, summary
from exports.selfcheck.told import UNSAID, Asked, Cell, Read, Told
from pages.alarm import alarm
from pages.selfcheck_words import block
from warehouse.metric import Metric
from warehouse.publish import Store
from warehouse.selfcheck import KEPT_BACK, Checked, Mismatch, keep, of_json, result

STOCK = "g1_poc_small_incl_stock"


@pytest.fixture
def con(issue_home: Park) -> Iterator[duckdb.DuckDBPyConnection]:
    with issue_home.open() as connection:
        yield connection


@pytest.fixture
def only(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Leaves these ways and no other, which take seconds."""
    def kept(*codes: str, **others: ways.Way) -> None:
        monkeypatch.setattr(ways, "WAYS", {code: ways.WAYS[code] for code in codes} | others)
        monkeypatch.setattr(checking, "SAMPLES", 2)

    return kept


def off_by_one(way: ways.Way, metric_id: str, zone: str | None) -> ways.Way:
    """The way, but for one number."""
    def read(asked: Asked) -> Read:
        told = dict(way(asked))
        was = told[Cell(metric_id, zone)]
        assert isinstance(was, Decimal)
        return told | {Cell(metric_id, zone): was + 1}

    return read


def test_all_ways_agree_on_every_number_of_a_small_park(con: duckdb.DuckDBPyConnection) -> None:
    found = check(con, is_all=False)
    assert found.mismatches == () and found.found == 0
    assert found.ways.keys() == ways.WAYS.keys() == WORDS.keys()
    assert found.cells > 2_000 and found.ways["rows"] == found.cells
    assert "全部一致" in summary(found)


@pytest.mark.parametrize("zone", [None, "chem"])
def test_a_way_that_says_another_number_is_found_with_all_that_is_said(con: duckdb.DuckDBPyConnection, only: Callable[..., None], zone: str | None) -> None:
    [(value,)] = con.execute("SELECT sum(value)::INTEGER FROM mart.contribution WHERE metric_id = ? AND counts_until IS NULL AND coalesce(zone_id = ?, true)",
                             [STOCK, zone]).fetchall()
    only("rows", "map", "card", table=off_by_one(ways.by_table, STOCK, zone))
    found = check(con, is_all=False)
    [wrong] = found.mismatches
    assert (wrong.metric_id, wrong.zone, wrong.what) == (STOCK, zone, "value")
    assert wrong.told["rows"] == wrong.told["map"] == str(value) and wrong.told["table"] == str(value + 1)
    said = sentence(wrong, {STOCK: "含存量"}, {"chem": "绿色化工"})
    assert said.startswith(f"含存量 · {'绿色化工' if zone else '全部'} · 数值：来源行、地图") and said.endswith(f"{value}；各页的表 {value + 1}")


def test_a_line_lost_in_the_bytes_of_a_csv_is_found(con: duckdb.DuckDBPyConnection, only: Callable[..., None], monkeypatch: pytest.MonkeyPatch) -> None:
    written = csv_file.csv_rows
    monkeypatch.setattr(csv_file, "csv_rows", lambda rows: written(rows.head(rows.height - 1)))
    only("rows", "csv")
    found = check(con, is_all=False)
    assert {each.what for each in found.mismatches} == {"value", "rows"}
    assert all(Decimal(each.told["csv"] or 0) < Decimal(each.told["rows"] or 0) for each in found.mismatches)


def test_a_value_altered_in_parquet_is_found(con: duckdb.DuckDBPyConnection, only: Callable[..., None], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(parquet_file.TYPED, "value", (pl.Decimal(20, 6), pl.col("value") * 2))
    only("rows", "parquet")
    assert {each.what for each in check(con, is_all=False).mismatches} == {"value"}


def test_a_row_that_leads_to_no_line_of_a_file_is_found(issue_home: Park, only: Callable[..., None], tmp_path: Path) -> None:
    path = tmp_path / "altered.duckdb"
    path.write_bytes(issue_home.home.store.path(issue_home.served()[0]).read_bytes())
    with duckdb.connect(str(path)) as con:
        con.execute("UPDATE mart.contribution SET row_id = row_id + 1000000 WHERE metric_id = ? AND key = (SELECT min(key) FROM mart.contribution WHERE metric_id = ?)",
                    [STOCK, STOCK])
        only("rows", "table")
        assert {each.metric_id for each in check(con, is_all=False).mismatches} == {STOCK}


def test_the_numbers_read_one_by_one_are_others_each_time_and_the_same_for_the_same_snapshot(con: duckdb.DuckDBPyConnection, only: Callable[..., None]) -> None:
    seen: list[tuple[tuple[str, str | None], ...]] = []

    def watched(asked: Asked) -> Read:
        seen.append(asked.samples)
        return {}

    only("rows", drill=watched)
    check(con, is_all=False)
    check(con, is_all=False)
    check(con, is_all=True)
    assert seen[0] == seen[1] and len(seen[0]) == 2
    assert set(seen[2]) == set(Asked(cursor=con).grid), "at night each number by itself"


def person(unit: str = "人") -> Metric:
    return Metric(metric_id="p", version=1, name_zh="人", name_en="People", unit=unit, status="已定", statement_zh="", statement_en=None, is_zoned=True, feeds=(),
                  drill="groups")


@pytest.mark.parametrize(("told", "is_right"), [
    ({"rows": Decimal(5), "table": Decimal(5), "csv": Decimal(5)}, True),
    ({"rows": Decimal(2), "table": UNSAID, "csv": UNSAID}, True),
    ({"rows": Decimal(7), "table": UNSAID, "csv": UNSAID}, True),  # kept back so that another cannot be worked out
    ({"rows": Decimal(2), "table": Decimal(2), "csv": Decimal(2)}, False),  # two people are told
    ({"rows": Decimal(7), "table": UNSAID, "csv": Decimal(7)}, False),
    ({"rows": Decimal(7), "table": Decimal(6), "csv": Decimal(6)}, False),
    ({"rows": None, "table": UNSAID}, False),
    ({"rows": None, "table": None, "csv": None}, True),
])
def test_persons_are_checked_by_their_own_rule(told: dict[str, Told], is_right: bool) -> None:
    assert agree(person(), Cell("p", None), told) is is_right


def test_what_few_persons_come_to_is_not_told_by_the_mismatch_either() -> None:
    shown = checking._to_show(person(), {"rows": Decimal(2), "table": UNSAID, "csv": Decimal(9)})
    assert shown == {"rows": KEPT_BACK, "table": KEPT_BACK, "csv": "9"}
    assert "2" not in sentence(Mismatch(metric_id="p", zone=None, what="value", told=shown), {}, {})


def test_nothing_known_is_no_nought() -> None:
    sums = Metric(**{**vars(person()), "drill": "rows"})
    assert not agree(sums, Cell("p", None), {"rows": Decimal(0), "csv": None})
    assert agree(sums, Cell("p", None), {"rows": Decimal("1.2"), "workbook": Decimal("1.2000001")}), "a workbook holds some sixteen digits"
    assert not agree(sums, Cell("p", None), {"rows": Decimal("1.20"), "workbook": Decimal("1.21")})


WRONG = Mismatch(metric_id=STOCK, zone="chem", what="value", told={"rows": "12", "csv": "13"})


def checked(snapshot: str, *wrong: Mismatch) -> Checked:
    return Checked(snapshot=snapshot, as_of=dt.date(2026, 10, 31), at=dt.datetime(2026, 11, 5, 1, tzinfo=dt.UTC), seconds=6.5, metrics=3, cells=40,
                   ways={"rows": 40, "csv": 40}, is_all=False, mismatches=wrong)


def test_the_result_lies_beside_its_snapshot_and_goes_with_it(tmp_path: Path) -> None:
    toys = Toys(store=Store(tmp_path))
    one, other = toys.publish(1).snapshot, toys.publish(2).snapshot
    path = keep(toys.store, checked(one, WRONG))
    assert result(toys.store, one) == of_json(path.read_text()) == checked(one, WRONG) and result(toys.store, other) is None
    keep(toys.store, checked("20200101T000000000Z-abcd"))  # of one that is not published yet
    keep(toys.store, checked(other))
    assert {each.stem for each in path.parent.iterdir()} == {one, other}
    path.write_text("{")
    assert result(toys.store, one) is None
    assert toys.publish(3).snapshot and path.exists(), "a publication leaves them alone"


def test_pages_say_it_in_red_and_the_block_says_which() -> None:
    assert alarm(None, "#") == alarm(checked("s"), "#") == ""
    assert "1 个数在不同地方读出来不一样" in alarm(checked("s", WRONG), "quality#selfcheck")
    told = block(checked("s", WRONG), {STOCK: "含存量"}, {"chem": "绿色化工"})
    for words in ("2026-11-05 09:00", "40 个数", "含存量", STOCK, "绿色化工", "<strong>12</strong> 来源行", "<strong>13</strong> 导出 CSV", "1 个对不上"):
        assert words in told
    assert "全部一致" in block(checked("s"), {}, {}) and "还没有自检过" in block(None, {}, {})


def test_the_command_keeps_the_result_and_its_exit_code_says_it(issue_home: Park, only: Callable[..., None], monkeypatch: pytest.MonkeyPatch,
                                                                capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("GANZHIHUI_DATA", str(issue_home.home.root))
    only("rows", "map")
    assert command.main(["selfcheck", "--sample"]) == 0
    assert "全部一致" in capsys.readouterr().out
    only("rows", map=off_by_one(ways.by_map, STOCK, None))
    assert command.main(["selfcheck", "--sample"]) == 12
    assert "地图" in capsys.readouterr().err
    kept = result(issue_home.home.store, issue_home.served()[0])
    assert kept and kept.found == 1
    assert command.main(["selfcheck", "--snapshot", "20200101T000000000Z-abcd"]) == 2


class Child:
    """Stands in for a process: what it was told, and what it answers."""

    def __init__(self, answer: str, complaint: str, code: int) -> None:
        self.stdin, self.returncode, self._said = SimpleNamespace(write=lambda _text: None, flush=lambda: None), code, (answer, complaint)

    def communicate(self, _told: str | None = None) -> tuple[str, str]:
        return self._said

    def kill(self) -> None:
        pass


@pytest.mark.parametrize(("child", "problem", "said"), [
    (Child(checked("s", WRONG).as_json(), "含存量 · 绿色化工：来源行 12、导出 CSV 13\n", 12), CheckFailed, "自检：1 处数对不上。\n    含存量"),
    (Child("", "Traceback: no memory", 1), CheckBroken, "自检没有跑完：Traceback: no memory")])
def test_numbers_that_differ_are_not_published(child: Child, problem: type[Exception], said: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    started = {"exports.selfcheck": child, "expectations": Child("", "", 0)}
    monkeypatch.setattr("etl.checking.subprocess.Popen", lambda words, **_: started[words[2]])
    with Checker() as checker, pytest.raises(problem, match=said):
        checker.check(tmp_path / "s.duckdb")
    if child.returncode == 12:
        kept = result(Store(tmp_path), "s")
        assert kept and kept.mismatches == (WRONG,), "why is still there to be looked at"


def test_the_process_reads_the_path_and_says_what_it_found(issue_home: Park, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
                                                           only: Callable[..., None]) -> None:
    only("rows", map=off_by_one(ways.by_map, STOCK, "bio"))
    monkeypatch.setattr(sys, "stdin", StringIO(f"{issue_home.home.store.path(issue_home.served()[0])}\n"))
    assert child_process.main() == 12
    told = capsys.readouterr()
    assert json.loads(told.out)["mismatches"][0]["zone"] == "bio" and "生物医药" in told.err
