"""The demo park's platforms, planned and built, and the cases its service windows took in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from etl.demo.model import AS_OF, LATE_OPERATOR, OPERATORS, World
from etl.demo.names import MARK, SPACES
from etl.demo.sending import QUARTERS, SentFile, month, numbered, over_month, sent, stated
from etl.demo.sheets import Row, Sheet, as_written, headed
from etl.demo.spells import told_by

HEADINGS = ("序号|平台编号|平台名称|平台类型|平台级别|实体编号|垂直领域|牵头单位代码|共建单位|合作方式|所在载体|平台状态|投用日期|设备原值（万元）|"
            "开放机时|总机时|服务收入（万元）|服务次数|区内服务主体数|区外服务主体数|中试车间数|占用车间数|备注")
SERVICES = ("成果筛选", "价值评估", "路径设计", "技术投融资", "法律政策咨询", "市场推广")
CASE_HEADINGS = "序号|办件号|服务类别|申请主体代码|申请主体|受理窗口|受理日期|办结日期|满意度|状态|经办人|备注"
FIELDS = {"core": "科技服务", "chem": "绿色化工", "bio": "生物医药", "energy": "新材料", "data": "数字经济", "equip": "高端装备", "nuclear": "核技术", "agri": "现代农业"}
COOPERATION = ("共建", "委托运营", "场地入股", "设备共享")
CLERKS = "甲乙丙丁"


@dataclass(frozen=True, kw_only=True)
class Platform:
    """One platform. `status` by quarter; `size`: equipment in 万元, hours a quarter; `workshops`: all and occupied."""

    name: str
    kind: str
    zone: str
    level: str
    status: tuple[str, str]
    opened_on: date | None = None
    entity: str | None = None
    size: tuple[int, int] = (0, 0)
    workshops: tuple[int, int] | None = None


def _in_use(name: str, kind: str, zone: str, level: str, opened_on: date, size: tuple[int, int], *, entity: str | None = None,
            workshops: tuple[int, int] | None = None) -> Platform:
    return Platform(name=name, kind=kind, zone=zone, level=level, status=("投用", "投用"), opened_on=opened_on, entity=entity, size=size, workshops=workshops)


def _planned(name: str, kind: str, zone: str, level: str, *status: str) -> Platform:
    return Platform(name=name, kind=kind, zone=zone, level=level, status=(status[0], status[-1]))


PLATFORMS = (  # the kinds and equipment that the policy lists, built or not
    _in_use("化工专精特新孵化基地", "孵化基地", "chem", "省", date(2024, 6, 18), (860, 500)),
    _in_use("化工中试基地", "通用中试平台", "chem", "省", date(2025, 7, 1), (12600, 2000), workshops=(20, 13)),
    _in_use("化工专业检测分析平台", "专业检测平台", "chem", "新区", date(2025, 9, 16), (2300, 1500)),
    _planned("动物实验中心", "共性技术研究平台", "bio", "省", "建设"),
    _in_use("药物筛选与分析测试平台", "专业检测平台", "bio", "省", date(2025, 5, 12), (3100, 1400)),
    _in_use("GMP/GLP标准洁净厂房", "通用中试平台", "bio", "省", date(2025, 3, 20), (5200, 1800), workshops=(6, 4)),
    _in_use("材料制备与表征实验室", "联合实验室", "energy", "省", date(2024, 9, 25), (2700, 1600), entity="ST-01"),
    _in_use("新能源材料共性技术平台", "共性技术研究平台", "energy", "新区", date(2024, 9, 25), (0, 0), entity="ST-01"),
    Platform(name="材料中试生产线", kind="中试平台", zone="energy", level="新区", status=("建设", "投用"), opened_on=date(2026, 8, 20), size=(4300, 900),
             workshops=(4, 1)),
    _planned("特殊环境实验室", "联合实验室", "energy", "国家", "申报"),
    _planned("产品性能测试与认证平台", "产品认证中心", "energy", "省", "规划", "建设"),
    _in_use("大数据应用产业园", "产业培育基地", "data", "省", date(2023, 11, 8), (1900, 2100)),
    _planned("超算智算中心", "共性技术研究平台", "data", "国家", "建设"),
    _planned("5G及物联网应用示范场景", "其他", "data", "新区", "规划"),
    _in_use("智能制造柔性生产车间", "柔性生产车间", "equip", "市", date(2025, 4, 15), (3600, 1700), workshops=(5, 3)),
    _in_use("装备检测认证平台", "产品认证中心", "equip", "省", date(2025, 12, 10), (1800, 1200)),
    _in_use("能源装备创新联合体", "创新联合体", "equip", "省", date(2025, 6, 6), (0, 0)),
    _in_use("医用同位素药物研发平台", "新型研发机构", "nuclear", "省", date(2025, 8, 28), (6400, 1300)),
    _planned("离子放射治疗产业技术联盟", "创新联合体", "nuclear", "省", "投用"),
    _in_use("种质资源库", "共性技术研究平台", "agri", "省", date(2024, 5, 20), (900, 800)),
    _in_use("育苗育种基地", "产业培育基地", "agri", "市", date(2024, 3, 12), (620, 900)),
    _planned("农产品检验检测中心", "专业检测平台", "agri", "市", "建设"),
    _in_use("甘智汇概念验证中心", "概念验证中心", "core", "省", date(2025, 11, 18), (1500, 1100)),
    _in_use("甘智汇孵化器", "孵化器", "core", "国家", date(2024, 4, 8), (400, 0)),
    _planned("甘智汇加速器", "加速器", "core", "新区", "建设"),
    _in_use("兰州新区产业技术研究院", "产业技术研究院", "core", "省", date(2025, 10, 22), (2100, 1000)),
    _in_use("生物医药专业孵化器", "孵化器", "bio", "省", date(2025, 6, 10), (260, 0)),
    _in_use("新材料专业孵化器", "孵化器", "energy", "市", date(2025, 10, 9), (180, 0)),
    _planned("数字经济加速器", "加速器", "data", "新区", "规划"),
)


def in_use(delivery: int = 2) -> int:
    """How many the quarter's list has in use."""
    return sum(platform.status[delivery - 1] == "投用" for platform in PLATFORMS)


def files(world: World, delivery: int) -> Iterator[SentFile]:
    """The centre's list by quarter, the operators' of their own; the cases of both windows each month."""
    if delivery < 3:
        until = f"{QUARTERS[delivery - 1]:%Y%m}"
        yield sent(f"D08/平台台账-{until}.xlsx", _platforms(world, delivery, "", "科技创新促进中心"))
        for zone in ("chem", "bio") if delivery == 1 else ("bio",):
            yield sent(f"园区运营主体/{OPERATORS[zone]}/平台运行-{until}.csv", _platforms(world, delivery, zone, OPERATORS[zone]))
    yield sent(f"D08/一体化服务办件-{month(delivery)}.csv", _cases(world, "BJ-C", "促进中心窗口", "科技创新促进中心", delivery))
    yield sent(f"科创公司/一体化服务办件-{month(delivery)}.xlsx", _cases(world, "BJ-K", "核心区综合窗口", "兰州新区科技创新发展管理有限公司", delivery))


def _platforms(world: World, delivery: int, zone: str, who: str) -> Sheet:
    """In June an operator counts more open hours than there are; in September the centre names a kind nobody knows."""
    rng = world.dice("platforms")
    academies = [org for org in world.orgs if org.kind in ("高校", "科研院所")]
    firms = {each: [org for org in world.orgs if org.kind == "企业" and org.zone == each and org.told == 1] for each in SPACES}
    rows: list[Row] = []
    for number, platform in enumerate(PLATFORMS, start=1):
        lead = rng.choice(academies if number % 2 else firms[platform.zone])
        partner, busy = rng.choice(academies), rng.uniform(0.35, 0.9)
        if zone and (zone != platform.zone or platform.status[delivery - 1] != "投用"):
            continue
        equipment, hours = platform.size if platform.status[delivery - 1] == "投用" else (0, 0)
        open_hours = hours + 100 if delivery == 1 and zone == "bio" and number == 5 else round(hours * busy)
        services = round(hours * busy / 12) * delivery if hours else None
        every, taken = platform.workshops or (None, None)
        if delivery == 2 and not zone and OPERATORS.get(platform.zone) == LATE_OPERATOR:  # the centre has no figures where the operator has told none
            hours = open_hours = 0
            services, taken = None, None
        elif delivery == 2 and not zone and number == 6 and services:  # one that the centre and the operator count differently
            services += 12
        kind = "产学研平台" if delivery == 2 and not zone and number == 17 else platform.kind
        rows.append((f"PT-{number:03d}", MARK + platform.name, kind, platform.level, platform.entity, FIELDS[platform.zone], lead.code, partner.name,
                     COOPERATION[number % 4], SPACES[platform.zone][number % len(SPACES[platform.zone])], platform.status[delivery - 1],
                     as_written(platform.opened_on, number) if platform.status[delivery - 1] == "投用" else None, Decimal(equipment) if equipment else None,
                     open_hours or None, hours or None, Decimal(round(hours * busy * 0.04 * delivery, 1)).quantize(Decimal("0.1")) if hours else None, services,
                     services and services // 3, services and services // 7, every, taken and taken + delivery - 1, None))
    groups = {"运行情况": "开放机时|总机时|服务收入（万元）|服务次数|区内服务主体数|区外服务主体数"}
    return Sheet(title="各类平台台账（演示）", stated=stated(who, QUARTERS[delivery - 1]), headings=headed(HEADINGS, groups if delivery == 2 else None),
                 rows=numbered(rows))


def _cases(world: World, mark: str, window: str, who: str, delivery: int) -> Sheet:
    """In August one case is rated beyond the scale; one told twice is taken back in September."""
    rng = world.dice(f"service_cases {mark}")
    firms, rows = [org for org in world.orgs if org.kind == "企业" and org.told == 1], list[Row]()
    for number in range(1, 46):
        on, firm, kind = date(2026, 1, 8) + timedelta(days=rng.randint(0, 292)), rng.choice(firms), rng.choice(SERVICES)
        closed_on, rated = on + timedelta(days=rng.choice((3, 7, 12, 20, 38))), rng.choice((None, 3, 4, 5, 5))
        is_closed = closed_on <= AS_OF[delivery - 1]
        if told_by(on) == delivery or (closed_on <= AS_OF[2] and told_by(closed_on) == delivery):
            rows.append((f"{mark}-{number:03d}", kind, firm.code, firm.name, f"{window}{number % 3 + 1}", as_written(on, number),
                         as_written(closed_on, number) if is_closed else None, rated if is_closed else None, None, f"演示{CLERKS[number % 4]}", None))
    if mark == "BJ-C" and delivery < 3:
        rows.append((f"{mark}-090", "价值评估", firms[0].code, firms[0].name, f"{window}1", "2026-07-06", "2026-07-10", 4, ("有效", "作废")[delivery - 1],
                     "演示甲", (None, "重复受理")[delivery - 1]))
    if mark == "BJ-K" and delivery == 1:
        rows.append((f"{mark}-091", "路径设计", firms[3].code, firms[3].name, f"{window}2", "2026-08-11", "2026-08-20", 10, None, "演示乙", None))
    return Sheet(title="一体化服务办件登记（演示）", stated=over_month(who, delivery, "2026年1月"), headings=headed(CASE_HEADINGS), rows=numbered(rows))
