"""一体化服务办件：受理到办结。One row per case."""

from etl.contract import Feed, InOrder, day, integer, personal, text, void_mark, word

SERVICES = {"成果筛选": "screening", "价值评估": "valuation", "路径设计": "path_design", "技术投融资": "financing", "法律政策咨询": "legal",
            "市场推广": "marketing"}


class ServiceCases(Feed, title="一体化服务办件", departments="D08 D09", rhythm="monthly", mode="events", dated_by="accepted_on",
                   rules=(InOrder("accepted_on", "closed_on"),), ignored=("序号", "申请主体", "备注")):
    case_id = text("办件号", "办件编号", key=True, required=True)
    service_kind = word("服务类别", SERVICES, "服务类型", required=True)
    applicant_org_id = text("申请主体代码", "申请单位代码")
    window_name = text("受理窗口", required=True)
    accepted_on = day("受理日期", required=True)
    closed_on = day("办结日期")
    satisfaction = integer("满意度", "满意度(1-5)", "满意度(1–5)", low=1, high=5)
    validity = void_mark()
    handler_name = personal("经办人", "经办人姓名")
