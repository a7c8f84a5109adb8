"""What only the data side can do, done by a process of its own: pages and exports read the data home and never import what writes it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from warehouse.here import DATA_HOME, data_home

ROOT = Path(__file__).parents[1]
LONGEST_S = 120


class NotDone(Exception):
    """The command ended with an exit code other than 0, or did not end. `said`: its sentence; `code`: its exit code, None where it was stopped."""

    def __init__(self, said: str, code: int | None) -> None:
        super().__init__(said)
        self.said, self.code = said, code


def etl(*words: str, told: str | None = None) -> str:
    """Run `python -m etl WORDS` on the data home of this process, `told` on its standard input; what it printed. Raises NotDone, OSError where it cannot start."""
    try:
        done = subprocess.run([sys.executable, "-m", "etl", *words], cwd=ROOT, env={**os.environ, DATA_HOME: str(data_home())}, check=False,
                              input=told, stdin=subprocess.DEVNULL if told is None else None, capture_output=True, text=True, encoding="utf-8",
                              timeout=LONGEST_S)
    except subprocess.TimeoutExpired:
        raise NotDone("", None) from None
    if done.returncode:
        raise NotDone(done.stderr.strip(), done.returncode)
    return done.stdout
