"""What the categories of fund, loan and insurance rows are called."""

from __future__ import annotations

from collections.abc import Mapping

from language import N_, _

INSTRUMENTS: Mapping[str, str] = {
    "sci_tech": N_("科创专项基金"), "seed": N_("种子基金"), "angel": N_("天使基金"), "venture": N_("创投基金"), "industry": N_("产业基金"),
    "invest_first": N_("先投后股"), "credit": N_("信用贷款"), "ip_pledge": N_("知识产权质押"), "equity_pledge": N_("股权质押"),
    "order_pledge": N_("订单质押"), "mixed_pledge": N_("组合质押"), "leasing": N_("融资租赁"), "rent": N_("租金减免")}
GRADES: Mapping[str, str] = {"normal": N_("正常"), "special_mention": N_("关注"), "substandard": N_("次级"), "doubtful": N_("可疑"), "loss": N_("损失")}
RISKS: Mapping[str, str] = {"research": N_("技术研发"), "ip": N_("知识产权"), "commercialisation": N_("成果转化"), "other": N_("其他")}
MOVES: Mapping[str, str] = {"injection": N_("注资"), "payment": N_("支付"), "recovery": N_("追回")}


def instrument(code: str) -> str:
    """In the language spoken; the code itself where it has no word."""
    return _(INSTRUMENTS[code]) if code in INSTRUMENTS else code or _("未写明")
