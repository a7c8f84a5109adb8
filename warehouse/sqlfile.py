"""One SQL file is one table: its sentence, its grain, its column comments and the tables it reads."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

SCHEMAS = ("given", "ref", "raw", "rejected", "core", "mart", "meta")
_TABLE = re.compile(rf"\b({'|'.join(SCHEMAS)})\.([a-z_][a-z0-9_]*)")
_COMMENT = re.compile(r"--[^\n]*")


class SqlFileError(Exception):
    """A SQL file breaks a promise of the house; the message names it."""


@dataclass(frozen=True, kw_only=True)
class SqlFile:
    """A SELECT and what its comments promise. `table` is schema.name, from the path."""

    table: str
    path: Path
    sentence: str
    grain: tuple[str, ...]
    comments: dict[str, str]
    reads: frozenset[str]
    select: str


def load(path: Path, table: str) -> SqlFile:
    """Read one file. Raises SqlFileError where the sentence or the grain is missing."""
    lines = path.read_text(encoding="utf-8").splitlines()
    if len(lines) < 3 or not lines[0].startswith("-- ") or not lines[1].startswith("-- grain: "):
        raise SqlFileError(f"{path}：第一行应为说明，第二行应为“-- grain: …”")
    select = "\n".join(lines)
    reads = {f"{schema}.{name}" for schema, name in _TABLE.findall(_COMMENT.sub("", select))}
    return SqlFile(table=table, path=path, sentence=lines[0][3:].strip(), comments=_column_comments(lines),
                   grain=tuple(part.strip() for part in lines[1].removeprefix("-- grain: ").split(",")),
                   reads=frozenset(reads - {table}), select=select)


def _column_comments(lines: list[str]) -> dict[str, str]:
    """Comments of the output columns: those behind the lines of the outermost SELECT."""
    start = max(number for number, line in enumerate(lines) if line.startswith("SELECT"))
    comments = {}
    for line in lines[start:]:
        expression, found, comment = line.partition(" -- ")
        if found and (name := re.search(r"([a-z_][a-z0-9_]*)\s*,?\s*$", expression)):
            comments[name.group(1)] = comment.strip()
    return comments


def in_order(files: Iterable[SqlFile]) -> list[SqlFile]:
    """The files in the order their FROM clauses ask for. Raises SqlFileError on a circle."""
    by_table = {file.table: file for file in files}
    graph = {table: file.reads & by_table.keys() for table, file in sorted(by_table.items())}
    try:
        return [by_table[table] for table in TopologicalSorter(graph).static_order()]
    except CycleError as circle:
        raise SqlFileError(f"这些表互相依赖：{' → '.join(circle.args[1])}") from circle
