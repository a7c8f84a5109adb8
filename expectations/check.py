"""What a check is and what it found."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from great_expectations.expectations.expectation import Expectation

Dimension = Literal["规范性", "完整性", "准确性", "一致性", "时效性", "可访问性"]  # the six of GB/T 36344-2018; a check has one
Severity = Literal["critical", "warning"]
By = Literal["row_id", "sender"]
HIDDEN = ("row_id", "feed", "department_id")

SQL = Path(__file__).parent / "sql"


class CheckFileError(Exception):
    """A SQL file of a check breaks the promise of its first two lines; the message names it."""


@dataclass(frozen=True, kw_only=True)
class Query:
    """The SELECT of the offending keys and the FROM clause of all that is looked at; `{table}` stands for the check's table.

    `by`: what tells whose they are. "row_id": both give the id of a row of a file; "sender": both give feed, department_id and sender;
    None: nobody's but ours. Of the columns selected, `found` says what is wrong with the key that the others make; `HIDDEN` are not shown.
    """

    sentence: str
    checked: str
    select: str
    by: By | None = None


@dataclass(frozen=True, kw_only=True)
class Check:
    """What must hold of a table. `key`: the columns by which an offending row of an `Expectation` is named; a `Query` selects its own.

    `owner`: the department that acts on it; None: whoever sent the row.
    """

    check_id: str
    dimension: Dimension
    severity: Severity
    table: str
    sentence: str
    action: str
    test: Expectation | Query
    key: tuple[str, ...] = ()
    owner: str | None = None


@dataclass(frozen=True, kw_only=True)
class Part:
    """How many of the rows or keys examined, and how many of the offending, one sender's report accounts for."""

    feed: str
    department_id: str
    sender: str
    checked: int
    failed: int


@dataclass(frozen=True, kw_only=True)
class Case:
    """One offending row or key. `key` is the same from snapshot to snapshot; `row_id` None: it has no row."""

    feed: str
    department_id: str
    sender: str
    key: str
    found: str
    row_id: int | None


@dataclass(frozen=True, kw_only=True)
class Finding:
    """A check's outcome. `failed`, `checked`: offending and examined rows or keys; sentence, detail, action are Chinese.

    `parts`: whose they are, all of them; `cases`: the offending ones, the first 500. Both are empty where the check is nobody's but ours.
    """

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
    owner: str | None
    parts: tuple[Part, ...]
    cases: tuple[Case, ...]


def query(name: str) -> Query:
    """Read `sql/<name>.sql`: line 1 the sentence, line 2 what is looked at, line 3, if it can be said, whose that is. Raises CheckFileError."""
    path = SQL / f"{name}.sql"
    text = path.read_text(encoding="utf-8")
    sentence, checked, whose = (text.splitlines() + ["", "", ""])[:3]
    if not sentence.startswith("-- ") or not checked.startswith("-- checked: "):
        raise CheckFileError(f"{path}：第一行应为说明，第二行应为“-- checked: …”")
    by = next((each for each in get_args(By) if whose == f"-- by: {each}"), None)
    return Query(sentence=sentence.removeprefix("-- "), checked=checked.removeprefix("-- checked: "), select=text, by=by)
