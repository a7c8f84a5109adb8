"""载体空间：楼宇与厂房的空间单元。One row per unit."""

from etl.contract import AtMost, Feed, day, number, text, word
from etl.words import DATUMS, FACILITY_STATUS

FUNCTIONS = {"总部": "core-01", "“甘智汇”科创园总部": "core-01", "研发实验区": "core-02", "科创服务市场": "core-03", "绿色金融大厦": "core-04",
             "人才公寓": "core-05", "成果会展中心": "core-06", "科技成果会展中心": "core-06"}
USES = {"办公": "office", "科研": "research", "概念验证": "poc", "中试": "pilot", "生产": "production", "服务": "service", "会展": "exhibition"}


class Premises(Feed, title="载体空间", departments="D09 D10", rhythm="monthly", mode="full", shared_key=True,
               rules=(AtMost("lettable_m2", "built_m2"), AtMost("let_m2", "lettable_m2"))):
    unit_id = text("空间单元编号", "单元编号", key=True, required=True)
    building_name = text("楼宇名称", "楼宇", "厂房名称", required=True)
    space_name = text("所在空间", "所在承载区", required=True)
    core_function_id = word("核心区功能", FUNCTIONS)
    main_use = word("用途", USES, required=True)
    built_m2 = number("建筑面积", low=0, required=True)
    lettable_m2 = number("可租面积", "可出租面积", low=0, required=True)
    let_m2 = number("已租面积", "已出租面积", low=0, required=True)
    idle_m2 = number("认定闲置面积", "闲置面积", low=0)
    revived_m2 = number("盘活面积", low=0)
    status = word("状态", FACILITY_STATUS, required=True)
    opened_on = day("投用日期")
    longitude_deg = number("经度", low=-180, high=180)
    latitude_deg = number("纬度", low=-90, high=90)
    datum = word("坐标系", DATUMS)
