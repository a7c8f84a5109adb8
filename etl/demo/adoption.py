"""How results of the demo park come into use: firsts, scenarios and friendly units, and equity from surplus funds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from etl.demo.firms import org_code
from etl.demo.model import AS_OF, Org, World
from etl.demo.names import MARK, TOPICS
from etl.demo.sending import QUARTERS, SentFile, month, numbered, over_month, percent, sent, stated
from etl.demo.sheets import Row, Sheet, as_written, headed
from etl.demo.spells import told_by

FIRSTS = ("首台套", "首批次新材料", "首版次软件", "首轮次工程流片芯片", "首套件基础电子元器件")
LEVELS = ("国家级", "省级", "省级", "市级", "新区级")
FIRST_HEADINGS = "序号|编号|产品类别|产品名称|成果编号|研制单位代码|研制单位|认定级别|认定日期|应用单位代码|首次应用日期|采购金额（万元）|状态|备注"
SCENARIO_HEADINGS = "编号|类别|名称|单位代码|单位名称|发布(认定)日期|有效期至|揭榜日期|落地日期|采购金额|备注"
EQUITY_HEADINGS = "序号|编号|单位代码|单位名称|项目编号|结余金额|入股金额|企业代码|持股比例|批准文号|批准日期|权属清晰|权属证明编号|状态|备注"


@dataclass(frozen=True, kw_only=True)
class First:
    """One product used for the first time somewhere. `purchase` in 万元."""

    product_id: str
    sender: str
    kind: str
    name: str
    outcome_id: str | None
    maker: Org
    level: str | None
    recognised_on: date | None
    user: str | None
    used_on: date | None
    purchase: Decimal | None
    told: int


def _firms(world: World) -> list[Org]:
    return [org for org in world.orgs if org.kind == "企业" and org.told == 1 and not org.moved_out_on]


def firsts(world: World) -> tuple[First, ...]:
    """The industry bureau's products and a few of the science bureau's."""
    rng, firms = world.dice("first_uses"), _firms(world)
    academies = [org.code for org in world.orgs if org.kind in ("高校", "科研院所")]
    outcomes = sorted({row.outcome_id for row in world.outcomes if row.landed_on})
    names = [topic for zone in ("equip", "energy", "data", "nuclear") for topics in TOPICS[zone].values() for topic in topics]
    made: list[First] = []
    for number, name in enumerate(rng.sample(names, 18), start=1):
        on, level, user = date(2025, 10, 20) + timedelta(days=rng.randint(0, 365)), rng.choice(LEVELS), rng.choice(firms)
        is_used = rng.random() < 0.7
        buyer = org_code(9998) if number == 11 else academies[number % len(academies)] if number % 5 == 0 else user.code  # one is on no list yet
        used_on = min(AS_OF[2], on + timedelta(days=rng.randint(10, 120))) if is_used else None
        made.append(First(product_id=f"SS-{number:03d}", sender="D04" if number % 4 else "D01", kind=FIRSTS[number % 5], name=MARK + name,
                          outcome_id=rng.choice(outcomes) if rng.random() < 0.4 else None, maker=rng.choice(firms), level=level, recognised_on=on,
                          user=buyer if is_used else None, used_on=used_on, purchase=Decimal(rng.choice((45, 120, 360, 880))) if is_used else None,
                          told=told_by(max(on, used_on or on))))
    return tuple(made)


def files(world: World, delivery: int) -> Iterator[SentFile]:
    """Firsts of two bureaus, the science bureau's scenarios (the industry bureau never sent any), surplus equity."""
    yield sent(f"工信局/五首推广-{month(delivery)}.xlsx", _firsts(world, "D04", "工信和数据局", delivery))
    yield sent(f"科技局/首版次推广-{month(delivery)}.csv", _firsts(world, "D01", "科技创新局", delivery))
    if delivery < 3:
        yield sent(f"科技局/应用场景与友好单位-{QUARTERS[delivery - 1]:%Y%m}.xlsx", _scenarios(world, delivery))
    yield sent(f"D08/横向结余经费入股-{month(delivery)}.xlsx", _equity(world, delivery))


def _firsts(world: World, sender: str, who: str, delivery: int) -> Sheet:
    """In August a class that is none of the five."""
    rows: list[Row] = []
    for number, each in enumerate(each for each in firsts(world) if each.sender == sender and each.told == delivery):
        rows.append((each.product_id, each.kind, each.name, each.outcome_id, each.maker.code, each.maker.name, each.level,
                     as_written(each.recognised_on, number), each.user, as_written(each.used_on, number), each.purchase, None, None))
    if sender == "D04" and delivery == 1:
        maker = _firms(world)[2]
        rows.append(("SS-090", "首创工艺", "（演示）连续重结晶工艺", None, maker.code, maker.name, "市级", "2026-07-02", *(None,) * 5))
    return Sheet(title="“五首”产品推广应用情况（演示）", stated=over_month(who, delivery, "2025年10月"), headings=headed(FIRST_HEADINGS), rows=numbered(rows))


def _scenarios(world: World, delivery: int) -> Sheet:
    """In June one is taken up before it is published."""
    rng, on, rows = world.dice("scenarios"), QUARTERS[delivery - 1], list[Row]()
    firms, topics = _firms(world), [topic for zone in TOPICS.values() for topics in zone.values() for topic in topics]
    for number in range(1, 37):
        firm, topic, published = rng.choice(firms), rng.choice(topics), date(2025, 10, 27) + timedelta(days=9 * number + rng.randint(0, 9))
        taken, landed = published + timedelta(days=rng.randint(20, 60)), published + timedelta(days=rng.randint(70, 150))
        purchase, kind = Decimal(rng.choice((30, 80, 150, 260))), "友好单位" if number % 3 == 0 else "应用场景"
        if published > on:
            continue
        is_scenario = kind == "应用场景"
        until = published + timedelta(days=150 if is_scenario else 200 if number % 2 == 0 else 365) if number % 5 or not is_scenario else None
        told = published - timedelta(days=5) if delivery == 1 and number == 4 else taken if is_scenario and taken <= on and number % 4 else None
        done = landed if told and landed <= on and number % 2 else None
        rows.append((f"CJ-{number:03d}", kind, f"{MARK}{topic}应用场景" if is_scenario else firm.name, firm.code, firm.name, as_written(published, number),
                     as_written(until, number), as_written(told, number), as_written(done, number), purchase if done or not is_scenario else None, None))
    return Sheet(title="科研成果应用场景与友好单位名录（演示）", stated=stated("科技创新局", on, "单位：万元"), headings=headed(SCENARIO_HEADINGS), rows=tuple(rows))


def _equity(world: World, delivery: int) -> Sheet:
    """In September one puts in more than was left; in October one is taken back."""
    rng, rows = world.dice("surplus_equity"), list[Row]()
    bodies = [org for org in world.orgs if org.kind in ("高校", "科研院所")]
    own = [project for project in world.projects if project.org in bodies and project.told == 1 and not project.void_from]
    firms = _firms(world)
    for number, on in enumerate((date(2025, 12, 8), date(2026, 2, 26), date(2026, 4, 14), date(2026, 6, 3), date(2026, 7, 22), date(2026, 9, 9),
                                 date(2026, 10, 13)), start=1):
        project, surplus, firm = rng.choice(own), Decimal(rng.randint(30, 120)), rng.choice(firms)
        share, put_in, title = rng.uniform(0.04, 0.2), (surplus * Decimal("0.6")).quantize(Decimal("0.1")), number % 3 > 0
        is_back = number == 3 and delivery == 3
        if told_by(on) == delivery or is_back:
            rows.append((f"RG-{number:03d}", project.org.code, project.org.name, project.project_id, surplus, put_in, firm.code, percent(round(share, 4), number),
                         f"校科〔{on.year}〕{number + 6}号", as_written(on, number), "是" if title else "否", f"QS-{on.year}-{number:02d}" if title else None,
                         "作废" if is_back else "有效", "终止入股" if is_back else None))
    if delivery == 2:
        rows.append(("RG-090", bodies[1].code, bodies[1].name, None, Decimal(40), Decimal(55), firms[5].code, "6%", "校科〔2026〕31号", "2026-09-23", "是", None,
                     "有效", None))
    return Sheet(title="横向结余经费入股情况（演示）", stated=over_month("科技创新促进中心", delivery, "2025年12月", "单位：万元"),
                 headings=headed(EQUITY_HEADINGS), rows=numbered(rows))
