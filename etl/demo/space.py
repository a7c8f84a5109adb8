"""The demo park's buildings and what is let in them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from etl.demo.invest_first import deals
from etl.demo.model import AS_OF, LATE_OPERATOR, OPERATORS, World

GCJ_PLACE = (103.647132, 36.601016)  # of WGS-84 (103.6448, 36.6012), as a phone's map shows it


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
    """㎡ of a unit that can be let; flats and halls are not let by lease."""
    return int(building.built * 0.82) if building.let else 0


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
