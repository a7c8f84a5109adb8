"""The checks on a new snapshot, in a process of their own: it starts early, because its library takes seconds to load."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

import duckdb
import polars as pl

from etl.selfchecking import NotTheSame, SelfCheckBroken, SelfChecker
from warehouse.tables import comment, create

ROOT = Path(__file__).parents[1]
COLUMNS = {
    "check_id": "检查代码，各期不变", "dimension": "质量维度：规范性、完整性、准确性、一致性、时效性、可访问性之一",
    "severity": "critical 关键，不过则不发布 / warning 提示，照常发布", "table": "所查的表", "success": "是否通过",
    "failed": "不符的行数或键数，全数，不截断", "checked": "所查的行数或键数", "sentence": "应当成立的事",
    "detail": "查得的情况，至多列五个不符的键", "action": "由谁怎么办", "owner": "负责处理的部门代码，空为报送该行的部门",
}
PART_COLUMNS = {
    "check_id": ("VARCHAR", "检查代码"), "feed": ("VARCHAR", "报表"), "department_id": ("VARCHAR", "报送部门"), "sender": ("VARCHAR", "报送主体"),
    "checked": ("BIGINT", "所查的行数或键数"), "failed": ("BIGINT", "不符的行数或键数，全数"),
}
CASE_COLUMNS = {
    "check_id": ("VARCHAR", "检查代码"), "feed": ("VARCHAR", "报表"), "department_id": ("VARCHAR", "报送部门"), "sender": ("VARCHAR", "报送主体"),
    "key": ("VARCHAR", "不符的键，各期不变"), "found": ("VARCHAR", "查得的情况"), "row_id": ("BIGINT", "来源行号，空为没有对应的行"),
}
PASSED, BROKEN_RULE = 0, 12  # exit codes of python -m expectations


class CheckFailed(Exception):
    """A critical expectation is broken: nothing is published."""


class CheckBroken(Exception):
    """The checks themselves did not run to their end."""


class Checker:
    """The checking process, and beside it the self-check. Use as a context manager around the build; whatever happens there, the processes end."""

    def __enter__(self) -> Checker:
        self._self = self.self_checker()
        if self._self:
            self._self.__enter__()
        self._process = subprocess.Popen([sys.executable, "-m", "expectations", "-"], cwd=ROOT, text=True, encoding="utf-8",
                                         stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._process.kill()
        self._process.communicate()
        if self._self:
            self._self.__exit__(kind, error, trace)

    def self_checker(self) -> SelfChecker | None:
        """What reads every number in every way while the checks run."""
        return SelfChecker()

    def check(self, snapshot: Path) -> tuple[int, int]:
        """Run every check and keep the results in the snapshot; returns how many ran and how many warn.

        Raises CheckFailed with what is broken, CheckBroken with the checks that did not run.
        """
        if self._self:
            self._self.begin(snapshot)
        told, complaints = self._process.communicate(f"{snapshot}\n")
        if self._process.returncode not in (PASSED, BROKEN_RULE):
            raise CheckBroken(complaints.strip() or f"退出码 {self._process.returncode}")
        try:
            if self._self:
                self._self.end()  # before anything is written into the file that it reads
        except NotTheSame as problem:
            raise CheckFailed(str(problem)) from problem
        except SelfCheckBroken as problem:
            raise CheckBroken(f"自检没有跑完：{problem}") from problem
        findings = [json.loads(line) for line in told.splitlines()]
        results = pl.DataFrame(findings, infer_schema_length=None).select(list(COLUMNS))
        _keep(snapshot, results, findings)
        failed = results.filter(~pl.col("success"))
        if (broken := failed.filter(severity="critical")).height:
            raise CheckFailed("\n".join(f"  {row['sentence']}{row['detail']}" for row in broken.iter_rows(named=True)))
        return results.height, failed.height


class DataChecker(Checker):
    """The checks alone: what they find is of the data, what the self-check finds is of the program."""

    def self_checker(self) -> None:
        return None


def _keep(snapshot: Path, results: pl.DataFrame, findings: Sequence[Mapping[str, Any]]) -> None:
    with duckdb.connect(str(snapshot)) as con:
        con.register("result_frame", results.with_columns(pl.col("owner").cast(pl.String)).to_arrow())
        con.execute("CREATE TABLE meta.check_result AS FROM result_frame")
        comment(con, "meta.check_result", "检查结果：每项检查一行。", COLUMNS)
        _rows(con, "meta.check_part", PART_COLUMNS, "检查结果分部门：每项检查每个报送主体每张报表一行，系统自身的检查不在内。", "parts", findings)
        _rows(con, "meta.check_case", CASE_COLUMNS, "检查查得的各项：每项检查至多五百行，全数见 meta.check_part。", "cases", findings)


def _rows(con: duckdb.DuckDBPyConnection, table: str, columns: Mapping[str, tuple[str, str]], sentence: str, of: str,
          findings: Sequence[Mapping[str, Any]]) -> None:
    """Make a table of the lists that the findings carry under one name."""
    create(con, table, columns, sentence)
    types = {"VARCHAR": pl.String, "BIGINT": pl.Int64}
    frame = pl.DataFrame([{"check_id": finding["check_id"], **each} for finding in findings for each in finding[of]],
                         schema={name: types[kind] for name, (kind, _) in columns.items()})
    con.register("row_frame", frame.to_arrow())
    con.execute(f"INSERT INTO {table} BY NAME FROM row_frame")
    con.unregister("row_frame")
