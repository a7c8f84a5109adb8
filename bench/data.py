"""The files of a large invented park, as CSV in its departments' folders; the same rows give the same bytes."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
import polars.selectors as cs

from bench.cells import amounts, credit_codes, numbered, org_names, picked, some_days, written
from bench.histories import MONTHS, PILOT, STAGES, histories

REFERENCE = Path(__file__).parents[1] / "warehouse" / "reference"
SPACES = ("核心区", "绿色化工", "生物医药", "新材料产业园", "大数据产业园", "装备制造", "核技术应用", "现代农业", "待定", "新区外", "三号楼")
SPACE_SHARES = (0.10, 0.17, 0.16, 0.13, 0.11, 0.14, 0.06, 0.09, 0.02, 0.017, 0.003)
CORRECTED_SHARE, BAD_SHARE = 0.005, 0.002


def write(folder: Path, rows: int) -> list[Path]:
    """Write stage events (`rows` of them) and the other five feeds in proportion below `folder`; returns the files."""
    rng = np.random.default_rng(20251029)
    events = histories(rng, rows - int(rows * CORRECTED_SHARE))
    projects = int(events["project"][-1]) + 1
    codes = credit_codes(max(projects // 5, 20))
    space = picked(rng, projects, SPACES, SPACE_SHARES)
    evidence = projects * 9 // 10
    deep = events.filter(pl.col("stage") >= PILOT)["project"].unique(maintain_order=True)
    tables = {f"D08/项目库-{_MONTH}.csv": _projects(rng, projects, codes, space), f"D08/主体库-{_MONTH}.csv": _organizations(rng, codes),
              f"D08/科技成果-{_MONTH}.csv": _outcomes(rng, projects // 8, deep, codes, evidence),
              f"D08/佐证材料目录-{_MONTH}.csv": _evidence(rng, evidence), **_outputs(rng, rows // 10, codes), **_events(rng, events, space, evidence)}
    for name, table in tables.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        table.with_columns(cs.string().replace("", None)).write_csv(folder / name)  # an empty text would be written as ""
    return [folder / name for name in tables]


_MONTH = MONTHS["D08", ""][-1]


def _events(rng: np.random.Generator, events: pl.DataFrame, space: pl.Series, evidence: int) -> dict[str, pl.DataFrame]:
    """Every sender's files. A later file corrects some rows of an earlier one, and a few cells of each cannot be read."""
    count = events.height
    event_on = written(rng, events["on"])
    table = events.select(
        "department", "sender", "month",
        事件编号=pl.format("SJ{}", pl.int_range(pl.len()).cast(pl.String).str.zfill(8)),
        项目编号=pl.format("GZH-{}", pl.col("project").cast(pl.String).str.zfill(7)),
        阶段=pl.lit(pl.Series(STAGES)).gather("stage"), 事件="event",
        工信确认=pl.when(pl.col("stage") == PILOT).then(picked(rng, count, ("是", "否", ""), (6, 1, 3))),
        发生日期=event_on, 所在空间=pl.when(pl.Series(rng.random(count) < 0.45)).then(space.gather(events["project"])),
        佐证材料编号=pl.when(pl.Series(rng.random(count) < 0.5)).then(numbered("ZZ-{}", rng.integers(0, evidence, count)))
        .otherwise(picked(rng, count, ("", "无"), (0.98, 0.02))),
        终止原因=pl.when(pl.col("event") == "终止").then(picked(rng, count, ("技术不可行", "市场", "资金", "团队", "合规"))),
        状态=picked(rng, count, ("有效", "", "作废"), (0.80, 0.196, 0.004)),
        备注=picked(rng, count, ("", "", "", "", "", "按专家组意见", "补报上期")))
    again = table.filter(pl.col("month") < _MONTH).sample(round(count * CORRECTED_SHARE / (1 - CORRECTED_SHARE)), seed=7)
    again = again.with_columns(month=pl.lit(_MONTH, pl.Int64), 状态=picked(rng, again.height, ("有效", "作废"), (0.7, 0.3)), 备注=pl.lit("更正"),
                               佐证材料编号=numbered("ZZ-{}", rng.integers(0, evidence, again.height)))
    bad = pl.Series(rng.random(count) < BAD_SHARE)
    kind = pl.Series(rng.integers(0, 5, count))
    spoilt = {"阶段": "孵化", "事件": "推进", "发生日期": "2025-13-09", "项目编号": None, "状态": "存疑"}
    table = table.with_columns(pl.when(bad & (kind == number)).then(pl.lit(word)).otherwise(pl.col(name)).alias(name)
                               for number, (name, word) in enumerate(spoilt.items()))
    files = pl.concat([table, again]).partition_by("department", "sender", "month", as_dict=True, include_key=False, maintain_order=True)
    return {f"{department}/{sender + '/' if sender else ''}阶段事件-{month}.csv": rows for (department, sender, month), rows in files.items()}


def _projects(rng: np.random.Generator, count: int, codes: pl.Series, space: pl.Series) -> pl.DataFrame:
    directions = pl.read_csv(REFERENCE / "directions.csv")["name_zh"].to_list()
    direction = picked(rng, count, directions)
    lead = rng.integers(0, len(codes), count)
    number = pl.int_range(count, eager=True)
    is_part = pl.Series(rng.random(count) < 0.06) & (number > 10)
    return pl.DataFrame({"序号": number + 1, "项目编号": numbered("GZH-{}", number)}).with_columns(
        上级项目编号=pl.when(is_part).then(numbered("GZH-{}", (number * rng.random(count)).cast(pl.Int64))),
        项目名称=pl.format("{}{}", direction, picked(rng, count, ("关键技术攻关", "制备工艺开发", "示范应用", "性能提升研究", "装备研制"))),
        承担单位=org_names(lead), 统一社会信用代码=pl.when(pl.Series(rng.random(count) < 0.95)).then(codes.gather(lead)), 承载区=space,
        技术方向=pl.when(pl.Series(rng.random(count) < 0.9)).then(direction), 技术成熟度=picked(rng, count, ("2", "3", "4", "5", "6", "7", "")),
        攻关类别=picked(rng, count, ("未来产业", "卡脖子", "关键核心技术", "其他", "")),
        参与角色=picked(rng, count, ("产、学、研", "产、学", "学、研、用", "产", "")),
        立项日期=written(rng, some_days(rng, count)), 立项文号=pl.when(pl.Series(rng.random(count) < 0.6)).then(pl.format("新科发〔2025〕{}号", number)),
        项目状态=picked(rng, count, ("在研", "暂停", "完成", "终止", "作废"), (0.74, 0.05, 0.12, 0.085, 0.005)),
        联系人=picked(rng, count, ("甲", "乙", "丙")), 联系电话=numbered("139{}", rng.integers(0, 10**8, count), 8))


def _organizations(rng: np.random.Generator, codes: pl.Series) -> pl.DataFrame:
    count = len(codes)
    return pl.DataFrame({"统一社会信用代码": codes}).with_columns(
        名称=org_names(np.arange(count)), 主体类型=picked(rng, count, ("企业", "高校", "科研院所", "科技服务机构"), (0.93, 0.01, 0.02, 0.04)),
        行业代码=picked(rng, count, ("C2614", "C2710", "C3985", "I6513", "M7320", "A0111")), 来源=picked(rng, count, ("孵化", "引进", "本地", "")),
        龙头企业=picked(rng, count, ("是", "否"), (0.02, 0.98)), 所在空间=picked(rng, count, SPACES, SPACE_SHARES),
        成立日期=written(rng, some_days(rng, count, date(2000, 1, 1), date(2021, 12, 31))), 入驻日期=written(rng, some_days(rng, count)))


def _outcomes(rng: np.random.Generator, count: int, projects: pl.Series, codes: pl.Series, evidence: int) -> pl.DataFrame:
    has_contract, is_landed = pl.Series(rng.random(count) < 0.8), pl.Series(rng.random(count) < 0.6)
    return pl.DataFrame({"成果编号": numbered("CG-{}", np.arange(count))}).with_columns(
        项目编号=numbered("GZH-{}", projects.gather(rng.integers(0, len(projects), count))),
        成果名称=pl.format("{}成果", picked(rng, count, ("催化剂", "疫苗", "智能体", "轴承", "核素", "新品种"))),
        权属类型=picked(rng, count, ("专利", "登记成果", "品种权", "软著", "药械批件")), 转化方式=picked(rng, count, ("转让", "许可", "作价投资", "自行实施")),
        技术合同登记号=pl.when(has_contract).then(numbered("2025620100{}", np.arange(count))),
        签约日期=pl.when(has_contract).then(written(rng, some_days(rng, count))), 实施单位代码=codes.gather(rng.integers(0, len(codes), count)),
        落地空间=picked(rng, count, SPACES, SPACE_SHARES), 落地佐证=pl.when(is_landed).then(picked(rng, count, ("投产", "首套交付", "首张发票", "首批产品"))),
        佐证材料编号=numbered("ZZ-{}", rng.integers(0, evidence, count)), 落地日期=pl.when(is_landed).then(written(rng, some_days(rng, count))),
        状态=picked(rng, count, ("有效", "", "作废"), (0.8, 0.195, 0.005)))


def _outputs(rng: np.random.Generator, rows: int, codes: pl.Series) -> dict[str, pl.DataFrame]:
    """Monthly reports of 2026, of one firm in ten as a running total."""
    firms = min(rows // 10, len(codes))
    is_running = pl.Series(rng.random(firms) < 0.1)
    tables, total = {}, np.zeros(firms)
    for month in range(1, 11):
        amount = np.round(rng.lognormal(6, 1.4, firms), 2)
        total += amount
        values = pl.when(is_running).then(pl.Series(total.round(2))).otherwise(pl.Series(amount))
        tables[f"D04/产值快报-2026{month:02}.csv"] = pl.DataFrame({"统一社会信用代码": codes.head(firms)}).with_columns(
            期间=pl.when(is_running).then(pl.lit(f"2026年1-{month}月")).otherwise(pl.lit(f"2026年{month}月")),
            期间类型=pl.when(is_running).then(pl.lit("累计")).otherwise(pl.lit("当月")), 报表类型=pl.lit("快报"), 口径=pl.lit("工业总产值"),
            **{"金额(千元)": amounts(values)}, 归因比例=picked(rng, firms, ("100%", "50%", "0.35", "20%", "-"), (2, 3, 2, 1, 2)),
            含税=picked(rng, firms, ("否", "是"), (9, 1)))
        sums = pl.DataFrame({"统一社会信用代码": "合计", "金额(千元)": f"{amount.sum():.2f}"})
        tables[f"D04/产值快报-2026{month:02}.csv"] = pl.concat([tables[f"D04/产值快报-2026{month:02}.csv"], sums], how="diagonal")
    return tables


def _evidence(rng: np.random.Generator, count: int) -> pl.DataFrame:
    return pl.DataFrame({"佐证材料编号": numbered("ZZ-{}", np.arange(count))}).with_columns(
        名称=pl.format("{}（{}）", picked(rng, count, ("验收意见", "检测报告", "立项批复", "合同")), np.arange(count)),
        类型=picked(rng, count, ("文件", "合同", "报告", "照片")), 形成日期=written(rng, some_days(rng, count)), 存放位置=picked(rng, count, ("档案室", "")))
