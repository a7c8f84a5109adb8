"""Reading the record of who did what: whether it is whole, what it says, and old months moved away so that it still can be shown to be whole."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from warehouse.audit import FOLDER, PROGRAM, Event, alone, write
from warehouse.audit_lines import FIRST, MONTHS, note, opened

KEPT_MONTHS = 6  # 网络安全法 第二十一条（三）: logs stay at hand for no less than six months


@dataclass(frozen=True, kw_only=True)
class Fault:
    """A place where the record is not whole: the file, the line in it counted from 1 (0: the file itself), and what is wrong, in Chinese."""

    file: str
    line: int
    what: str


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """`lines`: whole ones that were read. `head`: number and hash of the newest, to be kept elsewhere. `moved`: months that were moved away."""

    lines: int
    head: tuple[int, str]
    faults: tuple[Fault, ...]
    moved: tuple[str, ...]


def verify(home: Path, *, beside: Path | None = None, known: tuple[int, str] | None = None) -> Verdict:
    """Follow the chain through every line. `beside`: where moved months lie, to be followed too; `known`: number and hash of a line as they were once told.

    What shows: a line changed, taken out, put in or cut off; a month that is missing. A record rewritten from some line to its end, note and
    all, shows only against a head that was kept elsewhere.
    """
    folder = home / FOLDER
    faults: list[Fault] = []
    torn: list[tuple[Path, int, bytes]] = []
    moved: dict[str, Mapping[str, Any]] = {}
    hashes: dict[int, str] = {}
    chain = [] if beside is None else sorted(beside.glob(MONTHS))
    here = sorted(folder.glob(MONTHS))
    away = {path.name for path in chain} - {path.name for path in here}
    seq, before, start = 0, FIRST, (0, FIRST)
    for path, number, line in _lines([path for path in chain if path.name in away] + here):
        told = opened(line)
        if told is None:
            torn.append((path, number, line))
            continue
        at, named = int(told["seq"]), str(told["before"])
        if not hashes:
            start = (at - 1, named)
        elif at != seq + 1:
            faults.append(_fault(path, number, f"缺第 {seq + 1}–{at - 1} 条" if at > seq else f"第 {at} 条在第 {seq} 条之后"))
        elif named != before:
            faults.append(_fault(path, number, f"第 {at} 条接的不是第 {seq} 条：前面的内容有改动"))
        torn = _explained(told, torn, faults)
        if told["event"] == Event.ARCHIVED:
            moved[str(told["file"])] = told
        seq, before = at, str(told["hash"])
        hashes[seq] = before
    faults += [_fault(path, number, "这一行读不通，封印不合：内容有改动，或断电时没有写完（下一次写入会说明）") for path, number, _ in torn]
    if start != (0, FIRST) and start not in {(int(each["last"]), str(each["last_hash"])) for each in moved.values()}:
        faults.append(_fault(here[0] if here else folder, 1, f"缺第 1–{start[0]} 条，也没有移存的记录"))
    faults += _of_note(folder, hashes, seq) + _of_moved(beside, moved)
    if known and hashes.get(known[0]) != known[1]:
        faults.append(Fault(file=FOLDER, line=0, what=f"第 {known[0]} 条不是当时记下的那一条：其后曾被整段改写或移走"))
    return Verdict(lines=len(hashes), head=(seq, before), faults=tuple(faults), moved=tuple(sorted(moved)))


def listed(home: Path, *, since: dt.datetime | None = None, event: str | None = None, who: str | None = None) -> Iterator[Mapping[str, Any]]:
    """What the record says, oldest first, but for lines that cannot be read. `since`: aware."""
    months = sorted((home / FOLDER).glob(MONTHS))
    for _path, _number, line in _lines(path for path in months if since is None or path.stem >= f"{since.astimezone(dt.UTC):%Y-%m}"):
        told = opened(line)
        if told and (since is None or dt.datetime.fromisoformat(told["at"]) >= since) and event in (None, told["event"]) and who in (None, told["who"]):
            yield told


def archive(home: Path, to: Path, *, now: dt.datetime) -> list[Path]:
    """Move the months that ended six months ago and earlier; a line of the record says of each what it was. Returns where they lie now.

    Raises OSError; a month leaves its place only after its copy is on the disk, was read back the same, and the record says so.
    """
    folder = home / FOLDER
    oldest_kept = now.year * 12 + now.month - 1 - KEPT_MONTHS
    there = []
    to.mkdir(mode=0o700, parents=True, exist_ok=True)
    with alone(folder):
        for path in sorted(folder.glob(MONTHS))[:-1]:  # the newest stays, however old: the next line goes on from it
            year, month = map(int, path.stem.split("-"))
            if year * 12 + month - 1 >= oldest_kept:
                break
            content = path.read_bytes()
            last = next(told for line in reversed(content.split(b"\n")) if (told := opened(line)))
            _copied(path, to / path.name)
            write(folder, Event.ARCHIVED, PROGRAM, {"file": path.name, "sha256": hashlib.sha256(content).hexdigest(), "last": last["seq"], "last_hash": last["hash"]})
            path.unlink()
            there.append(to / path.name)
    return there


def _copied(path: Path, target: Path) -> None:
    shutil.copyfile(path, target)
    with target.open("rb+") as copy:
        os.fsync(copy.fileno())
        target.chmod(0o600)
        if copy.read() != path.read_bytes():
            raise OSError(f"{target} 与 {path.name} 不同")


def _lines(paths: Iterable[Path]) -> Iterator[tuple[Path, int, bytes]]:
    for path in paths:
        for number, line in enumerate(path.read_bytes().split(b"\n"), start=1):
            if line:
                yield path, number, line


def _explained(told: Mapping[str, Any], torn: list[tuple[Path, int, bytes]], faults: list[Fault]) -> list[tuple[Path, int, bytes]]:
    """Half lines that the writer after them has spoken of are no fault; those it has not are."""
    said = b"\n".join(line for _, _, line in torn)
    if torn and not (told["event"] == Event.REPAIRED and told.get("sha256") == hashlib.sha256(said).hexdigest()):
        faults += [_fault(path, number, "这一行读不通，封印不合：内容有改动") for path, number, _ in torn]
    return []


def _of_note(folder: Path, hashes: Mapping[int, str], seq: int) -> list[Fault]:
    """What the note of the newest line says against the lines."""
    noted = note(folder)
    if noted is None:
        return [Fault(file=".last", line=0, what="最后一条的记号缺失或读不出；下一次写入会说明")] if hashes else []
    if noted.seq > seq:
        return [Fault(file=noted.file, line=0, what=f"末尾缺第 {seq + 1}–{noted.seq} 条")]
    if noted.seq in hashes and hashes[noted.seq] != noted.hash:
        return [Fault(file=noted.file, line=0, what=f"第 {noted.seq} 条不是当时写下的那一条")]
    return []


def _of_moved(beside: Path | None, moved: Mapping[str, Mapping[str, Any]]) -> list[Fault]:
    """Moved months against what the record says of them."""
    faults = []
    for name, told in moved.items() if beside else ():
        path = (beside or Path()) / name
        if not path.is_file():
            faults.append(Fault(file=name, line=0, what="已移存，但不在所给的文件夹里"))
        elif hashlib.sha256(path.read_bytes()).hexdigest() != told["sha256"]:
            faults.append(Fault(file=name, line=0, what="与移存时不同"))
    return faults


def _fault(path: Path, number: int, what: str) -> Fault:
    return Fault(file=path.name, line=number, what=what)
