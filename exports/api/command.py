"""`python -m exports tokens`: who of the other systems may come through the HTTP door."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import sys
from pathlib import Path

from analytics.access import Role
from analytics.snapshot import SHANGHAI
from exports.api.tokens import ROLES, Key, keys, new, revoke
from exports.refusals import NotFrozen, refusing
from language import N_, _
from warehouse.audit import acting
from warehouse.known import iso_day

DONE, WRONG = 0, 2
LONGEST = 60  # characters of a name
WHAT = {Role.VIEWER: N_("看专刊目录、口径与数值"), Role.SECRETARY: N_("另可取行与会议材料")}


def add_tokens(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The command and its arguments."""
    tokens = commands.add_parser("tokens", help=_("对外接口的令牌：发放、列出、收回"))
    deeds = tokens.add_subparsers(dest="deed", required=True, metavar=_("做什么"))
    made = deeds.add_parser("new", help=_("发放；令牌只显示这一次"))
    made.add_argument("--name", required=True, type=_name, metavar=_("名称"), help=_("给哪个系统"))
    made.add_argument("--role", required=True, choices=[each.value for each in ROLES],
                      help=_("；").join(f"{role.value} {_(what)}" for role, what in WHAT.items()))
    made.add_argument("--until", type=_day, metavar=_("日期"), help=_("最后一天，默认不限"))
    listed = deeds.add_parser("list", help=_("列出，不含令牌本身"))
    listed.add_argument("--json", action="store_true", help=_("输出 JSON"))
    ended = deeds.add_parser("revoke", help=_("收回，几秒内生效"))
    ended.add_argument("key_id", metavar=_("编号"))


def tokens(asked: argparse.Namespace, home: Path) -> int:
    """Run it; returns the exit code. Raises NotFrozen."""
    by, now = acting(), dt.datetime.now(dt.UTC)
    with refusing():
        match asked.deed:
            case "new":
                if asked.until and asked.until < now.astimezone(SHANGHAI).date():
                    raise NotFrozen(_("{day} 已过。请：给一个今天或以后的日期。", day=asked.until), WRONG)
                key, token = new(home, asked.name, Role(asked.role), until=asked.until, by=by, now=now)
                print(token)
                print(_("编号 {key}，给 {name}。请：经安全的途径交给对方；此后不再显示，丢了就收回重发。", key=key.key_id, name=key.name), file=sys.stderr)
            case "list":
                _list(keys(home), now, as_json=asked.json)
            case "revoke":
                ended = revoke(home, asked.key_id, by=by, now=now)
                if ended is None:
                    raise NotFrozen(_("没有编号为“{key}”的令牌。请：运行 python -m exports tokens list。", key=asked.key_id), WRONG)
                print(_("已收回 {key}（{name}）。", key=ended.key_id, name=ended.name))
    return DONE


def _list(known: tuple[Key, ...], now: dt.datetime, *, as_json: bool) -> None:
    if as_json:
        print(json.dumps([{"id": each.key_id, "name": each.name, "role": each.role, "created_at": each.created_at.isoformat(),
                           "until": str(each.until) if each.until else None, "revoked_at": each.revoked_at.isoformat() if each.revoked_at else None,
                           "is_valid": not each.has_ended(now)} for each in known], ensure_ascii=False, indent=1))
        return
    if not known:
        print(_("还没有发放过令牌，对外接口不开。"))
    for each in known:
        state = _("已收回") if each.revoked_at else _("已到期") if each.has_ended(now) else _("有效")
        until = _("至 {day}", day=each.until) if each.until else _("不限期")
        print("  ".join((each.key_id, each.role, state, until, f"{each.created_at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}", each.name)))


def _name(text: str) -> str:
    if not text.strip() or len(text) > LONGEST or not text.isprintable():
        raise argparse.ArgumentTypeError(_("名称应为 1 至 {n} 个字", n=LONGEST))
    return text.strip()


def _day(text: str) -> dt.date:
    try:
        return iso_day(text)
    except ValueError:
        raise argparse.ArgumentTypeError(_("“{text}”不是日期；应为 2026-10-31 这样的日期", text=text)) from None
