"""A pack into a folder: 汇报材料 to edit and for the archive, 数据表, the data package, their fingerprints, and all of it once more as one zip."""

from __future__ import annotations

import datetime as dt
import errno
import hashlib
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb

from charts.paper.rendering import NoChineseFont, NotDrawn, rendered_both
from exports.pack.changes import Changes
from exports.pack.data_package import package
from exports.pack.docx_file import docx
from exports.pack.meeting import Meeting, Occasion, meeting
from exports.pack.pdf_file import pdf
from exports.pack.problem import NotWritten
from exports.pack.report import report
from exports.pack.workbook import workbook
from exports.pack.zip_file import packed
from language import N_, SOURCE, _, speaking
from warehouse.here import reader, store_root
from warehouse.issues import Issue

REPORT, TABLES, ZIP = N_("汇报材料"), N_("数据表"), N_("会议材料")
SUMS = "SHA256SUMS"
NOT_FROZEN = Occasion()


@dataclass(frozen=True, kw_only=True)
class Pack:
    """What was written. `files`: SHA-256 by path inside the folder, the zip included."""

    folder: Path
    files: Mapping[str, str]


def write_for(folder: Path, issue: Issue, changes: Changes | None = None) -> Pack:
    """The pack of an issue, from the snapshot that it pins. As `write_pack`; raises StoreError too."""
    with reader(store_root()).pin(issue.snapshot) as pinned:
        return write_pack(folder, pinned.cursor, issue.as_of, Occasion(meeting=issue.meeting, issue=issue.issue_id, revision=issue.revision), changes)


def write_pack(folder: Path, cursor: duckdb.DuckDBPyConnection, as_of: dt.date | None = None, occasion: Occasion = NOT_FROZEN, changes: Changes | None = None, *,
               language: str = SOURCE) -> Pack:
    """The pack at V (None: the newest) of the snapshot the cursor is on, into a folder that is not there yet or empty: all of it or nothing.

    The same snapshot, V, occasion and changes give the same bytes, on the same fonts. `language`: of the words; an official document is in Chinese.
    Raises NotWritten with what to do, OutOfRange, NothingReceived, UnknownMetric.
    """
    with speaking(language):
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise NotWritten(_("会议材料没有写成：{folder} 已经有内容。请：换一个还没有的或空的文件夹。", folder=folder))
        files = _files(cursor, meeting(cursor, as_of, occasion, changes))
        try:
            _published(folder, files)
        except OSError as problem:
            if problem.errno in (errno.ENOSPC, errno.EDQUOT):
                raise NotWritten(_("会议材料没有写成：{folder} 所在的磁盘已满。请：腾出空间后再试；没有留下写了一半的文件。", folder=folder)) from problem
            raise NotWritten(_("会议材料没有写成：不能写入 {folder}（{why}）。请：检查权限后再试；没有留下写了一半的文件。", folder=folder,
                               why=problem.strerror)) from problem
        return Pack(folder=folder, files={name: hashlib.sha256(content).hexdigest() for name, content in files.items()})


def _files(cursor: duckdb.DuckDBPyConnection, seen: Meeting) -> dict[str, bytes]:
    """Every file by its path. Raises NotWritten."""
    at = seen.about.known_at
    document = report(cursor, seen)
    try:
        pictures = rendered_both([each.drawing for each in document.pictures])
    except NoChineseFont as problem:
        raise NotWritten(_("会议材料没有写成：服务器上没有中文字体 {font}。请：安装字体（如 fonts-noto-cjk）后再试。", font="Noto Sans CJK SC")) from problem
    except NotDrawn as problem:
        raise NotWritten(_("会议材料没有写成：图没有画成（{why}）。请：稍后再试；仍不行，转告数据管理员。", why=problem)) from problem
    try:
        book = workbook(cursor, seen)
    except OSError as problem:
        raise NotWritten(_("会议材料没有写成：临时文件夹所在的磁盘已满。请：腾出空间后再试；没有留下写了一半的文件。")) from problem
    files = {
        f"{_(REPORT)}.docx": docx(document, [png for _svg, png in pictures], at=at), f"{_(REPORT)}.pdf": pdf(document, [svg for svg, _png in pictures], at=at),
        f"{_(TABLES)}.xlsx": book, **package(cursor, seen)}
    files[SUMS] = "".join(f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in sorted(files.items())).encode()
    return files | {f"{_(ZIP)}.zip": packed(files, at)}


def _published(folder: Path, files: Mapping[str, bytes]) -> None:
    """All of them beside the folder first, then in its place at once. Raises OSError, and leaves nothing."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    unfinished = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    try:
        for name, content in files.items():
            path = unfinished / name
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(content)
        unfinished.chmod(0o755)
        unfinished.replace(folder)
    except BaseException:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise
