"""Refreshes a data home in child processes and kills them at random instants, again and again: ROOT SECONDS SEED.

Each round sends one file of one new entry, kills the refresh that takes it, and lets the next refresh run to its end: it must succeed and
leave no debris. Most children are forks that read in process and leave the checks out, so that a round takes a second; every fifth is the
command itself, with its readers and its checks. Prints rounds, kills, and kills of the command.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from unittest.mock import patch

from park import FOLDERS, NOON, PROJECT, Park, Unchecked, read_in_process, sample

from etl.home import VARIABLE, Home
from etl.refresh import refresh
from etl.report import Report

WHOLE_S = 7.0  # a little more than the command takes on two cores from when it holds the lock


def fork(run: Callable[[], None]) -> int:
    """The number of a child that does this and ends."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            run()
            code = 0
        finally:
            if code:
                traceback.print_exc()
            os._exit(code)
    return child


def quick(park: Park, number: int) -> None:
    """A refresh without processes of its own. Three days after the one before, so that retention prunes all the while."""
    with read_in_process(), Report() as report:
        refresh(park.home, report, now=NOON + timedelta(days=3 * number))


def whole(park: Park) -> int:
    """The command itself, as soon as it holds the lock; its number."""
    note = park.home.lock.read_bytes()
    process = subprocess.Popen([sys.executable, "-m", "etl", "refresh"], cwd=PROJECT, env={**os.environ, VARIABLE: str(park.home.root)},
                               stdout=subprocess.DEVNULL)
    while process.poll() is None and park.home.lock.read_bytes() in (note, b""):
        time.sleep(0.001)
    process.returncode = 0  # it is waited for below
    return process.pid


def ended(child: int) -> bool:
    """Wait for a child; whether it ended by itself, and well."""
    _, status = os.waitpid(child, 0)
    if not os.WIFSIGNALED(status) and os.WEXITSTATUS(status) != 0:
        raise SystemExit("a refresh failed")
    return not os.WIFSIGNALED(status)


def main(root: Path, seconds: float, seed: int) -> None:
    """Until the time is up, and at least until the command had its turn."""
    patch("etl.refresh.Checker", Unchecked).start()
    patch("etl.refresh.Forecaster", Unchecked).start()
    sys.stdout.flush()
    quiet = os.dup(1)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # the steps of the forks
    park, chance = Park(home=Home(root=root)), random.Random(seed)
    rounds = kills = kills_of_command = 0
    takes_s = 1.0
    end = time.monotonic() + seconds
    while time.monotonic() < end or rounds < 5:
        rounds += 1
        entry = sample("stage_events").only("SJ-0013").but("SJ-0013", 事件编号=f"SJ-8{rounds:05}", 项目编号=f"GZH-2098-{rounds:05}")
        park.send(f"{FOLDERS['D08']}/进入-{rounds:05}.csv", entry)
        is_whole = rounds % 5 == 0
        child = whole(park) if is_whole else fork(lambda number=rounds: quick(park, number))  # type: ignore[misc]
        time.sleep(chance.uniform(0, WHOLE_S if is_whole else 1.1 * takes_s))
        os.kill(child, signal.SIGKILL)
        killed = not ended(child)
        kills += killed
        kills_of_command += killed and is_whole
        begun = time.monotonic()
        if not ended(fork(lambda number=rounds: quick(park, number))):  # type: ignore[misc]
            raise SystemExit("somebody else killed a refresh")
        takes_s = time.monotonic() - begun
        if debris := park.debris():
            raise SystemExit(f"left after a kill and a refresh: {debris}")
    os.write(quiet, f"{rounds} {kills} {kills_of_command}\n".encode())


if __name__ == "__main__":
    main(Path(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3]))
