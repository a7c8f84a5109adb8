"""The worker is a process of its own: whether one is at work, and starting one that outlives whoever asked."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from warehouse.here import DATA_HOME
from warehouse.jobs.places import lock_path, queue, root
from warehouse.lock import is_held

PROJECT = Path(__file__).parents[2]
LOG = "worker.log"  # what it could not foresee; nothing where all went as it should
STARTED_BY = "GANZHIHUI_WORKER"  # "systemd": a path unit starts it (deploy/), and a page must not

_started: dict[Path, subprocess.Popen[bytes]] = {}  # by this process; one takes seconds until it holds the lock, and pages ask every second


def is_working(home: Path) -> bool:
    """Whether a worker holds the lock of this data home."""
    return is_held(lock_path(home))


def ensure_worker(home: Path) -> None:
    """Start one where jobs wait and none is at work. Two at once do no harm: the second finds the lock held and ends."""
    if os.environ.get(STARTED_BY) == "systemd" or is_working(home) or not any(queue(home).glob("[0-9]*")):
        return
    if (before := _started.get(home)) and before.poll() is None:
        return
    with (root(home) / LOG).open("ab") as log:
        _started[home] = subprocess.Popen([sys.executable, "-m", "etl", "work"], cwd=PROJECT, env={**os.environ, DATA_HOME: str(home)},
                                           start_new_session=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=log)
