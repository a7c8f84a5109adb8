"""联席会议：议定事项及其办理。One row per resolution."""

from etl.contract import Feed, InOrder, day, integer, text, void_mark, word

STATUS = {"办理中": "open", "已办结": "closed", "延期": "delayed"}


class Meetings(Feed, title="联席会议", departments="D12", rhythm="events", mode="events", dated_by="met_on",
               rules=(InOrder("met_on", "closed_on"),)):
    meeting_id = text("会议编号", required=True)
    met_on = day("会议日期", required=True)
    topic = text("议题", required=True)
    resolution_id = text("议定事项编号", key=True, required=True)
    resolution = text("议定内容", "议定事项", required=True)
    unit_name = text("责任单位", required=True)
    due_on = day("时限", "办理时限", ahead=True)
    status = word("办理状态", STATUS, required=True)
    closed_on = day("办结日期")
    task_id = text("关联任务编号")
    reminders = integer("催办次数", low=0)
    validity = void_mark()
