"""The self-check of a new snapshot: every number in every way in which it leaves, in a process of its own, because this room knows none of these ways."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from types import TracebackType

from warehouse.publish import Store
from warehouse.selfcheck import keep, of_json

ROOT = Path(__file__).parents[1]
AGREED, BROKEN = 0, 12  # exit codes of python -m exports.selfcheck


class NotTheSame(Exception):
    """Two ways of reading do not agree on a number; the text says which, a line each."""


class SelfCheckBroken(Exception):
    """The self-check did not run to its end."""


class SelfChecker:
    """The self-checking process. Use as a context manager around the build; whatever happens there, the process ends."""

    def __enter__(self) -> SelfChecker:
        self._process = subprocess.Popen([sys.executable, "-m", "exports.selfcheck"], cwd=ROOT, text=True, encoding="utf-8",
                                         stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._process.kill()
        self._process.communicate()

    def begin(self, snapshot: Path) -> None:
        """Let it read a snapshot file, which nobody must write into until `end`."""
        assert self._process.stdin
        self._snapshot = snapshot
        try:
            self._process.stdin.write(f"{snapshot}\n")
            self._process.stdin.flush()
        except BrokenPipeError:  # it has ended already: `end` says why
            pass

    def end(self) -> None:
        """Wait for it and keep its result beside the snapshot. Raises NotTheSame, SelfCheckBroken, OSError on a full disk."""
        told, complaints = self._process.communicate()
        if self._process.returncode not in (AGREED, BROKEN):
            raise SelfCheckBroken(complaints.strip() or f"退出码 {self._process.returncode}")
        if not told:
            return
        checked = of_json(told)
        keep(Store(self._snapshot.parent), checked)
        if checked.found:
            raise NotTheSame("\n".join((f"  自检：{checked.found} 处数对不上。", *(f"    {line}" for line in complaints.splitlines()))))
