"""横向结余经费入股：批准、出资与权属。One row per investment."""

from etl.contract import AtMost, Feed, day, money, share, text, void_mark, yes_no


class SurplusEquity(Feed, title="横向结余经费入股", departments="D08", rhythm="events", mode="events", dated_by="approved_on",
                    rules=(AtMost("equity_cny", "surplus_cny"),), ignored=("序号", "单位名称", "企业名称", "备注")):
    investment_id = text("编号", "入股编号", key=True, required=True)
    org_id = text("单位代码", "单位统一社会信用代码", required=True)
    project_id = text("项目编号")
    surplus_cny = money("结余金额", "结余经费", unit="万元", required=True)
    equity_cny = money("入股金额", unit="万元", required=True)
    firm_org_id = text("企业代码", "企业统一社会信用代码", required=True)
    holding_share = share("持股比例")
    approval_no = text("批准文号", required=True)
    approved_on = day("批准日期", required=True)
    is_title_clear = yes_no("权属清晰", "权属是否清晰", required=True)
    title_evidence_id = text("权属证明编号")
    validity = void_mark()
