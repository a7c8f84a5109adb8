"""Rebuilding from landing gives the published tables; A′ is the data of one moment under the rules of another."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from issue_home import quickly
from park import FOLDERS, NOON, Park, sample

from etl.home import Home
from etl.replay import prime, rebuild, register_of
from warehouse.publish import Publication

CENTRE = FOLDERS["D08"]
EVENTS = f"{CENTRE}/阶段事件.csv"
SAME = ("ref", "raw", "rejected", "core", "mart")


def tables(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every table that must be equal, its rows in order."""
    with duckdb.connect(str(path), read_only=True) as con:
        names = [f"{schema}.{name}" for schema, name in con.execute(
            "SELECT table_schema, table_name FROM information_schema.tables ORDER BY ALL").fetchall() if schema in SAME]
        return {name: con.execute(f"FROM {name} ORDER BY ALL").fetchall() for name in names}


def served(park: Park) -> Publication:
    current = park.home.store.current()
    assert current
    return current


def file_of(park: Park, published: Publication) -> Path:
    return park.home.root / "warehouse" / f"{published.snapshot}.duckdb"


def move_the_base(park: Park) -> int:
    """The joint meeting lets the first goal count from later on. Returns the number of the act."""
    return park.home.landing.append("rule_changed", at=NOON, table="goals", rows=[{"goal_id": "g1", "base_on": "2026-03-01"}]).seq


def late_entry(park: Park) -> None:
    """One more entry into 小试, dated long before."""
    park.send(f"{CENTRE}/补报/阶段事件.csv", sample("stage_events").only("SJ-0013").but("SJ-0013", 事件编号="SJ-9001", 项目编号="GZH-2099-0001"))


@pytest.fixture(scope="module")
def told(park: Park, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Park]:
    """A park that was corrected, told more and taught a rule since its first publication. For reading only."""
    told = Park(home=Home(root=tmp_path_factory.mktemp("told") / "data"))
    shutil.copytree(park.home.root, told.home.root)
    with quickly():
        late_entry(told)
        told.refresh()
        move_the_base(told)
        told.send(f"{CENTRE}/项目库.csv", sample("projects").as_of("2026年11月4日"))
        told.refresh(now=NOON + dt.timedelta(minutes=1))
        yield told


def test_a_rebuild_from_landing_gives_equal_tables_and_does_not_believe_what_was_staged(told: Park, tmp_path: Path) -> None:
    published = tables(file_of(told, served(told)))
    assert published["mart.contribution"] and published["raw.source_row"]
    spoilt = Park(home=Home(root=tmp_path / "data"))
    shutil.copytree(told.home.root, spoilt.home.root)
    for parquet in spoilt.home.staging.rglob("accepted.parquet"):
        parquet.write_bytes(b"")
    before = sorted(spoilt.home.root.rglob("*"))
    rebuild(spoilt.home, tmp_path / "rebuilt.duckdb")
    assert tables(tmp_path / "rebuilt.duckdb") == published
    assert sorted(spoilt.home.root.rglob("*")) == before and not list(tmp_path.glob(".staging-*")), "it writes nothing but its file"


def test_primed_with_its_own_rules_an_issue_is_itself(told: Park, tmp_path: Path) -> None:
    first = told.home.store.publications()[0]
    prime(told.home, data_upto=first.acts_upto, rules_upto=first.acts_upto, path=tmp_path / "primed.duckdb")
    assert tables(tmp_path / "primed.duckdb") == tables(file_of(told, first))


def test_primed_with_later_rules_an_issue_keeps_its_data_and_takes_the_rules(told: Park, tmp_path: Path) -> None:
    first, now = told.home.store.publications()[0], served(told)
    prime(told.home, data_upto=first.acts_upto, rules_upto=now.acts_upto, path=tmp_path / "primed.duckdb")
    primed, issue, today = tables(tmp_path / "primed.duckdb"), tables(file_of(told, first)), tables(file_of(told, now))
    assert issue["raw.file"] == primed["raw.file"] != today["raw.file"]
    assert issue["ref.goal"] != primed["ref.goal"] == today["ref.goal"]
    assert issue["mart.contribution"] != primed["mart.contribution"] != today["mart.contribution"]


def test_a_rollback_in_between_suspends_data_and_rules(home: Park) -> None:
    first = served(home)
    late_entry(home)
    home.refresh()
    told_late = home.last(f"{CENTRE}/补报/阶段事件.csv").file_id
    ruled = move_the_base(home)
    back = home.home.landing.append("rolled_back", at=NOON, snapshot=first.snapshot, acts_upto=first.acts_upto).seq
    acts = home.home.landing.acts()
    before, after = register_of(acts, data_upto=ruled, rules_upto=ruled), register_of(acts, data_upto=back, rules_upto=back)
    assert told_late in before.files and told_late not in after.files
    assert [act.seq for act in before.rules] == [ruled] and after.rules == ()
    assert register_of(acts, data_upto=back, rules_upto=ruled).rules == before.rules
