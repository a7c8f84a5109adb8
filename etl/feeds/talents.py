"""人才引进：人数，不含个人。One row per period, class and origin."""

from etl.contract import Feed, integer, period, word

CLASSES = {"专家": "expert", "毕业生": "graduate", "团队": "team"}
ORIGINS = {"省内": "in_province", "省外": "out_of_province"}


class Talents(Feed, title="人才引进", departments="D02", rhythm="quarterly", mode="full", dated_by="period_to"):
    period = period("期间", "报告期", key=True, required=True)
    talent_class = word("类别", CLASSES, "人才类别", key=True, required=True)
    origin = word("来源", ORIGINS, "人才来源", key=True)
    arrivals = integer("引进人数", "引进人(团队)数", low=0, required=True)
    firms_founded = integer("创办企业数", low=0)
