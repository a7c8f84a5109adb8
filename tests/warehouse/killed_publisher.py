"""Publishes toy snapshots in a child process and kills it at random instants, again and again: ROOT SECONDS SEED.

Prints how often it killed. A child that is still alive at the end is killed too. Each snapshot holds its acts_upto as `total`
and in `part` numbers of exactly that sum.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb

from warehouse.lock import writer_lock
from warehouse.publish import Store


def publish_for_ever(store: Store) -> None:
    """Three hours apart by the store's own clock, so that retention prunes all the while."""
    while True:
        with writer_lock(store.root.parent / ".lock", "torture"):
            current = store.current()
            number = current.acts_upto + 1 if current else 1
            now = current.current_from + timedelta(hours=3) if current else datetime(2026, 1, 1, tzinfo=UTC)

            def build(path: Path, number: int = number) -> None:
                with duckdb.connect(path, config={"threads": 1}) as connection:
                    connection.execute("CREATE TABLE total AS SELECT ?::BIGINT AS value", [number])
                    connection.execute("CREATE TABLE part AS SELECT 1::BIGINT AS value FROM range(?)", [number])

            if current and number % 7 == 0:
                store.label(current.snapshot, f"no. {number}")
            store.publish(build, now=now, acts_upto=number, inputs_hash=f"{number:08x}")


def main(root: Path, seconds: float, seed: int) -> None:
    """Kill every 20–250 ms: a publication takes some tens of milliseconds, so every part of it is hit; later where the machine is too busy to publish."""
    chance, kills, end = random.Random(seed), 0, time.monotonic() + seconds
    patience, before = 1.0, None
    while time.monotonic() < end:
        child = os.fork()
        if child == 0:
            publish_for_ever(Store(root))
        time.sleep(chance.uniform(0.02, 0.25) * patience)
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        if not os.WIFSIGNALED(status):
            raise SystemExit(f"the publisher ended by itself, after {kills} kills")
        kills += 1
        current = Store(root).current()
        patience = max(patience / 1.2, 1) if current != before else patience * 1.2
        before = current
    print(kills)


if __name__ == "__main__":
    main(Path(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3]))
