"""What service firm and operators report of the demo park's buildings: 载体空间, 租约, 场所需求."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from etl.demo.firms import org_code
from etl.demo.model import AS_OF, LATE_OPERATOR, OPERATORS, World
from etl.demo.names import CENTRES, MARK, SPACES
from etl.demo.sending import SentFile, month, numbered, over_month, sent, stated
from etl.demo.sheets import Row, Sheet, as_written, headed
from etl.demo.space import (
    BUILDINGS,
    leases,
    lettable,
    sender_of,
    unit_ids,
)
from etl.demo.spells import told_by

SERVICE_FIRM = "兰州新区科技创新发展管理有限公司"
ROOMS = ("各产业园区管理运营主体", "园区运营主体", "D10")
UNIT_HEADINGS = "空间单元编号|楼宇名称|所在空间|核心区功能|用途|建筑面积(㎡)|可租面积(㎡)|已租面积(㎡)|认定闲置面积|盘活面积|状态|投用日期|经度|纬度|坐标系|备注"
LEASE_HEADINGS = "序号|租约编号|空间单元编号|承租单位代码|承租单位|面积(㎡)|起租日期|止租日期|月租金应收|月租金减免|先投协议编号|备注"
REQUEST_HEADINGS = "序号|申请编号|申请主体代码|需求类型|面积(㎡)|申请日期|满足日期|空间单元编号|状态|备注"


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
