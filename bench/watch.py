"""Runs one measurement in a process of its own, so that none inherits another's memory, and watches how much it takes."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

BETWEEN_LOOKS_S = 0.05
ROOT = Path(__file__).parents[1]


class MeasurementFailed(Exception):
    """A measured process ended with an error; the message is what it wrote."""


@dataclass(frozen=True, kw_only=True)
class Measured:
    """What came of a measurement. `facts`: what it reported, `seconds` among it. `peak_mb`: resident, it and its children together."""

    facts: Mapping[str, Any]
    peak_mb: int

    @property
    def seconds(self) -> float:
        return float(self.facts["seconds"])


def measured(task: str, **arguments: object) -> Measured:
    """Run a task of bench.tasks. Raises MeasurementFailed."""
    command = [sys.executable, "-m", "bench.tasks", task, json.dumps(arguments, default=str)]
    with tempfile.TemporaryFile("w+") as told, tempfile.TemporaryFile("w+") as complaints:
        process = subprocess.Popen(command, stdout=told, stderr=complaints, cwd=ROOT)
        peak = 0
        while process.poll() is None:
            peak = max(peak, sum(_resident_kb(pid) for pid in _family(process.pid)))
            time.sleep(BETWEEN_LOOKS_S)
        for stream in (told, complaints):
            stream.seek(0)
        if process.returncode:
            raise MeasurementFailed(f"{task}: exit code {process.returncode}\n{complaints.read()}")
        return Measured(facts=json.loads(told.read().splitlines()[-1]), peak_mb=peak // 1024)


def middle(runs: list[Measured]) -> Measured:
    """The run of median time."""
    seconds = statistics.median_low([run.seconds for run in runs])
    return next(run for run in runs if run.seconds == seconds)


def _family(pid: int) -> Iterator[int]:
    """A process and all below it that still run."""
    yield pid
    try:
        children = [Path(f"/proc/{pid}/task/{thread.name}/children").read_text() for thread in Path(f"/proc/{pid}/task").iterdir()]
    except OSError:  # it ended meanwhile
        return
    for child in " ".join(children).split():
        yield from _family(int(child))


def _resident_kb(pid: int) -> int:
    """Pages a process shares with others are counted in each."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("VmRSS:")), 0)
