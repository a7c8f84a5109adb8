"""基金台账：政府参与的各只基金。One row per fund."""

from etl.contract import Feed, day, money, number, several, share, text, word
from etl.words import STAGES

KINDS = {"科创专项": "sci_tech", "科创专项基金": "sci_tech", "种子": "seed", "种子基金": "seed", "天使": "angel", "天使基金": "angel",
         "创投": "venture", "创业投资": "venture", "创投基金": "venture", "产业": "industry", "产业基金": "industry"}
STATUS = {"筹备": "preparing", "募集": "raising", "募资": "raising", "投资": "investing", "投资期": "investing", "退出": "exiting", "退出期": "exiting",
          "清算": "liquidating"}


class Funds(Feed, title="基金台账", departments="D05", rhythm="quarterly", mode="full", ended=("status", ("liquidating",))):
    fund_id = text("基金编号", "基金代码", "基金备案编号", key=True, required=True)
    fund_name = text("基金名称", required=True)
    fund_kind = word("类型", KINDS, "基金类型", required=True)
    manager_org_id = text("管理人代码", "管理人统一社会信用代码", "基金管理人代码", required=True)
    established_on = day("设立日期", "成立日期")
    term_years = number("存续期", "存续期限", low=0, high=99)
    committed_cny = money("认缴规模", "基金规模", "认缴总规模", unit="万元", required=True)
    stages = several("覆盖阶段", STAGES, "投资阶段")
    loss_tolerance_share = share("容亏率上限", "容亏率")
    single_project_cap_share = share("单项目上限比例", "单个项目投资上限")
    status = word("状态", STATUS, "基金状态", required=True)
