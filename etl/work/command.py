"""The commands beside the pages: submit a file by hand, and the worker itself."""

from __future__ import annotations

import argparse
import json
import secrets
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

from etl import inbox
from etl.home import Home
from etl.reference import in_force
from etl.refresh import refresh
from etl.register import replay
from etl.report import Report, WrongArgument, legible
from etl.signing import Signer
from warehouse.jobs.results import Check, Comment

STATES = {"accepted": "可以报送", "held": "有一个问题要答复", "refused": "整份不能接收", "repeated": "与现行文件相同，不重复计入"}
SHOWN = 20  # findings and effects on a terminal; --json has all


def submit(asked: argparse.Namespace) -> int:
    """Hand in one file and publish it, or try it; 10 where it is refused or held."""
    from etl.handing_in import HandedIn
    from etl.work.kinds import OUTCOMES
    from etl.work.trying import Supposed, check

    home = Home.here()
    departments = inbox.departments(in_force(replay(home.landing.acts()).rules)["departments"].iter_rows(named=True))
    department = inbox.department(asked.department, departments)
    if department is None:
        raise WrongArgument(f"没有“{asked.department}”这个部门。现有：{'、'.join(f'{each.department_id} {each.names[1]}' for each in departments)}")
    if not asked.file.is_file():
        raise WrongArgument(f"{asked.file} 不是文件。\n  请：给出已有的文件。")
    comments = [Comment(finding_id="", what="", text=text) for text in asked.comment]
    given: dict[str, Any] = {
        "content": asked.file, "name": asked.file.name, "department": department, "sender": asked.sender, "way": "cli", "as_of": asked.as_of,
        "signer": Signer(name=asked.by, job=f"cli-{secrets.token_hex(8)}"), "comments": comments, "is_certified": asked.certify, "replaces": asked.replaces}
    with Report() as report:
        if asked.is_trial:
            with tempfile.TemporaryDirectory(prefix="trial-") as folder:
                found = check(home, Supposed(**given), report, Path(folder) / "trial")
            print(json.dumps(asdict(found), ensure_ascii=False, indent=1) if asked.json else legible(said_of(found)))
            return 10 if found.state in ("refused", "held") else 0
        door = HandedIn(**given)
        refresh(home, report, door=door)
    file = door.found(home.landing)
    print(json.dumps({"file": file.file_id, "status": file.status, "what": file.what, "do": file.do}, ensure_ascii=False) if asked.json else
          legible(f"文件号 {file.file_id}：{OUTCOMES[file.status]}。{f'{chr(10)}  {file.what}{chr(10)}  请：{file.do}' if file.what else ''}"))
    return 10 if file.status in ("refused", "held") else 0


def work(_: argparse.Namespace) -> int:
    """Do the jobs that wait."""
    from etl.work.loop import work as run_work

    run_work(Home.here())
    return 0


def said_of(found: Check) -> str:
    """A trial in lines for a terminal."""
    lines = [f"{found.name}：{STATES[found.state]}（试算 {found.seconds:.1f} 秒，没有记下任何东西）"]
    if known := found.recognised:
        rows = f"接收 {known.accepted} 行，退回 {known.refused} 行，另置 {known.set_aside} 行"
        lines.append(f"  {known.title} · {known.department} · 截至 {known.as_of or '未写明'} · {rows}")
    if says := found.refusal or found.question:
        lines.append(f"  {says.what}\n  请：{says.do}")
    for title, findings, total in (("退回", found.errors, found.errors_total), ("提示", found.warnings, found.warnings_total)):
        lines += [f"  {title} · {' '.join(str(part) for part in (each.sheet, each.row and f'第 {each.row} 行', each.column) if part)} {each.about}{each.what}"
                  for each in findings[:SHOWN]]
        lines += [f"  ……共 {total} 处{title}"] if total > SHOWN else []
    if told := found.difference:
        lines.append(f"  与在册相比：新增 {told.new}，变动 {told.changed}，不见 {told.gone}，未变 {told.same}")
    lines += [f"  {each.metric_id}{f' · {each.zone}' if each.zone else ''}：{each.before or '—'} → {each.after or '—'}" for each in found.effects[:SHOWN]]
    if found.broken:
        lines.append(f"  关键检查不过，报送也不会发布：\n{found.broken}")
    return "\n".join(lines)
