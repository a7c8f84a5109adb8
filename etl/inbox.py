"""The inbox: which files were sent since the last look, and by whom. Files stay where they were put."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from etl.contract import Feed

PASSING = ("~$", ".", "._")  # lock files and hidden files of office programs
UNFINISHED = (".part", ".tmp", ".crdownload", ".partial", ".filepart")
OF_MANY = ("D07", "D10")  # departments that are many offices or operators, each with a folder of its own within the department's
SETTLED_S = 2.0  # a file changed more recently than this is looked at twice
BETWEEN_LOOKS_S = 0.5


class InboxUnusable(Exception):
    """The inbox cannot be listed."""


@dataclass(frozen=True, kw_only=True)
class Found:
    """A file in the inbox. `path` is inside the inbox, with '/'."""

    path: str
    file: Path
    size_bytes: int
    mtime_ns: int


@dataclass(frozen=True, kw_only=True)
class Look:
    """What lies there: files at rest, files still being written, and folders that bear a file's name."""

    at_rest: tuple[Found, ...]
    still_written: tuple[str, ...]
    folders: tuple[str, ...]


def look(inbox: Path, is_taken: Mapping[tuple[str, int], int]) -> Look:
    """List the inbox. `is_taken`: (path, mtime_ns) → size of what was received already. Raises InboxUnusable."""
    try:
        found = [each for each in _listed(inbox) if is_taken.get((each.path, each.mtime_ns)) != each.size_bytes]
        fresh = {each.path for each in found if time.time() - each.mtime_ns / 1e9 < SETTLED_S}
        if fresh:
            time.sleep(BETWEEN_LOOKS_S)
        now = {each.path: each for each in _listed(inbox)} if fresh else {each.path: each for each in found}
        folders = tuple(sorted(str(path.relative_to(inbox)) for path in inbox.rglob("*.*") if path.is_dir() and path.suffix.lower() in
                               (".csv", ".xlsx", ".xls", ".txt")))
    except OSError as problem:
        raise InboxUnusable(f"收件夹 {inbox} 打不开：{problem.strerror}。\n  请：检查该文件夹是否存在、本程序是否有读取权限。") from problem
    moving = tuple(each.path for each in found if now.get(each.path) != each)
    at_rest = sorted((each for each in found if each.path not in moving), key=lambda each: (each.mtime_ns, each.path))
    return Look(at_rest=tuple(at_rest), still_written=moving, folders=folders)


def _listed(inbox: Path) -> list[Found]:
    if not inbox.is_dir():
        raise FileNotFoundError(2, "没有这个文件夹", str(inbox))
    next(inbox.iterdir(), None)  # rglob is silent about a folder it may not list
    files = [path for path in inbox.rglob("*") if path.is_file() and not path.name.startswith(PASSING)
             and path.suffix.lower() not in UNFINISHED]
    return [Found(path=path.relative_to(inbox).as_posix(), file=path, size_bytes=stat.st_size, mtime_ns=stat.st_mtime_ns)
            for path in files for stat in [path.stat()]]


@dataclass(frozen=True, kw_only=True)
class Department:
    """A department as it may be written."""

    department_id: str
    names: tuple[str, ...]  # id, full name, aliases


def departments(rows: Iterable[Mapping[str, str]]) -> tuple[Department, ...]:
    """From the rows of the reference table."""
    return tuple(Department(department_id=row["department_id"],
                            names=(row["department_id"], row["name_zh"], *filter(None, (row["aliases_zh"] or "").split("|"))))
                 for row in rows)


@dataclass(frozen=True, kw_only=True)
class Sender:
    """Who sent a file: a department, and the office or operator within it ('' for the department itself)."""

    department_id: str
    sender: str


def sender_of(path: str, feed: type[Feed], known: Sequence[Department]) -> Sender | str:
    """Who sent the file at this inbox path; a sentence where it cannot be told or may not send this feed."""
    *folders, name = path.split("/")
    found = _named(folders[0], known) if folders else _in_name(name, known)
    if found is None and not folders and len(feed.departments) == 1 and feed.departments != ("*",):
        found = feed.departments[0]
    if found is None:
        where = f"文件夹“{folders[0]}”不是已知部门" if folders else "文件名中没有部门名称，也未放在部门的文件夹里"
        return f"不知道是谁报送的：{where}"
    if feed.departments != ("*",) and found not in feed.departments:
        return f"“{feed.title}”由 {'、'.join(_title(each, known) for each in feed.departments)} 报送，此文件来自 {_title(found, known)}"
    return Sender(department_id=found, sender=folders[1] if found in OF_MANY and len(folders) > 1 else "")


def _named(text: str, known: Sequence[Department]) -> str | None:
    squeezed = text.replace(" ", "").lower()
    return next((each.department_id for each in known if squeezed in {name.lower() for name in each.names}), None)


def _in_name(name: str, known: Sequence[Department]) -> str | None:
    """The department whose longest name or alias stands in the file name."""
    hits = [(len(alias), each.department_id) for each in known for alias in each.names if alias.lower() in name.lower()]
    return max(hits)[1] if hits else None


def _title(department_id: str, known: Sequence[Department]) -> str:
    return next((each.names[1] for each in known if each.department_id == department_id), department_id)
