"""财政与筹资：各年度资金项目的申报、预算到支出。One row per item and year."""

from etl.contract import Feed, day, money, period, text, word

SOURCES = {"本级专项": "local", "中央预算内": "central_budget", "省级科技项目": "provincial_project", "市级科技项目": "municipal_project",
           "专项债": "special_bond", "公募REITs": "reits", "联合科研基金": "joint_fund"}


class Fundings(Feed, title="财政与筹资", departments="D05 D03", rhythm="monthly", mode="full", shared_key=True):
    year = period("年度", "预算年度", key=True, required=True, ahead=True)
    item_id = text("资金项目编号", "资金编号", key=True, required=True)
    source = word("来源", SOURCES, "资金来源", required=True)
    item_name = text("名称", "资金项目名称", required=True)
    requested_cny = money("申报金额", unit="万元")
    budget_cny = money("预算", "预算金额", unit="万元", required=True)
    issued_cny = money("下达", "下达金额", unit="万元")
    received_cny = money("到位", "到位金额", unit="万元")
    spent_cny = money("支出", "支出金额", unit="万元")
    stated_on = day("截至日期", "数据截至日期", required=True)
