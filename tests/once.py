"""What every test process reads and none writes is made once, by whichever comes first."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest


def made_once(tmp_path_factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """A folder that `make` fills; the processes that run tests beside each other share it, and wait while one of them makes it."""
    base = tmp_path_factory.getbasetemp()
    beside = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    folder, made = beside / name, beside / f"{name}.made"
    with (beside / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            shutil.rmtree(folder, ignore_errors=True)  # of one that did not come to its end
            folder.mkdir()
            make(folder)
            made.touch()
    return folder
