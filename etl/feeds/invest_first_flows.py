"""先投后股流水：投入与回款，租金按面积、月数和评估单价折算。One row per flow."""

from etl.contract import Feed, day, money, number, text, void_mark, word, yes_no

FLOWS = {"现金拨付": "cash", "租金折算": "rent", "其他投入": "other", "退出回款": "exit", "退回": "returned", "核销": "written_off"}


class InvestFirstFlows(Feed, title="先投后股流水", departments="D08 D09", rhythm="events", mode="events", dated_by="paid_on"):
    flow_id = text("流水号", "流水编号", key=True, required=True)
    agreement_id = text("协议编号", "先投协议编号", required=True)
    paid_on = day("日期", "发生日期", required=True)
    flow_kind = word("类型", FLOWS, "流水类型", required=True)
    amount_cny = money("金额", unit="元", required=True)
    area_m2 = number("面积", "租用面积", low=0)
    months = number("月数", "租用月数", low=0)
    rent_cny_per_m2_month = number("评估单价", "评估租金单价", low=0)
    voucher_no = text("凭证号", "记账凭证号", required=True)
    is_recycled = yes_no("回收再投", "是否回收再投")
    validity = void_mark()
