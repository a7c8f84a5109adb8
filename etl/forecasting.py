"""The forecast of a new snapshot, made in a process of its own and kept in the snapshot."""

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

from warehouse.duties import has
from warehouse.tables import create

ROOT = Path(__file__).parents[1]
TABLES: dict[str, tuple[str, str, dict[str, tuple[str, str]]]] = {
    "run": ("meta.forecast_run", "预测：做成本快照时算出，一次一行；同样的数据与种子得同样的结果。", {
        "as_of": ("DATE", "预测所据的截至日"), "deadline_on": ("DATE", "期限"), "months": ("DOUBLE", "自基准日起有数据的月数"),
        "method": ("VARCHAR", "方法与版本"), "seed": ("INTEGER", "随机数种子，各期不变"), "draws": ("INTEGER", "抽样次数"),
        "joint": ("DOUBLE", "各目标同时达到的概率"), "joint_of": ("VARCHAR", "同时达到所指的目标")}),
    "goal": ("meta.forecast", "各目标的预测：一个目标一行。", {
        "goal_id": ("VARCHAR", "目标代码"), "metric_id": ("VARCHAR", "指标代码"), "target": ("DOUBLE", "目标值"), "now": ("DOUBLE", "截至日的值；产值为目标年度已报"),
        "probability": ("DOUBLE", "到期达到目标的概率，空为不给概率"), "limiting": ("VARCHAR", "限制环节：加快两成最能提高概率的一环"),
        "raises": ("DOUBLE", "限制环节加快两成，概率提高多少"), "events": ("INTEGER", "限制环节已见的次数"),
        "largest_share": ("DOUBLE", "贡献最大的单项占产值的比例"), "without_largest": ("DOUBLE", "剔除最大单项后达到目标的概率"),
        "is_enough": ("BOOLEAN", "证据是否足够：六个月数据，限制环节五次")}),
    "path": ("meta.forecast_path", "预测的走势：一个目标一个月末一行。", {
        "goal_id": ("VARCHAR", "目标代码"), "on": ("DATE", "月末"), "low": ("DOUBLE", "十分位 P10"), "middle": ("DOUBLE", "中位 P50"), "high": ("DOUBLE", "九十分位 P90"),
        "planned": ("DOUBLE", "拟定计划线"), "on_plan": ("DOUBLE", "达到计划线的概率")}),
    "trial": ("meta.forecast_trial", "回测：以往各月末按当时已发生的事预测，与后来相比；一次预测一个目标一个月末一行。", {
        "goal_id": ("VARCHAR", "目标代码"), "made_of": ("DATE", "预测所据的截至日"), "on": ("DATE", "所预测的月末"), "low": ("DOUBLE", "十分位 P10"),
        "middle": ("DOUBLE", "中位 P50"), "high": ("DOUBLE", "九十分位 P90"), "planned": ("DOUBLE", "拟定计划线"), "said": ("DOUBLE", "当时所说达到计划线的概率"),
        "actual": ("DOUBLE", "实际的值")}),
}  # fmt: skip
TYPES = {"DATE": pl.Date, "DOUBLE": pl.Float64, "VARCHAR": pl.String, "INTEGER": pl.Int32, "BOOLEAN": pl.Boolean}


class ForecastBroken(Exception):
    """The forecast did not run to its end."""


class Forecaster:
    """The forecasting process. Use as a context manager around the build; whatever happens there, the process ends."""

    def __enter__(self) -> Forecaster:
        self._process = subprocess.Popen([sys.executable, "-m", "analytics.forecasting"], cwd=ROOT, text=True, encoding="utf-8",
                                         stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._process.kill()
        self._process.communicate()

    def forecast(self, snapshot: Path) -> int:
        """Forecast from a snapshot and keep the result in it; returns how many goals have a forecast. Raises ForecastBroken."""
        told, complaints = self._process.communicate(f"{snapshot}\n")
        if self._process.returncode:
            raise ForecastBroken(complaints.strip() or f"退出码 {self._process.returncode}")
        found = json.loads(told)
        with duckdb.connect(str(snapshot)) as con:
            for name in TABLES:
                _keep(con, name, found[name])
        return len(found["goal"])


def told(con: duckdb.DuckDBPyConnection) -> dict[str, list[dict[str, Any]]]:
    """The forecast kept in a snapshot as plain values, days as ISO text, for the act of its publication; empty where there is none."""
    if not has(con, TABLES["run"][0]):
        return {}
    found = {}
    for name in ("run", "goal", "path"):
        table, _, columns = TABLES[name]
        frame = con.sql(f"FROM {table}").pl()
        found[name] = frame.with_columns(pl.col(pl.Date).cast(pl.String)).select(list(columns)).to_dicts()
    return found if found["run"] else {}


def _keep(con: duckdb.DuckDBPyConnection, name: str, found: Sequence[Mapping[str, Any]]) -> None:
    table, sentence, columns = TABLES[name]
    create(con, table, {f'"{column}"': kind for column, kind in columns.items()}, sentence)
    frame = pl.DataFrame(found, schema={column: pl.String if kind == "DATE" else TYPES[kind] for column, (kind, _) in columns.items()})
    frame = frame.with_columns(pl.col(column).str.to_date() for column, (kind, _) in columns.items() if kind == "DATE")
    con.register("forecast_frame", frame.to_arrow())
    con.execute(f"INSERT INTO {table} BY NAME FROM forecast_frame")
    con.unregister("forecast_frame")
