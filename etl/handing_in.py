"""A file handed in by a named person, on a page or the command line: a door beside the inbox, with the same pipeline and the same records behind it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from etl.intake import said_already
from etl.landing import Landing
from etl.register import SentFile, replay
from etl.report import Report, WrongArgument
from etl.signing import Signer, certify, confirm, known, withdraw
from warehouse.jobs.results import Comment
from warehouse.snapshot_file import digest

REPLACED = "由文件号 {} 更换"


@dataclass(kw_only=True)
class HandedIn:
    """One file. `sha256`: of the bytes that were looked at before; others are refused. `as_of`: for a file that does not say. `answered`: the question that
    its sender answers yes; another that arises holds it. `replaces`: the file that is withdrawn once this one counts. `file_id`: its number, once received;
    that of the standing file where it says the same."""

    content: Path
    name: str
    department: str
    signer: Signer
    way: Literal["web", "cli"]
    sender: str = ""
    sha256: str = ""
    as_of: dt.date | None = None
    comments: Sequence[Comment] = ()
    is_certified: bool = False
    answered: str = ""
    replaces: int | None = None
    file_id: int = field(default=0, init=False)

    @property
    def job(self) -> str:
        return self.signer.job

    @property
    def who(self) -> str:
        return self.signer.subject

    @property
    def path(self) -> str:
        """Where it would lie in the inbox."""
        return "/".join(filter(None, (self.department, self.sender, self.name)))

    def receive(self, landing: Landing, moment: dt.datetime, report: Report) -> int:
        """Keep the bytes and what is said with them. Raises WrongArgument, OSError."""
        found = digest(self.content)
        if self.sha256 not in ("", found):
            raise WrongArgument(f"文件内容与试算时不同（指纹 {found[:12]}，试算的是 {self.sha256[:12]}），未报送。\n  请：重新试算，核对后再报送。")
        if self.replaces is not None:
            self._check_replaced(landing)
        with self.content.open("rb") as sent:
            sha256, size = landing.keep(sent)
        if already := said_already(replay(landing.acts()), self.path, sha256):
            self.file_id = already.file_id
        else:
            self.file_id = landing.append(
                "received", at=moment, name=self.name, path=self.path, sha256=sha256, size_bytes=size, mtime_ns=0, way=self.way, department=self.department,
                as_of_given=self.as_of and self.as_of.isoformat(), **self.signer.signed()).seq
        for comment in self.comments:
            landing.append("commented", at=moment, file=self.file_id, finding=comment.finding_id, what=comment.what, text=comment.text, **self.signer.signed())
        if self.is_certified:
            certify(landing, self.file_id, self.signer, moment, sha256=sha256)
        report.step("received", "收到文件", file=self.file_id)
        return 0

    def settle(self, landing: Landing, moment: dt.datetime) -> None:
        """Answer the question, and withdraw what it replaces."""
        file = self.found(landing)
        if file.status == "held" and self.answered and file.what == self.answered and file.as_of:
            confirm(landing, file.file_id, self.signer, moment)
            file = self.found(landing)
        if file.status == "placed" and self.replaces not in (None, file.file_id):
            assert self.replaces is not None
            if known(landing, self.replaces).status == "placed":
                withdraw(landing, self.replaces, self.signer, moment, reason=REPLACED.format(file.file_id))

    def found(self, landing: Landing) -> SentFile:
        """The file as it stands in the register."""
        return known(landing, self.file_id)

    def _check_replaced(self, landing: Landing) -> None:
        assert self.replaces is not None
        old = known(landing, self.replaces)
        if old.status != "placed" or old.department_id != self.department:
            raise WrongArgument(f"文件号 {old.file_id} 不是 {self.department} 现在计入的文件，不能更换。\n  请：在报送记录中选一个计入的文件。")
