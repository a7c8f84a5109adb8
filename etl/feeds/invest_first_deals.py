"""先投后股台账：协议从立项到转股、退出。One row per agreement."""

from etl.contract import Feed, InOrder, day, money, share, text, word

STATUS = {"立项": "approved", "先投": "funded", "触发": "triggered", "转股": "converted", "代持": "held", "退出": "exited", "退回": "returned",
          "替换": "replaced", "免责": "exempted", "终止": "terminated"}


class InvestFirstDeals(Feed, title="先投后股台账", departments="D08 D11", rhythm="monthly", mode="full", dated_by="signed_on", shared_key=True,
                       ended=("status", ("exited", "returned", "replaced", "exempted", "terminated")),
                       rules=(InOrder("signed_on", "triggered_on", "converted_on", "registered_on"),),
                       ignored=("序号", "项目名称", "企业名称", "代持单位", "备注")):
    agreement_id = text("协议编号", "先投协议编号", key=True, required=True)
    project_id = text("项目编号", required=True)
    org_id = text("企业代码", "企业统一社会信用代码", "统一社会信用代码", required=True)
    signed_on = day("签约日期", "协议签订日期", required=True)
    trigger_terms = text("约定触发条件", "触发条件", required=True)
    triggered_on = day("触发日期")
    converted_on = day("转股日期")
    pre_money_cny = money("投前估值", unit="万元")
    original_capital_cny = money("原股本", "原注册资本", unit="万元")
    discount_share = share("折扣", "转股折扣")
    converted_share = share("转股比例", "持股比例")
    holder_org_id = text("代持单位代码", "代持单位统一社会信用代码")
    registered_on = day("工商变更日", "工商变更日期")
    status = word("状态", STATUS, "协议状态", required=True)
