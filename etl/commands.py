"""The commands that change something: demo, refresh, rollback, rule, restate, feeds, confirm, withdraw."""

from __future__ import annotations

import argparse

from etl import signing
from etl.home import Home
from etl.reference import in_force, read_rule
from etl.refresh import refresh as run_refresh
from etl.register import replay
from etl.report import Report, WrongArgument, in_a_line
from etl.restating import restate as restated
from etl.signing import Signer
from warehouse.issues import issues
from warehouse.lock import writer_lock
from warehouse.publish import NoSnapshot


def demo(_: argparse.Namespace) -> int:
    """Write the demonstration's deliveries and refresh after each; nothing where the home holds them already."""
    from etl.demo import CLOCK, deliveries
    from etl.demo.meeting import freeze

    home = Home.here()
    acts = home.landing.acts()
    if acts and home.demo_clock() is None:
        raise WrongArgument(f"{home.root} 里已有真实数据，不能写入演示数据。\n  请：用环境变量另指定一个空的数据目录。")
    with Report() as report:
        if not acts:
            home.landing.append("opened", at=CLOCK, clock=CLOCK.isoformat())
        received = {act.body["path"] for act in acts if act.kind == "received"}
        for delivery in deliveries():
            if {file.path for file in delivery.files} <= received:
                continue
            if delivery.met and not issues(home.root):
                freeze(home, delivery.met, report)
            for file in delivery.files:
                path = home.inbox / file.path
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(file.content)
            run_refresh(home, report, now=delivery.at)
        run_refresh(home, report)  # what another version of the program left, and what was sent since
        if current := home.store.current():
            report.step("demo", "演示数据就绪", snapshot=current.snapshot)
    return 0


def refresh(asked: argparse.Namespace) -> int:
    """0 published or nothing new, 10 a file was refused or is held."""
    if asked.inbox is not None and not asked.inbox.is_dir():
        raise WrongArgument(f"收件夹 {asked.inbox} 不是文件夹。\n  请：给出已有的文件夹，或省去 --inbox。")
    with Report() as report:
        result = run_refresh(Home.here(), report, inbox_folder=asked.inbox)
    return 10 if result.refused else 0


def rollback(asked: argparse.Namespace) -> int:
    """Make an older snapshot current; what came later is suspended until it is sent again."""
    home = Home.here()
    with writer_lock(home.lock, "python -m etl rollback"):
        before = replay(home.landing.acts()).files
        publications = home.store.publications()
        current = home.store.current()
        if current is None:
            raise NoSnapshot
        others = [each.snapshot for each in publications if each.snapshot != current.snapshot]
        if asked.snapshot is None and not others:
            raise WrongArgument("只有一期，没有可换回的。")
        target = home.store.get(asked.snapshot or others[-1])
        home.store.verify(target.snapshot)
        act = home.landing.append("rolled_back", at=home.now(), snapshot=target.snapshot, acts_upto=target.acts_upto)
        home.store.rollback(target.snapshot, now=home.now(), acts_upto=act.seq)
    print(f"已换回 {target.snapshot}；其后收到的文件暂停使用，重新报送即恢复（原样放回、时间未变的，先 touch 一下）。")
    for file in [file for number, file in before.items() if number not in replay(home.landing.acts()).files]:
        print(f"  暂停使用：{in_a_line(file.path)}")
    return 0


def rule(asked: argparse.Namespace) -> int:
    """Record changed reference rows; the next refresh applies them."""
    home = Home.here()
    with writer_lock(home.lock, "python -m etl rule"):
        rules = replay(home.landing.acts()).rules
        table, rows = read_rule(asked.file, rules)
        before = in_force(rules)[table]
        act = home.landing.append("rule_changed", at=home.now(), table=table, rows=rows)
    known = set(before[before.columns[0]])
    added = [key for row in rows if (key := str(row[before.columns[0]])) not in known]  # a misspelt id would be one
    more = f"，新增 {len(added)} 行：{'、'.join(map(in_a_line, added))}" if added else ""
    print(f"已记下：参照表 {table} 改 {len(rows) - len(added)} 行{more}（记事 {act.seq}）。运行 python -m etl refresh 后生效。")
    return 0


def restate(asked: argparse.Namespace) -> int:
    """Replay an earlier snapshot's data under today's rules and code, for comparison."""
    path = restated(Home.here(), asked.snapshot, to=asked.to)
    print(f"已按现行口径重放 {asked.snapshot}：{path}" if path else f"{asked.snapshot} 与所比的一期口径、程序相同，不必重放。")
    return 0


def feeds(asked: argparse.Namespace) -> int:
    """Write what every feed is: a page for people and a contract for machines."""
    from etl.contract_pages import pages
    from etl.odcs import contracts

    written = pages() | contracts()
    asked.to.mkdir(parents=True, exist_ok=True)
    for stale in {*asked.to.glob("*.md"), *asked.to.glob("*.odcs.yaml")} - {asked.to / name for name in written}:
        stale.unlink()
    for name, text in written.items():
        (asked.to / name).write_text(text, encoding="utf-8")
    print(f"已写出 {len(written)} 个文件：{asked.to}")
    return 0


def confirm(asked: argparse.Namespace) -> int:
    """A named person lets a held file count."""
    home = Home.here()
    with writer_lock(home.lock, "python -m etl confirm"):
        file = signing.known(home.landing, asked.file)
        day = signing.confirm(home.landing, asked.file, Signer(name=asked.by), home.now(), as_of=asked.as_of)
    print(f"已确认：{in_a_line(file.path)}，截至 {day}。运行 python -m etl refresh 后计入。")
    return 0


def withdraw(asked: argparse.Namespace) -> int:
    """A named person takes a file out of force; its predecessor stands again."""
    home = Home.here()
    with writer_lock(home.lock, "python -m etl withdraw"):
        file = signing.withdraw(home.landing, asked.file, Signer(name=asked.by), home.now())
    print(f"已撤下：{in_a_line(file.path)}。运行 python -m etl refresh 后生效，原件仍保存。")
    return 0
