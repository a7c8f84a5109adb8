"""The answer to a sent file: read and judged as a refresh does it, and the verdict marked in a copy."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from etl import intake, staging
from etl.home import SHANGHAI, Home, local_day
from etl.reading import Refused
from etl.register import SentFile, replay
from etl.returning.judged import AGAIN, Given, make_copy, make_marked, told_of
from etl.returning.marked import has_macros, is_markable, work_bytes
from etl.returning.place import target, written
from etl.returning.plain import Copying, copy
from etl.returning.source import Source
from etl.returning.told import Told
from etl.staging import Job, Staged
from etl.workers import Reader, stage_all
from warehouse.errors import StoreError
from warehouse.unit_doubts import unit_doubts

DEMO = "演示数据：虚构的园区，不是真实情况"
_STATUS = {"new": "已收到，尚未刷新", "placed": "已计入（被退回的行除外）", "held": "待确认，暂未计入", "refused": "整份退回，未计入",
           "repeated": "与现行文件相同，不重复计入", "withdrawn": "已撤下，不计入"}
_NOT_THEIRS = "原工作簿无法原样复制，这里只照录各行的内容，没有格式和公式；请在原文件上改。"


def answer(home: Home, source: Source, out: Path | None) -> tuple[Path, str]:
    """Write the answer; returns where it lies and what it says, in a sentence.

    Raises WrongArgument where `out` cannot be written to, OSError where landing was altered or the disk is full.
    """
    with tempfile.TemporaryDirectory(prefix="answer-") as folder:
        outcome = _staged(home, source, Path(folder))
        name = "退回-" + Path(source.name).stem.removeprefix("退回-")
        for suffix, write in _ways(home, source, outcome):
            path = target(out, name, suffix)
            with contextlib.suppress(Refused), written(path, private=True) as beside:
                write(beside)
                break
    if isinstance(outcome, Refused):
        return path, f"整份退回：{outcome.what}"
    return path, f"接收 {outcome.accepted:,} 行，退回 {outcome.refused:,} 行，另置 {outcome.set_aside:,} 行。"


def _ways(home: Home, source: Source, outcome: Staged | Refused) -> Iterator[tuple[str, Callable[[Path], None]]]:
    """What the answer's name ends in, and how to write it: the next way is for where the one before is refused or kills its child. The last cannot fail so."""
    about = tuple(_about(home, source))
    if isinstance(outcome, Refused):
        told = Told(about=(*about, ("结论", f"整份退回：{outcome.what}")), steps=(outcome.do, AGAIN))
    else:
        given = Given(source=source, staged=outcome, about=about, doubts=tuple(_doubts(home, source.sent)))
        told = told_of(given, ())
        size = work_bytes(source.blob)
        if is_markable(source.blob):
            yield ".xlsm" if has_macros(source.blob) else ".xlsx", lambda path: alone(make_marked, replace(given, target=path), size_bytes=size)
            given = replace(given, doubts=(*given.doubts, _NOT_THEIRS))
        yield ".xlsx", lambda path: alone(make_copy, replace(given, target=path), size_bytes=size)
    yield ".xlsx", lambda path: copy(Copying(source=None, target=path, told=told, heads={}))


def alone(work: Callable[[Given], None], given: Given, *, size_bytes: int) -> None:
    """Do the work in a reader of its own, under the limits of a file of this size. Raises Refused where it dies, and what it raises."""
    with Reader() as reader:
        problem = reader.run(work, (given,), size_bytes)
    if isinstance(problem, Refused | OSError):
        raise problem


def _staged(home: Home, source: Source, folder: Path) -> Staged | Refused:
    """As a refresh staged it, or read now, the same way."""
    if source.sent:
        job = intake.jobs(home, home.landing, replay(home.landing.acts()), [source.sent])[source.sent.file_id]
    else:
        job = Job(blob=source.blob, name=source.name, sha256=source.sha256, received_on=local_day(home.now()), staging=home.staging)
    if found := staging.already(job):
        return found
    job = replace(job, staging=folder)  # what a refresh keeps, it keeps under its lock
    outcome = stage_all([job], done=lambda job, outcome: None, workers=1)[job]
    if isinstance(outcome, OSError):
        raise outcome
    return outcome


def _about(home: Home, source: Source) -> Iterator[tuple[str, str]]:
    if home.demo_clock():
        yield "数据性质", DEMO
    yield "文件", source.name
    sent = source.sent
    if sent is None:
        yield "收到", "没有报送过，仅作检查"
    else:
        yield "收到", f"{sent.received_at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}，放在 {sent.path}，文件号 {sent.file_id}"
        yield "处理", _STATUS[sent.status] + (f"：{sent.what}" if sent.what else "")
    yield "内容指纹", source.sha256


def _doubts(home: Home, sent: SentFile | None) -> Iterator[str]:
    """Units that the current snapshot doubts in this file."""
    if sent is None or not (current := home.store.current()):
        return
    with contextlib.suppress(StoreError), contextlib.closing(home.store.open(current.snapshot)) as con:
        yield from (f"{doubt.sentence}。" for doubt in unit_doubts(con) if doubt.file_id == sent.file_id)
