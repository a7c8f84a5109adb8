"""Every trait of an official table on the smallest table that shows it, and the page that is made of them.

`python tests/traits.py` writes docs/reading.md anew.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

import polars as pl  # noqa: E402 -- after the path, where this file is run by itself
from layouts import KINDS, Layout  # noqa: E402

from etl.contract import Column, Kind, day, integer, money, number, period, share, text, yes_no  # noqa: E402
from etl.parsing import Around, parse  # noqa: E402
from etl.reading import Table, read  # noqa: E402

PAGE = HERE.parent / "docs" / "reading.md"
RECEIVED_ON = date(2026, 11, 5)

TRAITS = [
    Layout(name="标题、填报单位、日期在表头之上", columns=["项目 金额"], text="""
m 附件1
m 项目表
m 填报单位：科技局 | 2026年9月
h 项目 | 金额
d 甲 | 1
d 乙 | 2
"""),
    Layout(name="合并的多级表头，自上而下连起来", forms=["xlsx"], columns=["地区 人口_城镇 人口_农村"], text="""
h 地区 | 人口 | <
h ^ | 城镇 | 农村
d 甲 | 1 | 2
"""),
    Layout(name="CSV 里合并已丢失，空格归左边的组", forms=["csv"], columns=["地区 人口_城镇 人口_农村"], text="""
h 地区 | 人口 |
h  | 城镇 | 农村
d 甲 | 1 | 2
"""),
    Layout(name="组名写在每一列", columns=["收入_项目 收入_金额 支出_项目 支出_金额"], text="""
h 收入 | 收入 | 支出 | 支出
h 项目 | 金额 | 项目 | 金额
d 税 | 1 | 教育 | 2
d 费 | 3 | 科技 | 4
"""),
    Layout(name="中英文两行表头", columns=["地区_Region 人口_Population"], text="""
h 地 区 | 人 口
h Region | Population
d 甲 | 1
d 乙 | 2
"""),
    Layout(name="代码名与中文名两行", columns=["MC_名称 JE_金额"], text="""
h MC | JE
h 名称 | 金额
d 甲 | 1
d 乙 | 2
"""),
    Layout(name="词中垫空格、换行、全角", columns=["地区 R&D经费"], text="""
h 地　　区 | Ｒ＆Ｄ\\n经 费
d 甲 | 1
d 乙 | 2
"""),
    Layout(name="年份作列名，保留为列", columns=["指标 2023 2024"], text="""
h 指标 | 2023 | 2024
d 产值 | 1 | 2
d 税收 | 3 | 4
"""),
    Layout(name="月份作列名", columns=["地区 1 2 3"], text="""
h 地区 | 1 | 2 | 3
d 甲 | 5 | 6 | 7
d 乙 | 8 | 9 | 8
"""),
    Layout(name="列号行属于表头", columns=["指标 代码 本年 上年"], text="""
h 指标 | 代码 | 本年 | 上年
h 甲 | 乙 | 1 | 2
d 产值 | 01 | 5 | 6
"""),
    Layout(name="填写要求一行属于表头", columns=["企业 金额 日期"], text="""
h 企业 | 金额 | 日期
h 必填，全称 | 必填，数字 | 选填
d 甲 | 1 | 2026-03-05
d 乙 | 2 |
"""),
    Layout(name="名单之上的表单栏目不是表头", columns=["序号 服务 机构 金额"], text="""
m 申请单位 | 甲公司 | 联系人 | 张三
m 开户行 | 兰州银行 | 行号 | 某支行
h 序号 | 服务 | 机构 | 金额
d 1 | 检测 | 甲所 | 5
d 2 | 测试 | 乙所 | 6
f 申请单位 | （盖章） | 审核 | （盖章）
"""),
    Layout(name="标题分写在两格，单位另一行", forms=["csv"], columns=["编号 名称 单位 经费"], units=[{"": "万元"}], text="""
m 项目清单 |  | （公示） |
m 单位：万元 |  |  |
h 编号 | 名称 | 单位 | 经费
d A1 | 甲 | 一所 | 5
d A2 | 乙 | 二所 | 6
"""),
    Layout(name="重名的列分开", columns=["项目 金额 金额_2"], text="""
h 项目 | 金额 | 金额
d 甲 | 1 | 2
"""),
    Layout(name="左上角空着", columns=["第1列 城镇 农村"], text="""
h  | 城镇 | 农村
d 甲 | 1 | 2
d 乙 | 3 | 4
"""),
    Layout(name="单位在列名里", columns=["地区 产值 增速"], units=[{"产值": "亿元", "增速": "%"}], text="""
h 地区 | 产值（亿元） | 增速(%)
d 甲 | 1 | 2
"""),
    Layout(name="单位另占一行", columns=["地区 企业 产值"], units=[{"企业": "个", "产值": "万元"}], text="""
h 地区 | 企业 | 产值
h  | 个 | 万元
d 甲 | 1 | 2
"""),
    Layout(name="单位在表头之上或标题中", columns=["地区 产值"], units=[{"": "万元"}], text="""
m 产值表
m  | 单位:万元
h 地区 | 产值
d 甲 | 1
d 乙 | 2
"""),
    Layout(name="缩进的行保留层级", columns=["指标 数值"], levels={3: 1, 4: 2}, text="""
h 指标 | 数值
d 粮食 | 9
d 　谷物 | 7
d 　　小麦 | 4
"""),
    Layout(name="竖向合并的格往下填", forms=["xlsx"], columns=["地区 单位 人数"], text="""
h 地区 | 单位 | 人数
d 甲 | 一局 | 1
d ^ | 二局 | 2
d 乙 | 三局 | 3
"""),
    Layout(name="竖向合并的数：每行都读到，只算一次，提醒", forms=["xlsx"], columns=["单位 拨款"], text="""
h 单位 | 拨款
d 一局 | 7
d 二局 | ^
d 三局 | 3
t 合计 | 10
"""),
    Layout(name="合计在末行，另列，不重复相加", columns=["地区 人数"], text="""
h 地区 | 人数
d 甲 | 1
d 乙 | 2
t 合　计 | 3
"""),
    Layout(name="合计在首行（全市、总计）", columns=["地区 人数"], text="""
h 地区 | 人数
t 全　市 | 3
d 甲 | 1
d 乙 | 2
"""),
    Layout(name="繁体的合计与注", columns=["企業 產值"], text="""
h 企業 | 產值
d 甲 | 1
d 乙 | 2
t 合計 | 3
f 註：含稅
"""),
    Layout(name="没有名称的小计", columns=["项目 金额"], text="""
h 项目 | 金额
d 甲 | 1
d 乙 | 2
t  | 3
d 丙 | 4
"""),
    Layout(name="合计与各行之和不符，提醒", columns=["地区 人数"], text="""
h 地区 | 人数
d 甲 | 1
d 乙 | 2
t 合计 | 5
"""),
    Layout(name="合并的组里没有名称的小计", forms=["xlsx"], columns=["园区 企业 产值"], text="""
h 园区 | 企业 | 产值
d 东区 | 甲 | 1
d ^ | 乙 | 2
t ^ |  | 3
d 西区 | 丙 | 4
"""),
    Layout(name="合计之下各行都缩进，其中的行不重复相加", columns=["行业 企业数"], levels={5: 1}, text="""
h 行业 | 企业数
t 总计 | 30
d 　采矿 | 3
d 　制造 | 25
d 　　其中：医药 | 10
d 　电力 | 2
"""),
    Layout(name="分段的行", columns=["序号 项目 投资"], text="""
h 序号 | 项目 | 投资
s 一、工业
d 1 | 甲 | 3
d 2 | 乙 | 4
s 二 | 农业
d 3 | 丙 | 5
"""),
    Layout(name="分段自带小计", columns=["序号 项目 投资"], text="""
h 序号 | 项目 | 投资
t 一 | 工业 | 7
d 1 | 甲 | 3
d 2 | 乙 | 4
t 二 | 农业 | 5
d 3 | 丙 | 5
"""),
    Layout(name="表尾：注、来源、填表人、签章", columns=["项目 金额"], text="""
h 项目 | 金额
d 甲 | 1
d 乙 | 2
f 注：1.快报数。
f 2.不含个体。
f 填表人：张三 | 审核人：李四
"""),
    Layout(name="空行、右边的空列", columns=["项目 金额"], text="""
h 项目 | 金额 |  |
d 甲 | 1 |  |
b  |  |  |
d 乙 | 2 |  |
"""),
    Layout(name="隐藏的行不读，提醒", forms=["xlsx"], columns=["项目 金额"], text="""
h 项目 | 金额
d 甲 | 1
x 乙 | 2
d 丙 | 3
"""),
    Layout(name="续表与重复的表头", columns=["项目 金额"], text="""
h 项目 | 金额
d 甲 | 1
m 续表
h 项目 | 金额
d 乙 | 2
"""),
    Layout(name="一张表下面还有一张", columns=["地区 企业数", "行业 产值"], units=[{}, {}], text="""
m 表1
h 地区 | 企业数
d 甲 | 1
d 乙 | 2
b
====
m 表2
h 行业 | 产值
d 钢 | 3
d 铝 | 4
"""),
    Layout(name="只有一列的名单", columns=["企业名称"], text="""
h 企业名称
d 甲公司
d 乙公司
"""),
    Layout(name="长编号、前导零仍是文本", columns=["信用代码 数量"], text="""
h 信用代码 | 数量
d 000123456789012345 | 1
d 202405620100040112345 | 2
"""),
]

SAID = {"h": "表头", "t": "合计", "s": "分段", "f": "表尾", "m": "表外", "b": "空行", "x": "隐藏"}

CELLS: list[tuple[Column, str | None, str]] = [
    (number("数"), None, "１，２３４．５"), (number("数"), None, "12 345"), (number("数"), None, "—"), (number("数"), None, "……"),
    (number("数"), None, "2.50-4.00"), (number("数"), None, "约3000"), (integer("人数"), None, "3.0"), (integer("人数"), None, "3.5"),
    (share("比例"), None, "35%"), (share("比例"), "%", "35"), (share("比例"), None, "达到95%以上"), (share("比例"), None, "不适用"),
    (money("金额", unit="万元"), None, "1.2亿元"), (money("金额", unit="万元"), "千元", "1,284.50"), (money("金额", unit="万元"), None, "×"),
    (text("编号", key=True), None, "ＧＸ－2026－0117"), (text("编号", key=True), None, "9.162E+17"), (text("名称"), None, "无"),
    (yes_no("含税"), None, "×"), (day("日期"), None, "2026年3月5日"), (day("日期"), None, "2026.3.5"), (day("日期"), None, "20260305"),
    (day("日期"), None, "46086"), (day("日期"), None, "2026/3"), (day("日期"), None, "2026Q1"), (day("日期"), None, "2026年上半年"),
    (day("日期"), None, "2026年3月上旬"), (day("日期"), None, "二〇二六年三月"), (day("日期"), None, "2026-02-30"),
    (period("期间"), None, "2026年1—9月"), (period("期间"), None, "2026年上半年"), (period("期间"), None, "2026Q3"),
]
_KIND_NAMES = {Kind.NUMBER: "数", Kind.INTEGER: "整数", Kind.SHARE: "比例", Kind.MONEY: "金额（万元）", Kind.TEXT: "文本", Kind.YES_NO: "是否",
               Kind.DAY: "日期", Kind.PERIOD: "期间"}


def page() -> str:
    """docs/reading.md."""
    return "\n".join([_HEAD, *map(_trait, TRAITS), _BETWEEN, *map(_cell, CELLS), ""])


def _trait(layout: Layout) -> str:
    with tempfile.TemporaryDirectory() as folder:
        form = layout.forms[0]
        tables = read(layout.written(form, Path(folder) / f"表.{form}")).tables
    before = [" │ ".join(cell.replace("\n", "⏎") for cell in row) for row in layout.grid()]
    return f"| {layout.name} | {_picture(before)} | {_picture([line for table in tables for line in _after(table)])} |"


def _after(table: Table) -> Iterator[str]:
    """The table as read: names with units, rows, and what was set aside."""
    unit = f"（全表{table.units['']}）" if "" in table.units else ""
    yield " │ ".join(f"{name}[{table.units[name]}]" if name in table.units else name for name in table.columns) + unit
    for row, *cells in table.rows.iter_rows():
        yield "›" * table.levels.get(row, 0) + " │ ".join(cell or "" for cell in cells)
    words = {KINDS[letter]: word for letter, word in SAID.items()}
    aside = table.aside.sort("row")
    for kind in ("metadata", "total", "section", "footer", "blank", "hidden"):
        if rows := aside.filter(pl.col("kind") == kind)["row"].to_list():
            yield f"{words[kind]}：第 {'、'.join(map(str, rows))} 行"
    yield from table.warnings


def _picture(lines: list[str]) -> str:
    return "<br>".join(f"`{line.rstrip() or ' '}`" for line in lines)


def _cell(case: tuple[Column, str | None, str]) -> str:
    column, unit, sent = case
    named = replace(column, name="x_on" if column.kind is Kind.DAY else "x")
    read_ = parse(named, pl.Series([sent]), Around(received_on=RECEIVED_ON, unit=unit))
    values = [series.item() for series in read_.values.values()]
    shown = " ".join("空" if value is None else str(value) for value in values[: 1 if values[0] is None else None])
    found = f"退回：{read_.faults['reason'].item()}" if len(read_.faults) else shown
    return f"| {_KIND_NAMES[column.kind]}{f'，列名标{unit}' if unit else ''} | `{sent}` | {found} |"


_HEAD = """# How a table is read

`python -m etl inspect FILE [--sheet NAME] [--feed NAME] [--rows N] [--json]` shows how a file will be read. Without `--feed` a table is
read as it stands; a report the park knows is read by its headings. `--rows N` lists the first and last rows.

Every row of a sheet is in exactly one place: header, data, total, section, footer, above the table (metadata), blank, or hidden.
A hidden column is read like the others and named in a warning; rows and sheets that are hidden are not read. A number merged over several rows
counts once in a total; under a contract rows that share one cell of an amount are refused, for nobody says whose it is.
Totals are no data; they are checked against the rows, and one that does not add up is a warning. What cannot be told is read as it
stands and warned of, never guessed.

Both tables below are made from the tests' own cases (`python tests/traits.py`); a test fails when they differ.

## Tables

`│` parts cells, `⏎` is a line break inside a cell, `<` is merged with the left and `^` with the cell above. `›` is a level.

| Trait | As sent | As read |
|---|---|---|"""

_BETWEEN = """
## Cells

Cells stay texts until a contract says what a column holds. Then one parser per kind reads them, or refuses them in these words.
Dates say how precisely they are known: D day, M month, Q quarter, H half-year, Y year.

| Column | As sent | As read |
|---|---|---|"""

if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
