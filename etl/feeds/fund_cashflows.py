"""基金流水：实缴、投资、费用、分配与退出。One row per cash flow."""

from etl.contract import Feed, day, money, number, share, text, void_mark, word, yes_no
from etl.words import STAGES

FLOWS = {"实缴": "paid_in", "投资": "investment", "费用": "fee", "管理费": "fee", "分配": "distribution", "退出回收": "exit", "退出": "exit"}


class FundCashflows(Feed, title="基金流水", departments="D05", rhythm="monthly", mode="events", dated_by="paid_on",
                    ignored=("序号", "基金名称", "备注")):
    flow_id = text("流水号", "流水编号", key=True, required=True)
    fund_id = text("基金编号", "基金代码", "基金备案编号", required=True)
    paid_on = day("日期", "发生日期", "流水日期", required=True)
    flow_kind = word("类型", FLOWS, "流水类型", required=True)
    counterparty_org_id = text("对方代码", "对方单位代码", "对方统一社会信用代码")
    project_id = text("项目编号")
    stage_id = word("投资时阶段", STAGES, "投资阶段")
    amount_cny = money("金额", unit="元", required=True)
    holding_share = share("持股比例", "投后持股比例")
    is_first_institutional = yes_no("首次机构投资", "是否首次机构投资")
    holding_years = number("约定持有年限", low=0, high=99)
    validity = void_mark()
