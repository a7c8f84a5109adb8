"""Public money of the demo park year by year, from application to spending, as the finance and economic bureaus report it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from etl.demo.model import AS_OF, World
from etl.demo.names import MARK
from etl.demo.sending import SentFile, month, sent, stated, total
from etl.demo.sheets import Cell, Row, Sheet, headed

HEADINGS = "年度|资金项目编号|资金来源|资金项目名称|申报金额|预算|下达|到位|支出|截至日期|备注"


@dataclass(frozen=True, kw_only=True)
class Item:
    """One item of a year. Money in 万元; issued, received and spent as shares of the budget at the end of October."""

    year: int
    item_id: str
    sender: str
    source: str
    name: str
    requested: int | None
    budget: int
    shares: tuple[float, float, float]


ITEMS = (
    Item(year=2025, item_id="ZJ2025-01", sender="D05", source="本级专项", name="甘智汇科创园专项经费", requested=5000, budget=5000, shares=(1, 1, 0.964)),
    Item(year=2026, item_id="ZJ2026-01", sender="D05", source="本级专项", name="甘智汇科创园专项经费", requested=6500, budget=6000, shares=(0.85, 0.8, 0.62)),
    Item(year=2026, item_id="ZJ2026-02", sender="D05", source="本级专项", name="先投后股专项资金", requested=3000, budget=2000, shares=(1, 1, 0.71)),
    Item(year=2026, item_id="ZJ2026-03", sender="D05", source="专项债", name="孵化大厦配套设施", requested=20000, budget=15000, shares=(0.5, 0.4, 0.22)),
    Item(year=2026, item_id="ZJ2026-04", sender="D05", source="联合科研基金", name="重离子与核素联合研究", requested=1200, budget=1000, shares=(0.6, 0.6, 0.35)),
    Item(year=2027, item_id="ZJ2027-01", sender="D05", source="公募REITs", name="标准化厂房资产储备", requested=30000, budget=0, shares=(0, 0, 0)),
    Item(year=2025, item_id="JF2025-01", sender="D03", source="中央预算内", name="中试基地建设", requested=12000, budget=8000, shares=(1, 0.9, 0.75)),
    Item(year=2026, item_id="JF2026-01", sender="D03", source="中央预算内", name="检验检测平台建设", requested=9000, budget=5000, shares=(0.7, 0.5, 0.2)),
    Item(year=2026, item_id="JF2026-02", sender="D03", source="省级科技项目", name="省级重大专项", requested=2600, budget=1800, shares=(0.9, 0.9, 0.55)),
    Item(year=2026, item_id="JF2026-03", sender="D03", source="市级科技项目", name="市级成果转化项目", requested=800, budget=450, shares=(1, 0.8, 0.5)),
)


def spent(item: Item, delivery: int) -> Decimal:
    """支出 up to the end of a delivery's month, in 万元."""
    return _amount(item, 2, delivery)


def files(_: World, delivery: int) -> Iterator[SentFile]:
    """The finance bureau's list and the economic bureau's."""
    yield sent(f"财政局/财政与筹资进度-{month(delivery)}.xlsx", _sheet("D05", "财政金融和国有资产监督管理局", delivery))
    yield sent(f"经济发展局/争取资金进度-{month(delivery)}.csv", _sheet("D03", "经济发展局", delivery))


def _amount(item: Item, place: int, delivery: int) -> Decimal:
    """Of a year that has ended everything has been done; of this one less, the earlier the list."""
    so_far = 1.0 if item.year < 2026 else (0.84, 0.93, 1.0)[delivery - 1]
    return (item.budget * Decimal(str(item.shares[place])) * Decimal(str(so_far))).quantize(Decimal("0.01"))


def _sheet(sender: str, who: str, delivery: int) -> Sheet:
    """In September the economic bureau left a budget out."""
    as_of = AS_OF[delivery - 1]
    rows: list[Row] = []
    for item in (item for item in ITEMS if item.sender == sender):
        budget: Cell = None if delivery == 2 and item.item_id == "JF2026-03" else Decimal(item.budget)
        until = as_of if item.year >= 2026 else date(item.year, 12, 31)
        rows.append((f"{item.year}年", item.item_id, item.source, MARK + item.name, None if item.requested is None else Decimal(item.requested), budget,
                     *(_amount(item, place, delivery) for place in range(3)), until.isoformat(), "储备" if not item.budget else None))
    unit = ("单位：万元",) if sender == "D05" else ()
    headings = HEADINGS if unit else HEADINGS.replace("|预算|下达|到位|支出", "（万元）|预算金额（万元）|下达金额（万元）|到位金额（万元）|支出金额（万元）")
    return Sheet(title="财政专项与争取资金进度表（演示）", stated=stated(who, as_of, *unit), headings=headed(headings), rows=tuple(rows),
                 total=total(rows, 4, 5, 6, 7, 8))
