"""招引项目：线索到签约、入驻。One row per lead."""

from etl.contract import Feed, InOrder, day, money, text, word
from etl.words import GRADES

STATUS = {"跟踪": "tracked", "在谈": "tracked", "签约": "signed", "入驻": "moved_in", "流失": "lost"}
SOURCES = {"产业链招商": "lead_chain", "以商招商": "lead_referral", "驻点推介": "lead_office", "展会活动": "lead_fair", "院所推荐": "lead_academy",
           "主动来访": "lead_inbound", "其他": "lead_other"}
REASONS = {"项目方调整计划": "parted_plan", "资金安排": "parted_funding", "市场变化": "parted_market", "技术尚需完善": "parted_technology",
           "场地条件": "parted_premises", "配套政策": "parted_policy", "选址他处": "parted_elsewhere", "其他": "parted_other"}


class Leads(Feed, title="招引项目", departments="D06 D07", rhythm="monthly", mode="full", dated_by="found_on",
            ended=("status", ("moved_in", "lost")), rules=(InOrder("found_on", "signed_on", "moved_in_on"), InOrder("found_on", "lost_on"))):
    lead_id = text("线索编号", key=True, required=True)
    office_name = text("驻点", "驻点名称", required=True)
    project_name = text("项目名称", required=True)
    space_name = text("意向空间", "意向承载区")
    found_on = day("线索日期", required=True)
    signed_on = day("签约日期")
    moved_in_on = day("入驻日期")
    project_id = text("项目编号")
    market_grade = word("市场前景", GRADES)
    technology_grade = word("科技含量", GRADES)
    status = word("状态", STATUS, "线索状态", required=True)
    source = word("线索来源", SOURCES, "来源")
    org_id = text("企业代码", "统一社会信用代码", "项目单位代码")
    intended_cny = money("意向投资额", "意向投资", unit="万元")
    invested_cny = money("实际到位投资", "到位投资额", unit="万元")
    lost_on = day("流失日期", "终止跟踪日期")
    lost_reason = word("流失原因", REASONS, "终止跟踪原因")
