"""The commands that write a file for a department: answer, template."""

from __future__ import annotations

import argparse
import difflib

from etl.contract import Feed
from etl.feeds import FEEDS
from etl.home import Home
from etl.reference import in_force
from etl.register import replay
from etl.report import WrongArgument, in_a_line
from etl.returning.place import target
from etl.returning.source import find


def answer(asked: argparse.Namespace) -> int:
    """Write a copy of a sent file with what is wrong marked in it."""
    from etl.returning.answer import answer as write_answer

    home = Home.here()
    source = find(home, replay(home.landing.acts()), asked.file)
    path, said = write_answer(home, source, asked.out)
    print(f"{in_a_line(source.name)}：{said}\n已写出：{in_a_line(str(path))}（含报送人的原文，只供退回该部门）")
    return 0


def template(asked: argparse.Namespace) -> int:
    """Write the empty form of one feed, or of all."""
    from etl.returning.template import write_template

    feeds = list(FEEDS.values()) if asked.feed == "all" else [_feed(asked.feed)]
    if asked.feed == "all" and asked.out is not None:
        if asked.out.exists() and not asked.out.is_dir():
            raise WrongArgument(f"{asked.out} 不是文件夹，放不下几个模板。\n  请：用 -o 给出一个文件夹。")
        asked.out.mkdir(parents=True, exist_ok=True)
    departments = in_force(replay(Home.here().landing.acts()).rules)["departments"]
    names = dict(departments.select("department_id", "name_zh").iter_rows())
    for feed in feeds:
        path = target(asked.out, f"填报模板-{feed.title}")
        write_template(feed, path, names)
        print(f"已写出《{feed.title}》的填报模板：{path}")
    return 0


def _feed(asked: str) -> type[Feed]:
    by_name = {**FEEDS, **{feed.title: feed for feed in FEEDS.values()}}
    if asked not in by_name:
        near = difflib.get_close_matches(asked, by_name, n=1)
        raise WrongArgument(f"没有报表“{asked}”" + (f"，是不是“{near[0]}”？" if near else "。")
                            + f"\n  现有：{'、'.join(f'{feed.title}（{name}）' for name, feed in FEEDS.items())}；all 为全部")
    return by_name[asked]
