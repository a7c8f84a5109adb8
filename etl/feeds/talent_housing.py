"""人才公寓：各房源点各期的房源与轮候。One row per site and period."""

from etl.contract import AtMost, Feed, integer, number, period, text


class TalentHousing(Feed, title="人才公寓", departments="D02", rhythm="monthly", mode="full", dated_by="period_to",
                    is_about_persons=True, rules=(AtMost("available", "total"), AtMost("occupied", "available")), ignored=("序号", "房源点名称", "备注")):
    site_id = text("房源点编号", key=True, required=True)
    period = period("期间", "报告期", key=True, required=True)
    total = integer("总套数", low=0, required=True)
    available = integer("可分配", "可分配套数", low=0, required=True)
    occupied = integer("在住", "在住套数", low=0, required=True)
    waiting = integer("轮候人数", low=0)
    mean_wait_days = number("平均轮候天数", low=0)
    applied = integer("本期申请", "本期申请人数", low=0)
    housed = integer("本期配租", "本期配租人数", low=0)
