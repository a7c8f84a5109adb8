"""任务分解：条款落到任务，谁牵头、何时完成。One row per task."""

from etl.contract import Feed, day, text, word

STATUS = {"未启动": "not_started", "推进中": "in_progress", "已完成": "done", "延期": "delayed", "中止": "stopped"}
CONFIDENCE = {"绿": "green", "黄": "amber", "红": "red"}


class Tasks(Feed, title="任务分解", departments="D12", rhythm="monthly", mode="full", ended=("status", ("done", "stopped"))):
    task_id = text("任务编号", key=True, required=True)
    parent_task_id = text("上级任务编号")
    clause_id = text("条款编号", "对应条款", required=True)
    content = text("任务内容", required=True)
    unit_name = text("牵头单位", "责任单位", required=True)
    partner_names = text("配合单位")
    due_on = day("时限", "完成时限", required=True, ahead=True)
    original_due_on = day("原时限", ahead=True)
    status = word("状态", STATUS, "任务状态", required=True)
    done_on = day("完成日期")
    evidence_id = text("佐证材料编号", "佐证编号")
    confidence = word("信心评级", CONFIDENCE)
    confidence_note = text("评级说明")
    remedy = text("改进措施")
