"""What a job tells while it runs: a line for each step in its folder, where pages read it."""

from __future__ import annotations

import datetime as dt
import json
import os
import time
from pathlib import Path

from etl.report import Counter, Report
from warehouse.jobs.places import PROGRESS

SHARES = {"received": 0.05, "read": 0.3, "built": 0.6, "forecast": 0.7, "checked": 0.9, "compared": 0.95, "published": 1.0, "unchanged": 1.0}  # of the work done
OFTEN_S = 0.5  # between two lines of what is counted


class JobReport(Report):
    """Steps and sentences of one job. `said`: the sentences so far."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / PROGRESS
        self.said: list[str] = []

    def __enter__(self) -> JobReport:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def step(self, name: str, title: str, **_facts: object) -> None:
        self.line(name, title, SHARES.get(name, 0.0))

    def counter(self, title: str, total: int) -> Counter:
        return JobCounter(report=self, title=title, total=total)

    def say(self, where: str, what: str, do: str) -> None:
        self.said.append(f"{where}\n  {what}\n  请：{do}")

    def line(self, name: str, title: str, share: float) -> None:
        """Append one."""
        handle = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            told = {"at": dt.datetime.now(dt.UTC).isoformat(), "step": name, "title": title, "share": share}
            os.write(handle, f"{json.dumps(told, ensure_ascii=False)}\n".encode())
        finally:
            os.close(handle)


class JobCounter(Counter):
    """Files read so far."""

    def __init__(self, *, report: JobReport, title: str, total: int) -> None:
        self._report, self._title, self._total = report, title, total
        self._done, self._told_at = 0, 0.0

    def one_more(self) -> None:
        self._done += 1
        if time.monotonic() - self._told_at > OFTEN_S:
            self._told_at = time.monotonic()
            share = SHARES["received"] + (SHARES["read"] - SHARES["received"]) * self._done / self._total
            self._report.line("reading", f"{self._title} {self._done}/{self._total}", share)
