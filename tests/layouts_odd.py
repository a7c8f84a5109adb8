"""A third lot of tables, odder ones, again written before the reader saw them."""

from __future__ import annotations

from layouts import Layout

LAYOUTS = [
    Layout(name="merged notes below a total", columns=["编号 名称 金额"], text="""
m 经费表 | < | <
h 编号 | 名称 | 金额
d A1 | 甲 | 10
d A2 | 乙 | 20
t 合计 | | 30
f 本表一式三份，一份存档 | < | <
f 经办人 | < | <
""", forms=["xlsx", "csv"]),
    Layout(name="lines of one item without serial and name", columns=["序号 单位 联系人 电话"], text="""
m 通讯录
h 序号 | 单位 | 联系人 | 电话
d 1 | 科技局 | 甲某 | 0931-1111111
d  |  | 乙某 | 0931-2222222
d 2 | 工信局 | 丙某 | 0931-3333333
d  |  | 丁某 | 0931-4444444
"""),
    Layout(name="continued with other columns", columns=["地区 生产总值 第一产业", "地区 第二产业 第三产业"],
           units=[{"": "亿元"}, {"": "亿元"}], text="""
m 表2-5 各区生产总值
m  |  | 单位：亿元
h 地区 | 生产总值 | 第一产业
d 甲区 | 100.1 | 5.1
d 乙区 | 200.2 | 6.2
b
====
m 续表
m  |  | 单位：亿元
h 地区 | 第二产业 | 第三产业
d 甲区 | 50.5 | 44.5
d 乙区 | 90.5 | 103.5
"""),
    Layout(name="prices in a communiqué", columns=["指标 全市 城市 农村"], units=[{"": "%"}], levels={5: 1, 6: 1}, text="""
m 表1 2025年居民消费价格比上年涨跌幅度
m 单位：%
h 指  标 | 全市 | 城市 | 农村
d 居民消费价格 | 0.2 | 0.2 | 0.3
d 　其中：食品烟酒 | -0.1 | -0.2 | 0.1
d 　　　　衣着 | 1.4 | 1.5 | 0.9
d 服务价格 | 0.7 | 0.7 | 0.6
"""),
    Layout(name="instructions above the header", columns=["序号 企业名称 产值 备注"], units=[{"产值": "万元", "": "万元"}], text="""
m 附件1：
m 企业产值调查表
m 填表说明：1.本表由企业填报，请于每月5日前报送至园区管委会经济发展局，逾期不报视为放弃。
m 2.产值按当年价格计算，单位为万元，保留两位小数。
m 填报单位（盖章）：秦川园区 |  | 填报日期：2026年10月8日
h 序号 | 企业名称 | 产值（万元） | 备注
d 1 | 甲公司 | 1200.5 |
d 2 | 乙公司 | 800.25 | 新投产
"""),
    Layout(name="headings written out in every cell", columns=["序号 项目 预算_上年 预算_本年 备注"], text="""
h 序号 | 项目 | 预算 | 预算 | 备注
h 序号 | 项目 | 上年 | 本年 | 备注
d 1 | 办公费 | 10 | 12 |
d 2 | 差旅费 | 20 | 18 |
"""),
    Layout(name="groups written out in every cell", columns=["收入_项目 收入_金额 支出_项目 支出_金额"], text="""
h 收入 | 收入 | 支出 | 支出
h 项目 | 金额 | 项目 | 金额
d 税收 | 100 | 教育 | 60
d 非税 | 50 | 科技 | 90
"""),
    Layout(name="one long heading", columns=[
        "序号 事项 是否涉及个人信息处理活动或者向境外提供数据以及重要数据识别申报情况如涉及请在备注栏逐项说明数据类型规模用途及安全措施 备注"], text="""
h 序号 | 事项 | 是否涉及个人信息处理活动或者向境外提供数据以及重要数据识别申报情况如涉及请在备注栏逐项说明数据类型规模用途及安全措施 | 备注
d 1 | 系统甲 | 否 |
d 2 | 系统乙 | 是 | 已备案
"""),
    Layout(name="the first row of figures is words", columns=["企业 一月 二月 三月"], text="""
h 企业 | 一月 | 二月 | 三月
d 甲 | 停产 | 停产 | 停产
d 乙 | 10 | 11 | 12
d 丙 | 13 | 14 | 20
"""),
    Layout(name="ages and sparse figures", columns=["年龄 合计 男 女"], units=[{"": "人"}], text="""
m 分年龄人口
m 单位：人
h 年龄 | 合计 | 男 | 女
t 总计 | 1000 | 520 | 480
d 0-14岁 | 200 | 110 | 90
d 15-59岁 | 600 | 310 | 290
d 60岁及以上 | 200 | 100 | 100
d 不详 |  |  |
"""),
    Layout(name="units named first, then a unit above", columns=["单位名称 编制数 实有人数 财政拨款"], units=[{"": "万元"}], text="""
m 事业单位基本情况表
m 主管部门：科技局 |  |  | 单位：万元
h 单位名称 | 编制数 | 实有人数 | 财政拨款
d 生产力促进中心 | 20 | 18 | 300.5
d 技术市场 | 10 | 9 | 150.2
t 合  计 | 30 | 27 | 450.7
"""),
    Layout(name="many commas behind every line", columns=["企业名称 注册资本 法定代表人"], units=[{"注册资本": "万元"}], forms=["csv"], text="""
m 企业名录 |  |  |  |  |  |  |  |  |
h 企业名称 | 注册资本(万元) | 法定代表人 |  |  |  |  |  |  |
d 甲公司 | 100 | 张某 |  |  |  |  |  |  |
d 乙公司 | 2000 | 李某 |  |  |  |  |  |  |
b  |  |  |  |  |  |  |  |  |
"""),
    Layout(name="cumulated months and ranks", columns=["县区 2026年1-9月_总量 2026年1-9月_增长 2026年1-9月_排位 2025年1-9月_总量 2025年1-9月_增长 2025年1-9月_排位"],
           units=[{"2026年1-9月_总量": "亿元", "2026年1-9月_增长": "%", "2025年1-9月_总量": "亿元", "2025年1-9月_增长": "%"}], text="""
m 固定资产投资分县区完成情况
h 县区 | 2026年1-9月 | < | < | 2025年1-9月 | < | <
h ^ | 总量(亿元) | 增长(%) | 排位 | 总量(亿元) | 增长(%) | 排位
t 全市 | 90.5 | 3.3 |  | 88.1 | 4.1 |
d 甲县 | 40.2 | 5.5 | 1 | 39.0 | 4.0 | 2
d 乙县 | 50.3 | 1.1 | 2 | 49.1 | 4.2 | 1
"""),
    Layout(name="a lone 其中 among figures", columns=["项目 金额"], units=[{"": "万元"}], text="""
m 资金来源（单位：万元）
h 项目 | 金额
d 本年资金来源合计 | 500
s 其中：
d 国家预算资金 | 200
d 国内贷款 | 100
d 自筹资金 | 200
""", forms=[]),
    Layout(name="two tables beside each other", columns=["指标 数值", "指标 数值"], text="""
m 表一 产出 |  |  | 表二 投入 |
h 指标 | 数值 |  | 指标 | 数值
d 专利 | 10 |  | 经费 | 300
d 论文 | 20 |  | 人员 | 40
d 标准 | 2 |  | 设备 | 15
""", forms=[]),
    Layout(name="three tables under each other", columns=["产业 投资", "产业 用地", "产业 用工"],
           units=[{"投资": "万元"}, {"用地": "亩"}, {"用工": "人"}], text="""
m 一、投资情况
h 产业 | 投资（万元）
d 新材料 | 100
d 生物 | 200
b
====
m 二、用地情况
h 产业 | 用地（亩）
d 新材料 | 10
d 生物 | 20
b
====
m 三、用工情况
h 产业 | 用工（人）
d 新材料 | 11
d 生物 | 22
"""),
    Layout(name="a figure like a year below a gap", columns=["名称 用电量 备注"], text="""
h 名称 | 用电量 | 备注
s 一、甲类 |  |
d 甲 | 4970 | 续建
b
d 乙 | 65535 |
d 丙 | 5823 | 续建
t  | 76328 |
s 二、乙类 |  |
d 丁 | 34538 |
b
d 戊 | 1994 | 续建
d 己 | 100 |
d 庚 | 17082 | 续建
t  | 53714 |
"""),
    Layout(name="figures with thousands and signs", columns=["项目 金额 比例"], units=[{"金额": "元"}], text="""
m 支出明细
h 项目 | 金额（元） | 比例
d 人员费 | 1,234,567.89 | 61.73%
d 公用费 | 765,432.11 | 38.27%
t 合计 | 2,000,000.00 | 100.00%
"""),
    Layout(name="sheet that begins in the second column", columns=["序号 项目 数量"], text="""
b
m  | 物资清单
h  | 序号 | 项目 | 数量
d  | 1 | 帐篷 | 10
d  | 2 | 棉被 | 200
t  | 合计 |  | 210
""", forms=[]),
    Layout(name="companies and their stock codes", columns=["股票代码 公司简称 总股本 上市日期"], units=[{"总股本": "亿股"}], text="""
h 股票代码 | 公司简称 | 总股本（亿股） | 上市日期
d 000552 | 甲能源 | 53.5 | 1994-01-06
d 600108 | 亚盛 | 19.47 | 1997-08-18
d 002185 | 华天 | 32.04 | 2007-11-20
"""),
]
LAYOUTS = [each for each in LAYOUTS if each.forms]
