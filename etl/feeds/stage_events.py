"""阶段事件：项目进入、通过、退出各阶段。One row per event."""

from etl.contract import Feed, day, text, void_mark, word, yes_no
from etl.words import STAGES

EVENTS = {"进入": "enter", "通过": "pass", "未通过": "fail", "暂停": "suspend", "恢复": "resume", "退回": "regress",
          "终止": "terminate", "撤回": "withdraw", "重入": "reenter", "迁移": "transfer"}
CAUSES = {"技术不可行": "technology", "市场": "market", "资金": "funding", "团队": "team", "合规": "compliance"}


class StageEvents(Feed, title="阶段事件", departments="D08 D04 D10", rhythm="events", mode="events", dated_by="occurred_on",
                  ignored=("序号", "项目名称", "备注")):
    event_id = text("事件编号", key=True, required=True)
    project_id = text("项目编号", required=True)
    stage_id = word("阶段", STAGES, "所处环节", required=True)
    event_type = word("事件", EVENTS, "事件类型", required=True)
    is_pilot_confirmed = yes_no("工信确认")
    occurred_on = day("发生日期", "日期", required=True)
    space_name = text("所在空间")
    evidence_id = text("佐证材料编号", "佐证编号")
    cause = word("终止原因", CAUSES)
    validity = void_mark()
