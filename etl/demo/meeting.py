"""The joint meeting of the demonstration, for which an issue is frozen before the last delivery."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from etl.home import VARIABLE, Home
from etl.report import Report
from warehouse.errors import StoreError

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, kw_only=True)
class Meeting:
    """A joint meeting for which an issue is frozen. `at`: when, aware."""

    issue_id: str
    meeting_id: str
    at: datetime


def freeze(home: Home, met: Meeting, report: Report) -> None:
    """The issue of a meeting of the demonstration, by the command that freezes any: this room imports nothing of `exports`. Raises StoreError."""
    done = subprocess.run([sys.executable, "-m", "exports", "freeze", met.issue_id, "--meeting", met.meeting_id, "--by", "专班秘书", "--at", met.at.isoformat()],
                          cwd=ROOT, env={**os.environ, VARIABLE: str(home.root)}, check=False, capture_output=True, text=True, encoding="utf-8")
    if done.returncode:
        raise StoreError(done.stderr.strip())
    report.step("frozen", "冻结专刊", issue=met.issue_id, meeting=met.meeting_id)
