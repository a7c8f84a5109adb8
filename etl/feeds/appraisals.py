"""绩效考评：各单位各指标的权重与得分。One row per period, unit and indicator."""

from etl.contract import Feed, number, period, text, yes_no


class Appraisals(Feed, title="绩效考评", departments="D02 D01", rhythm="half-yearly", mode="full", dated_by="period_to", shared_key=True):
    period = period("期间", "考评期", "考核期", key=True, required=True)
    unit_name = text("责任单位", "被考评单位", key=True, required=True)
    indicator = text("指标", "考评指标", key=True, required=True)
    weight = number("权重", low=0, high=100, required=True)
    score = number("得分", low=0, required=True)
    has_appealed = yes_no("申诉", "是否申诉")
