"""The inbox: which files were sent since the last look, and by whom. Files stay where they were put."""

from __future__ import annotations

import errno
import os
import stat
import time
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from etl.contract import Feed

PASSING = ("~$", ".", "._", "desktop.ini", "Thumbs.db")  # lock files and hidden files of office programs
UNFINISHED = (".part", ".tmp", ".crdownload", ".partial", ".filepart")
TABLES = (".csv", ".xlsx", ".xls", ".txt")
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
    """What lies there: files at rest, files still being written, folders that bear a file's name, what cannot be opened, links, and what is no file at all:
    pipes, sockets, devices."""

    at_rest: tuple[Found, ...]
    still_written: tuple[str, ...]
    folders: tuple[str, ...]
    closed: tuple[str, ...]
    links: tuple[str, ...]
    odd: tuple[str, ...]


class StillWritten(Exception):
    """A file is no longer as it was when it was looked at."""


class Unreadable(Exception):
    """A file cannot be opened or read: its own fault, not that of the disk that keeps the copy."""


class AtRest:
    """A found file while it is read: what is read is all of it and as it was found, or StillWritten is raised."""

    def __init__(self, found: Found, file: BinaryIO) -> None:
        self._found, self._file, self._read = found, file, 0

    def read(self, most: int, /) -> bytes:
        """The next bytes. A file that grows as fast as it is read has an end all the same."""
        try:
            chunk = self._file.read(most)
        except OSError as problem:
            raise Unreadable(problem.strerror) from problem
        self._read += len(chunk)
        facts = os.fstat(self._file.fileno())
        if self._read > self._found.size_bytes or (facts.st_size, facts.st_mtime_ns) != (self._found.size_bytes, self._found.mtime_ns):
            raise StillWritten
        return chunk


@contextmanager
def opened(found: Found) -> Iterator[AtRest]:
    """Open a file that was found. Raises Unreadable; StillWritten where something else lies in its place now: a link, or a pipe, which is not waited for."""
    try:
        handle = os.open(found.file, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as problem:
        if problem.errno in (errno.ELOOP, errno.ENXIO):
            raise StillWritten from problem
        raise Unreadable(problem.strerror) from problem
    with os.fdopen(handle, "rb") as file:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise StillWritten
        yield AtRest(found, file)


def look(inbox: Path, is_taken: Mapping[tuple[str, int], int]) -> Look:
    """List the inbox. `is_taken`: (path, mtime_ns) → size of what was received already. Raises InboxUnusable."""
    try:
        folders, closed = _folders(inbox)
        links: list[str] = []
        odd: list[str] = []
        found = [each for each in _files(inbox, folders, closed, links, odd) if is_taken.get((each.path, each.mtime_ns)) != each.size_bytes]
        fresh = {each.path for each in found if time.time() - each.mtime_ns / 1e9 < SETTLED_S}
        if fresh:
            time.sleep(BETWEEN_LOOKS_S)
        now = {each.path: each for each in (_files(inbox, folders, [], [], []) if fresh else found)}
    except OSError as problem:
        raise InboxUnusable(f"收件夹 {inbox} 打不开：{problem.strerror}。\n  请：检查该文件夹是否存在、本程序是否有读取权限。") from problem
    moving = tuple(each.path for each in found if now.get(each.path) != each)
    at_rest = sorted((each for each in found if each.path not in moving), key=lambda each: (each.mtime_ns, each.path))
    bearing_file_names = sorted(_inside(inbox, folder) for folder in folders if folder.suffix.lower() in TABLES)
    return Look(at_rest=tuple(at_rest), still_written=moving, folders=tuple(bearing_file_names), closed=tuple(sorted(closed)),
                links=tuple(sorted(links)), odd=tuple(sorted(odd)))


def _folders(inbox: Path) -> tuple[list[Path], list[str]]:
    """The inbox and all folders within that can be listed, and those that cannot. Raises OSError where the inbox itself cannot."""
    next(inbox.iterdir(), None)
    closed: list[str] = []
    walked = os.walk(inbox, onerror=lambda problem: closed.append(_inside(inbox, Path(problem.filename))))
    return [Path(folder) for folder, _, _ in walked], closed


def _inside(inbox: Path, path: Path) -> str:
    """The path inside the inbox as people read it: names that came from Windows by zip or FTP are often GBK."""
    return "/".join(_readable(part) for part in path.relative_to(inbox).parts)


def _readable(name: str) -> str:
    try:
        name.encode()
    except UnicodeEncodeError:
        return os.fsencode(name).decode("gb18030", errors="replace")
    return name


def _files(inbox: Path, folders: Sequence[Path], closed: list[str], links: list[str], odd: list[str]) -> list[Found]:
    """What lies there now; what cannot be looked at is added to `closed`, links, which could lead anywhere, to `links`, and what is no file to `odd`."""
    found = []
    for path in (path for folder in folders if folder.is_dir() for path in folder.iterdir()):
        if path.name.startswith(PASSING) or path.suffix.lower() in UNFINISHED:
            continue
        try:
            facts = path.lstat()
        except FileNotFoundError:  # somebody took it away again
            continue
        except OSError:
            closed.append(_inside(inbox, path))
            continue
        if stat.S_ISREG(facts.st_mode):
            found.append(Found(path=_inside(inbox, path), file=path, size_bytes=facts.st_size, mtime_ns=facts.st_mtime_ns))
        elif stat.S_ISLNK(facts.st_mode):
            links.append(_inside(inbox, path))
        elif not stat.S_ISDIR(facts.st_mode):
            odd.append(_inside(inbox, path))
    return found


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


def department(text: str, known: Sequence[Department]) -> str | None:
    """The id of the department of this id, name or alias; None where there is none."""
    return _named(text, known)


def department_at(path: str, known: Sequence[Department]) -> str | None:
    """The department that a file at this inbox path comes from, as far as its folder or its name says it."""
    *folders, name = path.split("/")
    return _named(folders[0], known) if folders else _in_name(name, known)


@dataclass(frozen=True, kw_only=True)
class Sender:
    """Who sent a file: a department, and the office or operator within it ('' for the department itself)."""

    department_id: str
    sender: str


def sender_of(path: str, feed: type[Feed], known: Sequence[Department]) -> Sender | str:
    """Who sent the file at this inbox path; a sentence where it cannot be told or may not send this feed."""
    folders = path.split("/")[:-1]
    found = department_at(path, known)
    if found is None and not folders and len(feed.departments) == 1 and feed.departments != ("*",):
        found = feed.departments[0]
    if found is None:
        where = f"文件夹“{folders[0]}”不是已知部门" if folders else "文件名中没有部门名称，也未放在部门的文件夹里"
        return f"不知道是谁报送的：{where}"
    if feed.departments != ("*",) and found not in feed.departments:
        return f"“{feed.title}”由 {'、'.join(_title(each, known) for each in feed.departments)} 报送，此文件来自 {_title(found, known)}"
    return Sender(department_id=found, sender=folders[1] if found in OF_MANY and len(folders) > 1 else "")


def _named(text: str, known: Sequence[Department]) -> str | None:
    return next((each.department_id for each in known if _bare(text) in map(_bare, each.names)), None)


def _bare(text: str) -> str:
    """Without width, case, blanks and marks that cannot be seen."""
    return "".join(char for char in unicodedata.normalize("NFKC", text).lower() if unicodedata.category(char)[0] not in "ZC")


def _in_name(name: str, known: Sequence[Department]) -> str | None:
    """The department whose longest name or alias stands in the file name."""
    hits = [(len(alias), each.department_id) for each in known for alias in each.names if alias.lower() in name.lower()]
    return max(hits)[1] if hits else None


def _title(department_id: str, known: Sequence[Department]) -> str:
    return next((each.names[1] for each in known if each.department_id == department_id), department_id)
