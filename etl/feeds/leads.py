"""招引项目：线索到签约、入驻。One row per lead."""

from etl.contract import Feed, InOrder, day, text, word
from etl.words import GRADES

STATUS = {"跟踪": "tracked", "在谈": "tracked", "签约": "signed", "入驻": "moved_in", "流失": "lost"}


class Leads(Feed, title="招引项目", departments="D06 D07", rhythm="monthly", mode="full", dated_by="found_on",
            ended=("status", ("moved_in", "lost")), rules=(InOrder("found_on", "signed_on", "moved_in_on"),)):
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
