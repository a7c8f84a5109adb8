"""The demo park's loans and the pool that stands behind them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from etl.demo.firms import org_code
from etl.demo.model import AS_OF, World
from etl.demo.spells import told_by

BANKS = (org_code(8078), org_code(8091))
PRODUCTS = ("信用贷款", "知识产权质押", "知识产权质押", "股权质押", "订单质押", "组合质押", "融资租赁")
BAD = {5: ("关注", "次级"), 11: ("次级", "次级"), 17: ("关注", "关注"), 23: ("可疑", "可疑"), 29: ("损失", "损失"), 34: ("正常", "关注")}
LOANS = 46
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
