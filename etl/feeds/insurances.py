"""科技保险：保单与投保联动。One row per policy."""

from etl.contract import Feed, InOrder, day, money, text, word

RISKS = {"技术研发": "research", "知识产权": "ip", "成果转化": "commercialisation", "其他": "other"}


class Insurances(Feed, title="科技保险", departments="D05", rhythm="quarterly", mode="full", rules=(InOrder("starts_on", "ends_on"),),
                 ignored=("序号", "保险机构", "企业名称", "备注")):
    policy_no = text("保单号", "保险单号", key=True, required=True)
    insurer_org_id = text("保险机构代码", "保险公司代码", required=True)
    insured_org_id = text("企业代码", "投保企业代码", "企业统一社会信用代码", required=True)
    risk_kind = word("险种", RISKS, required=True)
    insured_cny = money("保额", "保险金额", unit="万元", required=True)
    premium_cny = money("保费", "保险费", unit="万元", required=True)
    starts_on = day("起期", "保险起期", "起保日期", required=True, ahead=True)
    ends_on = day("止期", "保险止期", "终保日期", required=True, ahead=True)
    claims_cny = money("赔付金额", "已赔付金额", unit="万元")
    investment_flow_id = text("联动投资流水号", "投保联动流水号")
