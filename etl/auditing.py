"""`python -m etl audit`: whether the record of who did what is whole, what it says, and old months moved away."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import re
from pathlib import Path

from etl.home import SHANGHAI, Home
from etl.report import WrongArgument
from warehouse.audit import Event, code
from warehouse.audited import KEPT_MONTHS, archive, listed, verify

OWN = ("seq", "at", "event", "who", "before", "hash")


def arguments(command: argparse.ArgumentParser) -> None:
    """What may follow `audit`."""
    which = command.add_subparsers(dest="what", required=True, metavar="做什么")
    checked = which.add_parser("verify", help="逐条核对封印与次序；完整为 0，不完整为 12")
    checked.add_argument("--beside", type=Path, metavar="文件夹", help="移存的月份所在，一并核对")
    checked.add_argument("--known", type=_head, metavar="序号:封印", help="以前核对时记下的最后一条；其后若被整段改写，由它看出")
    shown = which.add_parser("list", help="列出记录")
    shown.add_argument("--since", type=_day, metavar="日期", help="自哪一天起，如 2026-11-01")
    shown.add_argument("--event", choices=[each.value for each in Event], metavar="事件", help="、".join(each.value for each in Event))
    shown.add_argument("--who", metavar="何人", help="登录主体，或 uid:1000 这样的系统账号")
    shown.add_argument("--json", action="store_true", help="输出 JSON，一行一条")
    moved = which.add_parser("archive", help=f"移走 {KEPT_MONTHS} 个月以前的月份，记下移走的是什么")
    moved.add_argument("--to", type=Path, required=True, metavar="文件夹", help="移到哪里")
    command.set_defaults(run=audit)


def audit(asked: argparse.Namespace) -> int:
    """0 whole, listed or moved; 12 not whole."""
    home = Home.here().root
    return {"verify": _verify, "list": _list, "archive": _archive}[asked.what](home, asked)


def _verify(home: Path, asked: argparse.Namespace) -> int:
    if asked.beside is not None and not asked.beside.is_dir():
        raise WrongArgument(f"{asked.beside} 不是文件夹。\n  请：给出移存的月份所在的文件夹。")
    verdict = verify(home, beside=asked.beside, known=asked.known)
    for fault in verdict.faults:
        print(f"{fault.file}{f' 第 {fault.line} 行' if fault.line else ''}：{fault.what}")
    seq, sealed = verdict.head
    if verdict.faults:
        print(f"审计记录不完整：{len(verdict.faults)} 处。\n  请：不要改动 {home / 'audit'}，另存一份，与备份比较，并报告安全负责人。")
        return 12
    print(f"审计记录完整：{verdict.lines} 条，最后一条 {seq}:{sealed}" + (f"；移存的月份：{'、'.join(verdict.moved)}" if verdict.moved else ""))
    return 0


def _list(home: Path, asked: argparse.Namespace) -> int:
    who = None if asked.who is None else code(asked.who)
    for told in listed(home, since=asked.since, event=asked.event, who=who):
        if asked.json:
            print(json.dumps(told, ensure_ascii=False))
            continue
        at = dt.datetime.fromisoformat(told["at"]).astimezone(SHANGHAI)
        facts = " ".join(f"{name}={fact}" for name, fact in told.items() if name not in OWN and fact is not None)
        print(f"{told['seq']:>7}  {at:%Y-%m-%d %H:%M:%S}  {told['event']:<12}  {told['who']}  {facts}".rstrip())
    return 0


def _archive(home: Path, asked: argparse.Namespace) -> int:
    there = archive(home, asked.to, now=dt.datetime.now(dt.UTC))
    print(f"已移走 {len(there)} 个月：{'、'.join(path.name for path in there)}。核对时加 --beside {asked.to}" if there else
          f"没有 {KEPT_MONTHS} 个月以前的月份可移。")
    return 0


def _day(text: str) -> dt.datetime:
    try:
        return dt.datetime.combine(dt.date.fromisoformat(text), dt.time(), SHANGHAI)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}”不是日期；应为 2026-11-01 这样的日期") from None


def _head(text: str) -> tuple[int, str]:
    if not (found := re.fullmatch(r"(\d+):([0-9a-f]{64})", text)):
        raise argparse.ArgumentTypeError("应为 verify 所说的最后一条，如 1234:ab12…（64 位）")
    return int(found[1]), found[2]
