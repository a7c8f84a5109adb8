"""What a sender's own heading means, said once by a named person: python -m etl map."""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping

from etl import inbox
from etl.contract import Feed
from etl.feeds import FEEDS
from etl.home import Home
from etl.landing import Act
from etl.reading.heading import plain
from etl.reference import in_force
from etl.register import Register, replay
from etl.report import WrongArgument
from etl.signing import Signer
from warehouse.lock import writer_lock


def map_headings(asked: argparse.Namespace) -> int:
    """Record what headings of one feed and sender mean; without any, show what was said. The next refresh reads their files so."""
    home = Home.here()
    feed = _feed(asked.feed)
    if not (asked.pairs or asked.ignore or asked.forget):
        return _show(replay(home.landing.acts()), feed, asked.json)
    if asked.by is None or asked.sender is None:
        raise WrongArgument("请写明报送主体和由谁决定：--sender 部门[/主体] --by 姓名。")
    headings: dict[str, str | None] = dict(_pair(feed, pair) for pair in asked.pairs)
    headings |= dict.fromkeys(asked.ignore, "") | dict.fromkeys(asked.forget)
    act = said(home, feed.name, asked.sender, headings, Signer(name=asked.by))
    who = "/".join(filter(None, (act.body["department"], act.body["sender"])))
    print(f"已记下：{feed.title} · {who} · {len(act.body['headings'])} 个列名（记事 {act.seq}）。运行 python -m etl refresh 后生效。")
    return 0


def said(home: Home, feed_name: str, sender: str, headings: Mapping[str, str | None], signer: Signer, *, wait_s: float = 0) -> Act:
    """Record what headings of one feed and sender mean: heading → name or heading of the column, "" for one not used, None to take back what was said.

    Raises WrongArgument naming what there is, Busy.
    """
    feed = _feed(feed_name)
    with writer_lock(home.lock, "python -m etl map", wait_s=wait_s):
        register = replay(home.landing.acts())
        scope = _scope(register, feed, sender)
        known = register.headings.get(scope, {})
        recorded: dict[str, str | None] = {}
        for heading, column in headings.items():
            if column is not None:
                recorded[_new(feed, heading)] = column and _column(feed, column)
            elif (bare := plain(heading)) in known:
                recorded[bare] = None
            else:
                raise WrongArgument(f"没有说明过列“{bare}”。现有：{'、'.join(known) or '（无）'}")
        titles = {column.name: column.heading for column in feed.columns if column.name in recorded.values()}
        return home.landing.append("mapped", at=home.now(), feed=scope[0], department=scope[1], sender=scope[2], headings=recorded, titles=titles,
                                   **signer.signed())


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


def _pair(feed: type[Feed], pair: str) -> tuple[str, str]:
    """文件中的列名=报表的列名. Raises WrongArgument naming the columns of the feed."""
    heading, found, meaning = pair.rpartition("=")
    if not found or not meaning.strip():
        raise WrongArgument(f"“{pair}”应为 文件中的列名=报表的列名。{feed.title}的列：{'、'.join(each.heading for each in feed.columns)}")
    return heading, meaning


def _column(feed: type[Feed], meaning: str) -> str:
    """The name of the column of this heading or name. Raises WrongArgument naming the columns of the feed."""
    column = feed.by_heading().get(plain(meaning)) or next((each for each in feed.columns if each.name == meaning.strip()), None)
    if column is None:
        raise WrongArgument(f"没有列“{meaning}”，应为 文件中的列名=报表的列名。{feed.title}的列：{'、'.join(each.heading for each in feed.columns)}")
    return column.name


def _new(feed: type[Feed], heading: str) -> str:
    """A heading as it is compared. Raises WrongArgument where it is blank or the feed knows it."""
    bare = plain(heading)
    if not bare or bare in feed.by_heading() or bare in feed.ignored:
        raise WrongArgument(f"列名“{heading}”{'是空的' if not bare else '报表已经认识，不必说明'}。")
    return bare
