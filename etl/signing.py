"""What a named person does to a file: confirm, withdraw, certify, comment. One place for the command line and the pages; callers hold the refresh lock."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass, field
from typing import Any

from etl.home import local_day
from etl.intake import EARLIEST, month_end, superseded
from etl.landing import Landing
from etl.register import SentFile, replay
from etl.report import WrongArgument, in_a_line
from warehouse.audit import acting


@dataclass(frozen=True, kw_only=True)
class Signer:
    """Who does it. `name`: as signed with; `subject`: in the sealed record, where no names are; `job`: whose acts count whole or not at all."""

    name: str
    subject: str = field(default_factory=acting)
    job: str = ""

    def signed(self) -> dict[str, Any]:
        """For an act: the name, and a hash by which the record's subject can be held against it."""
        return {"by": self.name, "subject": hashlib.sha256(self.subject.encode()).hexdigest()[:16], "who": self.subject, **({"job": self.job} if self.job else {})}


def confirm(landing: Landing, file_id: int, signer: Signer, moment: dt.datetime, *, as_of: dt.date | None = None) -> dt.date:
    """Let a held file count; returns its as-of. Raises WrongArgument where it is not held or the day cannot be."""
    file = known(landing, file_id)
    if file.status != "held":
        raise WrongArgument(f"文件号 {file.file_id}（{in_a_line(file.path)}）不在待确认之列。")
    day = as_of or file.as_of
    if day is None:
        raise WrongArgument("此文件没有写明截至日，请加 --as-of 2026-10-31 这样的日期。")
    if not EARLIEST <= day <= (latest := month_end(local_day(moment))):
        raise WrongArgument(f"截至日 {day} 不在 {EARLIEST} 至 {latest} 之间，请核对。")
    register = replay(landing.acts())
    landing.append("confirmed", at=moment, file=file.file_id, **signer.signed())
    landing.append("placed", at=moment, file=file.file_id, feed=file.feed, department=file.department_id, sender=file.sender, as_of=day.isoformat(),
                   accepted=file.accepted, refused=file.refused, supersedes=superseded(register, file.scope, day))
    return day


def withdraw(landing: Landing, file_id: int, signer: Signer, moment: dt.datetime, *, reason: str = "") -> SentFile:
    """Take a file out of force, or one that nobody has judged yet out of the queue; its predecessor stands again. Raises WrongArgument."""
    file = known(landing, file_id)
    if file.status not in ("placed", "held", "new"):
        raise WrongArgument(f"文件号 {file.file_id}（{in_a_line(file.path)}）没有计入，不必撤下。")
    landing.append("withdrawn", at=moment, file=file.file_id, reason=reason, **signer.signed())
    return file


def certify(landing: Landing, file_id: int, signer: Signer, moment: dt.datetime, *, sha256: str) -> SentFile:
    """Sign a file for exactly these bytes. Raises WrongArgument where they are not the file's, or it does not count."""
    file = known(landing, file_id)
    if file.sha256 != sha256:
        raise WrongArgument(f"文件号 {file.file_id} 的内容与所核对的不同（指纹 {file.sha256[:12]}，所核对的 {sha256[:12]}），不予签认。\n  请：重新核对后再签认。")
    if file.status not in ("placed", "held", "new"):
        raise WrongArgument(f"文件号 {file.file_id}（{in_a_line(file.path)}）没有计入，不能签认。")
    landing.append("certified", at=moment, file=file.file_id, sha256=sha256, **signer.signed())
    return file


def known(landing: Landing, file_id: int) -> SentFile:
    """Raises WrongArgument naming the numbers there are."""
    files = replay(landing.acts()).files
    if file_id not in files:
        newest = list(files)[-10:]
        raise WrongArgument(f"没有文件号 {file_id}。最近的：{'、'.join(map(str, newest)) or '（无）'}；全部见 status 与 history。")
    return files[file_id]
