"""人才引进：人数，不含个人。One row per period, class, origin and zone."""

from etl.contract import Feed, integer, period, word

CLASSES = {"专家": "expert", "毕业生": "graduate", "团队": "team"}
ORIGINS = {"省内": "in_province", "省外": "out_of_province"}
ZONES = {"核心区": "core", "绿色化工": "chem", "生物医药": "bio", "新能源新材料": "energy", "数据信息": "data", "高端装备与智能制造": "equip", "装备制造": "equip",
         "核技术应用": "nuclear", "现代农业和农副产品加工": "agri", "现代农业": "agri", "区外": "outside"}


class Talents(Feed, title="人才引进", departments="D02", rhythm="quarterly", mode="full", dated_by="period_to", is_about_persons=True):
    period = period("期间", "报告期", key=True, required=True)
    talent_class = word("类别", CLASSES, "人才类别", key=True, required=True)
    origin = word("来源", ORIGINS, "人才来源", key=True)
    zone_id = word("承载区", ZONES, "引进到何处", key=True)
    arrivals = integer("引进人数", "引进人(团队)数", low=0, required=True)
    firms_founded = integer("创办企业数", low=0)
