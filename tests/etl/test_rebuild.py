"""The warehouse is made of what landed and of nothing else."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from unittest.mock import Mock

import duckdb
import pytest
from park import FOLDERS, NOON, Park, home_of, read_in_process, sample

from etl.__main__ import main
from etl.feeds import FEEDS
from etl.home import Home
from etl.replay import rebuild
from etl.staging import Job, already
from etl.workers import Outcome
from warehouse import contributions
from warehouse.build import sql_files
from warehouse.tables import make

CENTRE = FOLDERS["D08"]
COMPARED = ("ref", "raw", "rejected", "core", "mart")


@pytest.fixture
def eventful(home: Park) -> Park:
    """The park after corrections, refusals, a held and confirmed list, a rule, a withdrawal and a rollback."""
    for name, feed in FEEDS.items():
        home.send(f"{home_of(name)}/{feed.title}-差.csv", sample(name, "bad"))
    home.refresh()
    home.send(f"{CENTRE}/更正.xlsx", sample("stage_events").only("SJ-0013", "SJ-0002").but("SJ-0013", 状态="作废").xlsx(rows_above=3))
    home.send(f"{CENTRE}/项目库-短.csv", sample("projects").only("GZH-2024-0007").as_of("2026年11月1日"))
    home.send("某某办/阶段事件.csv", sample("stage_events"))
    home.refresh()
    main(["confirm", str(home.last(f"{CENTRE}/项目库-短.csv").file_id), "--by", "王某"])
    rule = home.home.root / "goals.csv"
    rule.write_text("goal_id,base_on\ng1,2025-11-01\n", encoding="utf-8")
    main(["rule", str(rule)])
    home.refresh()
    home.send(f"{CENTRE}/误报.csv", sample("stage_events").only("SJ-0009").but("SJ-0009", 状态="作废"))
    home.refresh()
    main(["rollback"])
    home.send(f"{CENTRE}/误报2.csv", sample("outcomes").only("CG-2025-001").but("CG-2025-001", 状态="作废"))
    home.refresh()
    main(["withdraw", str(home.last(f"{CENTRE}/误报2.csv").file_id), "--by", "王某"])
    home.refresh()
    return home


def assert_equal_tables(published: Path, again: Path) -> None:
    """Every table and view of the five schemas holds the same rows, as often, in the same columns with the same comments."""
    with duckdb.connect() as con:
        for name, path in (("published", published), ("again", again)):
            con.execute(f"ATTACH '{path}' AS {name} (READ_ONLY)")

        def tables(database: str) -> list[tuple[str, ...]]:
            return con.execute("SELECT schema_name, table_name, column_name, data_type, comment FROM duckdb_columns() "
                               "WHERE database_name = ? AND list_contains(?, schema_name) ORDER BY ALL", [database, COMPARED]).fetchall()

        assert tables("published") == tables("again")
        names = sorted({f"{schema}.{table}" for schema, table, *_ in tables("published")})
        assert len(names) > 30
        rows = 0
        for name in names:
            (one, told), (other, told_again) = (con.execute(f"SELECT count(*), sum(hash(t)::HUGEINT) FROM {database}.{name} AS t").fetchall()[0]
                                                for database in ("published", "again"))
            assert (one, told) == (other, told_again), (name, con.execute(
                f"(FROM published.{name} EXCEPT ALL FROM again.{name}) UNION ALL (FROM again.{name} EXCEPT ALL FROM published.{name})").fetchall())
            rows += one
        assert rows > 500, "there was something to compare"


def only_landing(home: Park, root: Path) -> Home:
    """A home that holds what landed, and nothing else."""
    shutil.copytree(home.home.root / "landing", root / "landing")
    return Home(root=root)


def test_landing_alone_gives_equal_tables_by_rebuild_and_by_refresh(eventful: Park, tmp_path: Path) -> None:
    assert eventful.ask("SELECT count(*) > 5 FROM rejected.row") == [(True,)], "the history is eventful"
    current, values = eventful.served()
    bare = Park(home=only_landing(eventful, tmp_path / "bare"))
    rebuild(bare.home, tmp_path / "again.duckdb")
    assert_equal_tables(eventful.home.store.path(current), tmp_path / "again.duckdb")
    assert [path.name for path in bare.home.root.iterdir()] == ["landing"], "a rebuild writes nothing but its file"
    run = bare.refresh()
    assert run.result.published
    assert run.result.published.inputs_hash == eventful.home.store.get(current).inputs_hash
    assert_equal_tables(eventful.home.store.path(current), bare.home.store.path(run.snapshot))
    assert bare.values() == values


def test_the_same_acts_and_files_give_the_same_tables_twice(park: Park, tmp_path: Path) -> None:
    published, _ = park.served()  # read by children and made with as many threads as there are
    with read_in_process():
        rebuild(park.home, tmp_path / "again.duckdb")
    assert_equal_tables(park.home.store.path(published), tmp_path / "again.duckdb")


def more_events(home: Park) -> None:
    home.send(f"{CENTRE}/补.csv", sample("stage_events").only("SJ-0013").but("SJ-0013", 事件编号="SJ-0999", 项目编号="GZH-2099-0001"))


def the_same_list_again(home: Park) -> None:
    home.send(f"{CENTRE}/项目库.csv", sample("projects").but("GZH-2024-0002", 承载区="装备制造"))


def a_later_list(home: Park) -> None:
    home.send(f"{CENTRE}/项目库.csv", sample("projects").but("GZH-2024-0002", 承载区="装备制造").as_of("2026年11月1日"))


def the_file_of_another_department(home: Park) -> None:
    home.send(f"{FOLDERS['D04']}/科技成果.csv", (home.home.inbox / f"{CENTRE}/科技成果.csv").read_bytes())


def a_file_less(home: Park) -> None:
    main(["withdraw", str(home.last(f"{CENTRE}/阶段事件.csv").file_id), "--by", "王某"])


def another_rule(home: Park) -> None:
    rule = home.home.root / "goals.csv"
    rule.write_text("goal_id,base_on\ng1,2025-11-01\n", encoding="utf-8")
    assert main(["rule", str(rule)]) == 0


def told_in_groups(home: Park) -> None:
    rule = home.home.root / "metrics.csv"
    rule.write_text("metric_id,drill\npremise_let_area,groups\n", encoding="utf-8")
    assert main(["rule", str(rule)]) == 0


def as_staged(home: Park) -> Callable[..., dict[Job, Outcome]]:
    """Tables are made again of what was read before: how files are read is not in question."""
    def stage_all(jobs: Sequence[Job], *, done: object) -> dict[Job, Outcome]:
        found = {job: already(replace(job, staging=home.home.staging)) for job in jobs}
        return {job: staged for job, staged in found.items() if staged}

    return stage_all


@pytest.mark.parametrize(("change", "kept", "made"), [
    (more_events, {"ref.zone", "core.project", "core.output_month", "core.outcome", "mart.task_listed"}, {"core.stage_event", "core.stage_spell", "mart.g2_pilot"}),
    (the_same_list_again, {"ref.zone", "core.evidence", "core.output_month", "mart.task_listed"}, {"core.project", "core.stage_event", "mart.g2_pilot"}),
    (a_later_list, {"ref.zone", "core.evidence", "core.output_month", "mart.task_listed"}, {"core.project", "core.stage_event", "mart.g2_pilot"}),
    (the_file_of_another_department, {"core.project", "core.stage_event", "mart.task_listed"}, {"core.outcome", "core.outcome_landing", "mart.g3_landed"}),
    (a_file_less, {"core.project", "core.outcome", "mart.task_listed"}, {"core.stage_event"}),
    (told_in_groups, {"core.project"}, {"ref.metric", "mart.premise_let_area", "mart.task_listed"}),
    (another_rule, {"ref.zone", "core.project", "core.stage_event", "core.output_month"}, {"ref.goal", "core.counted_entry", "core.outcome_landing", "mart.g3_landed"})])
def test_what_is_taken_from_the_snapshot_before_is_what_would_be_made(
        home: Park, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: Callable[[Park], None], kept: set[str], made: set[str]) -> None:
    change(home)
    noted, counted = Mock(side_effect=make), Mock(side_effect=contributions._insert)
    monkeypatch.setattr("warehouse.build.make", noted)
    monkeypatch.setattr("warehouse.contributions._insert", counted)
    run = home.refresh(now=NOON + dt.timedelta(minutes=1))
    made_now = {call.args[1].table for call in noted.call_args_list} | {f"mart.{call.args[1]}" for call in counted.call_args_list}
    assert made <= made_now and not kept & made_now
    monkeypatch.setattr("etl.replay.stage_all", as_staged(home))
    rebuild(home.home, tmp_path / "again.duckdb")
    assert_equal_tables(home.home.store.path(run.snapshot), tmp_path / "again.duckdb")


def test_nothing_is_taken_from_a_snapshot_of_other_code(home: Park, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("etl.refresh.code_hash", lambda: "other")
    noted = Mock(side_effect=make)
    monkeypatch.setattr("warehouse.build.make", noted)
    home.refresh(now=NOON + dt.timedelta(minutes=1))
    assert {call.args[1].table for call in noted.call_args_list} == {file.table for file in sql_files()}
