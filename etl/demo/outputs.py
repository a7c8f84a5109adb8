"""Output values of the demo park's firms: month by month what they really made, and the rows they send of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from random import Random

from etl.demo.model import Org, Outcome, Output

Month = tuple[int, int]
MONTHS: tuple[Month, ...] = tuple((year, month) for year in (2025, 2026) for month in range(1, 13))[:22]
WINDOW = MONTHS[-12:]
TWELVE_MONTHS = 950_000  # 千元, attributable and reported, what the firms' levels are set to
SEASON = (0.72, 0.70, 1.0, 1.02, 1.05, 1.08, 0.98, 0.97, 1.04, 1.08, 1.12, 1.15)
TAX = Decimal("1.13")
CALIBRE = {"data": "营业收入", "agri": "农林牧渔业总产值"}
WHOLE, MOST, HALF, THIRD = Decimal(1), Decimal("0.8"), Decimal("0.6"), Decimal("0.35")
BASES = {WHOLE: "单一产品企业", MOST: "企业承诺书及发票清单", HALF: "产品线销售台账", THIRD: "产品线销售台账"}


@dataclass(frozen=True, kw_only=True)
class Firm:
    """How one firm reports. `made` is in 千元 a month, tax excluded."""

    org: Org
    outcome_id: str | None
    share: Decimal | None
    made: dict[Month, float]
    is_cumulative: bool
    is_taxed: bool
    is_late: bool


def told_outputs(rng: Random, outcomes: tuple[Outcome, ...], orgs: tuple[Org, ...]) -> tuple[Output, ...]:
    """All output rows as told. Each firm: 当月 or 累计 快报 from its first month; six firms a 2025 定报; one month corrected."""
    firms = _firms(rng, outcomes, orgs)
    reported = sum(value * float(firm.share) for firm in firms if firm.share
                   for month, value in firm.made.items() if month in WINDOW and _told(firm, month))
    rows: list[Output] = []
    for firm in firms:
        scale = TWELVE_MONTHS / reported if firm.share else 1.0
        step = Decimal(1) if firm.is_taxed else Decimal("0.1")  # keeps every amount exact after tax and shares
        exact = {month: Decimal(round(value * scale / float(step))) * step for month, value in firm.made.items()}
        rows += _cumulative(firm, exact) if firm.is_cumulative else _monthly(firm, exact)
    finals = [firm for firm in firms if min(firm.made) == (2025, 1) and not firm.is_cumulative and not firm.is_taxed][:6]
    for number, firm in enumerate(finals):
        year = sum((row.amount for row in rows if row.org == firm.org and row.first[0] == 2025), Decimal())
        factor = Decimal(("1.02", "0.98", "1.05")[number % 3])
        rows.append(_row(firm, (2025, 1), (2025, 12), "年度", year * factor, told=1, report="定报"))
    wrong = next(place for place, row in enumerate(rows) if row.first == row.last == (2026, 8) and row.share and not row.is_taxed)
    rows.append(replace(rows[wrong], told=2))
    rows[wrong] = replace(rows[wrong], amount=rows[wrong].amount + Decimal("186.4"))
    return tuple(rows)


def _firms(rng: Random, outcomes: tuple[Outcome, ...], orgs: tuple[Org, ...]) -> list[Firm]:
    landed = [outcome for outcome in outcomes if outcome.landed_on and outcome.implementer in {org.code for org in orgs}
              and outcome.space != "outside" and outcome.told and not _is_void(outcome, outcomes)]
    by_code = {org.code: org for org in orgs}
    spare = [org for org in orgs if org.kind == "企业" and org.zone not in ("", "core") and org.told == 1 and not org.moved_out_on
             and org.code not in {outcome.implementer for outcome in landed}]
    rng.shuffle(spare)
    plan: list[tuple[Org, str | None, Decimal | None, int, float]] = []  # firm, outcome, share, first month, level
    for outcome in landed:
        assert outcome.landed_on and outcome.implementer
        first = (outcome.landed_on.year - 2025) * 12 + outcome.landed_on.month
        if first <= 0:
            licensees = [by_code[outcome.implementer]] + [spare.pop() for _ in range(4)]
            shares = (WHOLE, HALF, WHOLE, MOST, THIRD)
            plan += [(org, outcome.outcome_id, shares[place], place * place // 2, rng.uniform(3500, 8000))
                     for place, org in enumerate(licensees)]
        elif first < len(MONTHS):  # what landed this month has made nothing yet
            share = rng.choice((WHOLE, WHOLE, HALF))
            plan.append((by_code[outcome.implementer], outcome.outcome_id, share, first, rng.uniform(4000, 12000)))
    plan += [(spare.pop(), None, None, 0, rng.uniform(6000, 26000)) for _ in range(6)]
    return [Firm(org=org, outcome_id=outcome_id, share=share, made=_made(rng, first, level),
                 is_cumulative=place in (0, 5, len(plan) - 2), is_taxed=place in (1, 8),
                 is_late=place in (3, 9, 12, len(plan) - 1))
            for place, (org, outcome_id, share, first, level) in enumerate(plan)]


def _is_void(outcome: Outcome, outcomes: tuple[Outcome, ...]) -> bool:
    return any(other.is_void for other in outcomes if other.outcome_id == outcome.outcome_id)


def _made(rng: Random, first: int, level: float) -> dict[Month, float]:
    growth = rng.uniform(1.004, 1.016)
    made: dict[Month, float] = {}
    for turn, month in enumerate(MONTHS[first:]):
        ramp = min(1.0, (turn + 2) / 7) if first else 1.0
        made[month] = level * ramp * growth ** (first + turn) * SEASON[month[1] - 1] * rng.uniform(0.93, 1.07)
    return made


def _told(firm: Firm, month: Month) -> int:
    """Late firms send September with October and October not yet."""
    on_time = 1 if month <= (2026, 8) else 2 if month == (2026, 9) else 3
    return {1: 1, 2: 3, 3: 0}[on_time] if firm.is_late else on_time


def _row(firm: Firm, first: Month, last: Month, span: str, amount: Decimal, *, told: int, report: str = "快报") -> Output:
    return Output(first=first, last=last, span=span, org=firm.org, outcome_id=firm.outcome_id, report=report,
                  calibre=CALIBRE.get(firm.org.zone, "工业总产值"), amount=amount * TAX if firm.is_taxed else amount,
                  share=firm.share, is_taxed=firm.is_taxed, basis=BASES[firm.share] if firm.share else None, told=told)


def _monthly(firm: Firm, made: dict[Month, Decimal]) -> Iterable[Output]:
    return [_row(firm, month, month, "当月", amount, told=_told(firm, month)) for month, amount in made.items()]


def _cumulative(firm: Firm, made: dict[Month, Decimal]) -> Iterable[Output]:
    """January and February come as one row, as statistics have it."""
    def to_date(month: Month) -> Decimal:
        return sum((made[past] for past in made if past[0] == month[0] and past <= month), Decimal())

    return [_row(firm, (month[0], 1), month, "累计", to_date(month), told=_told(firm, month)) for month in made if month[1] > 1]
