"""Which feed a file is, told by its headings alone."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from etl.contract import Feed
from etl.gate import missing_headings
from etl.reading import Near, Reading, Refused, Table

NEAR = 0.7  # how alike two headings must be before we ask whether they are one
ALIKE = 2  # known headings that make a sheet look like a report, if it has more of the needed ones than it lacks
ANSWER_NOTES, FORM_NOTES = "退回说明", "填报说明"  # sheets that etl/returning writes beside a department's own: no report is lost there


@dataclass(frozen=True, kw_only=True)
class Recognised:
    """The feed and the tables of the file that carry it. `question`: what must be asked before the file can count.

    `foreign`: sheets whose tables look like no report and were not used.
    """

    feed: type[Feed]
    tables: tuple[Table, ...]
    question: str | None
    foreign: tuple[str, ...] = ()


def recognise(tables: Sequence[Table], feeds: Mapping[str, type[Feed]]) -> Recognised:
    """The one feed whose required headings a table has. Raises Refused naming the nearest feed and the headings that differ, and
    for two of its tables side by side."""
    if not tables:
        raise Refused("文件中没有可读的表", "把数据放在可见的工作表中，第一行数据之上保留列名，重新报送。")
    fitting = {name: tuple(table for table in tables if not missing_headings(feed, table.columns)) for name, feed in feeds.items()}
    candidates = [feeds[name] for name, found in fitting.items() if found]
    if not candidates:
        raise _nearest(tables, feeds)
    best = max(candidates, key=lambda feed: max((table.rows.height > 0, len(_mapped(feed, table))) for table in fitting[feed.name]))
    used = fitting[best.name]
    if alongside := _alongside(used):
        raise Refused(f"工作表“{alongside}”里并排放着两张同样的表，同一行属于两条记录", "把两张表上下接成一张，或分在两个工作表，重新报送。")
    others = [(table, _closest(feeds, table)) for table in tables if missing_headings(best, table.columns)]
    questions = [_question(best, used), *(_about(table, feed) for table, feed in others if feed and table.rows.height)]
    return Recognised(feed=best, tables=used, question="；".join(filter(None, questions)) or None,
                      foreign=tuple(table.sheet for table, feed in others if not feed))


def _alongside(tables: Sequence[Table]) -> str | None:
    """A sheet on which two tables of the feed share rows: a row's number would no longer say which record it is."""
    rows: dict[int, set[int]] = {}
    for table in tables if len({table.sheet_no for table in tables}) < len(tables) else ():
        here = set(table.rows["row"])
        if here & rows.setdefault(table.sheet_no, set()):
            return table.sheet
        rows[table.sheet_no] |= here
    return None


def left_out(reading: Reading, recognised: Recognised) -> tuple[str, ...]:
    """A sentence per sheet that holds something, was not used and is no reason to ask."""
    hidden = [name for name in reading.unread if name in reading.hidden_sheets]
    visible = [name for name in (*recognised.foreign, *reading.unread) if name not in (*hidden, ANSWER_NOTES, FORM_NOTES)]
    return (*(f"工作表“{name}”没有读入" for name in visible), *(f"隐藏的工作表“{name}”中有表，没有读入" for name in hidden))


def _closest(feeds: Mapping[str, type[Feed]], table: Table) -> type[Feed] | None:
    """The feed a table fits, else the one it comes nearest to; None where it looks like no report."""
    alike = [feed for feed in feeds.values() if (len(_mapped(feed, table)) >= ALIKE and _has_most(feed, table)) or not missing_headings(feed, table.columns)]
    return max(alike, key=lambda feed: (-len(missing_headings(feed, table.columns)), len(_mapped(feed, table))), default=None)


def _has_most(feed: type[Feed], table: Table) -> bool:
    return len(missing_headings(feed, table.columns)) * 2 < sum(column.required for column in feed.columns)


def _about(table: Table, feed: type[Feed]) -> str:
    """What to ask of a sheet that was not used. The answer 'no' leaves it out, as with a heading."""
    if missing := missing_headings(feed, table.columns):
        return f"工作表“{table.sheet}”（{table.rows.height} 行）没有读入，按“{feed.title}”缺少列：{'、'.join(missing)}，是否也应计入"
    return f"工作表“{table.sheet}”（{table.rows.height} 行）是另一张报表“{feed.title}”，没有读入，是否也应计入（请分开报送）"


def _mapped(feed: type[Feed], table: Table) -> set[str]:
    known = feed.by_heading()
    return {known[heading].name for heading in table.columns if heading in known}


def _nearest(tables: Sequence[Table], feeds: Mapping[str, type[Feed]]) -> Refused:
    def fit(pair: tuple[type[Feed], Table]) -> tuple[int, int]:
        feed, table = pair
        return len(_mapped(feed, table)) - len(missing_headings(feed, table.columns)), len(_mapped(feed, table))

    feed, table = max(((feed, table) for feed in feeds.values() for table in tables), key=fit)
    has = "、".join(table.columns)
    where = f"工作表“{table.sheet}”" if table.sheet else "文件"
    if not _mapped(feed, table):
        titles = "、".join(each.title for each in feeds.values())
        return Refused(f"认不出是哪张报表。{where}中有：{has}", f"核对是否送错文件；现有报表：{titles}。")
    missing = missing_headings(feed, table.columns)
    unknown = tuple(heading for heading in table.columns if heading not in feed.by_heading() and heading not in feed.ignored)
    return Refused(f"最接近“{feed.title}”，但缺少列：{'、'.join(missing)}。{where}中有：{has}", f"与报送单位确认列名，或在 etl/feeds/{feed.name}.py 为该列加别名。",
                   Near(feed=feed.name, missing=missing, unknown=unknown))


def _question(feed: type[Feed], tables: Sequence[Table]) -> str | None:
    """An unknown heading close to an optional column nobody filled may be that column: ask, do not guess."""
    known = feed.by_heading()
    headings = [heading for table in tables for heading in table.columns]
    filled = {known[heading].name for heading in headings if heading in known}
    unfilled = {heading: column for heading, column in known.items() if column.name not in filled}
    for heading in headings:
        if heading not in known and heading not in feed.ignored:
            near = difflib.get_close_matches(heading, unfilled, n=1, cutoff=NEAR)
            if near:
                return f"列“{heading}”是否就是“{unfilled[near[0]].heading}”"
    return None
