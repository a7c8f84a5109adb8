"""The reports of many funds with very many cash flows, as CSV in the finance bureau's folder; the same rows give the same bytes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl

from bench.cells import credit_codes, numbered, picked

FUNDS, INVESTORS, INVESTEES = 60, 40, 20_000
KINDS = ("科创专项", "种子", "天使", "创投", "产业")
STAGES = ("研发", "概念验证", "小试", "中试", "转化落地", "产业化")
PARTIES = ("本级财政", "上级财政", "国有企业", "省级产业基金", "社会资本", "高校院所")
FLOWS, SHARES = ("实缴", "投资", "费用", "分配", "退出回收"), (0.35, 0.3, 0.15, 0.12, 0.08)


def write(folder: Path, rows: int) -> None:
    """Funds, commitments, `rows` cash flows over ten years, and ten quarterly valuations of every holding, below `folder`."""
    rng = np.random.default_rng(20261122)
    codes, room = credit_codes(INVESTEES), folder / "财政金融和国资局"
    room.mkdir(parents=True)
    fund = numbered("JJ-{}", np.arange(FUNDS))
    pl.DataFrame({"基金编号": fund, "基金名称": numbered("第{}号基金", np.arange(FUNDS)),
                  "类型": picked(rng, FUNDS, KINDS), "管理人代码": codes.gather(rng.integers(0, 50, FUNDS)), "设立日期": "2016-03-01", "存续期": "12",
                  "认缴规模(万元)": "900000", "覆盖阶段": "小试、中试、转化落地", "容亏率上限": "40%", "单项目上限比例": "20%", "状态": "投资"}
                 ).write_csv(room / "基金台账-202609.csv")
    pairs = np.arange(FUNDS * INVESTORS)
    pl.DataFrame({"基金编号": fund.gather(pairs // INVESTORS), "出资人代码": codes.gather(pairs % INVESTORS), "出资人名称": numbered("出资人{}", pairs % INVESTORS),
                  "出资人类型": pl.Series(PARTIES).gather(pairs % INVESTORS % len(PARTIES)), "认缴金额(万元)": "20000", "实缴金额(万元)": "10000"}
                 ).write_csv(room / "基金出资-202609.csv")
    kind = picked(rng, rows, FLOWS, SHARES)
    day = pl.Series(np.datetime64("2016-06-01") + rng.integers(0, 3_800, rows)).cast(pl.Date)
    is_deal, whole = kind == "投资", pl.Series(rng.lognormal(12, 1, rows).round(2))
    other = pl.select(pl.when(kind.is_in(["实缴", "分配"])).then(codes.gather(rng.integers(0, INVESTORS, rows))).otherwise(
        codes.gather(rng.integers(0, INVESTEES, rows)))).to_series()
    flows = pl.DataFrame({"流水号": numbered("LS-{}", np.arange(rows)), "基金编号": fund.gather(rng.integers(0, FUNDS, rows)), "日期": day.dt.to_string("%Y-%m-%d"),
                          "类型": kind, "对方代码": other, "投资时阶段": pl.select(pl.when(is_deal).then(picked(rng, rows, STAGES))).to_series(),
                          "金额(元)": whole.cast(pl.String), "首次机构投资": pl.select(pl.when(is_deal).then(pl.lit("是"))).to_series(),
                          "约定持有年限": pl.select(pl.when(is_deal).then(pl.lit("5"))).to_series(), "状态": "有效"})
    flows.write_csv(room / "基金流水-202610.csv")
    held = flows.filter(pl.col("类型") == "投资").select("基金编号", pl.col("对方代码").alias("被投代码")).unique(maintain_order=True).head(20_000)
    for quarter in ("2024-06-30", "2024-12-31", "2025-06-30", "2025-12-31", "2026-06-30"):
        held.with_columns(pl.lit(quarter).alias("估值日"), pl.lit("100").alias("公允价值(万元)"), pl.lit("市场法").alias("估值方法")).write_csv(
            room / f"基金估值-{quarter}.csv")
