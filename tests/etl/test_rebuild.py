"""The warehouse is made of what landed and of nothing else."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import pytest
from park import FOLDERS, Park, home_of, read_in_process, sample

from etl.__main__ import main
from etl.feeds import FEEDS
from etl.home import Home
from etl.replay import rebuild

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
            for one, other in (("published", "again"), ("again", "published")):
                differing = con.execute(f"SELECT * FROM {one}.{name} EXCEPT ALL SELECT * FROM {other}.{name}").fetchall()
                assert differing == [], (name, one)
            rows += con.execute(f"SELECT count(*) FROM published.{name}").fetchall()[0][0]
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
    with read_in_process():
        for name in ("one", "two"):
            rebuild(park.home, tmp_path / f"{name}.duckdb")
    assert_equal_tables(tmp_path / "one.duckdb", tmp_path / "two.duckdb")
