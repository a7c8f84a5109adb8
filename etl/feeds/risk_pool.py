"""风险补偿金：注资、申请、核准、支付与追回。One row per entry of the ledger."""

from etl.contract import Feed, day, money, text, void_mark, word

ENTRIES = {"注资": "injection", "申请": "claim", "核准": "approval", "支付": "payment", "追回": "recovery"}


class RiskPool(Feed, title="风险补偿金", departments="D05", rhythm="events", mode="events", dated_by="occurred_on"):
    entry_id = text("流水号", "流水编号", key=True, required=True)
    occurred_on = day("日期", "发生日期", required=True)
    entry_kind = word("类型", ENTRIES, "流水类型", required=True)
    contract_id = text("合同编号", "贷款合同编号")
    amount_cny = money("金额", unit="元", required=True)
    validity = void_mark()
