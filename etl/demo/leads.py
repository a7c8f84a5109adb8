"""Leads of the demo park: followed, signed, moved in and lost, as the bureau and its two resident offices report them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from etl.demo.model import AS_OF, World
from etl.demo.names import MARK, SPACES, TOPICS
from etl.demo.sending import SentFile, month, numbered, sent, stated
from etl.demo.sheets import Row, Sheet, as_written, headed

OFFICES = {"D07/北京驻点": "北京驻点", "D07/上海驻点": "上海驻点"}
MANY = {"": ("HZ", 52), "北京驻点": ("BJ", 30), "上海驻点": ("SH", 26)}  # the mark in the numbers, and how many there are
SOURCES = ("产业链招商", "产业链招商", "以商招商", "驻点推介", "驻点推介", "展会活动", "院所推荐", "主动来访")
REASONS = ("项目方调整计划", "资金安排", "资金安排", "市场变化", "技术尚需完善", "场地条件", "配套政策", "选址他处")
LEAD_HEADINGS = ("序号|线索编号|驻点名称|项目名称|意向空间|线索来源|意向投资额（万元）|线索日期|签约日期|入驻日期|企业代码|项目编号|实际到位投资（万元）|"
                 "市场前景|科技含量|线索状态|流失日期|流失原因|备注")


@dataclass(frozen=True, kw_only=True)
class Lead:
    """What becomes of one lead in the end; None: it does not come to that. Money in 万元."""

    number: int
    zone: str
    topic: str
    found_on: date
    signed_on: date | None
    moved_in_on: date | None
    lost_on: date | None
    reason: str | None
    source: str | None
    firm: str | None
    project: str | None
    intended: Decimal | None
    invested: Decimal
    grades: tuple[str, str]


def files(world: World, delivery: int) -> Iterator[SentFile]:
    """The bureau's register, and those of its two resident offices."""
    yield sent(f"产业合作局/招引项目-{month(delivery)}.xlsx", _sheet(world, "", "产业合作和转移服务局", delivery))
    for room, office in OFFICES.items():
        yield sent(f"{room}/招引项目-{month(delivery)}.csv", _sheet(world, office, f"{office}招商服务部", delivery))


def leads(world: World, office: str) -> tuple[Lead, ...]:
    """Those of one sender, in the order of their numbers."""
    rng = world.dice(f"leads {office}")
    return tuple(_lead(rng, world, number) for number in range(1, MANY[office][1] + 1))


def _lead(rng: Random, world: World, number: int) -> Lead:
    """A third comes to nothing, before or after signing; those that move in bring a project now and then."""
    zone, found = rng.choice(tuple(TOPICS)), date(2025, 10, 9) + timedelta(days=rng.randint(0, 385))
    topic = rng.choice([topic for topics in TOPICS[zone].values() for topic in topics])
    signed = found + timedelta(days=rng.randint(15, 190))
    moved, lost = signed + timedelta(days=rng.randint(20, 160)), found + timedelta(days=rng.randint(25, 260))
    fate, source, reason, intended = rng.random(), rng.choice(SOURCES), rng.choice(REASONS), Decimal(rng.choice((300, 800, 1500, 3000, 6000, 12000)))
    share, grades = rng.uniform(0.15, 0.9), (rng.choice("高高中低"), rng.choice("高高中中低"))
    busy = {each.org.code for each in world.projects}
    firms = [org.code for org in world.orgs if org.zone == zone and org.kind == "企业" and org.told == 1 and not org.moved_out_on and org.code not in busy]
    begun = found + timedelta(days=45)
    projects = [each.project_id for each in world.projects if each.zone == zone and each.told == 1 and not each.void_from and each.approved_on > begun]
    firm, project = rng.choice(firms) if firms else None, rng.choice(projects) if projects else None
    is_lost, goes_on = fate < 0.28, fate > 0.4
    signed_on = signed if goes_on or (is_lost and signed < lost and fate < 0.12) else None
    moved_in_on = moved if fate > 0.46 else None
    return Lead(number=number, zone=zone, topic=topic, found_on=found, signed_on=signed_on, moved_in_on=moved_in_on, lost_on=lost if is_lost else None,
                reason=reason if number % 6 else None, source=source if number % 9 else None, firm=firm if moved_in_on else None,
                project=project if moved_in_on and number % 3 else None, intended=intended if number % 7 else None,
                invested=(intended * Decimal(round(share, 2))).quantize(Decimal(1)), grades=grades)


def _sheet(world: World, office: str, who: str, delivery: int) -> Sheet:
    """As it stands at the end of the month. In October the bureau has one that signed before it was found; a day of loss is left out now and then."""
    as_of, mark = AS_OF[delivery - 1], MANY[office][0]
    rows: list[Row] = []
    for each in leads(world, office):
        if each.found_on > as_of:
            continue
        number, found = each.number, each.found_on
        signed, moved, lost = (on if on and on <= as_of else None for on in (each.signed_on, each.moved_in_on, each.lost_on))
        status = "流失" if lost else "入驻" if moved else "签约" if signed else "跟踪"
        told = found - timedelta(days=9) if delivery == 3 and not office and number == 1 else signed
        rows.append((f"XS-{mark}-{number:03d}", office or ("深圳驻点", "本部", "本部")[number % 3], f"{MARK}{each.topic}落地项目",
                     SPACES[each.zone][number % len(SPACES[each.zone])], each.source, each.intended, as_written(found, number), as_written(told, number),
                     as_written(moved, number), each.firm if moved else None, each.project if moved else None, each.invested if moved else None,
                     *each.grades, status, as_written(lost, number) if number % 4 else None, each.reason if lost else None, None))
    return Sheet(title="招引项目台账（演示）", stated=stated(who, as_of), headings=headed(LEAD_HEADINGS), rows=numbered(rows), total=("合计", f"{len(rows)}项"))
