"""技术合同：登记的开发、转让、许可、咨询、服务合同。One row per contract."""

from etl.contract import AtMost, Feed, day, money, text, void_mark, word

KINDS = {"开发": "development", "技术开发": "development", "转让": "transfer", "技术转让": "transfer", "许可": "licence", "技术许可": "licence",
         "咨询": "consulting", "技术咨询": "consulting", "服务": "service", "技术服务": "service"}


class TechContracts(Feed, title="技术合同", departments="D08", rhythm="monthly", mode="events", dated_by="signed_on", is_about_persons=True,
                    rules=(AtMost("technology_cny", "turnover_cny"),), ignored=("序号", "合同名称", "卖方名称", "买方名称", "备注")):
    contract_no = text("合同登记号", "合同登记编号", "技术合同登记号", key=True, required=True)
    contract_kind = word("类型", KINDS, "合同类型", "合同类别", required=True)
    seller_org_id = text("卖方代码", "卖方统一社会信用代码", required=True)
    buyer_org_id = text("买方代码", "买方统一社会信用代码", required=True)
    outcome_id = text("成果编号")
    signed_on = day("签订日期", "签约日期", "合同签订日期", required=True)
    turnover_cny = money("成交额", "合同成交额", "合同成交总金额", unit="万元", required=True)
    technology_cny = money("技术交易额", unit="万元")
    manager_id = text("经理人编号", "技术经理人编号", is_person=True)
    commission_cny = money("佣金", unit="万元")
    reward_cny = money("奖励", "奖励金额", unit="万元")
    validity = void_mark()
