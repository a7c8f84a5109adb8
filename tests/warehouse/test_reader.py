"""What the read-only door promises to a page."""

from __future__ import annotations

import os
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import FrozenInstanceError
from datetime import timedelta

import duckdb
import polars as pl
import pytest
from toys import NOON, Toys, number_in, toy

from warehouse.publish import DamagedCatalogue, DamagedSnapshot, NoSnapshot, Store, UnknownSnapshot
from warehouse.reader import Reader


class Counting(Store):
    """A store that counts how often its catalogue is read and its snapshots opened."""

    reads = opens = 0

    def publications(self):  # type: ignore[no-untyped-def]
        self.reads += 1
        return super().publications()

    def open(self, snapshot, **config):  # type: ignore[no-untyped-def]
        connection = super().open(snapshot, **config)
        self.reads -= 1  # opening looks the name up
        self.opens += 1
        return connection


def _open_files(toys: Toys) -> set[str]:
    """Which snapshots this process has open, by the kernel's account."""
    found = set()
    for name in os.listdir("/proc/self/fd"):
        try:
            target = os.readlink(f"/proc/self/fd/{name}")
        except FileNotFoundError:  # the listing's own
            continue
        if target.startswith(str(toys.store.root)):
            found.add(os.path.basename(target).removesuffix(" (deleted)").removesuffix(".duckdb"))
    return found


def _read(reader: Reader, snapshot: str | None = None) -> tuple[int, str | None]:
    with reader.pin(snapshot) as pinned:
        return number_in(pinned.cursor), pinned.fallback_from


def test_an_empty_store_is_said_to_be_empty_and_opens_once_there_is_something(toys: Toys) -> None:
    reader = Reader(toys.store)
    with pytest.raises(NoSnapshot, match="请："), reader.pin():
        pass
    toys.publish(1)
    assert _read(reader) == (1, None)


def test_a_page_run_stays_on_its_snapshot_while_the_next_one_is_published(toys: Toys) -> None:
    reader = Reader(toys.store)
    first = toys.publish(1)
    with reader.pin() as pinned:
        toys.publish(2)
        assert _read(reader) == (2, None)
        assert pinned.publication == first
        assert number_in(pinned.cursor) == 1
        with pytest.raises(FrozenInstanceError):
            pinned.publication = first  # type: ignore[misc]


def test_an_older_snapshot_can_be_pinned_by_name_and_an_unknown_one_cannot(toys: Toys) -> None:
    reader = Reader(toys.store)
    first = toys.publish(1).snapshot
    toys.publish(2)
    assert _read(reader, first) == (1, None)
    with pytest.raises(UnknownSnapshot, match=first), reader.pin("../else"):
        pass


def test_after_a_rollback_the_older_snapshot_is_served_with_its_new_turn(toys: Toys) -> None:
    reader = Reader(toys.store)
    first = toys.publish(1).snapshot
    toys.publish(2)
    assert _read(reader) == (2, None)
    turn = toys.store.rollback(first, now=NOON + timedelta(days=1), acts_upto=3)
    with reader.pin() as pinned:
        assert (number_in(pinned.cursor), pinned.publication) == (1, turn)


def test_frames_come_out_and_nothing_of_the_host_does(toys: Toys) -> None:
    toys.publish(1)
    with Reader(toys.store).pin() as pinned:
        assert (
            pinned.cursor.sql("SELECT number FROM fact").pl().equals(pl.DataFrame({"number": [1]}, schema={"number": pl.Int32}))
        )
        with pytest.raises(duckdb.PermissionException):
            pinned.cursor.execute("SELECT * FROM read_text('/etc/hostname')")


def test_the_catalogue_is_read_again_only_when_it_changed_and_a_snapshot_opened_once(toys: Toys) -> None:
    store = Counting(toys.store.root)
    reader = Reader(store)
    toys.publish(1)
    for _ in range(5):
        _read(reader)
    assert (store.reads, store.opens) == (1, 1)
    for number in range(2, 12):  # commits as close together as can be
        toys.publish(number)
        assert _read(reader) == (number, None)
    assert (store.reads, store.opens) == (11, 11)


def test_two_commits_within_one_tick_of_the_clock_are_still_told_apart(toys: Toys, monkeypatch: pytest.MonkeyPatch) -> None:
    snapshot = toys.publish(1).snapshot
    monkeypatch.setattr("warehouse.catalogue.time.time_ns", lambda: 0)
    stamps = []
    for name in "abcde":
        toys.store.label(snapshot, name)
        stamps.append(toys.store.catalogue.stat().st_mtime_ns)
    assert stamps == sorted(set(stamps))


def test_at_most_three_snapshots_stay_open_and_the_least_recently_used_closes_first(toys: Toys) -> None:
    names = [toys.publish(number).snapshot for number in range(5)]
    reader = Reader(toys.store)
    for name in (names[4], names[0], names[1], names[0], names[2]):
        _read(reader, name)
    assert _open_files(toys) == {names[0], names[1], names[2]}
    _read(reader, names[3])
    assert _open_files(toys) == {names[0], names[2], names[3]}
    reader.close()
    assert _open_files(toys) == set()


def test_a_snapshot_that_a_page_run_is_using_is_not_closed_under_it(toys: Toys) -> None:
    names = [toys.publish(number).snapshot for number in range(5)]
    reader = Reader(toys.store)
    with reader.pin(names[0]) as slow, reader.pin(names[0]) as slower:
        for name in names[1:]:
            _read(reader, name)
        assert number_in(slow.cursor) == number_in(slower.cursor.cursor()) == 0
    with reader.pin(names[0]) as a, reader.pin(names[1]) as b, reader.pin(names[2]) as c, reader.pin(names[3]) as d:
        assert [number_in(each.cursor) for each in (a, b, c, d)] == [0, 1, 2, 3]
    assert len(_open_files(toys)) == 3


def test_a_page_run_that_fails_lets_go_of_its_snapshot(toys: Toys) -> None:
    names = [toys.publish(number).snapshot for number in range(5)]
    reader = Reader(toys.store)
    for name in names:
        with pytest.raises(ZeroDivisionError), reader.pin(name):
            raise ZeroDivisionError
    assert _open_files(toys) == set(names[2:])


def test_the_last_good_snapshot_is_kept_when_the_newest_does_not_open(toys: Toys) -> None:
    reader = Reader(toys.store)
    toys.publish(1)
    second = toys.publish(2).snapshot
    assert _read(reader) == (2, None)
    toys.store.rollback(toys.snapshots()[0], now=NOON, acts_upto=3)
    bad = toys.publish(4).snapshot
    toys.damage(bad)
    with reader.pin() as pinned:
        assert (pinned.publication.snapshot, pinned.fallback_from) == (second, bad)
    with pytest.raises(DamagedSnapshot, match=bad), reader.pin(bad):
        pass
    toys.publish(5)
    assert _read(reader) == (5, None)


def test_the_last_good_snapshot_outlives_its_pruning_and_a_crowd_of_others(toys: Toys) -> None:
    reader = Reader(toys.store)
    good = toys.publish(1).snapshot
    assert _read(reader) == (1, None)
    toys.publish(2, now=NOON + timedelta(hours=1))
    later = [toys.publish(number, now=NOON + timedelta(days=20 + number)).snapshot for number in range(3, 8)]
    assert good not in toys.snapshots()
    toys.damage(later[-1])
    for name in later[:-1]:
        _read(reader, name)
    assert _read(reader) == (1, later[-1])


def test_a_process_that_starts_on_a_damaged_newest_serves_the_newest_older_one_that_opens(toys: Toys) -> None:
    first = toys.publish(1).snapshot
    bad = [toys.publish(number).snapshot for number in (2, 3)]
    for name in bad:
        toys.damage(name)
    reader = Reader(toys.store)
    assert _read(reader) == (1, bad[-1])
    toys.store.path(bad[-1]).unlink()
    toy(3)(toys.store.path(bad[-1]))  # somebody brings the file back: no new commit, yet it is served
    assert _read(reader) == (3, None)
    reader.close()
    for name in (first, *bad):
        toys.damage(name)
    with pytest.raises(DamagedSnapshot, match=bad[-1]), reader.pin():
        pass


def test_a_catalogue_damaged_under_a_running_process_does_not_take_the_pages_down(toys: Toys) -> None:
    reader = Reader(toys.store)
    first = toys.publish(1).snapshot
    assert _read(reader) == (1, None)
    sound = toys.store.catalogue.read_bytes()
    for spoil in (lambda: toys.store.catalogue.write_text("{"), toys.store.catalogue.unlink):
        spoil()
        assert _read(reader) == (1, "catalogue.json")
        assert _read(reader, first) == (1, "catalogue.json")
        with pytest.raises(DamagedCatalogue), Reader(toys.store).pin():
            pass
    toys.store.catalogue.write_bytes(sound)
    assert _read(reader) == (1, None)


def test_many_threads_share_one_connection_per_snapshot(toys: Toys) -> None:
    names = [toys.publish(number).snapshot for number in range(6)]
    store = Counting(toys.store.root)
    reader, start = Reader(store, most_open=6), threading.Barrier(8)

    def page(seed: int) -> None:
        start.wait()
        for run in range(30):
            place = (seed + run) % 6
            assert _read(reader, names[place]) == (place, None)

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(page, range(8)))
    assert store.opens == 6
    reader.close()
    assert _open_files(toys) == set()
