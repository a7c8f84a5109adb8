"""The checks on a new snapshot, in a process of their own: it starts early, because its library takes seconds to load."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from types import TracebackType

import duckdb
import polars as pl

ROOT = Path(__file__).parents[1]
COLUMNS = {
    "check_id": "检查代码，各期不变", "dimension": "质量维度：规范性、完整性、准确性、一致性、时效性、可访问性之一",
    "severity": "critical 关键，不过则不发布 / warning 提示，照常发布", "table": "所查的表", "success": "是否通过",
    "failed": "不符的行数或键数，全数，不截断", "checked": "所查的行数或键数", "sentence": "应当成立的事",
    "detail": "查得的情况，至多列五个不符的键", "action": "由谁怎么办",
}
PASSED, BROKEN_RULE = 0, 12  # exit codes of python -m expectations


class CheckFailed(Exception):
    """A critical expectation is broken: nothing is published."""


class CheckBroken(Exception):
    """The checks themselves did not run to their end."""


class Checker:
    """The checking process. Use as a context manager around the build; whatever happens there, the process ends."""

    def __enter__(self) -> Checker:
        self._process = subprocess.Popen([sys.executable, "-m", "expectations", "-"], cwd=ROOT, text=True, encoding="utf-8",
                                         stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._process.kill()
        self._process.communicate()

    def check(self, snapshot: Path) -> tuple[int, int]:
        """Run every check and keep the results in the snapshot; returns how many ran and how many warn.

        Raises CheckFailed with what is broken, CheckBroken with the checks that did not run.
        """
        told, complaints = self._process.communicate(f"{snapshot}\n")
        if self._process.returncode not in (PASSED, BROKEN_RULE):
            raise CheckBroken(complaints.strip() or f"退出码 {self._process.returncode}")
        results = pl.read_ndjson(told.encode())
        _keep(snapshot, results)
        failed = results.filter(~pl.col("success"))
        if (broken := failed.filter(severity="critical")).height:
            raise CheckFailed("\n".join(f"  {row['sentence']}{row['detail']}" for row in broken.iter_rows(named=True)))
        return results.height, failed.height


def _keep(snapshot: Path, results: pl.DataFrame) -> None:
    with duckdb.connect(str(snapshot)) as con:
        con.register("result_frame", results.select(list(COLUMNS)).to_arrow())
        con.execute("CREATE TABLE meta.check_result AS FROM result_frame")
        con.execute("COMMENT ON TABLE meta.check_result IS '检查结果：每项检查一行。'")
        for name, comment in COLUMNS.items():
            con.execute(f"COMMENT ON COLUMN meta.check_result.\"{name}\" IS '{comment}'")
