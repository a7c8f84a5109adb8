"""A′ is replayed once, and keeps what a comparison reads of it."""

from __future__ import annotations

import contextlib

import duckdb
import pytest
from park import NOON, Park

from analytics.comparing import Point, compare
from etl.__main__ import main
from etl.report import WrongArgument
from etl.restating import restate
from warehouse.lock import Busy, writer_lock
from warehouse.restated import is_being_made, lock_path, made, restated_path


@pytest.fixture
def ruled(home: Park) -> Park:
    """Published again after the first goal was made to count from later on."""
    home.home.landing.append("rule_changed", at=NOON, table="goals", rows=[{"goal_id": "g1", "base_on": "2026-03-01"}])
    home.refresh()
    return home


def ends(park: Park) -> tuple[str, str]:
    first, *_, last = park.home.store.publications()
    return first.snapshot, last.snapshot


def test_replayed_the_rules_have_their_own_term_and_nothing_else_is_left(ruled: Park, capsys: pytest.CaptureFixture[str]) -> None:
    first, last = ends(ruled)
    store, points = ruled.home.store, (Point(snapshot=first), Point(snapshot=last))
    before = compare(store, *points).by_metric["g1_poc_small"]
    assert main(["restate", first]) == 0 and "已按现行口径重放" in capsys.readouterr().out
    changes = compare(store, *points)
    after = changes.by_metric["g1_poc_small"]
    assert [each.term for each in before.terms] == ["待分"] and [each.term for each in after.terms] == ["范围变更"]
    assert before.total == after.total != 0 and changes.prime == "ready"
    assert {term.term for each in (*changes.metrics, *changes.statistics) for term in each.terms} <= {"范围变更"}
    with contextlib.closing(store.open(first)) as one, contextlib.closing(store.open(last)) as other:
        path = restated_path(store, made(one), made(other))
    with duckdb.connect(str(path), read_only=True) as con:
        tables = {f"{schema}.{name}" for schema, name in con.execute("SELECT table_schema, table_name FROM information_schema.tables").fetchall()}
        assert con.execute("SELECT count(*) FROM meta.statistic").fetchall()[0][0] > 0
    assert tables == {"mart.contribution", "mart.contribution_heap", "ref.metric", "meta.coverage", "meta.snapshot", "meta.statistic"}
    assert {each.name for each in path.parent.iterdir()} == {path.name, lock_path(path).name}


def test_it_is_made_once_and_not_where_nothing_differs(ruled: Park) -> None:
    first, last = ends(ruled)
    path = restate(ruled.home, first)
    assert path
    made_at = path.stat().st_mtime_ns
    assert restate(ruled.home, first) == path and path.stat().st_mtime_ns == made_at
    assert restate(ruled.home, last) is None


def test_another_program_is_not_imitated(ruled: Park, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("etl.restating.program_hash", lambda: "other")
    with pytest.raises(WrongArgument, match="另一版程序"):
        restate(ruled.home, ends(ruled)[0])


def test_whoever_comes_second_is_told(ruled: Park) -> None:
    first, last = ends(ruled)
    with contextlib.closing(ruled.home.store.open(first)) as one, contextlib.closing(ruled.home.store.open(last)) as other:
        path = restated_path(ruled.home.store, made(one), made(other))
    assert not is_being_made(path)
    with writer_lock(lock_path(path), "test"):
        assert is_being_made(path)
        with pytest.raises(Busy):
            restate(ruled.home, first)
