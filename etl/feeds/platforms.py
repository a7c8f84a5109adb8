"""平台台账：各类平台、基地、孵化器及其运行。One row per platform."""

from etl.contract import AtMost, Feed, day, integer, money, number, text, word
from etl.words import FACILITY_STATUS, LEVELS

KINDS = {"产业培育基地": "cultivation_base", "孵化基地": "incubation_base", "产业技术研究院": "research_institute", "创新联合体": "consortium",
         "新型研发机构": "new_rnd_body", "联合实验室": "joint_laboratory", "共性技术研究平台": "common_technology", "概念验证平台": "proof_of_concept",
         "概念验证中心": "proof_of_concept", "通用中试平台": "pilot", "中试平台": "pilot", "产品认证中心": "certification",
         "柔性生产车间": "flexible_workshop", "孵化器": "incubator", "加速器": "accelerator", "专业检测平台": "testing", "其他": "other"}


class Platforms(Feed, title="平台台账", departments="D08 D10", rhythm="quarterly", mode="full", shared_key=True,
                rules=(AtMost("open_hours", "total_hours"), AtMost("occupied_workshops", "pilot_workshops")),
                ignored=("序号", "牵头单位", "备注")):
    platform_id = text("平台编号", key=True, required=True)
    platform_name = text("名称", "平台名称", required=True)
    platform_kind = word("类型", KINDS, "平台类型", required=True)
    level = word("级别", LEVELS, "平台级别")
    entity_id = text("实体编号")
    field_name = text("垂直领域", "领域")
    lead_org_id = text("牵头单位代码", "牵头单位统一社会信用代码", required=True)
    partner_names = text("共建单位")
    cooperation = text("合作方式")
    space_name = text("所在空间", "所在载体", required=True)
    status = word("状态", FACILITY_STATUS, "平台状态", required=True)
    opened_on = day("投用日期")
    equipment_cny = money("设备原值", unit="万元")
    open_hours = number("开放机时", low=0)
    total_hours = number("总机时", low=0)
    service_income_cny = money("服务收入", unit="万元")
    services = integer("服务次数", low=0)
    inside_clients = integer("区内服务主体数", low=0)
    outside_clients = integer("区外服务主体数", low=0)
    pilot_workshops = integer("中试车间数", low=0)
    occupied_workshops = integer("占用车间数", low=0)
