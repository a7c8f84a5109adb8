"""项目库：全部科研与转化项目。One row per project."""

from etl.contract import Feed, day, integer, personal, several, text, word

RESEARCH = {"未来产业": "future", "卡脖子": "bottleneck", "关键核心技术": "key_technology", "其他": "other"}
ROLES = {"产": "industry", "学": "university", "研": "institute", "用": "user"}
STATUS = {"在研": "active", "暂停": "suspended", "完成": "completed", "终止": "terminated", "作废": "void"}


class Projects(Feed, title="项目库", departments="D08", rhythm="monthly", mode="full", dated_by="approved_on",
               ended=("status", ("completed", "terminated", "void"))):
    project_id = text("项目编号", "项目编码", key=True, required=True)
    parent_project_id = text("上级项目编号", "上级项目")
    project_name = text("项目名称", required=True)
    lead_org_name = text("承担单位", "承担单位名称", required=True)
    lead_org_id = text("统一社会信用代码", "信用代码", "承担单位代码")
    zone_name = text("承载区", "所在承载区", required=True)
    direction_name = text("技术方向", "重点转化方向")
    trl = integer("技术成熟度", "技术成熟度(TRL1-9)", "技术成熟度(TRL1–9)", "技术成熟度(TRL)", "TRL", low=1, high=9)
    research_class = word("攻关类别", RESEARCH)
    roles = several("参与角色", ROLES)
    manager_id = text("技术经理人编号", is_person=True)
    approved_on = day("立项日期", required=True)
    approval_no = text("立项文号")
    status = word("项目状态", STATUS, "状态", required=True)
    contact_name = personal("联系人")
    contact_phone = personal("联系电话")
