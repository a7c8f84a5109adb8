"""The finance bureau's reports on credit: 科技信贷, 风险补偿金, 科技保险."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from etl.demo.credit import listed, loans, pool_entries
from etl.demo.firms import org_code
from etl.demo.funds import flows
from etl.demo.model import AS_OF, World
from etl.demo.sending import QUARTERS, SentFile, month, numbered, over_month, percent, sent, stated, total, yes_no
from etl.demo.sheets import Row, Sheet, as_written, headed

WHO, ROOM = "财政金融和国有资产监督管理局", "财政金融和国资局"
GUARANTOR, INSURER = org_code(8156), org_code(8143)
LOAN_HEADINGS = ("合同编号|金融机构代码|企业代码|产品|担保机构代码|担保方式|银行分担比例|担保分担比例|补偿池分担比例|放款日期|到期日期|合同金额|余额|"
                 "五级分类|首贷|入池|审批天数|备注")
POLICY_HEADINGS = "序号|保单号|保险机构代码|企业代码|险种|保额|保费|起期|止期|赔付金额|联动投资流水号|备注"


def files(world: World, delivery: int) -> Iterator[SentFile]:
    """The month's lists and ledger; policies by quarter."""
    yield sent(f"{ROOM}/科技信贷台账-{month(delivery)}.{'csv' if delivery == 1 else 'xlsx'}", _loans(world, delivery))
    yield sent(f"{ROOM}/风险补偿金流水-{month(delivery)}.csv", _pool(world, delivery))
    if delivery < 3:
        yield sent(f"{ROOM}/科技保险-{QUARTERS[delivery - 1]:%Y%m}.xlsx", _policies(world, delivery))


def _loans(world: World, delivery: int) -> Sheet:
    """In September one contract's shares do not make a whole, and the unit stands in the headings."""
    on = AS_OF[delivery - 1]
    rows: list[Row] = []
    for number, loan in enumerate(listed(world, delivery)):
        bank, guarantor, pool = loan.shares
        if delivery == 2 and loan.contract_id == loans(world)[6].contract_id:
            bank, guarantor, pool = Decimal("0.2"), Decimal("0.4"), Decimal("0.3")
        kind = None if guarantor is None and pool is None else "纯信用" if guarantor is None else "敞口" if bank else "足额"
        rows.append((
            loan.contract_id, loan.lender, loan.borrower, loan.product, GUARANTOR if guarantor else None, kind, percent(bank, number),
            percent(guarantor, number), percent(pool, number), as_written(loan.disbursed_on, number), as_written(loan.due_on, number),
            Decimal(loan.amount), loan.balance(on), loan.grades[delivery == 3], yes_no(answer=loan.is_first), yes_no(answer=loan.is_in_pool),
            loan.approval_days, None))
    headings = LOAN_HEADINGS if delivery == 1 else LOAN_HEADINGS.replace("合同金额|余额", "合同金额（万元）|贷款余额（万元）").replace("五级分类", "风险分类")
    groups = {"风险分担": "银行分担比例|担保分担比例|补偿池分担比例"} if delivery == 2 else None
    return Sheet(title="科技信贷、质押、担保台账（演示）", stated=stated(WHO, on, *(("单位：万元",) if delivery == 1 else ())), rows=tuple(rows),
                 headings=headed(headings, groups), total=total(rows, 11, 12), footers=("数据来源：各合作金融机构",))


def _pool(world: World, delivery: int) -> Sheet:
    rows: list[Row] = [(entry.entry_id, as_written(entry.on, number), entry.kind, entry.contract_id, entry.amount, "作废" if entry.is_void else "有效",
                        "重复登记" if entry.is_void else None)
                       for number, entry in enumerate(entry for entry in pool_entries(world) if entry.told == delivery)]
    if delivery == 1:
        rows.append(("FX-900", "2026-08-19", "代偿", loans(world)[11].contract_id, Decimal(300_000), "有效", None))
    return Sheet(title="科技创新风险补偿金流水（演示）", stated=over_month(WHO, delivery, "2024年6月"), rows=tuple(rows),
                 headings=headed("流水号|日期|流水类型|贷款合同编号|金额（元）|状态|备注"))


def _policies(world: World, delivery: int) -> Sheet:
    """In June one policy ends before it begins."""
    rng, on = world.dice("insurances"), QUARTERS[delivery - 1]
    firms = [org for org in world.orgs if org.kind == "企业" and org.told == 1]
    linked = iter([flow.flow_id for flow in flows(world) if flow.kind == "投资" and date(2025, 1, 1) < flow.on < date(2026, 6, 1)][:3])
    rows: list[Row] = []
    for number in range(26):
        since, years, firm = date(2025, 1, 10) + timedelta(days=24 * number + rng.randint(0, 9)), rng.choice((1, 1, 2)), rng.choice(firms)
        insured, claims = rng.choice((200, 300, 500, 1000)), rng.choice((None, None, None, Decimal("12.6"), Decimal(35)))
        until = since + timedelta(days=365 * years - 1)
        link = next(linked, None) if number % 7 == 2 else None
        if since > on:
            continue
        if delivery == 1 and number == 9:
            until = since - timedelta(days=30)
        rows.append((f"BD-{since.year}-{number + 1:03d}", INSURER, firm.code, ("技术研发", "知识产权", "成果转化", "其他")[number % 4], Decimal(insured),
                     Decimal(insured) * Decimal("0.012"), as_written(since, number), as_written(until, number), claims, link, None))
    return Sheet(title="科技保险保单台账（演示）", stated=stated(WHO, on, "单位：万元"), headings=headed(POLICY_HEADINGS), rows=numbered(rows),
                 total=total(numbered(rows), 5, 6))
