"""Rules and applications of the demo park, what its joint meetings decided, and how its departments were appraised."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from etl.demo.model import AS_OF, World
from etl.demo.names import MARK
from etl.demo.sending import SentFile, month, numbered, over_month, sent, stated
from etl.demo.sheets import Row, Sheet, as_written, headed
from etl.demo.spells import told_by
from etl.demo.tasks import tasks, written

ROOMS = {"D01": ("科技局", "科技创新局"), "D03": ("经发局", "经济发展局"), "D05": ("财政局", "财政金融和国有资产监督管理局"), "D08": ("D08", "科技创新促进中心")}
STEP_HEADINGS = "序号|事项编号|事项名称|事项类别|对应条款|责任单位|当前环节|环节日期|文号|状态|备注"
MEETING_HEADINGS = "序号|会议编号|会议日期|议题|议定事项编号|议定事项|责任单位|办理时限|办理状态|办结日期|关联任务编号|催办次数|备注"
RULE, APPLICATION = ("起草", "征求意见", "印发", "备案"), ("申报", "受理", "获批")
ITEMS: tuple[tuple[str, str, str, str, str, tuple[str, ...], date, int], ...] = (  # id, sender, name, kind, clause, steps, first on, days between
    ("ZD-01", "D08", "项目准入管理办法", "制度", "C80", RULE, date(2025, 11, 12), 70),
    ("ZD-02", "D08", "专项资金管理及扶持政策", "制度", "C80", RULE, date(2026, 1, 8), 80),
    ("ZD-03", "D08", "技术经理人队伍建设办法", "制度", "C80", RULE[:3], date(2026, 3, 5), 95),
    ("ZD-04", "D08", "“先投后股”实施细则", "制度", "C41", RULE, date(2025, 10, 28), 60),
    ("ZD-05", "D05", "科技创新风险补偿金管理办法", "制度", "C68", RULE, date(2025, 12, 3), 75),
    ("ZD-06", "D05", "科创基金容错免责办法", "制度", "C61", RULE[:2], date(2026, 4, 22), 110),
    ("ZD-07", "D01", "应用友好单位认定办法", "制度", "C51", RULE, date(2025, 11, 20), 66),
    ("ZD-08", "D01", "入驻院所成果转化政策指引", "制度", "C46", RULE[:2], date(2026, 6, 9), 90),
    ("SB-01", "D05", "全省科创金融发展先行区", "申报", "C54", APPLICATION, date(2026, 2, 11), 120),
    ("SB-02", "D01", "省级概念验证中心", "申报", "C25", APPLICATION, date(2025, 12, 16), 90),
    ("SB-03", "D01", "国家级重点研发平台布局", "申报", "C25", APPLICATION[:2], date(2026, 5, 12), 105),
    ("SB-04", "D01", "职业资格认定及职称评定赋权", "政策争取", "C49", APPLICATION[:2], date(2026, 3, 18), 130),
    ("SB-05", "D08", "国家级孵化器", "申报", "C34", (*APPLICATION[:2], "未获批"), date(2025, 12, 22), 100),
    ("SB-06", "D03", "中央预算内中试基地项目", "申报", "C74", APPLICATION, date(2025, 11, 6), 85),
    ("GH-01", "D03", "新区“十五五”总体规划科创专章", "规划", "C85", RULE[:3], date(2025, 12, 9), 140),
    ("GH-02", "D03", "专项债与REITs项目储备", "申报", "C75", APPLICATION[:2], date(2026, 7, 2), 88),
)
MEETINGS = (
    (date(2025, 11, 18), "工作启动与任务分解"), (date(2026, 2, 5), "“先投后股”首批项目"), (date(2026, 5, 14), "中试基地与空间盘活"),
    (date(2026, 8, 20), "科创金融与风险补偿"), (date(2026, 10, 22), "年度冲刺与口径审定"),
)
MATTERS = ("明确牵头单位与时间表", "建立月度报送机制", "落实专项经费", "盘活存量楼宇方案", "审定统计口径", "加快平台验收")
UNITS = ("D01", "D02", "D03", "D04", "D05", "D06", "D08", "D09", "D10")
INDICATORS = (("概念验证及小试项目", 30), ("科技成果转化落地", 40), ("报送及时性", 30))


@dataclass(frozen=True, kw_only=True)
class Matter:
    """One resolution. `closed_on` None: not yet; `put_off_on`: when it was put off."""

    resolution_id: str
    meeting_id: str
    met_on: date
    topic: str
    matter: str
    unit: str
    due_on: date
    closed_on: date | None
    put_off_on: date | None
    task_id: str

    def status(self, on: date) -> str:
        """办理状态 on a day."""
        if self.closed_on and self.closed_on <= on:
            return "已办结"
        return "延期" if self.put_off_on and self.put_off_on <= on else "办理中"


def matters(world: World) -> tuple[Matter, ...]:
    """What the meetings decided, four or five matters each."""
    rng, known, made = world.dice("meetings"), [task.task_id for task in tasks(world) if task.parent_id], list[Matter]()
    for number, (on, topic) in enumerate(MEETINGS, start=1):
        for _ in range(4 + number % 2):
            due, fate = on + timedelta(days=rng.choice((30, 60, 90))), rng.random()
            closed = due + timedelta(days=rng.randint(-20, 12)) if fate > 0.2 else None
            made.append(Matter(resolution_id=f"YD-{len(made) + 1:03d}", meeting_id=f"LX-{on.year}-{number:02d}", met_on=on, topic=topic,
                               matter=f"{MARK}{MATTERS[len(made) % 6]}", unit=written(rng.choice(UNITS), len(made)), due_on=due, closed_on=closed,
                               put_off_on=due if closed is None and fate < 0.1 else None, task_id=rng.choice(known)))
    return tuple(made)


def closed(world: World) -> int:
    """How many matters are closed at the end of October."""
    return sum(matter.status(AS_OF[2]) == "已办结" for matter in matters(world))


def files(world: World, delivery: int) -> Iterator[SentFile]:
    """Steps of four departments, the meetings' resolutions, and half-yearly appraisals, the science bureau's a month late."""
    for sender, (room, who) in ROOMS.items():
        yield sent(f"{room}/制度文件目录-{month(delivery)}.csv", _documents(sender, who, delivery))
        yield sent(f"{room}/制度与申报-{month(delivery)}.{'xlsx' if sender == 'D08' else 'csv'}", _steps(sender, who, delivery))
    yield sent(f"推进工作专班/联席会议议定事项-{month(delivery)}.xlsx", _resolutions(world, delivery))
    if delivery == 1:
        yield sent("组织部/绩效考评-2026年上半年.xlsx", _appraisals(world, "组织部", UNITS, delivery))
    if delivery == 2:
        yield sent("科技局/绩效考评（科技指标）-2026年上半年.csv", _appraisals(world, "科技创新局", UNITS[:3], delivery))


def _told(sender: str, delivery: int) -> Iterator[tuple[int, str, tuple[str, ...], date, str, str | None]]:
    """(number, id, its own cells, day, step, document number) of the newest step of each of a sender's items that took one."""
    for number, (item_id, who_sends, name, kind, clause, steps, first, gap) in enumerate(ITEMS):
        taken = [(first + timedelta(days=gap * turn), step) for turn, step in enumerate(steps)]
        told = [(on, step) for on, step in taken if on <= AS_OF[delivery - 1]]
        if who_sends == sender and told and told_by(told[-1][0]) == delivery:
            on, step = told[-1]
            yield number, item_id, (MARK + name, kind, clause), on, step, f"新科创〔{on.year}〕{number + 4}号" if step in ("印发", "备案", "获批") else None


def _documents(sender: str, who: str, delivery: int) -> Sheet:
    """The documents of what was issued and approved; the finance bureau forgets one of August."""
    rows: list[Row] = [(f"ZZ-{item_id}", f"{name}正文", "文件", paper, as_written(on, number), "机要室", None)
                       for number, item_id, (name, *_), on, _step, paper in _told(sender, delivery) if paper and (item_id, delivery) != ("ZD-05", 1)]
    return Sheet(title="制度文件目录（演示）", stated=over_month(who, delivery, "2025年10月"), rows=tuple(rows),
                 headings=headed("佐证材料编号|材料名称|材料类型|文号|形成日期|存放位置|SHA256"))


def _steps(sender: str, who: str, delivery: int) -> Sheet:
    """The newest step of each item that took one. In September a clause's step is none of the list; in October an item is taken back."""
    rows: list[Row] = [(item_id, *cells, written(sender, number), step, as_written(on, number), paper, None, None)
                       for number, item_id, cells, on, step, paper in _told(sender, delivery)]
    if sender == "D01" and delivery != 2:
        rows.append(("SB-90", "（演示）省级人才改革试验区", "政策争取", "C37", "科技局", "申报", "2026-06-15", None, ("有效", None, "作废")[delivery - 1],
                     (None, None, "并入其他事项")[delivery - 1]))
    if sender == "D08" and delivery == 2:
        rows.append(("SB-91", "（演示）国家级众创空间", "申报", "C34", "促进中心", "公示", "2026-09-21", None, None, None))
    return Sheet(title="制度建设与申报事项进展（演示）", stated=over_month(who, delivery, "2025年10月"), headings=headed(STEP_HEADINGS), rows=numbered(rows))


def _resolutions(world: World, delivery: int) -> Sheet:
    """New matters, and those whose state changed since. In October one is closed before the meeting."""
    as_of, rows = AS_OF[delivery - 1], list[Row]()
    for number, each in enumerate(each for each in matters(world) if each.met_on <= as_of):
        status = each.status(as_of)
        if delivery > 1 and each.met_on <= AS_OF[delivery - 2] and status == each.status(AS_OF[delivery - 2]):
            continue
        rows.append((each.meeting_id, as_written(each.met_on, number), each.topic, each.resolution_id, each.matter, each.unit, as_written(each.due_on, number),
                     status, as_written(each.closed_on, number) if status == "已办结" else None, each.task_id, number % 4, None))
    if delivery == 3:
        rows.append(("LX-2026-05", "2026年10月22日", MEETINGS[4][1], "YD-090", "（演示）补录事项", "专班", None, "已办结", "2026-10-12", None, 0, None))
    return Sheet(title="联席会议议定事项办理情况（演示）", stated=over_month("推进工作专班", delivery, "2025年11月"), headings=headed(MEETING_HEADINGS),
                 rows=numbered(rows))


def _appraisals(world: World, who: str, units: tuple[str, ...], delivery: int) -> Sheet:
    """Three indicators for each unit; the science bureau's are of its own. One weight is beyond the scale."""
    rng, rows = world.dice(f"appraisals {who}"), list[Row]()
    for number, unit in enumerate(units):
        for indicator, weight in INDICATORS if delivery == 1 else (("制度体系完善", 20),):
            is_wrong = delivery == 1 and (number, weight) == (4, 40)
            score = Decimal(round(weight * rng.uniform(0.7, 1), 1)).quantize(Decimal("0.1"))
            rows.append(("2026年上半年", written(unit, 0), indicator, 400 if is_wrong else weight, score, "是" if number == 3 else "否", None))
    return Sheet(title="2026年上半年绩效考评结果（演示）", stated=stated(who, date(2026, 6, 30)), rows=numbered(rows),
                 headings=headed("序号|考评期|被考评单位|考评指标|权重|得分|申诉|备注"))
