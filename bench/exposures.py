"""The files of a large park of loans, and the views of 基金敞口 over them: `python -m bench --exposures`."""

from __future__ import annotations

import os
import statistics
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from bench.cells import credit_codes, numbered, org_names, picked, some_days
from bench.watch import Measured

LOANS, FIRMS, POSITIONS = 100_000, 20_000, 20_000
VIEWS = ("exposure", "invest_first", "credit", "pool", "budget")
SPACES = ("绿色化工", "生物医药", "新材料产业园", "大数据产业园", "装备制造", "核技术应用", "现代农业")
FUNDS = 40


def write(folder: Path, loans: int = LOANS) -> None:
    """The loans of two months, and firms, fund positions, a pool and policies in proportion, as CSV in departments' folders. The same number, the same bytes."""
    rng = np.random.default_rng(20261123)
    firms, positions = max(loans * FIRMS // LOANS, 20), max(loans * POSITIONS // LOANS, 20)
    codes = credit_codes(firms + 20)
    own, banks = codes.head(firms), codes.tail(20)
    tables = {"D08/主体库-202610.csv": _organizations(rng, codes), "D05/基金台账-202609.csv": _funds(banks), "D05/基金出资-202609.csv": _commitments(banks),
              "D05/基金流水-202610.csv": _flows(rng, positions, own), "D05/风险补偿金-202610.csv": _pool(rng, loans),
              "D05/科技保险-202609.csv": _policies(rng, loans // 10, own, banks)}
    listed = _loans(rng, loans, own, banks)
    for month, paid in (("202609", 1.0), ("202610", 0.97)):
        tables[f"D05/科技信贷-{month}.csv"] = listed.with_columns((pl.col("余额(元)") * paid).round(2))
    tables |= {"D08/先投后股台账-202610.csv": _deals(rng, own), "D08/先投后股流水-202610.csv": _put_in(rng)}
    for name, table in tables.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        table.write_csv(folder / name)


def line(folder: Path, run: Callable[..., Measured], loans: int = LOANS) -> str:
    """Build the home and measure each view; in words."""
    write(folder / "inbox", loans)
    run("refresh", home=folder / "home", inbox=folder / "inbox", checks=False)
    told = run("exposures", home=folder / "home")
    shown = "; ".join(f"{view}: statistics {facts['statistics']} ms, script {facts['cold']} ms with empty caches, {facts['cached']} ms again"
                      for view, facts in told.facts["views"].items())
    return f"基金敞口 over {loans:,} loans, {loans * FIRMS // LOANS:,} firms, {loans * POSITIONS // LOANS:,} fund flows: {shown}; {told.peak_mb:,} MB"


def views(home: str, runs: int = 5) -> dict[str, Any]:
    """Of each view, medians in ms: its numbers from the marts alone, a script run with empty caches, and one again."""
    import time

    import streamlit as st
    from streamlit.testing.v1 import AppTest

    from analytics.credit import credit
    from analytics.exposure import exposure
    from analytics.invest_first import invest_first
    from analytics.pool import pool
    from analytics.public_money import public_money
    from pages.beforehand import load_all
    from warehouse.here import reader, store_root
    from warehouse.known import view_date

    os.environ["GANZHIHUI_DATA"] = home
    asked: dict[str, Callable[..., object]] = {"exposure": exposure, "invest_first": invest_first, "credit": credit, "pool": pool, "budget": public_money}

    def timed(work: Callable[[], object]) -> float:
        began = time.perf_counter()
        work()
        return (time.perf_counter() - began) * 1000

    def script(view: str) -> float:
        app = AppTest.from_string("import time\nfrom pages.funds import funds\nbegan = time.perf_counter()\nfunds()\n"
                                  "import streamlit as st\nst.session_state['taken'] = time.perf_counter() - began\n", default_timeout=60)
        app.query_params["view"] = view
        app.run()
        if app.exception:
            raise RuntimeError(app.exception[0].message)
        return float(app.session_state["taken"]) * 1000

    load_all()  # as serve.py does before its first reader
    found = {}
    for view in VIEWS:
        with reader(store_root()).pin() as pinned:
            on = view_date(pinned.cursor, None)
            statistics_ms = statistics.median(timed(lambda: asked[view](pinned.cursor, on)) for _ in range(runs))  # noqa: B023 - called at once
        cold, cached = [], []
        for _ in range(runs):
            st.cache_data.clear()
            cold.append(script(view))
            cached.append(script(view))
        found[view] = {"statistics": round(statistics_ms), "cold": round(statistics.median(cold)), "cached": round(statistics.median(cached))}
    return {"seconds": sum(each["cold"] for each in found.values()) / 1000, "views": found}


def _organizations(rng: np.random.Generator, codes: pl.Series) -> pl.DataFrame:
    number = np.arange(len(codes))
    group = pl.Series(rng.integers(0, 4000, len(codes)))
    return pl.DataFrame({"统一社会信用代码": codes, "名称": org_names(number), "主体类型": picked(rng, len(codes), ("企业",)),
                         "企业集团": pl.select(pl.when(group < 900).then(pl.format("第{}集团", group))).to_series(), "所在空间": picked(rng, len(codes), SPACES)})


def _loans(rng: np.random.Generator, count: int, own: pl.Series, banks: pl.Series) -> pl.DataFrame:
    amount = pl.Series((rng.lognormal(14, 1, count)).round(2))
    kind = rng.integers(0, 4, count)
    shares = np.array([(1, 0, 0), (0.2, 0.4, 0.4), (0.5, 0, 0.5), (0.2, 0.8, 0)])[kind]
    return pl.DataFrame({
        "合同编号": numbered("DK-{}", np.arange(count)), "金融机构代码": banks.gather(rng.integers(0, 10, count)),
        "企业代码": own.gather(rng.integers(0, len(own), count)),
        "产品": picked(rng, count, ("信用贷款", "知识产权质押", "股权质押", "订单质押", "组合质押", "融资租赁")),
        "担保机构代码": pl.select(pl.when(pl.Series(shares[:, 1] > 0)).then(banks.gather(10 + rng.integers(0, 10, count)))).to_series(),
        "银行分担比例": shares[:, 0], "担保分担比例": shares[:, 1], "补偿池分担比例": shares[:, 2],
        "放款日期": some_days(rng, count, date(2025, 1, 1), date(2026, 8, 31)), "到期日期": some_days(rng, count, date(2027, 1, 1), date(2029, 8, 31)),
        "合同金额(元)": amount, "余额(元)": (amount * pl.Series(rng.uniform(0.3, 1, count))).round(2),
        "五级分类": picked(rng, count, ("正常", "关注", "次级", "可疑", "损失"), (0.93, 0.04, 0.015, 0.01, 0.005)),
        "首贷": picked(rng, count, ("是", "否")), "入池": pl.Series(shares[:, 2] > 0).cast(pl.Int8).replace_strict({1: "是", 0: "否"}, return_dtype=pl.String)})


def _funds(banks: pl.Series) -> pl.DataFrame:
    number = np.arange(FUNDS)
    return pl.DataFrame({"基金编号": numbered("JJ-{}", number), "基金名称": numbered("第{}号基金", number),
                         "类型": ["天使", "创投", "产业", "种子"] * (FUNDS // 4),
                         "管理人代码": banks.gather(number % 10), "认缴规模(万元)": pl.repeat(100000, FUNDS, eager=True), "状态": pl.repeat("投资", FUNDS, eager=True)})


def _commitments(banks: pl.Series) -> pl.DataFrame:
    kinds = (("本级财政", 40000), ("国有企业", 20000), ("社会资本", 40000))
    return pl.concat([pl.DataFrame({"基金编号": numbered("JJ-{}", np.arange(FUNDS)), "出资人代码": banks.gather(pl.repeat(at, FUNDS, eager=True)),
                                    "出资人名称": pl.repeat(kind, FUNDS, eager=True), "出资人类型": pl.repeat(kind, FUNDS, eager=True),
                                    "认缴金额(万元)": pl.repeat(money, FUNDS, eager=True), "实缴金额(万元)": pl.repeat(money // 2, FUNDS, eager=True)})
                      for at, (kind, money) in enumerate(kinds)])


def _flows(rng: np.random.Generator, count: int, own: pl.Series) -> pl.DataFrame:
    return pl.DataFrame({"流水号": numbered("LS-{}", np.arange(count)), "基金编号": numbered("JJ-{}", rng.integers(0, FUNDS, count)),
                         "日期": some_days(rng, count, date(2024, 5, 1), date(2026, 9, 30)), "类型": picked(rng, count, ("投资", "退出回收"), (0.93, 0.07)),
                         "对方代码": own.gather(rng.integers(0, len(own), count)), "投资时阶段": picked(rng, count, ("概念验证", "小试", "中试", "产业化")),
                         "金额(元)": pl.Series(rng.lognormal(15, 1, count).round(2))})


def _pool(rng: np.random.Generator, loans: int) -> pl.DataFrame:
    count = max(loans // 200, 4)
    contracts = numbered("DK-{}", rng.choice(loans, count, replace=False))
    injected = pl.DataFrame({"流水号": ["FX-0"], "日期": ["2025-01-15"], "类型": ["注资"], "合同编号": [None], "金额(元)": [float(loans) * 200_000]})
    steps = [pl.DataFrame({"流水号": numbered(f"FX-{kind}-{{}}", np.arange(count)), "日期": pl.repeat(day, count, eager=True), "类型": pl.repeat(kind, count, eager=True),
                           "合同编号": contracts, "金额(元)": pl.repeat(1000.0, count, eager=True)})
             for kind, day in (("申请", "2026-03-02"), ("核准", "2026-04-02"), ("支付", "2026-05-06"))]
    return pl.concat([injected, *steps], how="vertical_relaxed")


def _policies(rng: np.random.Generator, count: int, own: pl.Series, banks: pl.Series) -> pl.DataFrame:
    return pl.DataFrame({"保单号": numbered("BD-{}", np.arange(count)), "保险机构代码": banks.gather(rng.integers(0, 10, count)),
                         "企业代码": own.gather(rng.integers(0, len(own), count)), "险种": picked(rng, count, ("技术研发", "知识产权", "成果转化", "其他")),
                         "保额(万元)": pl.Series(rng.integers(100, 2000, count)), "保费(万元)": pl.Series(rng.integers(1, 20, count)),
                         "起期": pl.repeat("2026-01-15", count, eager=True), "止期": pl.repeat("2027-01-14", count, eager=True)})


def _deals(rng: np.random.Generator, own: pl.Series) -> pl.DataFrame:
    return pl.DataFrame({"协议编号": numbered("XT-{}", np.arange(200)), "项目编号": numbered("GZH-{}", np.arange(200)),
                         "企业代码": own.gather(rng.integers(0, len(own), 200)),
                         "签约日期": pl.repeat("2025-06-10", 200, eager=True), "约定触发条件": pl.repeat("融资", 200, eager=True),
                         "状态": pl.repeat("先投", 200, eager=True)})


def _put_in(rng: np.random.Generator) -> pl.DataFrame:
    return pl.DataFrame({"流水号": numbered("XL-{}", np.arange(400)), "协议编号": numbered("XT-{}", rng.integers(0, 200, 400)),
                         "日期": some_days(rng, 400, date(2025, 6, 11), date(2026, 9, 30)), "类型": pl.repeat("现金拨付", 400, eager=True),
                         "金额(元)": pl.Series(rng.integers(10**5, 10**6, 400)), "凭证号": numbered("PZ-{}", np.arange(400))})
