"""What a sender's own heading means, said once by a named person: python -m etl map."""

from __future__ import annotations

import argparse
import json
import sys

from etl import inbox
from etl.contract import Feed
from etl.feeds import FEEDS
from etl.home import Home
from etl.reading.heading import plain
from etl.reference import in_force
from etl.register import Register, replay
from etl.report import WrongArgument
from warehouse.lock import writer_lock


def map_headings(asked: argparse.Namespace) -> int:
    """Record what headings of one feed and sender mean; without any, show what was said. The next refresh reads their files so."""
    home = Home.here()
    feed = _feed(asked.feed)
    if asked.told:
        _take(asked, sys.stdin.read())
    if not (asked.pairs or asked.ignore or asked.forget):
        return _show(replay(home.landing.acts()), feed, asked.json)
    if asked.by is None or asked.sender is None:
        raise WrongArgument("请写明报送主体和由谁决定：--sender 部门[/主体] --by 姓名。")
    with writer_lock(home.lock, "python -m etl map"):
        register = replay(home.landing.acts())
        scope = _scope(register, feed, asked.sender)
        headings: dict[str, str | None] = dict(_meant(feed, pair) for pair in asked.pairs)
        headings |= {_new(feed, heading): "" for heading in asked.ignore}
        meant = register.headings.get(scope, {})
        for heading in map(plain, asked.forget):
            if heading not in meant:
                raise WrongArgument(f"没有说明过列“{heading}”。现有：{'、'.join(meant) or '（无）'}")
            headings[heading] = None
        titles = {column.name: column.heading for column in feed.columns if column.name in headings.values()}
        act = home.landing.append("mapped", at=home.now(), feed=scope[0], department=scope[1], sender=scope[2], headings=headings, titles=titles, by=asked.by)
    print(f"已记下：{feed.title} · {'/'.join(filter(None, scope[1:]))} · {len(headings)} 个列名（记事 {act.seq}）。运行 python -m etl refresh 后生效。")
    return 0


def _take(asked: argparse.Namespace, text: str) -> None:
    """What another program says, as if it stood on the command line: a heading may hold any sign there. Raises WrongArgument."""
    try:
        told = json.loads(text)
    except ValueError:
        told = None
    if not isinstance(told, dict) or not told or not all(column is None or isinstance(column, str) for column in told.values()):
        raise WrongArgument('标准输入应为 {"文件中的列名": "报表的列名"}；空字符串为不用，null 为收回。')
    asked.pairs = [*asked.pairs, *(f"{heading}={column}" for heading, column in told.items() if column)]
    asked.ignore = [*asked.ignore, *(heading for heading, column in told.items() if column == "")]
    asked.forget = [*asked.forget, *(heading for heading, column in told.items() if column is None)]


def _show(register: Register, feed: type[Feed], as_json: bool) -> int:
    titles = {column.name: column.heading for column in feed.columns}
    rows = [{"department": department, "sender": sender, "heading": heading, "column": column}
            for (name, department, sender), headings in sorted(register.headings.items()) if name == feed.name
            for heading, column in sorted(headings.items())]
    if as_json:
        print(json.dumps(rows, ensure_ascii=False, indent=1))
    for row in [] if as_json else rows:
        who = "/".join(filter(None, (row["department"], row["sender"])))
        print(f"{who}  {row['heading']} → {titles[row['column']] if row['column'] else '不用'}")
    if not rows and not as_json:
        print(f"“{feed.title}”还没有说明过列名。")
    return 0


def _feed(text: str) -> type[Feed]:
    found = next((feed for feed in FEEDS.values() if text in (feed.name, feed.title)), None)
    if found is None:
        raise WrongArgument(f"没有报表“{text}”。现有：{'、'.join(f'{feed.name}（{feed.title}）' for feed in FEEDS.values())}")
    return found


def _scope(register: Register, feed: type[Feed], text: str) -> tuple[str, str, str]:
    """The sender as an inbox folder would tell it. Raises WrongArgument where it is unknown or may not send this feed."""
    known = inbox.departments(in_force(register.rules)["departments"].iter_rows(named=True))
    who = inbox.sender_of(f"{text.strip('/')}/-", feed, known)
    if isinstance(who, str):
        raise WrongArgument(f"{who}。")
    return feed.name, who.department_id, who.sender


def _meant(feed: type[Feed], pair: str) -> tuple[str, str]:
    """文件中的列名=报表的列名. Raises WrongArgument naming the columns of the feed."""
    heading, found, meaning = pair.rpartition("=")
    column = feed.by_heading().get(plain(meaning)) or next((each for each in feed.columns if each.name == meaning.strip()), None)
    if not found or column is None:
        raise WrongArgument(f"“{pair}”应为 文件中的列名=报表的列名。{feed.title}的列：{'、'.join(each.heading for each in feed.columns)}")
    return _new(feed, heading), column.name


def _new(feed: type[Feed], heading: str) -> str:
    """A heading as it is compared. Raises WrongArgument where it is blank or the feed knows it."""
    bare = plain(heading)
    if not bare or bare in feed.by_heading() or bare in feed.ignored:
        raise WrongArgument(f"列名“{heading}”{'是空的' if not bare else '报表已经认识，不必说明'}。")
    return bare
