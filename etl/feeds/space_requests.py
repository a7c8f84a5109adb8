"""场所需求：申请到满足。One row per request."""

from etl.contract import Feed, InOrder, day, number, text, void_mark, word

NEEDS = {"办公": "office", "科研": "research", "概念验证": "poc", "中试": "pilot"}


class SpaceRequests(Feed, title="场所需求", departments="D09 D10", rhythm="events", mode="events", dated_by="requested_on",
                    rules=(InOrder("requested_on", "met_on"),), ignored=("序号", "申请主体", "备注")):
    request_id = text("申请编号", key=True, required=True)
    applicant_org_id = text("申请主体代码", "申请单位代码", required=True)
    need_kind = word("需求类型", NEEDS, required=True)
    area_m2 = number("面积", "需求面积", low=0, required=True)
    requested_on = day("申请日期", required=True)
    met_on = day("满足日期")
    unit_id = text("空间单元编号", "单元编号")
    validity = void_mark()
