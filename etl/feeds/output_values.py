"""产值：企业直报与统计，快报与定报。One row per firm, outcome, calibre and period."""

from etl.contract import Feed, money, period, share, text, void_mark, word, yes_no

SPANS = {"当月": "month", "累计": "year_to_date", "年度": "year"}
REPORTS = {"快报": "preliminary", "定报": "final"}
CALIBRES = {"工业总产值": "industrial_output", "营业收入": "revenue", "农林牧渔业总产值": "agricultural_output"}


class OutputValues(Feed, title="产值", departments="D04", rhythm="monthly", mode="events", dated_by="period_to",
                   ignored=("序号", "企业名称", "单位名称", "备注")):
    period = period("期间", "报告期", key=True, required=True)
    span = word("期间类型", SPANS, key=True, required=True)
    org_id = text("统一社会信用代码", "信用代码", key=True, required=True)
    outcome_id = text("成果编号", key=True)
    report_type = word("报表类型", REPORTS, required=True)
    calibre = word("口径", CALIBRES, key=True, required=True)
    amount_cny = money("金额", "产值", unit="千元", required=True)
    attribution_share = share("归因比例")
    is_tax_included = yes_no("含税")
    attribution_basis = text("归因依据")
    validity = void_mark()
