"""科技成果：权属、转化合同、落地。One row per outcome."""

from etl.contract import Feed, day, text, void_mark, word

RIGHTS = {"专利": "patent", "登记成果": "registered", "品种权": "plant_variety", "软著": "software", "药械批件": "drug_device"}
ROUTES = {"转让": "transfer", "许可": "licence", "作价投资": "equity", "自行实施": "own_use"}
LANDINGS = {"投产": "production", "首套交付": "first_delivery", "首张发票": "first_invoice", "首批产品": "first_batch"}


class Outcomes(Feed, title="科技成果", departments="D08 D04 D10", rhythm="events", mode="events", dated_by="landed_on",
               shared_key=True):
    outcome_id = text("成果编号", key=True, required=True)
    project_id = text("项目编号", required=True)
    outcome_name = text("成果名称", required=True)
    right_kind = word("权属类型", RIGHTS, required=True)
    route = word("转化方式", ROUTES)
    contract_no = text("技术合同登记号", "合同登记号")
    signed_on = day("签约日期")
    implementer_org_id = text("实施单位代码", "实施单位统一社会信用代码")
    space_name = text("落地空间")
    landing_proof = word("落地佐证", LANDINGS)
    evidence_id = text("佐证材料编号", "佐证编号")
    landed_on = day("落地日期")
    validity = void_mark()
