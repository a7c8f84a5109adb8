"""Page runs while refreshes are killed again and again. TORTURE_SECONDS=600 makes it long."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from park import PROJECT, Park

from warehouse.reader import Reader

SECONDS = float(os.environ.get("TORTURE_SECONDS", "20"))
REFRESHER = Path(__file__).with_name("killed_refresher.py")


class Told:
    """How many of the sent entries were in force after which act."""

    def __init__(self, home: Park) -> None:
        self._acts = home.home.root / "landing" / "acts"
        self._before = len(home.home.landing.acts())
        self._is_placed: dict[int, bool] = {}

    def by(self, act: int) -> int:
        """Entries placed up to and with this act."""
        for number in range(self._before + 1, act + 1):
            if number not in self._is_placed:
                body = json.loads((self._acts / f"{number:08}.json").read_text(encoding="utf-8"))
                self._is_placed[number] = body["kind"] == "placed"
        return sum(placed for number, placed in self._is_placed.items() if number <= act)


def _page_runs(reader: Reader, told: Told, base: int, over: threading.Event) -> tuple[int, int]:
    """(runs, distinct snapshots seen): each run's numbers agree with each other and with the catalogue, and time never runs backwards."""
    runs, seen, newest = 0, set(), 0
    while not over.is_set():
        with reader.pin() as pinned:
            expected = told.by(pinned.publication.acts_upto)
            [(files,)] = pinned.cursor.execute("SELECT count(*) FROM raw.file WHERE name LIKE '进入-%' AND is_standing").fetchall()
            time.sleep(0.005)  # the rest of the page, while others publish and prune
            [(whole,)] = pinned.cursor.execute("SELECT sum(value) FROM mart.contribution WHERE metric_id = 'g1_poc_small'").fetchall()
            zones = pinned.cursor.execute("SELECT sum(value) FROM mart.contribution WHERE metric_id = 'g1_poc_small' GROUP BY zone_id").fetchall()
            assert pinned.fallback_from is None
        assert files == expected >= newest
        assert whole == sum(zone for (zone,) in zones) == base + expected
        seen.add(pinned.publication.snapshot)
        runs, newest = runs + 1, expected
    return runs, len(seen)


@pytest.mark.torture
def test_a_refresh_killed_at_any_instant_disturbs_no_reader_and_the_next_one_mends_it(home: Park) -> None:
    seed = random.randrange(10**6)
    print(f"seed {seed}")
    base = int(home.ask("SELECT sum(value) FROM mart.contribution WHERE metric_id = 'g1_poc_small'")[0][0])
    reader, told, over = Reader(home.home.store), Told(home), threading.Event()
    with ThreadPoolExecutor(2) as threads:
        pages = [threads.submit(_page_runs, reader, told, base, over) for _ in range(2)]
        try:
            killer = subprocess.run(
                [sys.executable, str(REFRESHER), str(home.home.root), str(SECONDS), str(seed)], check=False, capture_output=True, text=True,
                cwd=PROJECT, env=os.environ | {"PYTHONPATH": os.pathsep.join([str(PROJECT), str(PROJECT / "tests")])})
        finally:
            over.set()
        results = [page.result() for page in pages]
    assert killer.returncode == 0, killer.stderr
    rounds, kills, kills_of_command = map(int, killer.stdout.split())
    runs = sum(runs for runs, _ in results)
    print(f"{rounds} rounds, {kills} kills, {kills_of_command} of the command itself, {runs} page runs")
    assert kills >= rounds / 3 and runs > 5 * SECONDS
    assert min(seen for _, seen in results) > rounds / 3

    sent = {path.name for path in home.home.inbox.rglob("进入-*.csv")}
    placed = {file.name for file in home.register.files.values() if file.status == "placed"}
    assert len(sent) == rounds and sent <= placed, "nothing that was sent is lost"
    for publication in home.home.store.publications():
        home.home.store.verify(publication.snapshot)
    assert home.refresh().result.published is None
    reader.close()
    handles = [os.readlink(handle) for handle in Path("/proc/self/fd").iterdir() if handle.is_symlink()]
    assert not [handle for handle in handles if handle.startswith(str(home.home.root))]
