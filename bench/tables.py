"""Two large tables as departments keep them, a workbook and a GB18030 text file, each with a clean copy that any reader takes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl
import xlsxwriter

from bench.cells import credit_codes, numbered, org_names, picked, some_days

HEADINGS = ("序号", "项目编号", "项目名称", "承担单位", "统一社会信用代码", "承载区", "技术方向", "技术成熟度", "攻关类别", "立项日期", "立项文号", "项目状态",
            "投资额", "到位资金", "上年产值", "本年产值", "从业人数", "研发人数", "占地面积", "备注")
TITLE, AS_OF = "兰州新区科技项目库", "截至2026年10月31日"


def table(rows: int) -> pl.DataFrame:
    """Rows under HEADINGS: texts, dates and numbers as typed values."""
    rng = np.random.default_rng(20261122)
    codes, number = credit_codes(5_000), np.arange(rows)
    lead = rng.integers(0, len(codes), rows)

    def money() -> pl.Series:
        return pl.Series(rng.lognormal(8, 1.5, rows).round(2))

    columns = (
        pl.int_range(1, rows + 1, eager=True), numbered("GZH-{}", number), numbered("关键技术攻关及产业化第{}号", number), org_names(lead), codes.gather(lead),
        picked(rng, rows, ("绿色化工", "生物医药", "新材料产业园", "装备制造")), picked(rng, rows, ("催化剂", "疫苗", "智能体", "轴承")),
        pl.Series(rng.integers(1, 10, rows)), picked(rng, rows, ("未来产业", "卡脖子", "其他")), some_days(rng, rows),
        numbered("新科发〔2025〕{}号", number), picked(rng, rows, ("在研", "暂停", "完成")), money(), money(), money(), money(),
        pl.Series(rng.integers(5, 900, rows)), pl.Series(rng.integers(0, 90, rows)), money(), picked(rng, rows, ("", "", "", "按专家组意见", "补报上期")))
    return pl.DataFrame(dict(zip(HEADINGS, columns, strict=True)))


def write_workbook(path: Path, rows: int) -> None:
    """A title, a day, the headings, the rows, a total and a note."""
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet, day = book.add_worksheet("项目库"), book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_string(0, 0, TITLE)
        sheet.write_string(1, 0, AS_OF)
        sheet.write_row(2, 0, HEADINGS)
        for number, cells in enumerate(table(rows).iter_rows(), start=3):
            for column, cell in enumerate(cells):
                if column == HEADINGS.index("立项日期"):
                    sheet.write_datetime(number, column, cell, day)
                elif cell != "":
                    sheet.write(number, column, cell)
        sheet.write_row(rows + 3, 0, ("合计", "", "", ""))
        sheet.write_string(rows + 4, 0, "注：数据来源于各单位报送")


def write_texts(department: Path, clean: Path, rows: int) -> None:
    """The same rows twice: in GB18030 with a title and a total, and as plain UTF-8 under its headings."""
    body = table(rows).select(HEADINGS[:10])
    body.write_csv(clean)
    title = f"{TITLE},{AS_OF}\n"
    total = f"合计{',' * 9}\n"
    with department.open("wb") as file:
        file.write(title.encode("gb18030"))
        file.write(clean.read_bytes().decode().encode("gb18030"))
        file.write(total.encode("gb18030"))
