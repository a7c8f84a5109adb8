"""The command line of the joint meeting: python -m exports --help."""

from __future__ import annotations

import argparse
import datetime as dt
import getpass
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from analytics.snapshot import SHANGHAI
from exports.api.command import add_tokens, tokens
from exports.delivering import OUTBOX, deliver, delivery, outbox
from exports.freezing import Asked, freeze
from exports.refusals import NotFrozen, refusing
from exports.verifying import snapshot_problem, verify
from language import _
from warehouse.here import DATA_HOME, data_home
from warehouse.issues import issue, issues
from warehouse.known import iso_day

WHOLE, ALTERED = 0, 12


def parser() -> argparse.ArgumentParser:
    """All commands and their arguments."""
    codes = _("退出码：0 已冻结、已送出，或本来如此；2 参数不对；10 内容不同，未冻结；12 与冻结时不同；13 另有一次正在进行；14 磁盘或数据目录不可用")
    top = argparse.ArgumentParser(prog="python -m exports", description=_("联席会议的专刊：冻结、核对、送出"),
                                  epilog=_("数据目录由环境变量 {variable} 指定，默认 ./data。{codes}", variable=DATA_HOME, codes=codes))
    commands = top.add_subparsers(dest="command", required=True, metavar=_("命令"))
    frozen = commands.add_parser("freeze", help=_("冻结一期：钉住快照与截至日，写下存档"))
    frozen.add_argument("issue", metavar=_("期号"), help=_("会议的年月，如 2026-11"))
    frozen.add_argument("--meeting", required=True, metavar=_("会议编号"))
    frozen.add_argument("--as-of", type=_day, metavar=_("日期"), help=_("截至日，默认为快照中最新的一天"))
    frozen.add_argument("--snapshot", metavar=_("快照"), help=_("默认为当前的一期"))
    frozen.add_argument("--by", default=getpass.getuser(), metavar=_("姓名"), help=_("由谁冻结，默认为登录名"))
    frozen.add_argument("--revise", metavar=_("理由"), help=_("内容不同也冻结，成为新的一版；原来的一版仍保留"))
    frozen.add_argument("--rows-only", action="store_true", help=_("只存当时的行与口径，不写会议材料"))
    frozen.add_argument("--at", type=_moment, help=argparse.SUPPRESS)  # of a demonstration, whose clock stands still
    listed = commands.add_parser("list", help=_("已冻结的各期"))
    checked = commands.add_parser("verify", help=_("核对一期的每个字节，并由存档的行重算各指标；不给文件夹则核对全部"))
    checked.add_argument("folder", nargs="?", type=Path, metavar=_("文件夹"))
    sent = commands.add_parser("deliver", help=_("把一期送进发件箱；送过的不再送"))
    sent.add_argument("issue", metavar=_("期号"))
    sent.add_argument("--to", type=Path, metavar=_("文件夹"), help=_("发件箱，默认为环境变量 {variable} 所指", variable=OUTBOX))
    same = commands.add_parser("selfcheck", help=_("自检：各页、导出与来源行的数是否一致，逐个核对；结果显示在数据质量页"))
    same.add_argument("--snapshot", metavar=_("快照"), help=_("默认为当前的一期"))
    same.add_argument("--sample", action="store_true", help=_("一次一个读的只抽查几个，如每次刷新之后"))
    listed.add_argument("--json", action="store_true", help=_("输出 JSON"))
    add_tokens(commands)
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code. A sentence on standard error says what is wrong."""
    asked = parser().parse_args(arguments)
    commands = {"freeze": _freeze, "list": _list, "verify": _verify, "deliver": _deliver, "tokens": _tokens, "selfcheck": _selfcheck}
    try:
        return commands[asked.command](asked)
    except NotFrozen as problem:
        print(problem, file=sys.stderr)
        return problem.code


def _freeze(asked: argparse.Namespace) -> int:
    done = freeze(data_home(), Asked(issue_id=asked.issue, meeting=asked.meeting, by=asked.by, as_of=asked.as_of, snapshot=asked.snapshot, revise=asked.revise,
                                     at=asked.at, rows_only=asked.rows_only))
    found = verify(done.issue.folder, data_home())
    said = (_("已冻结专刊 {name}：会议 {meeting}，截至 {day}，快照 {snapshot}。") if done.is_new else
            _("专刊 {name} 已经冻结，内容相同，没有改动：会议 {meeting}，截至 {day}，快照 {snapshot}。"))
    print(said.format(name=done.issue.name, meeting=done.issue.meeting, day=done.issue.as_of, snapshot=done.issue.snapshot))
    return _told(found.said)


def _list(asked: argparse.Namespace) -> int:
    with refusing():
        known = issues(data_home())
    if asked.json:
        print(json.dumps([{"issue": each.issue_id, "revision": each.revision, "meeting": each.meeting, "as_of": str(each.as_of), "snapshot": each.snapshot,
                           "previous": each.previous, "frozen_at": each.at.isoformat(), "by": each.by, "reason": each.reason, "folder": str(each.folder)}
                          for each in known], ensure_ascii=False, indent=1))
        return WHOLE
    if not known:
        print(_("还没有冻结过专刊。"))
    for each in known:
        print("  ".join(part for part in (each.name, each.meeting, _("截至{day}", day=each.as_of), each.snapshot,
                                          f"{each.at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}", each.by, each.reason) if part))
    return WHOLE


def _verify(asked: argparse.Namespace) -> int:
    home, code = data_home(), WHOLE
    with refusing():
        known = {each.folder: each for each in issues(home)}
    for folder in [asked.folder.absolute()] if asked.folder else known:
        found = verify(folder, home)
        gone = snapshot_problem(home, known[folder]) if folder in known else None
        vouched = _("由本数据目录的记事为证") if found.by_act else _("本数据目录没有冻结它的记事，只按它自己的清单核对")
        same = _("与冻结时相同，{n} 个指标重算相等", n=found.metrics) if found.metrics else _("与冻结时相同；存档的行只留在数据目录，没有重算")
        state = same if found.is_whole else _("与冻结时不同")
        print(_("{folder}：{state}（{vouched}）", folder=folder, state=state, vouched=vouched))
        code = max(code, _told((*found.said, *([gone] if gone else []))))
    if code == ALTERED:
        print(_("请：把备份里的原文件放回原处，再核对一次；没有备份的，报告会议秘书，不要自行修改。"), file=sys.stderr)
    return code


def _told(differences: Sequence[str]) -> int:
    for each in differences:
        print(f"  {each}", file=sys.stderr)
    return ALTERED if differences else WHOLE


def _deliver(asked: argparse.Namespace) -> int:
    home, to = data_home(), asked.to.absolute() if asked.to else outbox()
    if to is None:
        raise NotFrozen(_("没有指定发件箱。请：加 --to 文件夹，或设环境变量 {variable}。", variable=OUTBOX), 2)
    with refusing():
        found = issue(home, asked.issue)
    is_new = deliver(home, found, to)
    state = delivery(home, found, to)
    print(_("专刊 {name} 已送进 {outbox}。", name=found.name, outbox=to) if is_new else _("专刊 {name} 先前已送进 {outbox}，没有再送。", name=found.name, outbox=to))
    print({"none": _("对方尚未签收。"), "received": _("对方已签收：{by} {at}", by=state.by, at=state.at),
           "other": _("对方签收的内容与所送的不同。"), "unreadable": _("对方的签收文件读不出。")}[state.state])
    return WHOLE


def _tokens(asked: argparse.Namespace) -> int:
    return tokens(asked, data_home())


def _selfcheck(asked: argparse.Namespace) -> int:
    from exports.selfcheck.command import selfcheck  # seconds that only it needs

    return selfcheck(asked)


def _day(text: str) -> dt.date:
    try:
        return iso_day(text)
    except ValueError:
        raise argparse.ArgumentTypeError(_("“{text}”不是日期；应为 2026-10-31 这样的日期", text=text)) from None


def _moment(text: str) -> dt.datetime:
    moment = dt.datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise argparse.ArgumentTypeError(text)
    return moment


if __name__ == "__main__":
    sys.exit(main())
