"""What the store of snapshots promises to those who publish, look back, roll back and name."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

import duckdb
import pytest
from toys import NOON, Toys, number_in, toy

from warehouse import catalogue
from warehouse.publish import DamagedCatalogue, DamagedSnapshot, Publication, Store, UnknownSnapshot

DAY = timedelta(days=1)


def test_an_empty_store_has_nothing_and_looking_makes_nothing(toys: Toys) -> None:
    assert toys.store.publications() == ()
    assert toys.store.current() is None
    assert toys.store.at(NOON) is None
    assert not toys.store.root.exists()


def test_a_published_snapshot_is_current_read_only_and_says_what_it_was_made_of(toys: Toys) -> None:
    published = toys.publish(7, label="十一月联席会议")
    assert toys.store.current() == published
    assert (published.reason, published.acts_upto, published.label) == ("refresh", 7, "十一月联席会议")
    assert published.snapshot == "20261105T040000000Z-0000"
    assert toys.store.path(published.snapshot).stat().st_mode & 0o777 == 0o444
    with toys.store.open(published.snapshot) as connection:
        assert number_in(connection) == 7
        with pytest.raises(duckdb.InvalidInputException, match="read-only"):
            connection.execute("CREATE TABLE another (x INTEGER)")
        with pytest.raises(duckdb.PermissionException):
            connection.execute("SELECT * FROM read_text('/etc/hostname')")
        assert connection.execute("SELECT current_setting('threads')").fetchall() == [(1,)]


def test_names_are_never_reused_even_for_the_same_instant_and_inputs(toys: Toys) -> None:
    names = [toys.publish(1).snapshot for _ in range(3)]
    assert names == ["20261105T040000000Z-0000", "20261105T040000000Z-0000-2", "20261105T040000000Z-0000-3"]


def test_at_says_what_was_current_at_a_moment_in_any_time_zone(toys: Toys) -> None:
    first, second = toys.publish(1), toys.publish(2, now=NOON + DAY)
    assert toys.store.at(NOON - timedelta(microseconds=1)) is None
    assert toys.store.at(NOON) == first
    assert toys.store.at(datetime.fromisoformat("2026-11-06T11:59:59+08:00")) == first
    assert toys.store.at(datetime.fromisoformat("2026-11-06T12:00:00+08:00")) == second


def test_a_moment_without_a_time_zone_is_refused(toys: Toys) -> None:
    naive = NOON.replace(tzinfo=None)
    with pytest.raises(ValueError, match="time zone"):
        toys.store.at(naive)
    with pytest.raises(ValueError, match="time zone"):
        toys.publish(1, now=naive)
    assert toys.store.publications() == ()


def test_an_unknown_snapshot_is_answered_with_the_known_ones(toys: Toys) -> None:
    known = toys.publish(1).snapshot
    for ask in (toys.store.get, toys.store.open, toys.store.verify):
        with pytest.raises(UnknownSnapshot, match=known) as caught:
            ask("../../etc/passwd")
        assert caught.value.known == (known,)


def test_a_rollback_appends_a_turn_of_the_older_snapshot(toys: Toys) -> None:
    first, second = toys.publish(1), toys.publish(2, now=NOON + DAY)
    again = toys.store.rollback(first.snapshot, now=NOON + 2 * DAY, acts_upto=3)
    assert toys.store.publications() == (first, second, again)
    assert (again.snapshot, again.reason, again.acts_upto, again.sha256) == (first.snapshot, "rollback", 3, first.sha256)
    assert toys.store.at(NOON + DAY) == second
    assert toys.store.get(first.snapshot) == again
    assert toys.files() == {f"{first.snapshot}.duckdb", f"{second.snapshot}.duckdb"}


def test_a_rollback_to_a_damaged_snapshot_changes_nothing(toys: Toys) -> None:
    first, second = toys.publish(1), toys.publish(2)
    toys.damage(first.snapshot)
    with pytest.raises(DamagedSnapshot, match=first.snapshot):
        toys.store.rollback(first.snapshot, now=NOON, acts_upto=3)
    assert toys.store.current() == second


def test_a_label_given_later_names_every_turn_of_the_snapshot(toys: Toys) -> None:
    first = toys.publish(1).snapshot
    toys.publish(2)
    toys.store.rollback(first, now=NOON, acts_upto=3)
    toys.store.label(first, "联席会议第三次会议")
    assert [each.label for each in toys.store.publications()] == ["联席会议第三次会议", None, "联席会议第三次会议"]
    with pytest.raises(ValueError, match="blank"):
        toys.store.label(first, " ")
    with pytest.raises(UnknownSnapshot):
        toys.store.label("no-such", "x")


def test_retention_keeps_a_week_whole_then_days_then_months_and_the_labelled_for_ever() -> None:
    def turn(hours_ago: int) -> Publication:
        return Publication(
            snapshot=f"{hours_ago} h ago", current_from=NOON - timedelta(hours=hours_ago), reason="refresh",
            label="frozen" if hours_ago == 24 * 200 + 5 else None, acts_upto=0, inputs_hash="", sha256="",
        )  # fmt: skip

    turns = [turn(hours) for hours in range(24 * 400, -1, -1)]
    kept = catalogue.retained(turns, NOON)
    beijing = [each.current_from.astimezone(catalogue.BEIJING) for each in kept]
    assert kept[-7 * 24 - 1 :] == tuple(turns[-7 * 24 - 1 :])
    last_of_day = [each for each in beijing if timedelta(days=7) < NOON - each <= timedelta(days=35)]
    assert len(last_of_day) == 28
    assert {each.hour for each in last_of_day} == {23}
    older = [each for each in kept if NOON - each.current_from > timedelta(days=35)]
    assert [each.snapshot for each in older if each.label] == ["4805 h ago"]
    ends = [each.current_from.astimezone(catalogue.BEIJING) for each in older if not each.label]
    assert [f"{each:%Y-%m}" for each in ends] == [f"{2025 + m // 12}-{m % 12 + 1:02}" for m in range(9, 21)]
    assert all((each + timedelta(hours=1)).day == 1 for each in ends)
    assert catalogue.retained(kept, NOON) == kept


def test_publishing_removes_the_files_of_pruned_snapshots_but_never_the_one_rolled_back_to(toys: Toys) -> None:
    early, last_of_its_day = (toys.publish(1).snapshot, toys.publish(2, now=NOON + timedelta(hours=1)).snapshot)
    toys.store.rollback(early, now=NOON + 10 * DAY, acts_upto=3)
    assert toys.snapshots() == [last_of_its_day, early]
    assert toys.files() == {f"{early}.duckdb", f"{last_of_its_day}.duckdb"}
    newest = toys.publish(4, now=NOON + 100 * DAY).snapshot
    assert toys.snapshots() == [early, newest]
    assert toys.files() == {f"{early}.duckdb", f"{newest}.duckdb"}


def test_a_reader_keeps_a_snapshot_that_is_pruned_under_it(toys: Toys) -> None:
    pruned = toys.publish(1).snapshot
    with toys.store.open(pruned) as connection:
        toys.publish(2, now=NOON + timedelta(hours=1))
        toys.publish(3, now=NOON + 20 * DAY)
        assert pruned not in toys.snapshots()
        assert number_in(connection) == 1


def test_debris_of_a_killed_writer_is_swept_but_not_the_work_of_a_query(toys: Toys) -> None:
    live = toys.publish(1).snapshot
    dead = "20261105T030000000Z-dead"
    spill = toys.store.root / f"{live}.duckdb.tmp"
    spill.mkdir()
    for name in (
        f"{dead}.duckdb",
        f"{dead}.duckdb.wal",
        f"{dead}.duckdb.wal.checkpoint",
        f"{live}.duckdb.wal",
        "catalogue.json.tmp",
    ):
        (toys.store.root / name).write_bytes(b"x")
    (toys.store.root / f"{dead}.duckdb.tmp").mkdir()
    (toys.store.root / f"{dead}.duckdb.tmp" / "block").write_bytes(b"x")
    (toys.store.root / "note for my colleague.txt").write_text("not ours", encoding="utf-8")
    newest = toys.publish(2).snapshot
    assert toys.files() == {f"{live}.duckdb", f"{newest}.duckdb", spill.name, "note for my colleague.txt"}


@pytest.mark.parametrize("error", [duckdb.IOException("disk full"), OSError(errno.ENOSPC, "full"), KeyboardInterrupt()])
def test_a_build_that_fails_passes_its_error_on_and_leaves_nothing(toys: Toys, error: BaseException) -> None:
    first = toys.publish(1)

    def build(path: Path) -> None:
        toy(2)(path)
        path.with_name(f"{path.name}.wal").write_bytes(b"x")
        raise error

    before = toys.store.catalogue.read_bytes()
    with pytest.raises(type(error)) as caught:
        toys.store.publish(build, now=NOON, acts_upto=2, inputs_hash="00000002")
    assert caught.value is error
    assert toys.store.catalogue.read_bytes() == before
    assert toys.files() == {f"{first.snapshot}.duckdb"}


def test_a_first_build_that_fails_leaves_an_empty_store(toys: Toys) -> None:
    with pytest.raises(FileNotFoundError):
        toys.store.publish(lambda path: None, now=NOON, acts_upto=1, inputs_hash="00000001")
    assert toys.store.current() is None
    assert toys.files() == set()


def test_what_is_no_database_or_is_still_open_is_not_published(toys: Toys) -> None:
    def no_database(path: Path) -> None:
        path.write_bytes(b"x" * 9000)

    with pytest.raises(DamagedSnapshot):
        toys.store.publish(no_database, now=NOON, acts_upto=1, inputs_hash="0001")
    left_open: list[duckdb.DuckDBPyConnection] = []

    def build(path: Path) -> None:
        left_open.append(duckdb.connect(path))
        left_open[0].execute("CREATE TABLE fact AS SELECT 1 AS number")
        left_open[0].execute("CHECKPOINT")

    with pytest.raises(duckdb.ConnectionException):
        toys.store.publish(build, now=NOON, acts_upto=1, inputs_hash="0001")
    left_open[0].close()
    assert toys.store.current() is None
    assert toys.files() == set()


@pytest.mark.parametrize("failing", [1, 2, 3, 4])
def test_a_disk_that_fails_at_any_sync_leaves_the_catalogue_and_the_files_in_agreement(
    toys: Toys, monkeypatch: pytest.MonkeyPatch, failing: int
) -> None:
    first = toys.publish(1).snapshot
    before, really_sync, calls = (toys.store.catalogue.read_bytes(), os.fsync, iter(range(1, 100)))

    def sync(descriptor: int) -> None:
        if next(calls) == failing:
            raise OSError(errno.ENOSPC, "No space left on device")
        really_sync(descriptor)

    monkeypatch.setattr(os, "fsync", sync)
    with pytest.raises(OSError, match="No space"):
        toys.publish(2)
    if failing < 4:  # the fourth comes after the commit
        assert toys.store.catalogue.read_bytes() == before
        assert toys.snapshots() == [first]
    assert toys.files() == {f"{name}.duckdb" for name in toys.snapshots()}
    assert toys.publish(3) == toys.store.current()


FULL_DISK = """
import resource, sys
from datetime import UTC, datetime
from pathlib import Path
import duckdb
from warehouse.publish import Store, UnfinishedSnapshot

def build(path):
    with duckdb.connect(path, config={"threads": 1}) as connection:
        connection.execute("CREATE TABLE fact AS SELECT hash(i) AS number FROM range(%s) AS r(i)" % sys.argv[2])

resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
try:
    Store(Path(sys.argv[1])).publish(build, now=datetime.now(UTC), acts_upto=2, inputs_hash="00000002")
except duckdb.Error:
    print("duckdb")
except UnfinishedSnapshot:
    print("unfinished")
"""


@pytest.mark.parametrize(("rows", "says"), [(1_000_000, "duckdb"), (10, "unfinished")])  # few rows: full only in close()
def test_a_full_disk_is_said_and_the_store_stays_as_it_was(toys: Toys, rows: int, says: str) -> None:
    first = toys.publish(1)
    command = [sys.executable, "-c", FULL_DISK, str(toys.store.root), str(rows)]
    result = subprocess.run(command, capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2])
    assert result.stdout.split() == [says]
    assert toys.store.publications() == (first,)
    assert toys.files() == {f"{first.snapshot}.duckdb"}


def test_verify_finds_a_single_flipped_bit_and_a_missing_file(toys: Toys) -> None:
    snapshot = toys.publish(1).snapshot
    path = toys.store.path(snapshot)
    toys.store.verify(snapshot)
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.chmod(0o644)
    path.write_bytes(content)
    with pytest.raises(DamagedSnapshot, match="内容与发布时不同"):
        toys.store.verify(snapshot)
    path.unlink()
    with pytest.raises(DamagedSnapshot, match="读不出"):
        toys.store.verify(snapshot)
    with pytest.raises(DamagedSnapshot, match=r"请：.*python -m etl"):
        toys.store.open(snapshot)


def _one_entry(**change: object) -> str:
    entry = {"snapshot": "20261105T040000000Z-0000", "current_from": "2026-11-05T04:00:00+00:00", "reason": "refresh", "label": None,
             "acts_upto": 1, "inputs_hash": "0000", "sha256": "00"}  # fmt: skip
    return json.dumps({"version": 1, "publications": [entry | change]})


def test_the_entry_that_the_damaged_ones_are_made_from_is_itself_sound(toys: Toys) -> None:
    toys.store.root.mkdir()
    toys.store.catalogue.write_text(_one_entry(), encoding="utf-8")
    assert len(toys.store.publications()) == 1


@pytest.mark.parametrize(
    "content",
    ["", "{", "[]", '{"version": 2, "publications": []}', _one_entry(snapshot="../../somewhere/else"), _one_entry(reason="guess"),
     _one_entry(current_from="2026-11-05T04:00:00"), _one_entry(current_from="yesterday"), _one_entry(acts_upto=None)],
)  # fmt: skip
def test_a_damaged_catalogue_is_named_with_what_to_do_and_nothing_is_swept(toys: Toys, content: str) -> None:
    toys.publish(1)
    before = toys.files()
    toys.store.catalogue.write_text(content, encoding="utf-8")
    for ask in (toys.store.current, lambda: toys.publish(2)):
        with pytest.raises(DamagedCatalogue, match=r"catalogue\.json\n  发布目录读不出.*\n  请：用备份恢复"):
            ask()
    assert toys.files() == before
    assert toys.store.catalogue.read_text(encoding="utf-8") == content


def test_a_missing_catalogue_beside_snapshots_is_damage_and_not_an_empty_store(toys: Toys) -> None:
    toys.publish(1)
    before = toys.files()
    toys.store.catalogue.unlink()
    for ask in (toys.store.current, lambda: toys.publish(2)):
        with pytest.raises(DamagedCatalogue, match="不见了"):
            ask()
    assert toys.files() == before


def test_a_catalogue_that_cannot_be_read_is_damage_too(tmp_path: Path) -> None:
    (tmp_path / "catalogue.json").mkdir()
    with pytest.raises(DamagedCatalogue, match="读不出"):
        Store(tmp_path).current()
