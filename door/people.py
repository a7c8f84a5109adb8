"""The list of people: who has which role until when, kept in the data home; a line that is not understood gives nothing and takes nothing from others."""

from __future__ import annotations

import csv
import datetime as dt
import fcntl
import io
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from door.setup import Grant, WrongSetup, grant
from language import _
from warehouse import whole_file

FILE = "people.csv"
COLUMNS = ("subject", "name", "role", "departments", "valid_until")


class WrongLine(Exception):
    """A sentence: what is wrong with a line."""


@dataclass(frozen=True, kw_only=True)
class Person:
    """One line. `until`: the last day on which it holds, None: no end."""

    subject: str
    name: str
    grant: Grant
    until: dt.date | None


@dataclass(frozen=True, kw_only=True)
class People:
    """`lines`: by subject, None where its line is wrong; `wrong`: a sentence for each such; `is_read` False: the file as a whole is not understood,
    and nobody has a role, for it may be what takes one away."""

    lines: Mapping[str, Person | None]
    wrong: tuple[str, ...] = ()
    is_read: bool = True


def people(home: Path) -> People:
    """The list as it stands now."""
    path = home / FILE
    try:
        told = path.stat()
    except FileNotFoundError:
        return People(lines={})
    except OSError as problem:
        return People(lines={}, wrong=(f"{path}: {problem.strerror}",), is_read=False)
    return _read(path, told.st_mtime_ns, told.st_size, told.st_ino)


def put(home: Path, person: Person) -> None:
    """Add a person, or replace the line of this subject. Raises WrongLine where the list itself is not understood, OSError."""
    _change(home, lambda lines: [*(line for line in lines if line["subject"] != person.subject), _line(person)])


def take_out(home: Path, subject: str) -> bool:
    """Remove the lines of a subject, whether understood or not; returns whether there were any. Raises as `put`."""
    found = False

    def without(lines: list[dict[str, str]]) -> list[dict[str, str]]:
        nonlocal found
        left = [line for line in lines if line["subject"] != subject]
        found = len(left) < len(lines)
        return left

    _change(home, without)
    return found


def person(line: Mapping[str, str]) -> Person:
    """A line by the names of its columns. Raises WrongLine."""
    if not line["subject"]:
        raise WrongLine(_("没有 subject"))
    if not line["name"]:
        raise WrongLine(_("没有姓名（签认、冻结要署名）"))
    try:
        given = grant(f"{line['role']} {line['departments']}".strip())
    except WrongSetup as problem:
        raise WrongLine(str(problem)) from problem
    if given.departments is not None and not given.departments:
        raise WrongLine(_("部门数据员没有写部门"))
    try:
        until = dt.date.fromisoformat(line["valid_until"]) if line["valid_until"] else None
    except ValueError as problem:
        raise WrongLine(_("valid_until“{text}”不是日期，应如 2027-06-30", text=line["valid_until"])) from problem
    return Person(subject=line["subject"], name=line["name"], grant=given, until=until)


@lru_cache(maxsize=2)
def _read(path: Path, _changed: int, _size: int, _inode: int) -> People:
    try:
        rows = _rows(path)
    except (OSError, ValueError, csv.Error, WrongLine) as problem:
        return People(lines={}, wrong=(_("{file}：整份读不懂（{problem}），现在谁也没有权限。请：由备份恢复，或改正。", file=FILE, problem=problem),), is_read=False)
    lines: dict[str, Person | None] = {}
    wrong = []
    for number, row in enumerate(rows, 2):
        try:
            found = person(row)
            if row["subject"] in lines:
                raise WrongLine(_("subject 写了两次，两行都不作数"))
            lines[found.subject] = found
        except WrongLine as problem:
            wrong.append(_("{file} 第 {n} 行：{problem}。这一行的人没有权限。", file=FILE, n=number, problem=problem))
            if row["subject"]:
                lines[row["subject"]] = None
    return People(lines=lines, wrong=tuple(wrong))


def _rows(path: Path) -> list[dict[str, str]]:
    """Raises OSError, ValueError, csv.Error, WrongLine."""
    rows = [[cell.strip() for cell in row] for row in csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline=""), strict=True) if any(row)]
    if not rows or tuple(rows[0]) != COLUMNS:
        raise WrongLine(_("第一行应为 {columns}", columns=",".join(COLUMNS)))
    return [dict(zip(COLUMNS, [*row, *[""] * len(COLUMNS)], strict=False)) for row in rows[1:]]


def _line(person: Person) -> dict[str, str]:
    return {"subject": person.subject, "name": person.name, "role": person.grant.role or "none", "departments": " ".join(sorted(person.grant.departments or ())),
            "valid_until": person.until.isoformat() if person.until else ""}


def _change(home: Path, change: Callable[[list[dict[str, str]]], list[dict[str, str]]]) -> None:
    path = home / FILE
    with _alone(home):
        try:
            lines = _rows(path) if path.exists() else []
        except (ValueError, csv.Error) as problem:
            raise WrongLine(str(problem)) from problem
        text = io.StringIO(newline="")
        writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(change(lines))
        whole_file.replace(path, text.getvalue())


@contextmanager
def _alone(home: Path) -> Iterator[None]:
    """One writer at a time."""
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(home / f".{FILE}.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
