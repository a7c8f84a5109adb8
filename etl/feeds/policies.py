"""制度与申报：制度、规划、政策争取走到哪一环节。One row per item and step."""

from etl.contract import Feed, day, text, void_mark, word

KINDS = {"制度": "rule", "申报": "application", "规划": "plan", "政策争取": "advocacy"}
STEPS = {"起草": "drafting", "征求意见": "consultation", "印发": "issued", "备案": "filed", "申报": "applied", "受理": "accepted", "获批": "approved",
         "未获批": "declined"}


class Policies(Feed, title="制度与申报", departments="D01 D03 D05 D08", rhythm="events", mode="events", dated_by="step_on"):
    item_id = text("事项编号", key=True, required=True)
    item_name = text("名称", "事项名称", required=True)
    item_kind = word("类别", KINDS, "事项类别", required=True)
    clause_id = text("条款编号", "对应条款")
    unit_name = text("责任单位", required=True)
    step = word("环节", STEPS, "当前环节", key=True, required=True)
    step_on = day("环节日期", required=True)
    document_no = text("文号")
    validity = void_mark()
