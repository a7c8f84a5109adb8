"""应用场景与友好单位：发布、揭榜、落地。One row per scenario or friendly unit."""

from etl.contract import Feed, InOrder, day, money, text, word

KINDS = {"应用场景": "scenario", "友好单位": "friendly_unit"}


class Scenarios(Feed, title="应用场景与友好单位", departments="D01 D04", rhythm="quarterly", mode="full", dated_by="published_on", shared_key=True,
                rules=(InOrder("published_on", "valid_until_on"), InOrder("published_on", "taken_up_on", "landed_on")),
                ignored=("序号", "单位名称", "备注")):
    scenario_id = text("编号", "场景编号", key=True, required=True)
    scenario_kind = word("类别", KINDS, required=True)
    scenario_name = text("名称", "场景名称", required=True)
    org_id = text("单位代码", "单位统一社会信用代码", "发布单位代码", required=True)
    published_on = day("发布或认定日期", "发布日期", "发布(认定)日期", required=True)
    valid_until_on = day("有效期至", ahead=True)
    taken_up_on = day("揭榜日期")
    landed_on = day("落地日期")
    purchase_cny = money("采购金额", unit="万元")
