"""What is reported of the demo park's people: housing, arrivals, technology managers and their contracts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from etl.demo.model import AS_OF, World
from etl.demo.sending import QUARTERS, SentFile, month, numbered, over_month, sent, stated, total
from etl.demo.sheets import Row, Sheet, as_written, headed
from etl.demo.tech_contracts import contracts

SITES = (("GY-01", "（演示）人才公寓1号楼", 320, 300), ("GY-02", "（演示）专家公寓", 60, 60), ("GY-03", "（演示）青年驿站", 120, 112))
ABILITIES = ("懂科技", "懂产业", "懂资本", "懂市场", "懂管理")
GRADES = ("初级", "初级", "中级", "中级", "高级", "未定级")
PLACES = ("核心区", "绿色化工", "生物医药", "核心区", "高端装备与智能制造", None)  # of those brought in
MANAGERS = 38  # two of them nobody's project names
UNLISTED = ("JJR-035", "JJR-036")  # named by projects and never listed
MANAGER_HEADINGS = "序号|经理人编号|姓名|身份证号|手机|所属机构代码|级别|证书有效期至|能力标签|聘任日期|备注"
CONTRACT_HEADINGS = ("序号|合同登记号|合同类型|卖方代码|买方代码|成果编号|合同签订日期|合同成交额（万元）|技术交易额（万元）|经理人编号|"
                     "佣金（万元）|奖励（万元）|状态|备注")


def files(world: World, delivery: int) -> Iterator[SentFile]:
    """Housing each month, arrivals by quarter, managers and contracts each month."""
    yield sent(f"组织部/人才公寓-{month(delivery)}.xlsx", _housing(world, delivery))
    if delivery < 3:
        yield sent(f"组织部/人才引进-{QUARTERS[delivery - 1]:%Y%m}.xlsx", _arrivals(world, delivery))
    yield sent(f"D08/技术经理人-{month(delivery)}.xlsx", _managers(world, delivery))
    yield sent(f"D08/技术合同-{month(delivery)}.csv", _contracts(world, delivery))


def _housing(world: World, delivery: int) -> Sheet:
    """In September a site houses more people than it has rooms; October has that month right."""
    rng, rows, before = world.dice("talent_housing"), list[Row](), dict[str, tuple[int, int]]()
    for number in range(1, 11):
        for site, name, whole, free in SITES if number < 10 or delivery == 3 else ():
            lived = round(free * min(0.98, rng.uniform(0.55, 0.7) + number * 0.03))
            waiting = rng.randint(0, 40) if site != "GY-02" else 0
            lived_before, waited_before = before.get(site, (lived - 20, waiting + 5))
            housed = max(lived - lived_before, waited_before - waiting, 0)
            before[site] = lived, waiting
            is_wrong = delivery == 2 and site == "GY-03"
            if number in ((*range(1, 9),), (9,), (9, 10))[delivery - 1]:
                rows.append((site, name, f"2026年{number}月" if number % 2 else f"2026-{number:02d}", whole, free, free + 6 if is_wrong else lived, waiting,
                             round(waiting * 1.3, 1) or None,
                             waiting - waited_before + housed, housed, "更正" if delivery == 3 and number == 9 and site == "GY-03" else None))
    return Sheet(title="人才公寓使用情况（演示）", stated=stated("组织部", AS_OF[delivery - 1]), rows=numbered(rows),
                 headings=headed("序号|房源点编号|房源点名称|期间|总套数|可分配套数|在住套数|轮候人数|平均轮候天数|本期申请|本期配租|备注"))


def _arrivals(world: World, delivery: int) -> Sheet:
    """Four quarters in June, one in September. Counts, no persons."""
    rng, rows = world.dice("talents"), list[Row]()
    for turn, quarter in enumerate(("2025年第三季度", "2025年第四季度", "2026年第一季度", "2026年第二季度", "2026年第三季度")):
        for kind, most in (("专家", 12), ("毕业生", 180), ("团队", 7)):
            for origin in ("省内", "省外"):
                came, founded = rng.randint(most // 3, most), rng.randint(0, 3)
                if (turn == 4) == (delivery == 2):
                    rows.append((quarter, kind, origin, PLACES[(turn + len(rows)) % len(PLACES)], came, founded, None))
    return Sheet(title="人才引进情况（演示）", stated=stated("组织部", QUARTERS[delivery - 1]), rows=numbered(rows),
                 headings=headed("序号|报告期|人才类别|人才来源|承载区|引进人数|创办企业数|备注"),
                 total=("合计", None, None, None, None, sum(int(str(row[4])) for row in rows)))


def _managers(world: World, delivery: int) -> Sheet:
    """Some certificates run out in autumn, two of them before this October. In October one has a grade nobody knows."""
    rng, rows = world.dice("tech_managers"), list[Row]()
    bodies = [org for org in world.orgs if org.kind in ("科技服务机构", "高校", "科研院所")]
    for number in range(1, MANAGERS + 1):
        on, body, many = date(2024, 3, 1) + timedelta(days=rng.randint(0, 780)), rng.choice(bodies), rng.randint(1, 5)
        grade, abilities = rng.choice(GRADES), "、".join(sorted(rng.sample(ABILITIES, many), key=ABILITIES.index))
        until = None if grade == "未定级" else date(2026, 8, 20) + timedelta(days=23 * number)
        manager_id = f"JJR-{number:03d}"
        if manager_id in UNLISTED or (number == MANAGERS and delivery == 1):
            continue
        rows.append((manager_id, f"演示{'甲乙丙丁戊己庚辛'[number % 8]}{number}", f"62019919990101{number:03d}X", f"1390001{number:04d}", body.code,
                     "特级" if delivery == 3 and number == 20 else grade, as_written(until, number), abilities, as_written(on, number), None))
    return Sheet(title="技术经理人名册（演示）", stated=stated("科技创新促进中心", AS_OF[delivery - 1]), rows=numbered(rows),
                 headings=headed(MANAGER_HEADINGS, {"个人信息": "姓名|身份证号|手机"} if delivery == 2 else None))


def _contracts(world: World, delivery: int) -> Sheet:
    """In September one has more technology than turnover, in October one no buyer."""
    rows: list[Row] = []
    for number, each in enumerate(each for each in contracts(world) if each.told == delivery):
        rows.append((each.contract_no, f"技术{each.kind}" if number % 3 == 0 else each.kind, each.seller, each.buyer, each.outcome_id, as_written(each.signed_on, number),
                     each.turnover, each.technology, each.brokers, each.commission, Decimal(1) if each.commission and number % 5 == 0 else None,
                     "作废" if each.is_void else None, "合同解除" if each.is_void else None))
    if delivery > 1:
        last = rows[-1]
        rows.append((f"JSHT202662{9900 + delivery:06d}", "服务", last[2], last[3] if delivery == 2 else None, None, "2026-09-17", Decimal(30),
                     Decimal(36 if delivery == 2 else 30), None, None, None, None, None))
    return Sheet(title="技术合同认定登记台账（演示）", stated=over_month("科技创新促进中心", delivery, "2024年6月"), headings=headed(CONTRACT_HEADINGS),
                 rows=numbered(rows), total=total(numbered(rows), 7, 8))
