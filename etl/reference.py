"""The committee's own tables: as shipped, then as changed on site by rule acts."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import polars as pl

from etl.feeds import FEEDS
from etl.geometry.shapes import GEOMETRY, shipped_shapes
from etl.landing import Act
from etl.report import WrongArgument
from warehouse.build import REFERENCE, check_reference


class RuleRefused(Exception):
    """A rule file cannot be taken. `what`, `do`: Chinese sentences."""

    def __init__(self, what: str, do: str) -> None:
        super().__init__(what)
        self.what, self.do = what, do


def shipped() -> dict[str, pl.DataFrame]:
    """The tables of warehouse/reference, all text, by file name, and the shapes of its folder geo; the first column is the key."""
    return dict(_shipped())


@cache
def _shipped() -> dict[str, pl.DataFrame]:
    """Read once in a process, as the code is."""
    return {path.stem: pl.read_csv(path, infer_schema=False) for path in sorted(REFERENCE.glob("*.csv"))} | shipped_shapes()


def in_force(rules: Iterable[Act]) -> dict[str, pl.DataFrame]:
    """The tables after these acts: a row replaces the row of its key, or is added."""
    tables = shipped()
    for act in rules:
        tables[act.body["table"]] = _changed(tables[act.body["table"]], pl.DataFrame(act.body["rows"], schema_overrides=dict.fromkeys(
            tables[act.body["table"]].columns, pl.String)))
    return tables


def _changed(table: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
    key = table.columns[0]
    kept = table.join(rows.select(key), on=key, how="anti")
    whole = rows.join(table.select(key, pl.exclude(rows.columns)), on=key, how="left").select(table.columns)
    if {"name_zh", "aliases_zh"} <= set(table.columns):
        whole = _with_former_names(whole, table, kept)
    return pl.concat([kept, whole]).sort(key)


def _with_former_names(rows: pl.DataFrame, before: pl.DataFrame, others: pl.DataFrame) -> pl.DataFrame:
    """A rename is an alias: files and folders go on saying the old name, unless another row has taken it."""
    key, aliases = rows.columns[0], pl.col("aliases_zh").str.split("|")
    taken = pl.concat([rows["name_zh"], others["name_zh"], others.select(aliases.explode())["aliases_zh"]]).drop_nulls()
    is_former = (pl.col("former") != pl.col("name_zh")) & ~pl.col("former").is_in(taken.implode()) & ~aliases.list.contains(pl.col("former")).fill_null(value=False)
    return (rows.join(before.select(key, former="name_zh"), on=key, how="left", maintain_order="left")
            .with_columns(aliases_zh=pl.when(is_former).then(pl.concat_str("aliases_zh", "former", separator="|", ignore_nulls=True)).otherwise("aliases_zh"))
            .select(rows.columns))


def read_rule(file: Path, rules: Iterable[Act]) -> tuple[str, list[dict[str, str | None]]]:
    """The table a rule file changes and its rows: a column left out stays as it was, a blank cell is blank.

    Raises WrongArgument where there is no such file, RuleRefused where it fits no table or breaks one.
    """
    if not _is_regular(file):
        raise WrongArgument(f"{file} 不是文件。\n  请：给出已有的 CSV 文件。")
    try:
        rows = pl.read_csv(file, infer_schema=False).with_columns(pl.all().str.strip_chars().replace("", None))
    except (OSError, pl.exceptions.PolarsError, UnicodeDecodeError) as problem:
        raise RuleRefused(f"{file.name} 读不出来：{problem}", "存为 UTF-8 编码的 CSV，第一行为列名。") from problem
    tables = in_force(rules)
    by_hand = {name: table for name, table in tables.items() if name not in GEOMETRY}
    fitting = [name for name, table in by_hand.items() if table.columns[0] in rows.columns and set(rows.columns) <= set(table.columns)]
    if file.stem in fitting:
        fitting = [file.stem]
    if len(fitting) != 1 or rows.is_empty():
        known = "；".join(f"{name}（{', '.join(table.columns)}）" for name, table in by_hand.items())
        raise RuleRefused(f"{file.name} 的列是 {', '.join(rows.columns)}，对不上{'唯一一张' if fitting else '任何一张'}参照表",
                          f"用参照表的名称作文件名，第一列为其编号，至少一行。参照表：{known}")
    name = fitting[0]
    key = tables[name].columns[0]
    if rows[key].null_count() or rows[key].is_duplicated().any():
        raise RuleRefused(f"{file.name} 的 {key} 有空白或重复", "每行一个编号，不重复。")
    if broken := check_reference({**tables, name: _changed(tables[name], rows)}, FEEDS):
        raise RuleRefused(f"{file.name} 用上之后，参照表不成立：{broken}", "改正取值（数字、日期如 2027-12-31）后重试。")
    return name, rows.to_dicts()


def _is_regular(file: Path) -> bool:
    try:
        return file.is_file()
    except OSError:  # a name too long, a folder that may not be entered
        return False


def reference_hash(tables: dict[str, pl.DataFrame]) -> str:
    """Of every reference row in force."""
    digest = hashlib.sha256()
    for name, table in sorted(tables.items()):
        digest.update(f"{name}\n{table.sort(table.columns[0]).write_csv()}".encode())
    return digest.hexdigest()
