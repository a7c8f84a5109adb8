"""Uploads: the bytes somebody handed in on a page, for its owner alone to read, until they are published or forgotten."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
import secrets
import shutil
from dataclasses import dataclass
from pathlib import Path

from warehouse.jobs.folder import Person, check_allowed
from warehouse.jobs.places import new_folder, write

UPLOAD_BYTES = 50 << 20  # the same as server.maxUploadSize; a larger file goes into the inbox
FOLDER, CONTENT, FACTS = "submissions", "content", "upload.json"
NAME = re.compile(r"[0-9a-f]{32}")
LONGEST = 120  # characters of a file's name that are kept
UNSEEN = re.compile(r"[\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069]")  # also what turns the direction of writing


class TooLarge(Exception):
    """More bytes than a page takes."""

    def __init__(self, size: int) -> None:
        super().__init__(f"文件有 {size / 1e6:,.0f} MB，网页上至多 {UPLOAD_BYTES >> 20} MB。\n  请：删去多余的行列后另存，或把文件放进收件夹。")


class UnknownUpload(Exception):
    """There are no such bytes, or no longer."""

    def __init__(self) -> None:
        super().__init__("上传的文件已不在（已报送，或超过保留期）。\n  请：重新上传。")


@dataclass(frozen=True, kw_only=True)
class Upload:
    """A file as handed in. `name`: as its sender calls it, never a path; `sender`: 驻点 or 运营主体, "" for the department itself; `at`: aware, UTC."""

    upload_id: str
    name: str
    size: int
    sha256: str
    department: str
    sender: str
    by: str
    subject: str
    at: dt.datetime
    content: Path


def hand_in(home: Path, name: str, content: bytes, who: Person, *, department: str, sender: str = "") -> Upload:
    """Keep the bytes of a file of a department. Raises TooLarge, NotYours, OSError on a full disk."""
    check_allowed(home, who, department, "hand-in")
    if len(content) > UPLOAD_BYTES:
        raise TooLarge(len(content))
    (home / FOLDER).mkdir(mode=0o700, parents=True, exist_ok=True)
    upload_id = secrets.token_hex(16)
    with new_folder(home / FOLDER) as beside:
        (beside / CONTENT).touch(mode=0o600)
        (beside / CONTENT).write_bytes(content)
        write(beside / FACTS, {"name": plain_name(name), "size": len(content), "sha256": hashlib.sha256(content).hexdigest(), "department": department,
                               "sender": plain_name(sender, ""), "by": who.name, "subject": who.subject, "at": dt.datetime.now(dt.UTC).isoformat()})
        beside.rename(home / FOLDER / upload_id)
    return upload(home, upload_id)


def upload(home: Path, upload_id: str) -> Upload:
    """Raises UnknownUpload."""
    path = home / FOLDER / upload_id
    if not NAME.fullmatch(upload_id):
        raise UnknownUpload
    try:
        told = json.loads((path / FACTS).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise UnknownUpload from None
    return Upload(**{**told, "at": dt.datetime.fromisoformat(told["at"])}, upload_id=upload_id, content=path / CONTENT)


def kept(home: Path) -> frozenset[str]:
    """The uploads that are still there: neither published nor past their time."""
    return frozenset(path.name for path in (home / FOLDER).glob("*") if NAME.fullmatch(path.name))


def forget(home: Path, upload_id: str) -> None:
    """Its bytes are in landing, or nobody wants them any more."""
    if NAME.fullmatch(upload_id):
        shutil.rmtree(home / FOLDER / upload_id, ignore_errors=True)


def plain_name(name: str, otherwise: str = "未命名") -> str:
    """A file's name without folders and signs that cannot be seen; its end is kept, for it tells the kind."""
    last = re.split(r"[/\\]", UNSEEN.sub("", name))[-1].strip().strip(".") or otherwise
    stem, dot, end = last.rpartition(".")
    return last if len(last) <= LONGEST else f"{stem[:LONGEST - len(end) - 1]}{dot}{end}"[:LONGEST]
