"""The demo park's buildings, what is let in them, and who asks for rooms, as service firm and operators report them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from etl.demo.firms import org_code
from etl.demo.invest_first import deals
from etl.demo.model import AS_OF, LATE_OPERATOR, OPERATORS, World
from etl.demo.names import CENTRES, MARK, SPACES
from etl.demo.sending import SentFile, month, numbered, over_month, sent, stated
from etl.demo.sheets import Row, Sheet, as_written, headed
from etl.demo.spells import told_by

SERVICE_FIRM = "兰州新区科技创新发展管理有限公司"
ROOMS = ("各产业园区管理运营主体", "园区运营主体", "D10")
GCJ_PLACE = (103.647132, 36.601016)  # of WGS-84 (103.6448, 36.6012), as a phone's map shows it
UNIT_HEADINGS = "空间单元编号|楼宇名称|所在空间|核心区功能|用途|建筑面积(㎡)|可租面积(㎡)|已租面积(㎡)|认定闲置面积|盘活面积|状态|投用日期|经度|纬度|坐标系|备注"
LEASE_HEADINGS = "序号|租约编号|空间单元编号|承租单位代码|承租单位|面积(㎡)|起租日期|止租日期|月租金应收|月租金减免|先投协议编号|备注"
REQUEST_HEADINGS = "序号|申请编号|申请主体代码|需求类型|面积(㎡)|申请日期|满足日期|空间单元编号|状态|备注"


@dataclass(frozen=True, kw_only=True)
class Building:
    """One building of so many like units. Areas in ㎡ a unit; `idle`: found idle at first; `let`: how much of it tenants take up."""

    name: str
    zone: str
    code: str
    use: str
    units: int
    built: int
    price: int
    let: float
    function: str | None = None
    idle: int = 0
    opened_on: date | None = date(2025, 3, 20)
    datum: str = "CGCS2000"
    place: tuple[float, float] | None = None


BUILDINGS = (
    Building(name="孵化大厦A座", zone="core", code="A", use="办公", units=5, built=900, price=32, let=0.8, function="总部", opened_on=date(2024, 11, 8)),
    Building(name="孵化大厦B座", zone="core", code="B", use="科研", units=6, built=1200, price=30, let=0.75, function="研发实验区"),
    Building(name="科创服务市场", zone="core", code="F", use="服务", units=2, built=1400, price=36, let=0.6, function="科创服务市场", opened_on=date(2025, 10, 15)),
    Building(name="绿色金融大厦", zone="core", code="J", use="办公", units=4, built=1100, price=40, let=0.5, function="绿色金融大厦", opened_on=date(2026, 5, 28)),
    Building(name="人才公寓1号楼", zone="core", code="G", use="服务", units=1, built=9600, price=0, let=0, function="人才公寓", opened_on=date(2026, 10, 12)),
    Building(name="成果会展中心", zone="core", code="H", use="会展", units=1, built=12000, price=0, let=0, function="成果会展中心", opened_on=None),
    Building(name="存量楼宇C座", zone="core", code="C", use="概念验证", units=3, built=800, price=24, let=0.55, idle=700, opened_on=date(2026, 1, 16)),
    Building(name="数据产业园1号楼", zone="data", code="D", use="科研", units=4, built=1500, price=28, let=0.7),
    Building(name="智造标准厂房2号", zone="equip", code="E", use="生产", units=4, built=3000, price=18, let=0.7, idle=900, datum="WGS84"),
    Building(name="核技术实验楼", zone="nuclear", code="N", use="科研", units=3, built=1200, price=30, let=0.6),
    Building(name="农业双创楼", zone="agri", code="Y", use="科研", units=3, built=900, price=20, let=0.7),
    Building(name="化工中试基地1号", zone="chem", code="Z", use="中试", units=6, built=2000, price=22, let=0.65, opened_on=date(2025, 7, 1)),
    Building(name="洁净厂房3号", zone="bio", code="S", use="中试", units=4, built=1500, price=26, let=0.7),
    Building(name="医药产业园闲置厂房", zone="bio", code="X", use="生产", units=2, built=2600, price=16, let=0.5, idle=2400, opened_on=date(2026, 4, 10)),
    Building(name="新材料标准厂房5号", zone="energy", code="M", use="中试", units=4, built=2400, price=20, let=0.65, datum="GCJ-02", place=GCJ_PLACE),
)


@dataclass(frozen=True, kw_only=True)
class Lease:
    """One lease. Rents in 元 a month."""

    lease_id: str
    unit_id: str
    zone: str
    tenant: str
    area: int
    starts_on: date
    ends_on: date | None
    due: int
    waived: int
    agreement_id: str | None = None

    def runs(self, on: date) -> bool:
        """Whether it is in force on a day."""
        return self.starts_on <= on and (self.ends_on is None or on <= self.ends_on)


def sender_of(zone: str) -> str:
    """The operator of a zone, '' for the service firm."""
    return OPERATORS.get(zone, "")


def unit_ids(building: Building) -> list[str]:
    """Its units."""
    return [f"KJ-{building.code}-{number:02d}" for number in range(1, building.units + 1)]


def lettable(building: Building) -> int:
    """㎡ of a unit that can be let."""
    return int(building.built * 0.82)


def leases(world: World) -> tuple[Lease, ...]:
    """All leases, those under 先投 agreements first. The rent of the agreement that ended is waived still."""
    rng, made, free = world.dice("leases"), list[Lease](), {unit: lettable(each) for each in BUILDINGS for unit in unit_ids(each)}
    for deal in (deal for deal in deals(world) if deal.plan.rent):
        area, _, price = deal.plan.rent or (0, 0, 0)
        home = next(each for each in BUILDINGS if each.zone == deal.project.zone and each.opened_on)
        unit = max(unit_ids(home), key=lambda unit: free[unit])
        free[unit] -= area
        starts_on = max(deal.plan.signed_on + timedelta(days=31), home.opened_on or deal.plan.signed_on)
        made.append(Lease(lease_id=f"ZY-XT-{len(made) + 1:02d}", unit_id=unit, zone=home.zone, tenant=deal.project.org.code, area=area, starts_on=starts_on,
                          ends_on=None if deal.plan.states[2] == "终止" else starts_on + timedelta(days=1095), due=area * price, waived=area * price,
                          agreement_id=deal.agreement_id))
    banks = [org.code for org in world.orgs if org.kind in ("银行", "证券", "基金", "保险", "担保")]
    for building in BUILDINGS:
        near = [org.code for org in world.orgs if org.kind == "企业" and org.told == 1 and org.zone == building.zone and not org.moved_out_on]
        tenants = banks if building.function == "绿色金融大厦" else near
        opened_on = building.opened_on
        for unit in unit_ids(building) if building.let and opened_on else ():
            assert opened_on
            aim = lettable(building) * (1 - building.let)
            while free[unit] > aim:
                area = min(free[unit], max(40, int(lettable(building) * rng.uniform(0.15, 0.4)) // 10 * 10))
                free[unit] -= area
                starts_on = opened_on + timedelta(days=rng.randint(10, max(11, (date(2026, 10, 20) - opened_on).days)))
                due = area * building.price
                made.append(Lease(lease_id=f"ZY-{building.code}-{len(made) + 1:03d}", unit_id=unit, zone=building.zone, tenant=rng.choice(tenants), area=area,
                                  starts_on=starts_on, ends_on=starts_on + timedelta(days=rng.choice((365, 730, 1094, 1094))), due=due,
                                  waived=due * rng.choice((0, 0, 30, 50, 100)) // 100))
    return tuple(made)


def leased_area(world: World) -> int:
    """㎡ of leases in force at the end of October, of the operator who fell silent those of his August list."""
    return sum(lease.area for lease in leases(world) if lease.runs(AS_OF[2])
               and (sender_of(lease.zone) != LATE_OPERATOR or lease.starts_on <= AS_OF[0]))


def files(world: World, delivery: int) -> Iterator[SentFile]:
    """Units, leases and requests of the service firm and of each operator."""
    for sender in ("", *OPERATORS.values()):
        if sender == LATE_OPERATOR and delivery > 1:
            continue
        room = f"{ROOMS[delivery - 1]}/{sender}" if sender else "科创公司"
        who = sender or SERVICE_FIRM
        yield sent(f"{room}/载体空间-{month(delivery)}.{'csv' if sender else 'xlsx'}", _units(world, sender, who, delivery))
        yield sent(f"{room}/租约台账-{month(delivery)}.{'xlsx' if sender else 'csv'}", _leases(world, sender, who, delivery))
        if sender != OPERATORS["energy"]:
            yield sent(f"{room}/场所需求-{month(delivery)}.csv", _requests(world, sender, who, delivery))


def _units(world: World, sender: str, who: str, delivery: int) -> Sheet:
    """In September one unit is let beyond its size; in October another is said to be let more than its leases come to."""
    as_of, rows = AS_OF[delivery - 1], list[Row]()
    running = [lease for lease in leases(world) if lease.runs(as_of)]
    for building in (each for each in BUILDINGS if sender_of(each.zone) == sender):
        longitude, latitude = building.place or (CENTRES[building.zone][0] + building.units / 2000, CENTRES[building.zone][1] + building.built / 1e6)
        is_open = building.opened_on is not None and building.opened_on <= as_of
        for number, unit in enumerate(unit_ids(building)):
            let = sum(lease.area for lease in running if lease.unit_id == unit)
            let += lettable(building) if (delivery, unit) == (2, "KJ-E-02") else 200 if (delivery, unit) == (3, "KJ-D-04") else 0
            revived = min(building.idle, let) if building.idle and is_open else None
            rows.append((unit, MARK + building.name, SPACES[building.zone][number % len(SPACES[building.zone])], building.function, building.use, building.built,
                         lettable(building), let, building.idle or None, revived, "投用" if is_open else "建设",
                         as_written(building.opened_on, number) if is_open else None, round(longitude, 6), round(latitude, 6), building.datum, None))
    groups = {"面积情况": "建筑面积(㎡)|可租面积(㎡)|已租面积(㎡)|认定闲置面积|盘活面积"} if not sender and delivery > 1 else None
    return Sheet(title="载体空间台账（演示）", stated=stated(who, as_of), headings=headed(UNIT_HEADINGS, groups), rows=tuple(rows),
                 total=("合计", *(None,) * 4, *(sum(int(str(row[place])) for row in rows) for place in (5, 6, 7))), footers=("注：面积按不动产测绘数。",))


def _leases(world: World, sender: str, who: str, delivery: int) -> Sheet:
    """In August one waives more rent than is due; in September one ends before it begins."""
    as_of = AS_OF[delivery - 1]
    names = {org.code: org.name for org in world.orgs}
    rows: list[Row] = []
    for number, lease in enumerate(lease for lease in leases(world) if sender_of(lease.zone) == sender and lease.starts_on <= as_of):
        waived, ends_on = lease.waived, lease.ends_on
        if delivery == 1 and not sender and number == 17:
            waived = lease.due + 500
        if delivery == 2 and sender == OPERATORS["bio"] and number == 3:
            ends_on = lease.starts_on - timedelta(days=20)
        rows.append((lease.lease_id, lease.unit_id, lease.tenant, names[lease.tenant], lease.area, as_written(lease.starts_on, number),
                     as_written(ends_on, number), Decimal(lease.due), Decimal(waived), lease.agreement_id, None))
    return Sheet(title="租约台账（演示）", stated=stated(who, as_of, "单位：元"), headings=headed(LEASE_HEADINGS), rows=numbered(rows))


def _requests(world: World, sender: str, who: str, delivery: int) -> Sheet:
    """One request is told twice and taken back; one is met a delivery later."""
    rng = world.dice(f"space_requests {sender}")
    zones = [zone for zone in CENTRES if sender_of(zone) == sender]
    near = [org for org in world.orgs if org.kind == "企业" and org.told == 1 and org.zone in zones]
    mark, rows = {"": "KC", OPERATORS["bio"]: "SW"}.get(sender, "HG"), list[Row]()
    for number in range(1, 25 if not sender else 8):
        asked_on, firm, need = date(2026, 1, 6) + timedelta(days=rng.randint(0, 290)), rng.choice(near), rng.choice(("办公", "科研", "概念验证", "中试"))
        wait, area, is_open = rng.choice((6, 11, 18, 24, 29, 41, 66)), rng.randint(6, 60) * 10, rng.random() < 0.2
        met_on = None if is_open else asked_on + timedelta(days=wait)
        home = next(each for each in BUILDINGS if each.zone == firm.zone and each.opened_on)
        is_met = met_on is not None and met_on <= AS_OF[delivery - 1]
        if told_by(asked_on) == delivery or (met_on and met_on <= AS_OF[2] and told_by(met_on) == delivery):
            rows.append((f"CS-{mark}-{number:03d}", firm.code, need, area, as_written(asked_on, number), as_written(met_on, number) if is_met else None,
                         unit_ids(home)[0] if is_met else None, None, None))
    if not sender and delivery < 3:
        rows.append(("CS-KC-090", near[0].code, "办公", 120, "2026-08-03", None, None, "作废" if delivery == 2 else "有效", "重复申请" if delivery == 2 else None))
    if not sender and delivery == 3:
        rows.append(("CS-KC-091", org_code(9031), "仓储", 300, "2026-10-19", None, None, None, None))
    return Sheet(title="入驻团队场所需求登记（演示）", stated=over_month(who, delivery, "2026年1月"), headings=headed(REQUEST_HEADINGS), rows=numbered(rows))
