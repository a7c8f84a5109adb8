"""The demo park's loans, the risk pool behind them, insurance and public money, as the finance and economic bureaus report them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from etl.demo.firms import org_code
from etl.demo.funds import flows
from etl.demo.model import AS_OF, World
from etl.demo.sending import QUARTERS, SentFile, month, numbered, over_month, percent, sent, stated, total, yes_no
from etl.demo.sheets import Row, Sheet, as_written, headed
from etl.demo.spells import told_by

WHO, ROOM = "财政金融和国有资产监督管理局", "财政金融和国资局"
BANKS = (org_code(8078), org_code(8091))
GUARANTOR, INSURER = org_code(8156), org_code(8143)
PRODUCTS = ("信用贷款", "知识产权质押", "知识产权质押", "股权质押", "订单质押", "组合质押", "融资租赁")
BAD = {5: ("关注", "次级"), 11: ("次级", "次级"), 17: ("关注", "关注"), 23: ("可疑", "可疑"), 29: ("损失", "损失"), 34: ("正常", "关注")}
LOANS = 46
LOAN_HEADINGS = ("合同编号|金融机构代码|企业代码|产品|担保机构代码|担保方式|银行分担比例|担保分担比例|补偿池分担比例|放款日期|到期日期|合同金额|余额|"
                 "五级分类|首贷|入池|审批天数|备注")
POLICY_HEADINGS = "序号|保单号|保险机构代码|企业代码|险种|保额|保费|起期|止期|赔付金额|联动投资流水号|备注"
_SHARES = ((None, None, None), ("0.2", "0.4", "0.4"), ("0.5", None, "0.5"), ("0.2", "0.8", None), ("0.3", "0.35", "0.35"))


@dataclass(frozen=True, kw_only=True)
class Loan:
    """One contract. `amount` in 万元; `grades`: in August and September, and in October."""

    contract_id: str
    lender: str
    borrower: str
    product: str
    shares: tuple[Decimal | None, Decimal | None, Decimal | None]  # bank, guarantor, pool
    disbursed_on: date
    due_on: date
    amount: int
    grades: tuple[str, str]
    is_first: bool
    approval_days: int

    @property
    def is_in_pool(self) -> bool:
        """Whether the compensation pool bears a part."""
        return self.shares[2] is not None

    def balance(self, on: date) -> Decimal:
        """What is owed on a day, in 万元: paid off by quarters, a bad one not at all."""
        if self.grades[0] in ("次级", "可疑", "损失"):
            return Decimal(self.amount) * Decimal("0.8")
        if on >= self.due_on:
            return Decimal()
        quarters = (self.due_on - self.disbursed_on).days // 91
        paid = min(quarters, (on - self.disbursed_on).days // 91)
        return (Decimal(self.amount) * (1 - Decimal(paid) / (quarters + 2))).quantize(Decimal("0.01"))


def loans(world: World) -> tuple[Loan, ...]:
    """All contracts, oldest first."""
    rng = world.dice("loans")
    firms = [org for org in world.orgs if org.kind == "企业" and org.told == 1 and not org.moved_out_on]
    days = sorted(date(2023, 10, 9) + timedelta(days=rng.randint(0, 1090)) for _ in range(LOANS))
    made = []
    for number, on in enumerate(days):
        shares = _SHARES[number % 5] if number not in BAD else _SHARES[1 + number % 2]
        product = PRODUCTS[number % 7]
        made.append(Loan(
            contract_id=f"DK-{on.year}-{number + 1:03d}", lender=BANKS[number % 3 == 1], borrower=rng.choice(firms).code, product=product,
            shares=tuple(share and Decimal(share) for share in shares),  # type: ignore[arg-type]
            disbursed_on=on, due_on=on + timedelta(days=rng.choice((365, 730, 1095, 1095, 1825))), amount=rng.choice((100, 200, 300, 500, 800, 1000)),
            grades=BAD.get(number, ("正常", "正常")), is_first=rng.random() < 0.35, approval_days=rng.randint(5, 42)))
    return tuple(made)


def listed(world: World, delivery: int) -> list[Loan]:
    """The contracts on the list of a delivery: a loan that was paid off stays until the year's end, two leave in October."""
    on = AS_OF[delivery - 1]
    there = [loan for loan in loans(world) if loan.disbursed_on <= on]
    gone = [loan.contract_id for loan in there if loan.due_on < date(2026, 8, 1) and not loan.balance(on)][:2] if delivery == 3 else []
    return [loan for loan in there if loan.contract_id not in gone]


def balance_in_pool(world: World, delivery: int = 3) -> Decimal:
    """What is owed on loans in the pool, in 元, on the list of a delivery."""
    return sum((loan.balance(AS_OF[delivery - 1]) for loan in listed(world, delivery) if loan.is_in_pool), Decimal()) * 10_000


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One entry of the pool's ledger, in 元."""

    entry_id: str
    on: date
    kind: str
    contract_id: str | None
    amount: Decimal
    told: int
    is_void: bool = False


def pool_entries(world: World) -> tuple[Entry, ...]:
    """The ledger. Every payment has its claim and approval but the last, which pays more than was approved; one is told twice and voided."""
    bad = [loan for number, loan in enumerate(loans(world)) if number in (11, 23, 29)]
    made: list[tuple[date, str, str | None, Decimal]] = [
        (date(2024, 6, 12), "注资", None, Decimal(20_000_000)), (date(2025, 6, 18), "注资", None, Decimal(10_000_000)),
        (date(2026, 3, 25), "注资", None, Decimal(10_000_000))]
    for number, loan in enumerate(bad):
        claimed_on = date(2026, 3 + 2 * number, 9)
        share = (loan.balance(claimed_on) * 10_000 * (loan.shares[2] or 0)).quantize(Decimal("0.01"))
        made += [(claimed_on, "申请", loan.contract_id, share), (claimed_on + timedelta(days=24), "核准", loan.contract_id, share),
                 (claimed_on + timedelta(days=43), "支付", loan.contract_id, share + (50_000 if number == 2 else 0))]
    made.append((date(2026, 10, 20), "追回", bad[0].contract_id, Decimal(120_000)))
    entries = [Entry(entry_id=f"FX-{number:03d}", on=on, kind=kind, contract_id=contract, amount=amount, told=told_by(on))
               for number, (on, kind, contract, amount) in enumerate(sorted(made, key=lambda entry: entry[0]), start=1)]
    paid = next(entry for entry in entries if entry.kind == "支付")
    copies = [Entry(entry_id="FX-101", on=paid.on, kind=paid.kind, contract_id=paid.contract_id, amount=paid.amount, told=told, is_void=told == 2)
              for told in (1, 2)]
    return (*entries, *copies)


def pool_net(world: World) -> Decimal:
    """Injected and recovered less paid, in 元."""
    signs = {"注资": 1, "追回": 1, "支付": -1}
    return sum((signs.get(entry.kind, 0) * entry.amount for entry in pool_entries(world) if entry.entry_id != "FX-101"), Decimal())


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
