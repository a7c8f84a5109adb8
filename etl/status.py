"""python -m etl status: per department and report what is due, came, was accepted and refused, and what waits for somebody."""

from __future__ import annotations

import argparse
import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

import duckdb
from rich.table import Table as Grid
from rich.text import Text

from etl import inbox
from etl.home import Home, local_day
from etl.reference import in_force
from etl.register import SentFile, replay
from etl.report import WrongArgument, in_a_line, legible
from etl.showing import opened_snapshot, wide_console
from warehouse.coverage import Coverage, coverage
from warehouse.duties import Told, told
from warehouse.publish import NoSnapshot
from warehouse.unit_doubts import UnitDoubt, unit_doubts

WORDS = {"held": "待确认", "refused": "已退回"}
NOTHING = Told(arrived_at=None, accepted=None, refused=None, found=None)


@dataclass(frozen=True, kw_only=True)
class Line:
    """One sender's report: what is due of it, and what came of it."""

    row: Coverage
    told: Told
    doubts: tuple[UnitDoubt, ...]

    @property
    def urgency(self) -> tuple[object, ...]:
        """Late ones first, then those that never came, then those with rows to put right."""
        return (-self.row.overdue_days, self.row.as_of is not None, -(self.told.refused or 0), -(self.told.found or 0), self.row.title, self.row.sender)


def status(asked: argparse.Namespace) -> int:
    """Who has reported what; of one department where asked."""
    home = Home.here()
    register = replay(home.landing.acts())
    known = inbox.departments(in_force(register.rules)["departments"].iter_rows(named=True))
    chosen = asked.department and inbox.department(asked.department, known)
    if asked.department and chosen is None:
        raise WrongArgument(f"没有“{asked.department}”这个部门。现有：{'、'.join(f'{each.department_id} {each.names[1]}' for each in known)}")
    lines: list[Line] = []
    if home.store.current():
        with opened_snapshot(home, None) as (_, cursor):
            lines = [line for line in _lines(cursor, local_day(home.now())) if chosen in (None, "", line.row.department)]
    files = [(file, file.department_id or inbox.department_at(file.path, known)) for file in (*register.waiting("held"), *register.waiting("refused"))
             if register.newest_at(file.path) == file]
    files = [(file, department) for file, department in files if chosen in (None, "", department)]
    if asked.json:
        whole = {"reports": [_report(each) for each in _ordered(lines)], "files": [_file(*each) for each in files]}
        print(json.dumps(whole if asked.all else [_brief(each) for each in _ordered(lines)], ensure_ascii=False, default=str, indent=1))
        return 0
    if lines:
        wide_console().print(_grid(_ordered(lines)))
    else:
        print("这个部门没有报送任务。" if home.store.current() else NoSnapshot())
    for file, _department in files:
        where = f"{WORDS[file.status]} · 文件号 {file.file_id} · {in_a_line(file.path)}"
        wide_console().print(f"{where}\n  {legible(file.what)}\n  请：{legible(file.do)}", markup=False, highlight=False)
    for doubt in (doubt for line in lines for doubt in line.doubts):
        wide_console().print(f"单位存疑 · 文件号 {doubt.file_id} · {in_a_line(doubt.file)}\n  {doubt.sentence}。", markup=False, highlight=False)
    return 0


def _lines(cursor: duckdb.DuckDBPyConnection, today: dt.date) -> list[Line]:
    by_sender, doubts = told(cursor), unit_doubts(cursor)
    return [Line(row=row, told=by_sender.get((row.feed, row.department, row.sender), NOTHING),
                 doubts=tuple(each for each in doubts if (each.feed, each.department_id, each.sender) == (row.feed, row.department, row.sender)))
            for row in coverage(cursor, today)]


def _ordered(lines: Sequence[Line]) -> list[Line]:
    """By department, the one with the most urgent line first."""
    by_department = {department: sorted(group, key=lambda each: each.urgency)
                     for department, group in groupby(sorted(lines, key=_department), key=_department)}
    return [line for group in sorted(by_department.values(), key=lambda group: (group[0].urgency[:3], _department(group[0]))) for line in group]


def _department(line: Line) -> str:
    return line.row.department


def _grid(lines: Sequence[Line]) -> Grid:
    grid = Grid("部门", "报表", "主体", "状态", "截至", "收到", "下次到期", "接收行", "待改正", "待核对", "最近文件")
    for department, group in groupby(lines, key=_department):
        name = f"{department} {next(line.row.department_name for line in lines if line.row.department == department)}"
        for line in group:
            row, came = line.row, line.told
            state = "从未报送" if row.as_of is None else f"逾期 {row.overdue_days} 天" if row.overdue_days else "按期"
            arrived = _day(came)
            cells = (name, row.title, row.sender, state, row.as_of, arrived, row.due_on, came.accepted, came.refused, came.found, row.last_file)
            grid.add_row(*(Text("—" if cell is None else in_a_line(str(cell))) for cell in cells))  # departments' words are text, not markup
            name = ""
        grid.add_section()
    return grid


def _day(came: Told) -> str | None:
    return None if came.arrived_at is None else str(local_day(came.arrived_at.replace(tzinfo=dt.UTC)))


def _brief(line: Line) -> dict[str, object]:
    """The promised shape: what the newest file of each report said."""
    names = ("feed", "department", "sender", "last_file", "as_of", "accepted", "refused", "due_on", "overdue_days")
    return {name: getattr(line.row, name) for name in names}


def _report(line: Line) -> dict[str, object]:
    row, came = line.row, line.told
    return {"feed": row.feed, "title": row.title, "department": row.department, "department_name": row.department_name, "sender": row.sender,
            "last_file": row.last_file, "as_of": row.as_of and row.as_of.isoformat(), "due_on": row.due_on and row.due_on.isoformat(),
            "overdue_days": row.overdue_days, "arrived_on": _day(came), "accepted": came.accepted, "refused": came.refused, "found": came.found,
            "warnings": [f"{doubt.file}：{doubt.sentence}" for doubt in line.doubts]}


def _file(file: SentFile, department: str | None) -> dict[str, object]:
    return {"file": file.file_id, "path": file.path, "status": file.status, "department": department or None, "feed": file.feed or None,
            "received_at": file.received_at.isoformat(), "what": file.what, "do": file.do}
