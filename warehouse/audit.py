"""The record of who did what: JSON lines, a file a month, each line sealed by the hash of the one before. Only ever appended to; no personal data in it."""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path

from warehouse.audit_lines import Head, append, last_whole, newest, note, put, size_of, stands

FOLDER = "audit"
WHO = "GANZHIHUI_WHO"  # for whom this process acts, where it was started for somebody
PROGRAM = "warehouse.audit"  # who says what was mended
OWN_NAMES = frozenset({"seq", "at", "event", "who", "before", "hash"})
CODE = re.compile(r"[\x21-\x7e]{0,600}")
# 手机号, 身份证号 and e-mail addresses: of what is written in the letters of codes, what names a person.
PERSONAL = re.compile(r"(?<![0-9A-Za-z])(1[3-9]\d{9}|[1-9]\d{5}(19|20)\d{2}(0[1-9]|1[0-2])\d{5}[\dXx])(?![0-9A-Za-z])|@")


class Event(StrEnum):
    """What is recorded: 登录、退出、拒绝访问、查看受限数据、导出、报送、签认、撤回、发布、换回、口径变更、列名、冻结、送达、任务取消、令牌、确认、授权、修补、移存."""

    LOGIN = "login"
    LOGOUT = "logout"
    REFUSED = "refused"
    VIEWED = "viewed"
    EXPORTED = "exported"
    SUBMITTED = "submitted"
    WITHDRAWN = "withdrawn"
    CERTIFIED = "certified"
    PUBLISHED = "published"
    ROLLED_BACK = "rolled_back"
    DEFINED = "defined"
    MAPPED = "mapped"
    FROZEN = "frozen"
    DELIVERED = "delivered"
    CANCELLED = "cancelled"
    KEYS = "keys"
    CONFIRMED = "confirmed"
    GRANTED = "granted"
    REPAIRED = "repaired"  # what a writer found broken and left standing: `what` is torn, cut or note
    ARCHIVED = "archived"  # a month was moved away: its file, hash, last line


def code(text: str) -> str:
    """The text where it is a code; otherwise `#` and the beginning of its hash, by which it can be found again but not read."""
    return text if CODE.fullmatch(text) and not PERSONAL.search(text) else f"#{hashlib.sha256(text.encode()).hexdigest()[:16]}"


def acting() -> str:
    """For whom this process acts: who started it through the pages, or else the account of the system it runs under."""
    return os.environ.get(WHO) or f"uid:{os.getuid()}"


def record(home: Path, event: Event, *, who: str, **facts: str | int | None) -> None:
    """Append one line, durably. `who`: the opaque subject; `facts`: codes, counts and hashes. What is no code could be a name or a cell of a file: of it
    only the hash is written, as `code` makes it, whoever asks.

    Raises OSError where it cannot be written: what must be recorded must then not be done.
    """
    if own := OWN_NAMES & facts.keys():
        raise ValueError(f"every line says {', '.join(sorted(own))} itself")
    folder = home / FOLDER
    with alone(folder):
        write(folder, event, code(who), {name: code(fact) if isinstance(fact, str) else fact for name, fact in facts.items()})


def write(folder: Path, event: Event, who: str, facts: dict[str, str | int | None]) -> None:
    """One line after the newest, which is looked for where the note is not its own. The caller is `alone`. Raises OSError."""
    head = note(folder)
    if head is None or size_of(folder / head.file) != head.size or newest(folder) != head.file:
        head = _mended(folder, head)
    append(folder, head, event, who, facts)


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """One writer at a time: pages, routes and commands are several processes."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(folder / ".lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _mended(folder: Path, noted: Head | None) -> Head:
    """The newest whole line, by the lines themselves; what is broken is left standing and said in a line of its own.

    A writer killed between line and note leaves a whole line that the note does not name. Power lost leaves half a line. Lines cut
    off leave a note that is ahead of them: the numbers then go on from the note, so that the gap stays to be seen.
    """
    name = newest(folder)
    content = (folder / name).read_bytes() if name else b""
    found, good = last_whole(folder, name)
    is_cut = noted is not None and not stands(folder, noted)
    head = found
    if noted and is_cut:
        head = Head(seq=max(noted.seq, found.seq), hash=noted.hash, file=name, size=0)
    torn = content[good:].strip(b"\n")
    if content and not content.endswith(b"\n"):
        put(folder / name, b"\n")
    if torn:
        head = append(folder, head, Event.REPAIRED, PROGRAM, {"what": "torn", "bytes": len(torn), "sha256": hashlib.sha256(torn).hexdigest()})
    if noted and is_cut:
        return append(folder, head, Event.REPAIRED, PROGRAM, {"what": "cut", "after": found.seq, "noted": noted.seq})
    if noted is None and found.seq:
        return append(folder, head, Event.REPAIRED, PROGRAM, {"what": "note"})
    return head
