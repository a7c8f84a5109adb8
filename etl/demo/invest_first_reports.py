"""The reports on 先投后股: the centre's list and flows, the holders' list, the service firm's rent."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from etl.demo.invest_first import deals, flows, stake
from etl.demo.model import AS_OF, World
from etl.demo.sending import SentFile, month, over_month, percent, sent, stated, total
from etl.demo.sheets import Row, Sheet, as_written, headed

CENTRE, SERVICE_FIRM = "科技创新促进中心", "兰州新区科技创新发展管理有限公司"
DEAL_HEADINGS = ("协议编号|项目编号|企业代码|签约日期|约定触发条件|触发日期|转股日期|投前估值|原股本|折扣|转股比例|代持单位代码|工商变更日|状态|备注")
FLOW_HEADINGS = "序号|流水号|协议编号|日期|类型|金额（元）|面积(㎡)|月数|评估单价(元/㎡·月)|凭证号|回收再投|状态|备注"
RECYCLED = ("XL-121",)  # paid from what an agreement that was left brought back


def files(world: World, delivery: int) -> Iterator[SentFile]:
    """The centre's list and flows, the state enterprises' list of what they hold, the service firm's rent."""
    yield sent(f"D08/先投后股台账-{month(delivery)}.xlsx", _centre(world, delivery))
    yield sent(f"新区国企/代持情况-{month(delivery)}.csv", _holders(world, delivery))
    yield sent(f"促进中心/先投后股流水-{month(delivery)}.xlsx", _flows(world, "D08", CENTRE, delivery))
    yield sent(f"科创公司/租金折算-{month(delivery)}.csv", _flows(world, "D09", SERVICE_FIRM, delivery))


def _centre(world: World, delivery: int) -> Sheet:
    """In September one conversion lies before its trigger."""
    as_of, rows = AS_OF[delivery - 1], list[Row]()
    for number, deal in enumerate(deals(world)):
        plan, status = deal.plan, deal.plan.states[delivery - 1]
        if status is None:
            continue
        triggered = plan.triggered_on if plan.triggered_on and plan.triggered_on <= as_of else None
        converted = plan.converted_on if plan.converted_on and plan.converted_on <= as_of else None
        told = date(2025, 5, 8) if delivery == 2 and number == 1 else converted
        rows.append((deal.agreement_id, deal.project.project_id, deal.project.org.code, as_written(plan.signed_on, number), deal.terms,
                     as_written(triggered, number), as_written(told, number), Decimal(deal.pre_money) if triggered else None, Decimal(deal.capital),
                     percent(deal.discount, number) if triggered else None, percent(stake(world, deal), number) if converted else None, None, None, status, None))
    return Sheet(title="“先投后股”项目台账（演示）", stated=stated(CENTRE, as_of, "单位：万元"), rows=tuple(rows),
                 headings=headed(DEAL_HEADINGS, {"转股情况": "触发日期|转股日期|投前估值|原股本|折扣|转股比例"} if delivery == 3 else None),
                 footers=("填表人：演示丙",))


def _holders(world: World, delivery: int) -> Sheet:
    as_of, rows = AS_OF[delivery - 1], list[Row]()
    for number, deal in enumerate(deals(world)):
        plan = deal.plan
        if plan.registered_on and plan.states[delivery - 1]:
            registered = plan.registered_on if plan.registered_on <= as_of else None
            status = "代持" if registered and plan.states[delivery - 1] == "转股" else plan.states[delivery - 1]
            rows.append((deal.agreement_id, deal.project.project_id, deal.project.org.code, as_written(plan.signed_on, 5), deal.terms,
                         plan.holder, as_written(registered, number % 3), status))
    return Sheet(title="转股代持情况表（演示）", stated=stated("新区监管国有企业", as_of), rows=tuple(rows),
                 headings=headed("先投协议编号|项目编号|企业统一社会信用代码|协议签订日期|触发条件|代持单位代码|工商变更日期|协议状态"))


def _flows(world: World, sender: str, who: str, delivery: int) -> Sheet:
    """In October a payment came without its voucher."""
    told = [flow for flow in flows(world) if flow.sender == sender and flow.told == delivery]
    rows: list[Row] = []
    for number, flow in enumerate(told, start=1):
        area, months, price = flow.rent or (None, None, None)
        voucher = f"记-{flow.on:%Y}-{flow.on:%m%d}{number:02d}"
        rows.append((number, flow.flow_id, flow.agreement_id, as_written(flow.on, number), flow.kind, flow.amount, area, months, price, voucher,
                     "是" if flow.flow_id in RECYCLED else None, "作废" if flow.is_void else "有效", "重复登记" if flow.is_void else None))
    if sender == "D08" and delivery == 3:
        rows.append((len(rows) + 1, "XL-903", deals(world)[8].agreement_id, "2026.10.28", "现金拨付", Decimal(200_000), None, None, None, None, None, "有效", "凭证待补"))
    return Sheet(title="“先投后股”资金流水（演示）", stated=over_month(who, delivery, "2024年3月"), headings=headed(FLOW_HEADINGS), rows=tuple(rows),
                 total=total(rows, 5) if rows else None)
