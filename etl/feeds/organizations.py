"""主体库：入驻与合作的企业、院所、机构。One row per legal entity."""

from etl.contract import Feed, day, number, text, word, yes_no
from etl.words import DATUMS

KINDS = {"企业": "enterprise", "高校": "university", "科研院所": "institute", "科技服务机构": "service", "银行": "bank", "证券": "securities",
         "基金": "fund", "保险": "insurer", "担保": "guarantor", "其他": "other"}
ORIGINS = {"孵化": "incubated", "引进": "attracted", "本地": "local"}


class Organizations(Feed, title="主体库", departments="D08", rhythm="monthly", mode="full", dated_by="founded_on"):
    org_id = text("统一社会信用代码", "信用代码", key=True, required=True)
    org_name = text("名称", "单位名称", "企业名称", required=True)
    org_kind = word("主体类型", KINDS, required=True)
    industry_code = text("行业代码", "行业代码(GB/T4754)", "国民经济行业代码")
    group_name = text("企业集团")
    origin = word("来源", ORIGINS)
    is_leading = yes_no("龙头企业")
    leading_org_id = text("依托龙头代码")
    is_new_fourth_army = yes_no("新四军", "兰州科研新四军")
    space_name = text("所在空间")
    founded_on = day("成立日期")
    moved_in_on = day("入驻日期")
    graduated_on = day("毕业日期")
    moved_out_on = day("迁出日期")
    longitude_deg = number("经度", low=-180, high=180)
    latitude_deg = number("纬度", low=-90, high=90)
    datum = word("坐标系", DATUMS)
