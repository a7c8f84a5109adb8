"""The funds of the demo park as they were planned: who commits, when it is called, what it goes into and comes to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from etl.demo.firms import org_code

Deal = tuple[date, str, int, float, date | None]  # when, stage, 万元, what it is worth for each 元, when it was sold
TREASURY, STATE, PROVINCE, PRIVATE, ACADEMY = "本级财政", "国有企业", "省级产业基金", "社会资本", "高校院所"
INVESTORS = {
    TREASURY: (org_code(9001), "（演示）新区财政专户"), STATE: (org_code(9002), "（演示）新区国有资本运营公司"),
    PROVINCE: (org_code(8130), "（演示）示范产业引导基金"), PRIVATE: (org_code(9004), "（演示）社会出资人联合体"),
    ACADEMY: (org_code(7000, "12620099MB0"), "（演示）西部样板大学"),
}


@dataclass(frozen=True, kw_only=True)
class Fund:
    """One fund. Money in 万元; `calls` are (day, share of the commitment); `status` by quarter told."""

    fund_id: str
    name: str
    kind: str
    established_on: date
    term: int
    size: int
    stages: str
    loss_cap: float
    single_cap: float
    status: tuple[str | None, str]
    parts: dict[str, int]
    calls: tuple[tuple[date, float], ...] = ()
    deals: tuple[Deal, ...] = ()
    payouts: tuple[tuple[date, int], ...] = ()


FUNDS = (
    Fund(fund_id="JJ-2019-01", name="陇创一号创业投资基金", kind="创投", established_on=date(2019, 6, 18), term=7, size=8000,
         stages="转化落地、产业化", loss_cap=0.3, single_cap=0.2, status=("退出", "清算"), parts={TREASURY: 1600, STATE: 2400, PRIVATE: 4000},
         calls=((date(2019, 8, 5), 0.4), (date(2020, 7, 9), 0.4), (date(2021, 9, 14), 0.2)),
         deals=((date(2019, 10, 22), "industrial", 1500, 2.4, date(2023, 5, 17)), (date(2020, 3, 11), "industrial", 1200, 0.3, date(2022, 11, 8)),
                (date(2020, 9, 2), "landed", 1400, 1.9, date(2024, 6, 20)), (date(2021, 11, 3), "pilot", 1000, 0, date(2025, 3, 27)),
                (date(2021, 12, 15), "industrial", 1600, 1.6, date(2025, 11, 19))),
         payouts=((date(2023, 6, 30), 3500), (date(2024, 7, 12), 2600), (date(2025, 12, 22), 2800))),
    Fund(fund_id="JJ-2022-01", name="甘智汇创业投资基金", kind="创投", established_on=date(2022, 3, 30), term=8, size=30000, stages="中试、转化落地、产业化",
         loss_cap=0.4, single_cap=0.2, status=("投资", "投资"), parts={TREASURY: 6000, STATE: 9000, PROVINCE: 6000, PRIVATE: 9000},
         calls=((date(2022, 5, 18), 0.4), (date(2023, 6, 14), 0.3), (date(2024, 9, 11), 0.2)),
         deals=((date(2022, 8, 16), "industrial", 3500, 2.2, date(2025, 9, 5)), (date(2022, 12, 7), "landed", 2800, 1.7, None),
                (date(2023, 7, 20), "pilot", 3000, 0.6, None), (date(2024, 10, 15), "pilot", 4200, 1.35, None),
                (date(2025, 2, 26), "pilot", 3600, 1.1, None), (date(2026, 3, 18), "landed", 2400, 1.05, None)),
         payouts=((date(2025, 10, 16), 6900),)),
    Fund(fund_id="JJ-2023-01", name="新区产业投资基金", kind="产业", established_on=date(2023, 5, 26), term=10, size=50000, stages="转化落地、产业化",
         loss_cap=0.3, single_cap=0.15, status=("投资", "投资"), parts={TREASURY: 10000, STATE: 15000, PROVINCE: 10000, PRIVATE: 15000},
         calls=((date(2023, 9, 6), 0.3), (date(2025, 3, 12), 0.2)),
         deals=((date(2023, 11, 8), "industrial", 6000, 1.4, None), (date(2024, 12, 18), "landed", 4500, 1.25, None),
                (date(2025, 5, 21), "industrial", 5000, 1.1, None), (date(2026, 5, 13), "landed", 4000, 1, None)),
         payouts=((date(2026, 7, 8), 600),)),
    Fund(fund_id="JJ-2024-01", name="甘智汇天使投资基金", kind="天使", established_on=date(2024, 4, 15), term=8, size=10000, stages="概念验证、小试、中试",
         loss_cap=0.5, single_cap=0.1, status=("投资", "投资"), parts={TREASURY: 4000, STATE: 2500, PRIVATE: 3000, ACADEMY: 500},
         calls=((date(2024, 6, 6), 0.5), (date(2025, 11, 5), 0.3)),
         deals=((date(2024, 8, 21), "small", 620, 1.8, None), (date(2024, 11, 13), "poc", 450, 0.2, date(2026, 4, 29)),
                (date(2025, 3, 19), "small", 700, 1.3, None), (date(2025, 6, 25), "small", 520, 1, None), (date(2025, 12, 3), "pilot", 800, 1.2, None),
                (date(2026, 2, 11), "small", 560, 1, None), (date(2026, 8, 19), "poc", 380, 1, None))),
    Fund(fund_id="JJ-2025-01", name="甘智汇种子基金", kind="种子", established_on=date(2025, 2, 18), term=10, size=6000, stages="研发、概念验证",
         loss_cap=0.6, single_cap=0.1, status=("投资期", "投资期"), parts={TREASURY: 3600, ACADEMY: 900, PRIVATE: 1500},
         calls=((date(2025, 4, 9), 0.5), (date(2026, 9, 16), 0.2)),
         deals=((date(2025, 6, 11), "rd", 180, 1, None), (date(2025, 8, 27), "poc", 240, 1.4, None), (date(2025, 12, 17), "poc", 200, 0.5, None),
                (date(2026, 3, 25), "rd", 150, 1, None), (date(2026, 6, 10), "poc", 260, 1, None), (date(2026, 10, 14), "poc", 220, 1, None))),
    Fund(fund_id="JJ-2026-01", name="甘智汇科创专项基金", kind="科创专项", established_on=date(2026, 3, 20), term=12, size=100000,
         stages="概念验证、小试、中试、转化落地、产业化", loss_cap=0.4, single_cap=0.1, status=("募集", "投资"),
         parts={TREASURY: 30000, STATE: 30000, PROVINCE: 20000, PRIVATE: 18000, ACADEMY: 2000},
         calls=((date(2026, 4, 15), 0.15), (date(2026, 10, 12), 0.05)),
         deals=((date(2026, 6, 24), "pilot", 4000, 1, None), (date(2026, 8, 12), "landed", 3500, 1, None), (date(2026, 10, 21), "small", 1500, 1, None))),
    Fund(fund_id="JJ-2026-02", name="甘智汇天使投资二期基金", kind="天使基金", established_on=date(2026, 9, 8), term=8, size=8000, stages="概念验证、小试",
         loss_cap=0.5, single_cap=0.1, status=(None, "筹备"), parts={TREASURY: 3000, STATE: 2000}),
)
