"""What a check is and what it found."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from great_expectations.expectations.expectation import Expectation

Dimension = Literal["规范性", "完整性", "准确性", "一致性", "时效性", "可访问性"]  # the six of GB/T 36344-2018; a check has one
Severity = Literal["critical", "warning"]

SQL = Path(__file__).parent / "sql"


class CheckFileError(Exception):
    """A SQL file of a check breaks the promise of its first two lines; the message names it."""


@dataclass(frozen=True, kw_only=True)
class Query:
    """The SELECT of the offending keys and the FROM clause of all that is looked at; `{table}` stands for the check's table."""

    sentence: str
    checked: str
    select: str


@dataclass(frozen=True, kw_only=True)
class Check:
    """What must hold of a table. `key`: the columns by which an offending row of an `Expectation` is named; a `Query` selects its own."""

    check_id: str
    dimension: Dimension
    severity: Severity
    table: str
    sentence: str
    action: str
    test: Expectation | Query
    key: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Finding:
    """A check's outcome. `failed`, `checked`: offending and examined rows or keys; sentence, detail, action are Chinese."""

    check_id: str
    dimension: Dimension
    severity: Severity
    table: str
    success: bool
    failed: int
    checked: int | None
    sentence: str
    detail: str
    action: str


def query(name: str) -> Query:
    """Read `sql/<name>.sql`: line 1 the sentence, line 2 what is looked at. Raises CheckFileError."""
    path = SQL / f"{name}.sql"
    text = path.read_text(encoding="utf-8")
    sentence, checked = (text.splitlines() + ["", ""])[:2]
    if not sentence.startswith("-- ") or not checked.startswith("-- checked: "):
        raise CheckFileError(f"{path}：第一行应为说明，第二行应为“-- checked: …”")
    return Query(sentence=sentence.removeprefix("-- "), checked=checked.removeprefix("-- checked: "), select=text)
