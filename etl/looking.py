"""What `inspect` says of a file: how it is read, and what a refresh would make of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from etl.contract import Feed
from etl.feeds import FEEDS
from etl.reading import Reading, Refused, Table, read
from etl.reading.heading import plain
from etl.reading.inspection import described, tables_on
from etl.recognise import ANSWER_NOTES, FORM_NOTES, Recognised, left_out, recognise
from etl.staging import as_of_tables


@dataclass(frozen=True, kw_only=True)
class Look:
    """`found`: as `described`. `views`: per table its columns down and rows across, each cell a text. `told`: lines on the feed."""

    found: dict[str, Any]
    views: tuple[tuple[tuple[str, ...], ...], ...]
    told: tuple[str, ...]


def look(path: Path, *, sheet: str | None = None, feed: str | None = None, rows: int = 0) -> Look:
    """Read a file, generically or as the one feed. `rows`: how many data rows of either end to show. Raises Refused.

    Headings of the feeds only steer the reading where the file is one of them; a table of another kind is read as it stands.
    """
    feeds = {feed: FEEDS[feed]} if feed else FEEDS
    known = frozenset(heading for each in feeds.values() for heading in each.by_heading())
    reading = read(path, known=known)
    recognised = _recognised(reading, feeds)
    told = tuple(_told(reading, path.name, recognised))
    is_ours = told[0].startswith("报表") and any(sum(plain(name) in known for name in table.columns) * 2 >= len(table.columns)
                                              for table in reading.tables)
    if not feed and not is_ours:
        reading = read(path)
    if sheet is None:
        reading = _without_our_own(reading, recognised)
    views = tuple(tuple(_view(table, max(rows, 1))) for table in tables_on(reading, sheet))
    return Look(found=described(reading, sheet=sheet, first_and_last=rows), views=views, told=told)


def _recognised(reading: Reading, feeds: Mapping[str, type[Feed]]) -> Recognised | Refused:
    try:
        return recognise(reading.tables, feeds)
    except Refused as refusal:
        return refusal


def _without_our_own(reading: Reading, recognised: Recognised | Refused) -> Reading:
    """Without the sheets that we put beside a department's own, where they are not the report itself, nor all there is."""
    used = () if isinstance(recognised, Refused) else {table.sheet for table in recognised.tables}
    tables = tuple(table for table in reading.tables if table.sheet in used or table.sheet not in (ANSWER_NOTES, FORM_NOTES))
    return replace(reading, tables=tables or reading.tables)


def _told(reading: Reading, name: str, recognised: Recognised | Refused) -> Iterator[str]:
    """What a refresh would take the file for, or why it would refuse it."""
    if isinstance(recognised, Refused):
        yield f"刷新时会被退回：{recognised.what}\n  请：{recognised.do}"
        return
    as_of = as_of_tables(recognised.tables, name)
    yield f"报表：{recognised.feed.title}（{recognised.feed.name}）\n截至：{as_of or '没有写明，刷新时会待确认'}"
    if recognised.question:
        yield f"刷新时会待确认：{recognised.question}？"
    for sentence in left_out(reading, recognised):
        yield f"注意：{sentence}"


def _view(table: Table, ends: int) -> Iterator[tuple[str, ...]]:
    """The first and last rows turned on their side: a line of row numbers, then a line per column."""
    numbers = table.rows["row"].to_list()
    shown = [*range(len(numbers))] if len(numbers) <= 2 * ends else [*range(ends), *range(len(numbers) - ends, len(numbers))]
    yield ("列", "单位", *(f"第 {numbers[place]} 行" for place in shown))
    for order, column in enumerate(table.columns):
        cells = ["" if (cell := table.rows[column][place]) is None else str(cell) for place in shown]
        if order == 0:
            cells = ["　" * table.levels.get(numbers[place], 0) + cell for place, cell in zip(shown, cells, strict=True)]
        yield (column, table.units.get(column, ""), *cells)
