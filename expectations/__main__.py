"""python -m expectations SNAPSHOT.duckdb: one JSON line per check. Exit 0, 12 where a critical check failed, 1 where one did not run."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from io import TextIOWrapper
from pathlib import Path


def main(arguments: Sequence[str] | None = None) -> int:
    """Check one snapshot and print the findings."""
    parser = argparse.ArgumentParser(prog="python -m expectations", description="检查一个快照：每项检查输出一行 JSON。",
                                     epilog="退出码：0 关键检查全部通过；12 有关键检查不过；1 有检查没有跑成；2 参数不对")
    parser.add_argument("snapshot", help="快照文件；“-” 表示先作准备，再从标准输入读一行文件名")
    asked = parser.parse_args(arguments)

    from expectations.lean import load  # this and the next take seconds: help and a wrong argument need not wait for them

    load()
    import sqlalchemy as sa

    from expectations.run import run

    path = Path(sys.stdin.readline().strip() if asked.snapshot == "-" else asked.snapshot)
    if not path.is_file():
        parser.error(f"没有这个快照文件：{path}")
    try:
        ran = run(path)
    except sa.exc.DatabaseError as problem:
        print(f"{path}\n  检查没有跑成：{problem.orig}\n  请：重新刷新以生成新快照；仍不行时把本行交开发人员。", file=sys.stderr)
        return 1
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")
    for finding in ran.findings:
        print(json.dumps(asdict(finding), ensure_ascii=False))
    for check_id, reason in ran.broken.items():
        print(f"{check_id}：检查没有跑成：{reason}。请：把本行交开发人员。", file=sys.stderr)
    if ran.broken:
        return 1
    return 12 if any(not finding.success for finding in ran.findings if finding.severity == "critical") else 0


if __name__ == "__main__":
    sys.exit(main())
