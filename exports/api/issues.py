"""GET /issues, /issues/{issue}, its pack and each of its files: what was frozen, byte for byte."""

from __future__ import annotations

import hashlib
import os
from contextlib import ExitStack
from urllib.parse import quote

from exports.api.bodies import PREFIX, VERSION, IssueDetail, IssueLine, Issues, StoredFile
from exports.api.contract import Answer, Asked, Content, Parameter, as_etag
from exports.api.json_answer import answered
from exports.api.views import looking
from exports.issue_routes import PIECE, file_of, media_type, whole, zipped
from language import N_, _
from warehouse.here import data_home
from warehouse.issues import Frozen, issue, issues, newest

ISSUE_ID = Parameter(name="issue", about=N_("期号，如 2026-11，即最新的一版；某一版为 2026-11r1"), is_in_path=True, example="2026-11")
FILE = Parameter(name="name", about=N_("文件在专刊文件夹中的路径，见 files"), is_in_path=True, example="manifest.json")
ZIP = "application/zip"
ANY = "*/*"  # whatever kind the file is


def catalogue(_asked: Asked, _stack: ExitStack) -> Answer:
    """All issues."""
    with looking(_("专刊")):
        known = issues(data_home())
    last = newest(known)
    return answered(Issues(contract=VERSION, issues=tuple(_line(each, is_newest=each in last) for each in known)), {"rows": len(known)})


def detail(asked: Asked, _stack: ExitStack) -> Answer:
    """One issue with its files."""
    frozen = _frozen(asked)
    with looking(_("专刊")):
        line = _line(frozen, is_newest=frozen in newest(issues(data_home())))
    files = tuple(StoredFile(name=each.name, size=each.size, sha256=each.sha256, media_type=media_type(each.name),
                             href=f"{line.href}/files/{quote(each.name)}") for each in frozen.handed_out)
    return answered(IssueDetail(contract=VERSION, issue=line, pack=f"{line.href}/pack", files=files), {"issue": frozen.name, "rows": len(files)})


def pack(asked: Asked, stack: ExitStack) -> Answer:
    """All files as one zip."""
    frozen = _frozen(asked)
    with looking(_("专刊")):
        manifest = whole(frozen)

    def content() -> Content:
        file = zipped(frozen, stack)
        file.seek(0)
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]
        length = file.seek(0, os.SEEK_END)
        file.seek(0)
        return Content(pieces=iter(lambda: file.read(PIECE), b""), length=length, sha256=sha256)

    return Answer(media_type=ZIP, etag=as_etag(manifest.sha256), content=content, facts={"issue": frozen.name, "rows": len(frozen.handed_out)},
                  headers={"Content-Disposition": f'attachment; filename="issue-{frozen.name}.zip"'}, is_for_ever=asked.given[ISSUE_ID.name] == frozen.name)


def file(asked: Asked, stack: ExitStack) -> Answer:
    """One of the files."""
    frozen = _frozen(asked)
    with looking(_("地址中的文件名")):
        stored = file_of(frozen, asked.given[FILE.name])

    def content() -> Content:
        opened = stack.enter_context((frozen.folder / stored.name).open("rb"))
        return Content(pieces=iter(lambda: opened.read(PIECE), b""), length=stored.size, sha256=stored.sha256)

    return Answer(media_type=media_type(stored.name), etag=as_etag(stored.sha256), content=content, facts={"issue": frozen.name, "file": stored.sha256},
                  is_for_ever=asked.given[ISSUE_ID.name] == frozen.name)


def _frozen(asked: Asked) -> Frozen:
    with looking(_("地址中的期号")):
        return issue(data_home(), asked.given[ISSUE_ID.name])


def _line(frozen: Frozen, *, is_newest: bool) -> IssueLine:
    return IssueLine(name=frozen.name, issue=frozen.issue_id, revision=frozen.revision, is_newest=is_newest, meeting=frozen.meeting, as_of=frozen.as_of,
                     snapshot=frozen.snapshot, previous=frozen.previous, frozen_at=frozen.at, reason=frozen.reason, href=f"{PREFIX}/issues/{frozen.name}")
