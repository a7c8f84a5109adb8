"""The demo park's tasks, clause by clause, with their documents, as the task force's office follows them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import groupby

from etl.demo.model import AS_OF, World
from etl.demo.names import MARK
from etl.demo.sending import SentFile, month, numbered, over_month, sent, stated
from etl.demo.sheets import Row, Sheet, as_written, headed
from etl.demo.spells import told_by
from etl.reference import shipped

WHO, ROOM = "推进工作专班", "推进工作专班"
HEADINGS = "序号|任务编号|上级任务编号|对应条款|任务内容|责任单位|配合单位|完成时限|原时限|任务状态|完成日期|佐证编号|信心评级|评级说明|改进措施|备注"
REASONS = ("审批流程较长", "资金未到位", "牵头单位人员变动", "等待上级批复")


@dataclass(frozen=True, kw_only=True)
class Task:
    """One task. `postponed_on`: when its term was put off; `done_on`: None while it runs."""

    task_id: str
    parent_id: str | None
    clause_id: str
    content: str
    unit: str
    partners: str | None
    due_on: date
    was_due_on: date | None
    postponed_on: date | None
    started_on: date
    done_on: date | None
    is_stopped: bool
    evidence_id: str | None

    def status(self, on: date) -> str:
        """任务状态 on a day."""
        if self.done_on and self.done_on <= on:
            return "已完成"
        if self.is_stopped:
            return "中止"
        if self.postponed_on and self.postponed_on <= on:
            return "延期"
        return "推进中" if self.started_on <= on else "未启动"


@cache
def _clauses() -> tuple[tuple[str, str, str, tuple[str, ...]], ...]:
    """(clause, article, text, departments) of the policy, in order."""
    frame = shipped()["clauses"].select("clause_id", "article", "text_zh", "departments")
    return tuple((clause, article, text, tuple(units.split())) for clause, article, text, units in frame.iter_rows())


@cache
def _units() -> dict[str, tuple[str, ...]]:
    """How a department is written: its name and its aliases."""
    rows = shipped()["departments"].select("department_id", "name_zh", "aliases_zh").iter_rows()
    return {department: (name, *aliases.split("|")) if aliases else (name,) for department, name, aliases in rows}


def written(department: str, number: int) -> str:
    """A department as the clerk of row `number` writes it."""
    names = _units()[department]
    return names[number % len(names)]


def tasks(world: World) -> tuple[Task, ...]:
    """A task for each article of the policy and one for each of its clauses."""
    rng, made = world.dice("tasks"), list[Task]()
    for number, (article, group) in enumerate(groupby(_clauses(), key=lambda clause: clause[1].split("·")[0]), start=1):
        members, parent_id = list(group), f"RW-{number:02d}"
        made.append(Task(task_id=parent_id, parent_id=None, clause_id=members[0][0], content=f"{MARK}第{article}部分任务统筹", unit=written("D12", number),
                         partners=None, due_on=date(2027, 12, 31), was_due_on=None, postponed_on=None, started_on=date(2025, 11, 3), done_on=None,
                         is_stopped=False, evidence_id=None))
        for clause, _, text, units in members:
            started = date(2025, 10, 20) + timedelta(days=rng.randint(0, 330))
            due, fate, slip = started + timedelta(days=rng.randint(60, 520)), rng.random(), rng.randint(-30, 25)
            due, lag = min(due, date(2027, 12, 31)), rng.randint(60, 150)
            is_late = fate < 0.14 and due < date(2026, 12, 1)
            done = due + timedelta(days=slip) if not is_late and fate < 0.86 else None
            unit = "科技口" if clause == "C27" else written(units[0], len(made))  # nobody's name
            made.append(Task(task_id=f"{parent_id}-{clause}", parent_id=parent_id, clause_id=clause, content=f"{MARK}落实：{text[:60]}", unit=unit,
                             partners="、".join(written(each, len(made)) for each in units[1:]) or None, due_on=due + timedelta(days=lag) if is_late else due,
                             was_due_on=due if is_late else None, postponed_on=due - timedelta(days=10) if is_late else None, started_on=started,
                             done_on=done, is_stopped=clause == "C76", evidence_id=f"ZZ-RW-{clause}" if done and fate > 0.2 else None))
    return tuple(made)


def done(world: World, delivery: int = 3) -> int:
    """How many tasks are done on the list of a delivery."""
    return sum(task.status(AS_OF[delivery - 1]) == "已完成" for task in tasks(world))


def files(world: World, delivery: int) -> Iterator[SentFile]:
    """The list of tasks and the documents it cites."""
    yield sent(f"{ROOM}/任务分解-{month(delivery)}.xlsx", _tasks(world, delivery))
    yield sent(f"{ROOM}/佐证材料-{month(delivery)}.csv", _documents(world, delivery))


def _tasks(world: World, delivery: int) -> Sheet:
    """In August a state nobody knows, in October a term that is no day."""
    as_of, rows = AS_OF[delivery - 1], list[Row]()
    for number, task in enumerate(tasks(world)):
        status = task.status(as_of)
        is_put_off = bool(task.postponed_on and task.postponed_on <= as_of)
        due, original = (task.due_on, task.was_due_on) if is_put_off or not task.was_due_on else (task.was_due_on, None)
        days = (due - as_of).days
        light = None if status in ("已完成", "中止", "未启动") else "红" if days < 0 else "黄" if is_put_off or days < 45 else "绿"
        said = REASONS[number % 4] if light in ("红", "黄") else None
        rows.append((task.task_id, task.parent_id, task.clause_id, task.content, task.unit, task.partners,
                     "2026年底前后" if (delivery, number) == (3, 52) else as_written(due, number), as_written(original, number),
                     "快了" if (delivery, number) == (1, 33) else status, as_written(task.done_on, number) if status == "已完成" else None,
                     task.evidence_id if status == "已完成" else None, light, said, "专班每周调度" if said else None, None))
    groups = {"时限要求": "完成时限|原时限", "信心评级情况": "信心评级|评级说明|改进措施"}
    return Sheet(title="“甘智汇”任务分解与督办台账（演示）", stated=stated(WHO, as_of), headings=headed(HEADINGS, groups if delivery > 1 else None),
                 rows=numbered(rows), footers=("注：条款编号见条款对照表。",), words=("未启动", "推进中", "已完成", "延期", "中止"))


def _documents(world: World, delivery: int) -> Sheet:
    rows: list[Row] = [(task.evidence_id, f"{MARK}{task.clause_id}办结材料", "证明", None, as_written(task.done_on, number), "专班档案柜", None)
                       for number, task in enumerate(tasks(world)) if task.evidence_id and task.done_on and task.done_on <= AS_OF[2]
                       and told_by(task.done_on) == delivery]
    return Sheet(title="督办佐证材料目录（演示）", stated=over_month(WHO, delivery, "2025年11月"), rows=tuple(rows),
                 headings=headed("佐证材料编号|材料名称|材料类型|文号|形成日期|存放位置|SHA256"))
