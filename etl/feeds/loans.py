"""科技信贷：贷款、质押、担保与融资租赁。One row per contract."""

from etl.contract import Feed, InOrder, SumToOne, day, integer, money, share, text, word, yes_no

PRODUCTS = {"信用": "credit", "信用贷款": "credit", "知识产权质押": "ip_pledge", "股权质押": "equity_pledge", "订单质押": "order_pledge",
            "组合质押": "mixed_pledge", "融资租赁": "leasing"}
GUARANTEES = {"纯信用": "none", "敞口": "partial", "足额": "full"}
GRADES = {"正常": "normal", "关注": "special_mention", "次级": "substandard", "可疑": "doubtful", "损失": "loss"}


class Loans(Feed, title="科技信贷", departments="D05", rhythm="monthly", mode="full",
            rules=(InOrder("disbursed_on", "due_on"), SumToOne("bank_share", "guarantor_share", "pool_share")),
            ignored=("序号", "金融机构", "企业名称", "担保机构", "备注")):
    contract_id = text("合同编号", "贷款合同编号", "合同号", key=True, required=True)
    lender_org_id = text("金融机构代码", "贷款机构代码", "银行代码", required=True)
    borrower_org_id = text("企业代码", "借款企业代码", "企业统一社会信用代码", required=True)
    product = word("产品", PRODUCTS, "产品类型", "贷款类型", required=True)
    guarantor_org_id = text("担保机构代码")
    guarantee_kind = word("担保方式", GUARANTEES)
    bank_share = share("银行分担比例")
    guarantor_share = share("担保分担比例", "担保机构分担比例")
    pool_share = share("补偿池分担比例", "风险补偿金分担比例")
    disbursed_on = day("放款日期", "发放日期", required=True)
    due_on = day("到期日期", "到期日", required=True, ahead=True)
    contract_cny = money("合同金额", "贷款金额", unit="万元", required=True)
    balance_cny = money("余额", "贷款余额", unit="万元", required=True)
    risk_grade = word("五级分类", GRADES, "风险分类", required=True)
    is_first_loan = yes_no("首贷", "是否首贷")
    is_in_pool = yes_no("入池", "是否入池")
    approval_days = integer("审批天数", low=0)
