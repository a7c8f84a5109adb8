"""The fund reports of the finance bureau: 基金台账, 基金出资, 基金流水, 基金估值."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from etl.demo.firms import org_code
from etl.demo.fund_plans import FUNDS, INVESTORS
from etl.demo.funds import Flow, flows, holdings, manager_of, paid_in
from etl.demo.model import World
from etl.demo.names import MARK
from etl.demo.sending import QUARTERS, SentFile, month, numbered, over_month, percent, sent, stated, total, yes_no
from etl.demo.sheets import Row, Sheet, as_written, headed

WHO, ROOM = "财政金融和国有资产监督管理局", "财政金融和国资局"
FUND_HEADINGS = "序号|基金编号|基金名称|基金类型|管理人代码|设立日期|存续期(年)|认缴规模|覆盖阶段|容亏率上限|单项目上限比例|基金状态|备注"
FLOW_HEADINGS = "序号|流水号|基金编号|日期|类型|对方代码|项目编号|投资时阶段|金额|单位|持股比例|首次机构投资|约定持有年限|状态|备注"
METHODS = ("最近融资价格法", "市场乘数法", "成本法", "现金流折现法")
STALE = "JJ-2023-01"  # whose manager has valued nothing since December
VALUED = (date(2025, 12, 31), date(2026, 3, 31), *QUARTERS)


def files(world: World, delivery: int) -> Iterator[SentFile]:
    """Quarterly lists with the first two deliveries, flows with each, and in the third a valuation put right."""
    if delivery < 3:
        quarter = f"2026年{delivery + 1}季度"
        yield sent(f"{ROOM}/基金台账-{quarter}.xlsx", _funds(delivery))
        yield sent(f"{ROOM}/基金出资-{quarter}.csv", _commitments(world, delivery))
    yield sent(f"{ROOM}/基金流水-{month(delivery)}.xlsx", _flows(world, delivery))
    yield sent(f"{ROOM}/基金估值-{month(delivery)}.csv", _valuations(world, delivery))


def _funds(delivery: int) -> Sheet:
    rows: list[Row] = []
    for number, fund in enumerate(FUNDS, start=1):
        if status := fund.status[delivery - 1]:
            rows.append((number, fund.fund_id, MARK + fund.name, fund.kind, manager_of(fund), as_written(fund.established_on, number), fund.term,
                         Decimal(fund.size), fund.stages, percent(fund.loss_cap, number), percent(fund.single_cap, number), status, None))
    return Sheet(title="政府参与基金台账（演示）", stated=stated(WHO, QUARTERS[delivery - 1], "单位：万元"), rows=tuple(rows), total=total(rows, 7),
                 headings=headed(FUND_HEADINGS, {"风险容忍": "容亏率上限|单项目上限比例"} if delivery == 2 else None), footers=("填表人：演示己",))


def _commitments(world: World, delivery: int) -> Sheet:
    """In June one investor's class is a word nobody knows; September has it right."""
    on = QUARTERS[delivery - 1]
    paid = paid_in(world, on)
    rows: list[Row] = []
    for fund in FUNDS:
        for kind, part in fund.parts.items() if fund.status[delivery - 1] else ():
            code, name = INVESTORS[kind]
            is_wrong = delivery == 1 and fund.fund_id == "JJ-2023-01" and kind == "社会资本"
            rows.append((fund.fund_id, code, name, "民营资本" if is_wrong else kind, Decimal(part), paid.get((fund.fund_id, code), Decimal()), None))
    return Sheet(title="基金出资情况表（演示）", stated=stated(WHO, on), rows=tuple(rows), total=total(rows, 4, 5),
                 headings=headed("基金编号|出资人代码|出资人|出资人类别|认缴金额（万元）|实缴金额（万元）|备注"))


def _flows(world: World, delivery: int) -> Sheet:
    told = [flow for flow in flows(world) if flow.told == delivery]
    rows = [_flow(flow, number) for number, flow in enumerate(told)]
    if delivery == 1:
        rows.append(("LS-9001", "JJ-2022-01", "2026年2月30日", "费用", None, None, None, Decimal("12.5"), "万元", *(None,) * 5))
    return Sheet(title="甘智汇基金流水（演示）", stated=over_month(WHO, delivery, "2019年6月"), headings=headed(FLOW_HEADINGS), rows=numbered(rows),
                 footers=("注：金额单位见“单位”列。",))


def _flow(flow: Flow, number: int) -> Row:
    is_small = flow.kind in ("费用", "分配")
    amount = flow.amount * 10_000 if is_small else flow.amount
    return (flow.flow_id, flow.fund_id, as_written(flow.on, number), flow.kind, flow.other, flow.project_id, flow.stage, amount,
            "元" if is_small else "万元", percent(flow.holding, number), yes_no(answer=flow.is_first), flow.years, "作废" if flow.is_void else None,
            "重复登记" if flow.is_void else None)


def _valuations(world: World, delivery: int) -> Sheet:
    """Quarter ends since December; one investee of September is valued anew in October."""
    days = (VALUED[:3], VALUED[3:], VALUED[3:])[delivery - 1]
    rows: list[Row] = []
    for on in days:
        for number, held in enumerate(held for held in holdings(world) if held.flow.on <= on and (held.sold_on is None or held.sold_on > on)):
            value = held.value(on) * (Decimal("0.9") if delivery == 3 else 1)
            is_stale = held.flow.fund_id == STALE and on > VALUED[0]
            if not is_stale and (delivery < 3 or number == 3):
                rows.append((held.flow.fund_id, as_written(on, number % 3), held.flow.other, value, METHODS[number % 4], held.flow.amount, None))
    if delivery == 2:
        rows.append(("JJ-2022-01", "2026年9月30日", org_code(9021), "待评估", "成本法", Decimal(2800), "另行补报"))
    return Sheet(title="在投项目估值表（演示）", stated=over_month(WHO, delivery, "2025年12月", "单位：万元"), rows=tuple(rows),
                 headings=headed("基金代码|估值基准日|被投企业代码|公允价值|估值方法|投资成本|备注"))
