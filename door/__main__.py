"""The command line of the door: python -m door --help."""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from collections.abc import Sequence

from analytics.snapshot import SHANGHAI
from door.identity import subject
from door.people import Person, WrongLine, people, person, put, take_out
from door.sessions import end_all, sessions
from door.setup import WrongSetup, login, use_named_file
from language import _
from warehouse.audit import Event, acting, record
from warehouse.here import DATA_HOME, data_home

DONE, NOTHING, WRONG, DISK = 0, 1, 2, 14


def parser() -> argparse.ArgumentParser:
    """All commands and their arguments."""
    top = argparse.ArgumentParser(prog="python -m door", description=_("谁可以进来：名单、登录、停用"), epilog=_(
        "数据目录由环境变量 {variable} 指定，默认 ./data。退出码：0 已办；1 没有这个人；2 参数、名单或登录设置不对；14 磁盘或数据目录不可用", variable=DATA_HOME))
    commands = top.add_subparsers(dest="command", required=True, metavar=_("命令"))
    commands.add_parser("people", help=_("名单，与其中读不懂的行"))
    commands.add_parser("sessions", help=_("现在登录着的人"))
    commands.add_parser("check", help=_("核对登录设置与名单"))
    added = commands.add_parser("add", help=_("加一个人，或改写其一行；已登录的，半分钟内按新的角色"))
    added.add_argument("subject", help=_("“您还没有权限”页上的编号"))
    added.add_argument("--name", required=True, help=_("姓名，签认与冻结时署名"))
    added.add_argument("--role", required=True, help=_("viewer、secretary、admin、none（停用），或 steward D05 D06"))
    added.add_argument("--until", default="", help=_("最后一天，如 2027-06-30；默认不限"))
    removed = commands.add_parser("remove", help=_("从名单除去一个人，并结束其登录"))
    removed.add_argument("subject")
    revoked = commands.add_parser("revoke", help=_("立即结束一个人的全部登录；名单不变，本人可再登录"))
    revoked.add_argument("subject")
    named = commands.add_parser("subject", help=_("由认证方的 issuer 与 sub 算出编号，供事先加入名单"))
    named.add_argument("issuer")
    named.add_argument("sub")
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code. A sentence on standard error says what is wrong."""
    asked = parser().parse_args(arguments)
    commands = {"people": _people, "sessions": _sessions, "check": _check, "add": _add, "remove": _remove, "revoke": _revoke, "subject": _subject}
    try:
        return commands[asked.command](asked)
    except (WrongLine, WrongSetup) as problem:
        print(problem, file=sys.stderr)
        return WRONG
    except OSError as problem:
        print(_("磁盘或数据目录不可用：{problem}。请：检查磁盘空间与权限后重试。", problem=problem), file=sys.stderr)
        return DISK


def _people(_asked: argparse.Namespace) -> int:
    found = people(data_home())
    for each in found.lines.values():
        if each:
            role = " ".join((each.grant.role or "none", *sorted(each.grant.departments or ())))
            print(each.subject, each.name, role, each.until or "", sep="\t")
    for sentence in found.wrong:
        print(sentence, file=sys.stderr)
    return WRONG if found.wrong else DONE


def _sessions(_asked: argparse.Namespace) -> int:
    for each in sessions(data_home()):
        print(each.subject, each.name, f"{dt.datetime.fromtimestamp(each.at, SHANGHAI):%Y-%m-%d %H:%M}", sep="\t")
    return DONE


def _check(asked: argparse.Namespace) -> int:
    use_named_file()
    setup = login()
    if setup is None:
        print(_("没有设置登录：只在本机打开，来者都是管理员。"))
        return DONE
    print(_("对外网址 {origin}；登录方式 {ways}；由声明 {claim} 给出角色的取值 {n} 个；{minutes} 分钟不操作、满 {hours} 小时须重新登录。", origin=setup.origin,
            ways=_("、").join(setup.providers.values()), claim=setup.claim or _("（无）"), n=len(setup.grants), minutes=f"{setup.idle.total_seconds() / 60:g}",
            hours=f"{setup.longest.total_seconds() / 3600:g}"))
    return _people(asked)


def _add(asked: argparse.Namespace) -> int:
    role, _blank, departments = asked.role.partition(" ")
    line: Person = person({"subject": asked.subject, "name": asked.name, "role": role, "departments": departments, "valid_until": asked.until})
    _noted("add", asked.subject, asked.role)
    put(data_home(), line)
    return DONE


def _remove(asked: argparse.Namespace) -> int:
    _noted("remove", asked.subject)
    was_there = take_out(data_home(), asked.subject)
    print(_("已结束 {n} 处登录。", n=end_all(data_home(), asked.subject)))
    return DONE if was_there else NOTHING


def _revoke(asked: argparse.Namespace) -> int:
    _noted("revoke", asked.subject)
    number = end_all(data_home(), asked.subject)
    print(_("已结束 {n} 处登录。", n=number))
    return DONE if number else NOTHING


def _subject(asked: argparse.Namespace) -> int:
    print(subject(data_home(), asked.issuer, asked.sub))
    return DONE


def _noted(deed: str, about: str, role: str | None = None) -> None:
    """Raises OSError where it cannot be recorded; then it is not done."""
    record(data_home(), Event.GRANTED, who=acting(), deed=deed, subject=about, role=role and ":".join(role.split()))


if __name__ == "__main__":
    sys.exit(main())
