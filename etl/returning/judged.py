"""What an answer says of a file that was read, and the two ways to write it. Runs in a child: the file is opened once more."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from etl.feeds import FEEDS
from etl.reading import Table, read
from etl.reading.grid import HEAD_ROWS
from etl.returning.marked import Marking, has_macros, mark
from etl.returning.plain import Copying, copy
from etl.returning.source import Source
from etl.returning.told import Told, absent, counts, faults_of
from etl.staging import Staged

AGAIN = "改好后把整份文件重新放进同一位置（收件夹里部门自己的文件夹），不是只报改过的行。"


@dataclass(frozen=True, kw_only=True)
class Given:
    """A file as staged, what is known of its sending, and where its answer goes."""

    source: Source
    staged: Staged
    about: tuple[tuple[str, str], ...]
    doubts: tuple[str, ...]
    target: Path = Path()


def make_marked(given: Given) -> None:
    """Write the workbook itself with its faults marked. Raises Refused, OSError."""
    told, _ = _judged(given)
    mark(Marking(source=given.source.blob, target=given.target, told=told, has_macros=has_macros(given.source.blob)))


def make_copy(given: Given) -> None:
    """Write its rows into a new workbook with the faults marked. Raises Refused, OSError."""
    told, heads = _judged(given)
    copy(Copying(source=given.source.blob, target=given.target, told=told, heads=heads))


def told_of(given: Given, tables: Sequence[Table]) -> Told:
    """The page of a staged file. `tables`: as read, for what stands where; without them nothing does."""
    faults, aside = faults_of(given.staged, tables)
    reasons, by_heading = counts(given.staged)
    return Told(about=(*given.about, *_facts(given, tables)), steps=tuple(_steps(given.staged)), faults=faults, set_aside=aside, by_heading=by_heading,
                reasons=reasons, rows_aside=given.staged.set_aside)


def _judged(given: Given) -> tuple[Told, dict[int, int]]:
    """The page, and how many rows of each sheet stand above its data."""
    source, sheets = given.source, given.staged.sheets
    feeds = {source.sent.feed: FEEDS[source.sent.feed]} if source.sent and source.sent.feed else FEEDS
    reading = read(source.blob, known=frozenset(heading for feed in feeds.values() for heading in feed.by_heading()), name=source.name)
    heads: dict[int, int] = {}
    for table in reading.tables:
        first = table.rows["row"].min()
        heads.setdefault(table.sheet_no, min(first - 1 if isinstance(first, int) else table.header_rows[-1], HEAD_ROWS))
    return told_of(given, [table for table in reading.tables if sheets[table.sheet_no : table.sheet_no + 1] == (table.sheet,)]), heads


def _facts(given: Given, tables: Sequence[Table]) -> Iterator[tuple[str, str]]:
    staged, sent, feed = given.staged, given.source.sent, FEEDS[given.staged.feed]
    as_of = sent.as_of if sent and sent.as_of else staged.as_of
    yield "报表", f"{feed.title}（{feed.name}）"
    yield "截至日", as_of.isoformat() if as_of else "没有写明：请在表头上方写“截至2026年10月31日”这样的一行"
    yield "读出", (f"{staged.rows_read:,} 行：接收 {staged.accepted:,} 行，退回 {staged.refused:,} 行（标红的单元格是原因所在），"
                 f"另置 {staged.set_aside:,} 行（标黄）")
    if tables and (without := absent(feed, {heading for table in tables for heading in table.columns})):
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
    yield f"{AGAIN}{'其余各行已经接收。' if staged.accepted else ''}"
