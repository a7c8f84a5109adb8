"""Tables as Chinese offices lay them out, each row marked by hand with what it is; invented content in real shapes.

A line of a layout is one row: its kind, then its cells between bars. Kinds: m above or beside the table, h header, d data,
t total, s section, f footer, b blank, x hidden. `<` is merged with the cell to its left, `^` with the one above. `====` parts
two tables that follow each other.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import xlsxwriter

KINDS = {"m": "metadata", "h": "header", "d": "data", "t": "total", "s": "section", "f": "footer", "b": "blank", "x": "hidden"}


@dataclass(frozen=True, kw_only=True)
class Expected:
    """What one table must be read as."""

    columns: Sequence[str]
    units: Mapping[str, str]
    kinds: Mapping[int, str]  # row -> kind
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True, kw_only=True)
class Layout:
    """A sheet and what is on it. `columns` and `units` have one entry per table; `forms`: the kinds of file it can be."""

    name: str
    text: str
    columns: Sequence[str]  # names between blanks
    units: Sequence[Mapping[str, str]] = ({},)
    forms: Sequence[str] = ("csv", "xlsx")
    levels: Mapping[int, int] = field(default_factory=dict)  # row -> how far its label is set in, where it is

    def lines(self) -> list[tuple[int, str, list[str]]]:
        """Table number, kind and cells of each row."""
        found, table = [], 0
        for line in self.text.strip("\n").split("\n"):
            if line.startswith("===="):
                table += 1
                continue
            kind, _, cells = line.partition(" ")
            found.append((table, KINDS[kind], [cell.strip(" ").replace("\\n", "\n") for cell in cells.split("|")] if cells else []))
        return found

    def grid(self) -> list[list[str]]:
        """The cells as they stand, merges still marked, every row as wide as the widest."""
        rows = [cells for _, _, cells in self.lines()]
        width = max(map(len, rows))
        return [cells + [""] * (width - len(cells)) for cells in rows]

    def written(self, form: str, path: Path) -> Path:
        """The sheet as a file."""
        if form == "csv":
            text = io.StringIO(newline="")
            csv.writer(text).writerows([["" if cell in "<^" else cell for cell in row] for row in self.grid()])
            path.write_bytes(text.getvalue().encode("gb18030"))
        else:
            self._workbook(path)
        return path

    def _workbook(self, path: Path) -> None:
        grid = self.grid()
        hidden = [number for number, (_, kind, _) in enumerate(self.lines()) if kind == "hidden"]
        with xlsxwriter.Workbook(path) as book:
            page = book.add_worksheet("表")
            for number, row in enumerate(grid):
                for place, cell in enumerate(row):
                    if cell and cell not in "<^":
                        _write(page, number, place, cell)
            for (top, left), (bottom, right) in merges(grid):
                page.merge_range(top, left, bottom, right, "")
                _write(page, top, left, grid[top][left])
            for number in hidden:
                page.set_row(number, None, None, {"hidden": True})

    def expected(self, form: str) -> list[Expected]:
        """What each table must be read as from a file of this form."""
        grid = self.grid()
        for number, row in enumerate(grid):
            for place, cell in enumerate(row):
                if cell == "<":
                    row[place] = ""
                elif cell == "^":
                    is_data = self.lines()[number][1] == "data"
                    row[place] = grid[number - 1][place] if form == "xlsx" and is_data else ""
        lines = self.lines()
        found = []
        for table, (names, units) in enumerate(zip(self.columns, self.units, strict=True)):
            own = {number + 1: kind for number, (of, kind, _) in enumerate(lines) if of == table}
            columns = names.split()
            while form == "xlsx" and own.get(len(lines)) == "blank":  # a workbook ends with its last cell
                del own[len(lines)]
                lines.pop()
            rows = [[_shown(cell, form) for cell in grid[number - 1][: len(columns)]] for number, kind in own.items() if kind == "data"]
            found.append(Expected(columns=columns, units=units, kinds=own, rows=rows))
        return found


def merges(grid: Sequence[Sequence[str]]) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """The merged ranges that `<` and `^` mark."""
    for top, row in enumerate(grid):
        for left, cell in enumerate(row):
            if cell in ("", "<", "^"):
                continue
            right, bottom = left, top
            while right + 1 < len(row) and row[right + 1] == "<":
                right += 1
            while bottom + 1 < len(grid) and grid[bottom + 1][left] == "^":
                bottom += 1
            if (right, bottom) != (left, top):
                yield (top, left), (bottom, right)


def _is_number(cell: str) -> bool:
    """Whether a workbook holds the cell as a number; codes are texts."""
    digits = cell.replace(".", "", 1).removeprefix("-")
    return digits.isascii() and digits.isdigit() and len(digits) < 12 and (not digits.startswith("0") or digits == "0" or "." in cell)


def _shown(cell: str, form: str) -> str:
    """A cell as it must be read: a number of a workbook has no zeros behind it."""
    return f"{float(cell):.12g}" if form == "xlsx" and _is_number(cell) else cell.strip()


def _write(page: Any, row: int, place: int, cell: str) -> None:
    if _is_number(cell):
        page.write_number(row, place, float(cell))
    else:
        page.write_string(row, place, cell)


LAYOUTS = [
    Layout(name="provinces by year, the nation on top", columns=["地区 2022年 2023年 2024年"], units=[{"": "亿元"}], text="""
m 3-9 地区生产总值 | < | < | <
m  |  |  | 单位:亿元
h 地  区 | 2022年 | 2023年 | 2024年
t 全  国 | 600.5 | 650.5 | 700.5
d 北  京 | 100.1 | 110.1 | 120.1
d 天  津 | 100.1 | 110.1 | 120.1
d 河  北 | 100.1 | 110.1 | 120.1
d 山  西 | 100.1 | 110.1 | 120.1
d 内蒙古 | 100.1 | 110.1 | 120.1
d 辽  宁 | 100 | 100 | 100
f 注：本表按当年价格计算。
"""),
    Layout(name="yearbook in two languages, leaves under a blank group", columns=[
        "年份_Year 国内生产总值_Total 国内生产总值_Total_第一产业_Primary 国内生产总值_Total_第二产业_Secondary 人均国内生产总值_PerCapita"],
        units=[{"": "亿元"}], text="""
m 3-1 国内生产总值
m Gross Domestic Product
m 本表按当年价格计算。 |  |  |  | 单位：亿元 (100 million yuan)
h 年  份 | 国内生产总值 |  |  | 人均国内生产总值
h Year | Total |  |  | Per Capita
h  |  | 第一产业 | 第二产业 |
h  |  | Primary | Secondary |
d 1978 | 3678.7 | 1018.5 | 1755.1 | 385
d 1979 | 4100.5 | 1259.0 | 1925.3 | 423
d 1980 | 4587.6 | 1359.5 | 2204.7 | 468
"""),
    Layout(name="three levels of merged groups over years", columns=[
        "年份 生产总值_合计 生产总值_第二产业_工业 生产总值_第二产业_建筑业 人均生产总值"],
        units=[{"": "万元", "人均生产总值": "元/人"}], text="""
m 兰州市历年生产总值 | < | < | < | <
m  |  |  |  | 单位：万元
h 年份 | 生产总值 | < | < | 人均生产总值\\n（元/人）
h ^ | 合计 | 第二产业 | < | ^
h ^ | ^ | 工业 | 建筑业 | ^
d 2021 | 300 | 200 | 50 | 7000
d 2022 | 330 | 210 | 60 | 7100
d 2023 | 360 | 220 | 70 | 7200
"""),
    Layout(name="population by county, a unit per heading", columns=["地区 年末常住人口 城镇化率 土地面积 人口密度"],
           units=[{"年末常住人口": "万人", "城镇化率": "%", "土地面积": "平方公里", "人口密度": "人/平方公里"}], text="""
m 2-3 各县区人口
h 地 区 | 年末常住人口\\n（万人） | 城镇化率\\n(%) | 土地面积(平方公里) | 人口密度（人/平方公里）
t 全  市 | 60 | 84.07 | 1000 | 600
d 城关区 | 30 | 99.1 | 200 | 1500
d 七里河区 | 20 | 92.3 | 300 | 667
d 榆中县 | 10 | 44.9 | 500 | 200
"""),
    Layout(name="indicators with a unit column, sections and indented parts", columns=["指标 单位 2024年 2023年 增长"],
           units=[{"增长": "%"}], levels={6: 1, 7: 1, 11: 1}, text="""
m 兰州新区主要经济指标
m （2024年）
h 指  标 | 单位 | 2024年 | 2023年 | 增长(%)
s 一、综合
d 地区生产总值 | 亿元 | 400.5 | 380.2 | 5.3
d 　第一产业 | 亿元 | 20.1 | 19.8 | 1.5
d 　第二产业 | 亿元 | 200.4 | 190.3 | 5.3
d 年末户籍人口 | 万人 | 30.2 | 29.9 | 1.0
s 二、农业
d 粮食产量 | 吨 | 10200 | 10100 | 1.0
d 　#夏粮 | 吨 | 5200 | 5100 | 2.0
f 注：增长速度按可比价格计算。
"""),
    Layout(name="monthly bulletin, this month and cumulated", columns=["指标名称 计量单位 本月_绝对量 本月_同比增长 累计_绝对量 累计_同比增长"],
           units=[{"本月_同比增长": "%", "累计_同比增长": "%"}], text="""
m 2026年9月主要经济指标完成情况
h 指标名称 | 计量单位 | 本月 | < | 累计 | <
h ^ | ^ | 绝对量 | 同比增长(%) | 绝对量 | 同比增长(%)
d 规上工业增加值 | 亿元 | 12.3 | 5.1 | 110.5 | 6.2
d 固定资产投资 | 亿元 | 30.1 | -2.0 | 250.7 | 3.3
d 社会消费品零售总额 | 亿元 | 8.8 | 4.4 | 77.1 | 4.0
d 进出口总额 | 万美元 | 520 | — | 4800 | —
"""),
    Layout(name="three public expenses across, columns numbered", columns=[
        "部门名称 合计 因公出国(境)费 公务用车购置及运行费_小计 公务用车购置及运行费_公务用车购置费 公务用车购置及运行费_公务用车运行费 公务接待费"],
        units=[{"": "万元"}], text="""
m 附表7
m 一般公共预算“三公”经费支出预算表
m 部门：科技局 |  |  |  |  |  | 单位：万元
h 部门名称 | 合计 | 因公出国（境）费 | 公务用车购置及运行费 | < | < | 公务接待费
h ^ | ^ | ^ | 小计 | 公务用车购置费 | 公务用车运行费 | ^
h 栏次 | 1 | 2 | 3 | 4 | 5 | 6
d 科技局本级 | 20.5 | 0 | 15 | 0 | 15 | 5.5
d 生产力促进中心 | 8 | 0 | 6 | 0 | 6 | 2
"""),
    Layout(name="three public expenses down, the total on top", columns=["项目 本年预算数 上年预算数"], units=[{"": "万元"}],
           levels={9: 1, 10: 1}, text="""
m 2026年“三公”经费预算表
m 单位:万元
b
h 项    目 | 本年预算数 | 上年预算数
t 合    计 | 34.35 | 40
d 1.因公出国（境）费用 | 0 | 0
d 2.公务接待费 | 1.7 | 5
d 3.公务用车费 | 32.65 | 35
d 　　其中：（1）公务用车运行维护费 | 32.65 | 35
d 　　　　　（2）公务用车购置 | 0 | 0
f 注：按照财政部和部门预算管理的有关规定，“三公”经费包括因公出国（境）经费、公务用车购置及运行费和公务接待费。
"""),
    Layout(name="income and expenditure side by side under two groups", columns=["收入_项目 收入_预算数 支出_项目 支出_预算数"],
           units=[{"": "万元"}], text="""
m 部门收支总表 | < | < | <
m 单位名称：兰州新区科技局 |  |  | 单位：万元
h 收　　入 | < | 支　　出 | <
h 项　目 | 预算数 | 项　目 | 预算数
d 一、一般公共预算拨款收入 | 150 | 一、一般公共服务支出 | 120
d 二、政府性基金预算拨款收入 | 50 | 二、科学技术支出 | 80
d 三、事业收入 | 10 | 三、社会保障和就业支出 | 5
t 本年收入合计 | 210 | 本年支出合计 | 205
d 上年结转 | 0 | 年终结转 | 5
t 收入总计 | 210 | 支出总计 | 210
"""),
    Layout(name="list of firms", columns=["序号 企业名称 统一社会信用代码 所属行业 注册地址 成立日期"], text="""
m 附件1
m 2026年拟入库科技型中小企业名单
b
h 序号 | 企业名称 | 统一社会信用代码 | 所属行业 | 注册地址 | 成立日期
d 1 | 甘肃甲新材料有限公司 | 91620100MA7XXXXX01 | 新材料 | 兰州新区某路1号 | 2019-03-01
d 2 | 兰州乙生物有限公司 | 91620100MA7XXXXX02 | 生物医药 | 兰州新区某路2号 | 2020-05-11
d 3 | 兰州丙装备有限公司 | 91620100MA7XXXXX03 | 装备制造 | 兰州新区某路3号 | 2018-12-30
"""),
    Layout(name="plain open data of words only", columns=["单位名称 单位地址 开放时间 备注"], text="""
h 单位名称 | 单位地址 | 开放时间 | 备注
d 新区图书馆 | 某路1号 | 周二至周日 | 免费
d 新区文化馆 | 某路2号 | 周一至周五 |
d 新区博物馆 | 某路3号 | 周三至周日 | 预约
"""),
    Layout(name="land plots with planning conditions", columns=[
        "序号 宗地编号 土地位置 土地面积 土地用途 规划指标_容积率 规划指标_建筑密度 规划指标_绿地率 出让年限 起始价 竞买保证金"],
        units=[{"土地面积": "m2", "出让年限": "年", "起始价": "万元", "竞买保证金": "万元"}], text="""
m 兰州新区国有建设用地使用权挂牌出让公告表
h 序号 | 宗地编号 | 土地位置 | 土地面积（㎡） | 土地用途 | 规划指标 | < | < | 出让年限（年） | 起始价（万元） | 竞买保证金（万元）
h ^ | ^ | ^ | ^ | ^ | 容积率 | 建筑密度 | 绿地率 | ^ | ^ | ^
d 1 | G2601 | 经十三路以东 | 33350.2 | 工业用地 | ≥1.0 | ≥40% | ≤20% | 50 | 512 | 110
d 2 | G2602 | 纬一路以南 | 20010.0 | 商服用地 | ≤2.5 | ≤45% | ≥25% | 40 | 3100 | 620
"""),
    Layout(name="projects in numbered sections, the total on top", columns=[
        "序号 项目名称 建设单位 建设年限 总投资 2026年计划投资 责任单位"], units=[{"": "万元"}], text="""
m 2026年重点项目计划表
m  |  |  |  |  | 单位：万元 |
h 序号 | 项目名称 | 建设单位 | 建设年限 | 总投资 | 2026年计划投资 | 责任单位
t 合计（4项） |  |  |  | 1000 | 400 |
t 一 | 产业项目（2项） |  |  | 600 | 250 |
d 1 | 甲材料生产线 | 甲公司 | 2025-2027 | 400 | 150 | 工信局
d 2 | 乙药品生产线 | 乙公司 | 2026-2027 | 200 | 100 | 工信局
t 二 | 基础设施项目（2项） |  |  | 400 | 150 |
d 3 | 经十路 | 丙公司 | 2024-2026 | 100 | 50 | 住建局
d 4 | 污水处理厂 | 丁公司 | 2025-2028 | 300 | 100 | 住建局
"""),
    Layout(name="projects in sections without sums", columns=["序号 项目名称 建设单位 投资额"], units=[{"投资额": "亿元"}], text="""
m 项目表
h 序号 | 项目名称 | 建设单位 | 投资额（亿元）
s 一 | 工业项目 |  |
d 1 | 甲项目 | 甲公司 | 3.5
d 2 | 乙项目 | 乙公司 | 2.5
s 二 | 农业项目 |  |
d 3 | 丙项目 | 丙公司 | 1.5
"""),
    Layout(name="open data with machine names above the headings", columns=["XH_序号 QYMC_企业名称 ZCZB_注册资本 CLRQ_成立日期"],
           units=[{"ZCZB_注册资本": "万元"}], text="""
h XH | QYMC | ZCZB | CLRQ
h 序号 | 企业名称 | 注册资本（万元） | 成立日期
d 1 | 甲公司 | 100 | 2020/1/2
d 2 | 乙公司 | 200 | 2021/1/2
d 3 | 丙公司 | 300 | 2022/1/2
"""),
    Layout(name="two tables below each other", columns=["地区 企业数 从业人员", "行业 营业收入 利润总额"],
           units=[{"企业数": "个", "从业人员": "人"}, {"": "万元"}], text="""
m 表1 分地区企业情况
h 地区 | 企业数（个） | 从业人员（人）
d 秦川园区 | 12 | 1500
d 上川园区 | 8 | 900
t 合计 | 20 | 2400
f 注：不含个体工商户。
b
====
m 表2 分行业经营情况
m 单位：万元
h 行业 | 营业收入 | 利润总额
d 制造业 | 5000 | 300
d 建筑业 | 2000 | 100
t 合计 | 7000 | 400
f 资料来源：统计局
"""),
    Layout(name="continued on a second page", columns=["序号 单位名称 负责人 人数"], text="""
m 单位一览表
h 序号 | 单位名称 | 负责人 | 人数
d 1 | 甲单位 | 张三 | 10
d 2 | 乙单位 | 李四 | 20
b
m 续表
h 序号 | 单位名称 | 负责人 | 人数
d 3 | 丙单位 | 王五 | 30
d 4 | 丁单位 | 赵六 | 40
"""),
    Layout(name="columns numbered by letters and figures", columns=["指标名称 代码 本年 上年"], units=[{"": "千元"}], text="""
m 财务状况 | < | < | <
m 表号：F103表 |  |  | 计量单位：千元
m 制定机关：国家统计局 |  |  | 2025年
h 指标名称 | 代码 | 本年 | 上年
h 甲 | 乙 | 1 | 2
d 固定资产原价 | 01 | 500 | 480
d 本年折旧 | 02 | 30 | 28
d 资产总计 | 03 | 900 | 850
d 负债合计 | 04 | 400 | 390
f 单位负责人：张三 |  | 填表人：李四 | 报出日期：2026年3月5日
"""),
    Layout(name="a row of units below the headings", columns=["园区 企业数 产值 增速"], units=[{"企业数": "个", "产值": "万元", "增速": "%"}], text="""
m 园区情况
h 园区 | 企业数 | 产值 | 增速
h  | 个 | 万元 | %
d 甲园 | 10 | 100.5 | 3.1
d 乙园 | 20 | 200.5 | 4.1
"""),
    Layout(name="bare years as headings", columns=["指标 2021 2022 2023 2024"], text="""
h 指标 | 2021 | 2022 | 2023 | 2024
d 工业用电量（万千瓦时） | 100 | 110 | 120 | 130
d 货运量（万吨） | 50 | 51 | 52 | 53
"""),
    Layout(name="years below groups, the corner blank", columns=["第1列 人口_2023 人口_2024 就业_2023 就业_2024"], units=[{"": "万人"}], text="""
m 人口与就业
m 单位：万人
h  | 人口 | < | 就业 | <
h  | 2023 | 2024 | 2023 | 2024
d 新区 | 30.1 | 31.5 | 15.1 | 16.2
d 皋兰 | 12.5 | 12.4 | 6.0 | 5.9
d 永登 | 28.0 | 27.7 | 14.2 | 14.0
"""),
    Layout(name="subtotals nobody labelled", columns=["项目 数量 金额"], text="""
m 设备清单
h 项目 | 数量 | 金额
d 泵 | 2 | 20
d 阀 | 3 | 30
t  | 5 | 50
d 管 | 4 | 12
d 罐 | 1 | 88
t  | 5 | 100
t 合计 | 10 | 150
"""),
    Layout(name="months across", columns=["区域 1月 2月 3月 4月 5月 6月 7月 8月 9月 10月 11月 12月 全年"], units=[{"": "万吨"}], text="""
m 2025年各区供水量（万吨）
h 区域 | 1月 | 2月 | 3月 | 4月 | 5月 | 6月 | 7月 | 8月 | 9月 | 10月 | 11月 | 12月 | 全年
d 北区 | 1 | 1 | 1 | 1 | 1 | 1 | 1 | 1 | 1 | 1 | 1 | 1 | 12
d 南区 | 2 | 2 | 2 | 2 | 2 | 2 | 2 | 2 | 2 | 2 | 2 | 2 | 24
t 合计 | 3 | 3 | 3 | 3 | 3 | 3 | 3 | 3 | 3 | 3 | 3 | 3 | 36
"""),
    Layout(name="a list of one column", columns=["企业名称"], text="""
h 企业名称
d 甘肃甲新材料有限公司
d 兰州乙生物有限公司
d 兰州丙装备有限公司
d 兰州丁能源有限公司
"""),
    Layout(name="groups merged downwards with subtotals beside", columns=["地区 单位 人数 工资总额"], units=[{"人数": "人", "工资总额": "万元"}], text="""
m 工资统计
h 地区 | 单位 | 人数（人） | 工资总额（万元）
d 新区 | 甲局 | 10 | 100
d ^ | 乙局 | 20 | 200
t 新区 | 小计 | 30 | 300
d 皋兰 | 丙局 | 5 | 50
d ^ | 丁局 | 6 | 60
t 皋兰 | 小计 | 11 | 110
t 总计 |  | 41 | 410
"""),
    Layout(name="budget execution with shares", columns=["科目 预算数 累计执行数 为预算的% 比上年增减%"], units=[{"": "万元", "为预算的%": "%", "比上年增减%": "%"}],
           levels={5: 1, 6: 1, 8: 1}, text="""
m 2026年1-9月一般公共预算收入执行情况
m 单位：万元
h 科  目 | 预算数 | 累计执行数 | 为预算的% | 比上年增减%
d 税收收入 | 500 | 400 | 80.0 | 5.5
d 　增值税 | 300 | 250 | 83.3 | 6.1
d 　企业所得税 | 200 | 150 | 75.0 | 4.4
d 非税收入 | 100 | 90 | 90.0 | -3.0
d 　专项收入 | 100 | 90 | 90.0 | -3.0
t 合  计 | 600 | 490 | 81.7 | 3.9
"""),
    Layout(name="prices with ranges", columns=["品名 规格 单位 最低价 最高价 平均价 涨跌"], text="""
m 主要农产品价格监测表
m 监测日期：2026年11月2日
h 品名 | 规格 | 单位 | 最低价 | 最高价 | 平均价 | 涨跌
d 大白菜 | 新鲜 | 元/公斤 | 0.8 | 1.4 | 1.1 | 持平
d 土豆 | 一级 | 元/公斤 | 2.50-4.00 | 4.2 | 3.5 | 0.1
d 猪肉 | 精瘦肉 | 元/公斤 | 24 | 30 | 27 | -0.5
f 注：价格为批发市场成交价。
"""),
    Layout(name="crops set in level by level", columns=["指标 面积 产量"], units=[{"面积": "公顷", "产量": "吨"}],
           levels={4: 1, 5: 2, 6: 2, 7: 1}, text="""
m 农作物播种面积和产量
h 指　　标 | 面积（公顷） | 产量（吨）
d 粮食作物 | 300 | 1500
d 　谷　物 | 200 | 1200
d 　　小　麦 | 120 | 700
d 　　玉　米 | 80 | 500
d 　豆　类 | 100 | 300
d 油　料 | 50 | 90
"""),
    Layout(name="hospitals with telephone numbers", columns=["序号 医院名称 等级 地址 联系电话 床位数"], text="""
m 兰州新区医疗机构名录
h 序号 | 医院名称 | 等级 | 地址 | 联系电话 | 床位数
d 1 | 新区第一人民医院 | 三级甲等 | 中川镇某路1号 | 0931-8251234 | 800
d 2 | 新区中医院 | 二级甲等 | 秦川镇某路2号 | 0931-8255678 | 300
d 3 | 上川镇卫生院 | 一级 | 上川镇 | 09318250001 | 50
"""),
    Layout(name="expenditure by function code", columns=[
        "科目编码_类 科目编码_款 科目编码_项 科目名称 合计 基本支出 项目支出"], units=[{"": "万元"}], text="""
m 支出预算总表
m 编制单位：科技局 |  |  |  |  |  | 单位：万元
h 科目编码 | < | < | 科目名称 | 合计 | 基本支出 | 项目支出
h 类 | 款 | 项 | ^ | ^ | ^ | ^
t  |  |  | 合计 | 300 | 100 | 200
d 206 |  |  | 科学技术支出 | 250 | 80 | 170
d 206 | 01 |  | 科学技术管理事务 | 80 | 80 | 0
d 206 | 01 | 01 | 行政运行 | 80 | 80 | 0
d 206 | 04 |  | 技术研究与开发 | 170 | 0 | 170
d 208 |  |  | 社会保障和就业支出 | 50 | 20 | 30
"""),
    Layout(name="performance targets in words", columns=["一级指标 二级指标 三级指标 指标值"], text="""
m 项目绩效目标表
h 一级指标 | 二级指标 | 三级指标 | 指标值
d 产出指标 | 数量指标 | 支持中试项目数 | ≥5个
d ^ | 质量指标 | 验收合格率 | 达到95%以上
d ^ | 时效指标 | 完成时间 | 2026年12月底前
d 效益指标 | 经济效益 | 带动产值 | 约3000万元
d ^ | 社会效益 | 新增就业 | ≥100人
"""),
    Layout(name="schools with a total and its part", columns=["学校类别 学校数 毕业生数_合计 毕业生数_其中:女 在校学生数_合计 在校学生数_其中:女"],
           units=[{"学校数": "所", "毕业生数_合计": "人", "毕业生数_其中:女": "人", "在校学生数_合计": "人", "在校学生数_其中:女": "人"}], text="""
m 各级各类学校基本情况
h 学校类别 | 学校数（所） | 毕业生数（人） | < | 在校学生数（人） | <
h ^ | ^ | 合计 | 其中:女 | 合计 | 其中:女
t 总　计 | 30 | 1000 | 480 | 5000 | 2400
d 普通高校 | 2 | 400 | 190 | 2000 | 950
d 中等学校 | 8 | 300 | 150 | 1500 | 750
d 小学 | 20 | 300 | 140 | 1500 | 700
f 资料来源：教育局
f 注：1.不含成人教育。
f 2.女生为其中数。
"""),
    Layout(name="places across", columns=["项目 皋兰县 永登县 榆中县"], text="""
h 项目 | 皋兰县 | 永登县 | 榆中县
d 常住人口（万人） | 12.5 | 28.0 | 45.1
d 生产总值（亿元） | 80.1 | 120.2 | 200.3
d 县城面积（平方公里） | 12 | 15 | 20
"""),
    Layout(name="trade by country", columns=["国别(地区) 出口_金额 出口_同比 进口_金额 进口_同比"],
           units=[{"": "万美元", "出口_同比": "%", "进口_同比": "%"}], text="""
m 对主要国家（地区）进出口情况
m  |  |  |  | 单位：万美元
h 国别（地区） | 出口 | < | 进口 | <
h ^ | 金额 | 同比（%） | 金额 | 同比（%）
t 总计 | 600 | 5.1 | 300 | -1.2
d 哈萨克斯坦 | 300 | 8.1 | 200 | 3.3
d 德国 | 200 | -2.4 | 50 | -5.5
d 日本 | 100 | … | 50 | …
"""),
    Layout(name="notes in several lines after a gap", columns=["年份 专利申请量 专利授权量"], units=[{"": "件"}], text="""
m 专利申请与授权
m （单位：件）
h 年份 | 专利申请量 | 专利授权量
d 2023年 | 1000 | 600
d 2024年 | 1100 | 650
d 2025年 | 1200 | 700
b
f 注：1.申请量为受理数。
f 　　2.授权量含发明、实用新型和外观设计。
f * 2025年为快报数。
f 数据来源：市场监管局
"""),
    Layout(name="hidden rows among the data", columns=["编号 名称 金额"], forms=["xlsx"], text="""
m 台账
h 编号 | 名称 | 金额
d A1 | 甲 | 1
x A2 | 乙 | 2
d A3 | 丙 | 3
"""),
    Layout(name="blank columns and rows behind", columns=["编号 名称 数量"], text="""
h 编号 | 名称 | 数量 |  |  |
d A1 | 甲 | 1 |  |  |
d A2 | 乙 | 2 |  |  |
b
b
"""),
    Layout(name="equal headings", columns=["合同编号 金额 备注 金额_2 备注_2"], text="""
h 合同编号 | 金额 | 备注 | 金额 | 备注
d HT-1 | 10 | 首付 | 20 | 尾款
d HT-2 | 11 |  | 21 | 尾款
"""),
    Layout(name="sections in words inside figures", columns=["项目 企业数 营业收入"], units=[{"企业数": "个", "营业收入": "亿元"}], text="""
m 规模以上工业企业主要指标
h 项目 | 企业数（个） | 营业收入（亿元）
t 总计 | 100 | 500
s 按登记注册类型分
d 内资企业 | 90 | 400
d 外商投资企业 | 10 | 100
s 按企业规模分
d 大型企业 | 20 | 350
d 中小微企业 | 80 | 150
"""),
    Layout(name="an annex number, a title and two units", columns=["单位 收入 增幅"], units=[{"": "万元", "增幅": "%"}], text="""
m 附件2 |  | 第1页
b
m 各单位收入情况表
m 单位：万元、%
h 单位 | 收入 | 增幅（%）
d 甲局 | 100 | 3
d 乙局 | 200 | 4
d 丙局 | 300 | 5
"""),
    Layout(name="quarters across in two years", columns=["行业 2025年_一季度 2025年_上半年 2026年_一季度 2026年_上半年"], units=[{"": "亿元"}], text="""
m 分行业增加值
m 单位:亿元
h 行业 | 2025年 | < | 2026年 | <
h ^ | 一季度 | 上半年 | 一季度 | 上半年
d 工业 | 10 | 21 | 11 | 23
d 建筑业 | 3 | 7 | 3.5 | 7.5
"""),
    Layout(name="dates as headings", columns=["品种 2026-01 2026-02 2026-03"], text="""
h 品种 | 2026-01 | 2026-02 | 2026-03
d 铜 | 70.1 | 71.2 | 72.3
d 铝 | 18.1 | 18.2 | 18.3
"""),
    Layout(name="ranking with growth rates", columns=["地区 增速 位次"], units=[{"增速": "%"}], text="""
m 各市州经济增速
h 地区 | 增速（%） | 位次
d 兰州市 | 5.1 | 3
d 嘉峪关市 | 6.2 | 1
d 金昌市 | 5.8 | 2
d 白银市 | 4.9 | 4
"""),
    Layout(name="page totals and a signature line", columns=["序号 姓名 单位 补贴金额"], units=[{"": "元"}], text="""
m 高层次人才补贴发放表（2026年10月）
m 填报单位：人社局 |  |  | 单位：元
h 序号 | 姓  名 | 单  位 | 补贴金额
d 1 | 甲某 | 甲公司 | 3000
d 2 | 乙某 | 乙公司 | 5000
t 本页小计 |  |  | 8000
d 3 | 丙某 | 丙公司 | 2000
t 本页小计 |  |  | 2000
t 合计 |  |  | 10000
f 制表：王某 | 审核：李某 |  | 签章
f 联系电话：0931-8250000
"""),
    Layout(name="a form with its number and office", columns=["行业名称 代码 能源消费量 电力消费量"],
           units=[{"能源消费量": "吨标准煤", "电力消费量": "万千瓦时"}], text="""
m 能源消费情况
m 表    号：P305-2表
m 制定机关：国家统计局
m 文    号：国统字〔2025〕101号
m 综合机关名称：兰州新区统计局 | 2025年 |  | 有效期至：2026年6月
h 行业名称 | 代码 | 能源消费量（吨标准煤） | 电力消费量（万千瓦时）
d 采矿业 | B | 1000 | 50
d 制造业 | C | 20000 | 800
d 建筑业 | E | 300 | 20
t 总计 |  | 21300 | 870
"""),
    Layout(name="the same table for two places", columns=["产品 产量 销量", "产品 产量 销量"], units=[{"": "吨"}, {"": "吨"}], text="""
m 甲园区产品情况（单位：吨）
h 产品 | 产量 | 销量
d 钢 | 10 | 9
d 铝 | 20 | 18
b
====
m 乙园区产品情况（单位：吨）
h 产品 | 产量 | 销量
d 钢 | 30 | 29
d 铝 | 40 | 38
"""),
    Layout(name="codes of eighteen to twenty-one digits", columns=["项目代码 不动产单元号 面积 是否出租"], units=[{"面积": "平方米"}], text="""
m 资产清单
h 项目代码 | 不动产单元号 | 面积（平方米） | 是否出租
d 2405-620100-04-01-123456 | 620171001001GB00001 | 100.5 | 是
d 202405620100040112345 | 620171001001GB00002 | 200.5 | 否
d 000123456789012345 | 620171001001GB00003 | 300.5 | 否
"""),
]
