"""基金出资：各出资人的认缴与实缴。One row per fund and investor."""

from etl.contract import Feed, money, text, word

INVESTORS = {"本级财政": "local_treasury", "新区财政": "local_treasury", "上级财政": "upper_treasury", "国有企业": "state_enterprise",
             "国企": "state_enterprise", "省级产业基金": "provincial_fund", "高校院所": "academy", "社会资本": "private"}


class FundCommitments(Feed, title="基金出资", departments="D05", rhythm="quarterly", mode="full", ignored=("序号", "基金名称", "备注")):
    fund_id = text("基金编号", "基金代码", "基金备案编号", key=True, required=True)
    investor_org_id = text("出资人代码", "出资人统一社会信用代码", key=True, required=True)
    investor_name = text("出资人名称", "出资人", "出资单位", required=True)
    investor_kind = word("出资人类型", INVESTORS, "出资人类别", required=True)
    committed_cny = money("认缴金额", "认缴出资额", unit="万元", required=True)
    paid_in_cny = money("实缴金额", "实缴出资额", unit="万元", required=True)
