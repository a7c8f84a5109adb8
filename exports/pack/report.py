"""汇报材料: the report for the meeting, from what was read, in the order of an official document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import duckdb

from analytics.finding import finding
from analytics.snapshot import About
from exports.pack.annexes import annexes
from exports.pack.change_part import changes
from exports.pack.document import Block, Document, Heading, Text
from exports.pack.exposure_part import exposure
from exports.pack.funnel_part import stages
from exports.pack.goal_part import goals
from exports.pack.meeting import Meeting
from exports.pack.numbering import date, first
from exports.pack.quality_part import trust
from exports.pack.task_part import work
from exports.pack.zone_part import zones
from language import SOURCE, _, spoken

BLANK = re.compile("(?<=[0-9%—])[ ](?=[一-鿿])|(?<=[一-鿿）])[ ](?=[0-9<>])")


def report(cursor: duckdb.DuckDBPyConnection, seen: Meeting) -> Document:
    """The whole report. The cursor is on the snapshot that was read."""
    occasion = seen.occasion
    issue = _("{issue} 期第 {revision} 稿", issue=occasion.issue, revision=occasion.revision) if occasion.issue else ""
    facts = [part for part in (_("联席会议 {meeting} 会议材料", meeting=occasion.meeting) if occasion.meeting else "", issue) if part]
    return Document(
        title=_("甘智汇科创园建设进展情况汇报"), facts=[*([_(" · ").join(facts)] if facts else []), _("数据截至{day}", day=date(seen.as_of))],
        banner=banner(seen.about), blocks=tuple(map(closed_up, _blocks(cursor, seen))), date=date(seen.today), annexes=annexes(seen))


def banner(told: About) -> str:
    """What each page of invented data says."""
    return _("演示数据：虚构的园区，不是真实情况") if told.is_demo else ""


def closed_up(block: Block) -> Block:
    """A paragraph without the blanks between numbers and Chinese, which a page has and an official document has not."""
    return replace(block, text=BLANK.sub("", block.text)) if isinstance(block, Text) and spoken() == SOURCE else block


def _blocks(cursor: duckdb.DuckDBPyConnection, seen: Meeting) -> Iterator[Block]:
    yield Text(lead=_("总的看，"), text=finding(seen.cards) + _("。"))
    sections = ((_("目标进展"), goals(cursor, seen)), (_("转化漏斗"), stages(cursor, seen)), (_("政府敞口"), exposure(cursor, seen)), (_("空间布局"), zones(seen)),
                (_("会间变化"), changes(seen)), (_("任务与议定事项"), work(seen)), (_("数据质量说明"), trust(seen)))
    for number, (title, blocks) in enumerate(sections, 1):
        yield Heading(level=1, text=first(number, title))
        yield from blocks
    yield Text(is_note=True, text=_("来源：甘智汇科创园数据看板，由各部门报送文件中的行合计而成，与看板各页同一时点、同一口径。快照 {snapshot}，"
                                    "知悉截至 {moment}。", snapshot=seen.snapshot, moment=f"{seen.about.known_at:%Y-%m-%d %H:%M}"))
