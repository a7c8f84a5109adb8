"""Page runs while the publisher is killed again and again. TORTURE_SECONDS=600 makes it long."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from toys import NOON, Toys

from warehouse.lock import writer_lock
from warehouse.publish import NoSnapshot
from warehouse.reader import Reader

SECONDS = float(os.environ.get("TORTURE_SECONDS", "8"))
PUBLISHER = Path(__file__).with_name("killed_publisher.py")
PROJECT = Path(__file__).parents[2]


def _page_runs(reader: Reader, over: threading.Event) -> tuple[int, int]:
    """(runs, distinct snapshots seen): each run's parts agree and time never runs backwards."""
    runs, seen, newest = 0, set(), 0
    while not over.is_set():
        try:
            with reader.pin() as pinned:
                expected = pinned.publication.acts_upto
                [(total,)] = pinned.cursor.execute("SELECT value FROM total").fetchall()
                time.sleep(0.005)  # the rest of the page, while others publish and prune
                [(parts,)] = pinned.cursor.execute("SELECT sum(value) FROM part").fetchall()
                assert pinned.fallback_from is None
        except NoSnapshot:
            assert runs == 0
            continue
        assert total == parts == expected >= newest
        seen.add(total)
        runs, newest = runs + 1, total
    return runs, len(seen)


@pytest.mark.torture
def test_a_publisher_killed_at_any_instant_never_disturbs_a_page_run(toys: Toys) -> None:
    seed = random.randrange(10**6)
    print(f"seed {seed}")
    command = [sys.executable, str(PUBLISHER), str(toys.store.root), str(SECONDS), str(seed)]
    reader, over = Reader(toys.store), threading.Event()
    with ThreadPoolExecutor(3) as threads:
        pages = [threads.submit(_page_runs, reader, over) for _ in range(3)]
        try:
            environment = os.environ | {"PYTHONPATH": str(PROJECT)}
            killer = subprocess.run(command, check=False, capture_output=True, text=True, cwd=PROJECT, env=environment)
        finally:
            over.set()
        results = [page.result() for page in pages]
    assert killer.returncode == 0, killer.stderr
    kills, published = int(killer.stdout), toys.store.publications()[-1].acts_upto
    print(f"{kills} kills, {published} publications, {sum(runs for runs, _ in results)} page runs")
    assert min(kills, published, *(seen for _, seen in results)) > 2  # how many more there are tells of the machine

    for publication in toys.store.publications():
        toys.store.verify(publication.snapshot)
    with writer_lock(toys.store.root.parent / ".lock", "after"):
        toys.publish(published + 1, now=NOON)
    assert toys.files() == {f"{name}.duckdb" for name in toys.snapshots()}
    reader.close()
    handles = [os.readlink(handle) for handle in Path("/proc/self/fd").iterdir() if handle.is_symlink()]
    assert not [handle for handle in handles if handle.startswith(str(toys.store.root))]
