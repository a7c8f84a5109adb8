"""The firms' output returns as the industry bureau passes them on: monthly 快报 in 千元, yearly 定报 in 万元."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from etl.demo.model import AS_OF, Output, World
from etl.demo.sheets import Cell, Row, Sheet, headed

HEADINGS = "期间 |期间类型|统一社会信用代码|企业名称|成果编号|报表类型|口径|金额|归因比例|含税|归因依据|备注"
_BLANKS = ("", "—", "无")
_WIDE = str.maketrans("0123456789.", "０１２３４５６７８９．")


def preliminary(world: World, delivery: int) -> Sheet:
    """产值快报 of one delivery with what came late or was corrected; the first carries everything since January 2025."""
    told = [row for row in world.outputs if row.told == delivery and row.report == "快报"]
    told.sort(key=lambda row: (row.last, row.org.code))
    rows = [_row(row, number) for number, row in enumerate(told)]
    amounts = [row.amount for row in told]
    if delivery == 1:  # a calibre nobody has
        who = told[0].org
        rows.append(("2026年8月", "当月", who.code, who.name, None, "快报", "农业产值", Decimal("1208.5"), "—", "否"))
        amounts.append(Decimal("1208.5"))
    as_of = AS_OF[delivery - 1]
    span = "2025年1月至2026年8月" if delivery == 1 else f"{as_of.year}年{as_of.month}月"
    return Sheet(title="甘智汇入驻企业产值快报（演示）", stated=(f"报告期：{span}", "单位：千元"), headings=headed(HEADINGS),
                 rows=tuple(rows), total=_total(amounts),
                 footers=("注：1.金额为快报数，以年报为准；2.累计数与当月数分列。", "数据来源：企业直报"))


def final(world: World) -> Sheet:
    """产值定报 of 2025."""
    told = [row for row in world.outputs if row.report == "定报"]
    rows: list[Row] = [("2025年", "年度", row.org.code, row.org.name, row.outcome_id, "定报", row.calibre, row.amount / 10,
                        row.share, "否", row.basis, None) for row in told]
    return Sheet(name="定报", title="甘智汇入驻企业2025年度产值定报（演示）",
                 stated=("填报单位：工信和数据局", "期间：2025年1月至2025年12月"),
                 headings=headed(HEADINGS.replace("金额", "产值（万元）")), rows=tuple(rows),
                 total=_total(row.amount / 10 for row in told), footers=("填表人：演示戊",))


def _total(amounts: Iterable[Decimal]) -> Row:
    return ("合计", *(None,) * 6, sum(amounts, Decimal()))


def _row(row: Output, number: int) -> Row:
    (year, month), (_, last) = row.first, row.last
    period = f"{year}年{month}月" if row.first == row.last else f"{year}年{month}{'—-'[number % 2]}{last}月"
    share: Cell = _BLANKS[number % 3] if row.share is None else f"{row.share:.0%}" if number % 4 else row.share.normalize()
    amount: Cell = f"{row.amount:f}".translate(_WIDE) if number % 23 == 5 else row.amount
    note = "更正" if row.told == 2 and row.last == (2026, 8) else None
    return (period, row.span, row.org.code, row.org.name, row.outcome_id, row.report, row.calibre, amount, share,
            "是" if row.is_taxed else "否", row.basis, note)
