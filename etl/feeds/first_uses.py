"""五首推广：首台套、首批次、首版次、首轮次流片、首套件的认定与应用。One row per product."""

from etl.contract import Feed, day, money, text, void_mark, word
from etl.words import LEVELS

KINDS = {"首台重大技术装备": "equipment", "首台套重大技术装备": "equipment", "首台套": "equipment", "首批次新材料": "material", "首批次": "material",
         "首版次软件": "software", "首版次": "software", "首轮次工程流片芯片": "chip", "首轮次流片": "chip", "首套件基础电子元器件": "component",
         "首套件": "component"}


class FirstUses(Feed, title="五首推广", departments="D04 D01", rhythm="events", mode="events", dated_by="recognised_on", shared_key=True,
                ignored=("序号", "研制单位", "应用单位", "备注")):
    product_id = text("编号", "产品编号", key=True, required=True)
    product_kind = word("类别", KINDS, "产品类别", required=True)
    product_name = text("产品名称", required=True)
    outcome_id = text("成果编号")
    maker_org_id = text("研制单位代码", "研制单位统一社会信用代码", required=True)
    level = word("认定级别", LEVELS)
    recognised_on = day("认定日期")
    user_org_id = text("应用单位代码", "应用单位统一社会信用代码")
    first_used_on = day("首次应用日期")
    purchase_cny = money("采购金额", unit="万元")
    validity = void_mark()
