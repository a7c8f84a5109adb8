"""基金估值：在投项目的公允价值。One row per fund, investee and day of valuation."""

from etl.contract import Feed, day, money, text, void_mark


class FundValuations(Feed, title="基金估值", departments="D05", rhythm="quarterly", mode="events", dated_by="valued_on",
                     ignored=("序号", "基金名称", "被投企业", "被投单位", "备注")):
    fund_id = text("基金编号", "基金代码", "基金备案编号", key=True, required=True)
    valued_on = day("估值日", "估值日期", "估值基准日", key=True, required=True)
    investee_org_id = text("被投代码", "被投企业代码", "被投单位代码", key=True, required=True)
    fair_value_cny = money("公允价值", unit="万元", required=True)
    valuation_method = text("估值方法", required=True)
    cost_cny = money("成本", "投资成本", unit="万元")
    validity = void_mark()
