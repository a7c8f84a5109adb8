"""The answer to a sent file: read and judged as a refresh does it, and the verdict marked in a copy."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from etl import intake, staging
from etl.feeds import FEEDS
from etl.home import SHANGHAI, Home, local_day
from etl.reading import Refused, Table, read
from etl.register import SentFile
from etl.returning.marked import Marking, has_macros, is_markable, mark
from etl.returning.place import target, written
from etl.returning.plain import Copying, copy
from etl.returning.source import Source
from etl.returning.told import Told, absent, counts, faults_of
from etl.staging import Job, Staged
from etl.workers import KILLED, Died, alone, stage_all
from warehouse.errors import StoreError
from warehouse.unit_doubts import unit_doubts

DEMO = "演示数据：虚构的园区，不是真实情况"
_STATUS = {"new": "已收到，尚未刷新", "placed": "已计入（被退回的行除外）", "held": "待确认，暂未计入", "refused": "整份退回，未计入",
           "repeated": "与现行文件相同，不重复计入", "withdrawn": "已撤下，不计入"}
_AGAIN = "改好后把整份文件重新放进同一位置（收件夹里部门自己的文件夹），不是只报改过的行。"


@dataclass(frozen=True, kw_only=True)
class Given:
    """What a child needs to judge a file."""

    source: Source
    staged: Staged
    about: tuple[tuple[str, str], ...]
    doubts: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Judged:
    """What the answer says, and how to write it. `heads`: sheet_no → how many rows stand above its data."""

    told: Told
    heads: dict[int, int]
    is_markable: bool
    has_macros: bool


def answer(home: Home, source: Source, out: Path | None) -> tuple[Path, str]:
    """Write the answer; returns where it lies and what it says, in a sentence.

    Raises WrongArgument where `out` cannot be written to, OSError where landing was altered or the disk is full.
    """
    with tempfile.TemporaryDirectory(prefix="answer-") as folder:
        outcome = _staged(home, source, Path(folder))
        about = tuple(_about(home, source))
        judged: Judged | Refused = outcome if isinstance(outcome, Refused) else _judged_alone(home, source, outcome, about)
        if isinstance(judged, Refused):
            told = Told(about=(*about, ("结论", f"整份退回：{judged.what}")), steps=(judged.do, _AGAIN))
            judged = Judged(told=told, heads={}, is_markable=False, has_macros=False)
        path = target(out, _name(source), ".xlsm" if judged.has_macros else ".xlsx")
        with written(path, private=True) as beside:
            _write(source, beside, judged, is_read=isinstance(outcome, Staged))
    if isinstance(outcome, Refused):
        return path, f"整份退回：{outcome.what}"
    return path, f"接收 {outcome.accepted:,} 行，退回 {outcome.refused:,} 行，另置 {outcome.set_aside:,} 行。"


def _staged(home: Home, source: Source, folder: Path) -> Staged | Refused:
    """As a refresh staged it, or read now, the same way."""
    if source.sent:
        job = intake.job(home, home.landing, source.sent)
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


def _judged_alone(home: Home, source: Source, staged: Staged, about: tuple[tuple[str, str], ...]) -> Judged | Refused:
    given = Given(source=source, staged=staged, about=about, doubts=tuple(_doubts(home, source.sent)))
    try:
        return alone(_judged, given, size_bytes=_size(source))
    except Refused as refusal:
        return refusal
    except Died:
        return Refused(KILLED, "拆成较小的文件后重新报送。")


def _judged(given: Given) -> Judged:
    """For a child: the file is read once more, to see what stands where. Raises Refused, OSError."""
    source, staged = given.source, given.staged
    feeds = {source.sent.feed: FEEDS[source.sent.feed]} if source.sent and source.sent.feed else FEEDS
    reading = read(source.blob, known=frozenset(heading for feed in feeds.values() for heading in feed.by_heading()), name=source.name)
    tables = tuple(table for table in reading.tables if staged.sheets[table.sheet_no : table.sheet_no + 1] == (table.sheet,))
    faults, aside = faults_of(staged, tables)
    reasons, by_heading, rows_aside = counts(staged)
    told = Told(about=(*given.about, *_facts(given, tables)), steps=tuple(_steps(staged)), faults=faults, set_aside=aside, by_heading=by_heading,
                reasons=reasons, rows_aside=rows_aside)
    heads: dict[int, int] = {}
    for table in reading.tables:
        heads.setdefault(table.sheet_no, table.header_rows[-1])
    return Judged(told=told, heads=heads, is_markable=is_markable(source.blob), has_macros=has_macros(source.blob))


def _facts(given: Given, tables: Sequence[Table]) -> Iterator[tuple[str, str]]:
    staged, sent, feed = given.staged, given.source.sent, FEEDS[given.staged.feed]
    as_of = sent.as_of if sent and sent.as_of else staged.as_of
    yield "报表", f"{feed.title}（{feed.name}）"
    yield "截至日", as_of.isoformat() if as_of else "没有写明：请在表头上方写“截至2026年10月31日”这样的一行"
    yield "读出", (f"{staged.rows_read:,} 行：接收 {staged.accepted:,} 行，退回 {staged.refused:,} 行（标红的单元格是原因所在），"
                 f"另置 {staged.set_aside:,} 行（标黄）")
    if without := absent(feed, tables):
        yield "没有的列", "、".join(without) + "（都不是必填；有的话请补上）"
    if staged.unknown:
        yield "不认识的列", "、".join(staged.unknown) + "（未使用）"
    if staged.question:
        yield "请答复", f"{staged.question}？"
    for said in (*staged.warnings, *given.doubts):
        yield "请注意", said


def _steps(staged: Staged) -> Iterator[str]:
    if not staged.refused:
        yield "没有退回的行，不必重报；上面“请注意”“请答复”所列请核对。"
        return
    yield "逐格核对标红的单元格：原因写在批注里，也列在下面，点“位置”可以跳到那一格。"
    yield "在原文件或本文件上改都可以；标红、批注和本页不影响读取，不必删除。图形、控件等本文件可能没有保留，以原文件为准。"
    yield f"{_AGAIN}{'其余各行已经接收。' if staged.accepted else ''}"


def _write(source: Source, path: Path, judged: Judged, *, is_read: bool) -> None:
    """The marked workbook; where that cannot be, its rows in a new one; and where not even that, the page alone."""
    told = judged.told
    if judged.is_markable:
        try:
            return alone(mark, Marking(source=source.blob, target=path, told=told, has_macros=judged.has_macros), size_bytes=_size(source))
        except Died:  # a workbook that can be read but not written again
            told = replace(told, about=(*told.about, ("请注意", "原工作簿无法原样复制，这里只照录各行的内容，没有格式和公式；请在原文件上改。")))
    copying = Copying(source=source.blob if is_read else None, target=path, told=told, heads=judged.heads)
    try:
        alone(copy, copying, size_bytes=_size(source))
    except Died:
        copy(replace(copying, source=None))
    return None


def _name(source: Source) -> str:
    return "退回-" + Path(source.name).stem.removeprefix("退回-")


def _size(source: Source) -> int:
    return source.blob.stat().st_size
