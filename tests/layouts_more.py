"""More tables as offices lay them out: written after the reader and before it saw them, so that it is not fitted to the first."""

from __future__ import annotations

from layouts import Layout

LAYOUTS = [
    Layout(name="export of the national data site", columns=["指标 2023年 2022年 2021年"], text="""
m 数据库：年度数据
m 时间：最近3年
h 指标 | 2023年 | 2022年 | 2021年
d 国民总收入(亿元) | 1284308.3 | 1191767.1 | 1141230.8
d 国内生产总值(亿元) | 1294271.7 | 1204724.0 | 1149237.0
d 人均国内生产总值(元) | 91746 | 85310 | 81370
f 注：1.1980年以后国民总收入与国内生产总值的差额为国外净要素收入。
f 数据来源：国家统计局
"""),
    Layout(name="regions with their English name in the last column", columns=["地区 总人口 男 女 Region"], units=[{"": "万人"}], text="""
m 4-2 各地区人口
m Population by Region
m 单位：万人 |  |  |  | (10 000 persons)
h 地  区 | 总人口 | 男 | 女 | Region
t 全  国 | 6600 | 3400 | 3200 | National Total
d 北  京 | 2200 | 1100 | 1100 | Beijing
d 天  津 | 1400 | 700 | 700 | Tianjin
d 河  北 | 3000 | 1600 | 1400 | Hebei
"""),
    Layout(name="English headings broken over rows", columns=[
        "地区_Region 从业人员_NumberofPersons_Employed 工资总额_TotalWage_Bill"], units=[{"": "亿元"}], text="""
m 单位：亿元
h 地区 | 从业人员 | 工资总额
h Region | Number of Persons | Total Wage
h  | Employed | Bill
d 兰州 | 100 | 20.5
d 白银 | 50 | 10.1
d 天水 | 60 | 11.3
"""),
    Layout(name="procurement plans with essays", columns=["序号 采购项目名称 采购需求概况 预算金额 预计采购时间 备注"],
           units=[{"预算金额": "万元"}], text="""
m 兰州新区科技局2026年11月政府采购意向
m 为便于供应商及时了解政府采购信息，根据《财政部关于开展政府采购意向公开工作的通知》等有关规定，现将采购意向公开如下：
h 序号 | 采购项目名称 | 采购需求概况 | 预算金额（万元） | 预计采购时间 | 备注
d 1 | 中试平台检测设备 | 采购检测设备一批，包括光谱仪、色谱仪、显微镜等，用于中试平台建设，须满足国家有关标准，交货期三个月，质保三年，含安装调试培训 | 350 | 2026年12月 |
d 2 | 数据看板运维 | 运维服务一年 | 30.5 | 2027年1月 | 服务类
"""),
    Layout(name="a day below the title and a unit in words", columns=["债务类别 限额 余额"], units=[{"": "万元"}], text="""
m 政府债务限额及余额表
m （截至2026年9月30日）
m 金额单位：人民币万元
h 债务类别 | 限额 | 余额
d 一般债务 | 1000 | 900
d 专项债务 | 3000 | 2500
t 合计 | 4000 | 3400
"""),
    Layout(name="numbered parts with figures of their own", columns=["指标名称 计量单位 本期 同期 增减%"], units=[{"增减%": "%"}],
           levels={5: 1, 6: 1, 9: 1}, text="""
m 工业能源购进与消费
m 2026年1-9月
h 指标名称 | 计量单位 | 本期 | 同期 | 增减%
d 一、综合能源消费量 | 吨标准煤 | 5000 | 4800 | 4.2
d 　其中：原煤 | 吨 | 3000 | 3100 | -3.2
d 　　　　天然气 | 万立方米 | 20 | 15 | 33.3
d 二、电力 | 万千瓦时 | 800 | 790 | 1.3
d 三、工业总产值 | 万元 | 90000 | 88000 | 2.3
d 　其中：新产品 | 万元 | 10000 | 9000 | 11.1
"""),
    Layout(name="units for some columns only", columns=["路线编号 路线名称 里程 技术等级 造价"], units=[{"里程": "公里", "造价": "万元"}], text="""
m 农村公路项目
h 路线编号 | 路线名称 | 里程 | 技术等级 | 造价
h  |  | （公里） |  | （万元）
d X101 | 中秦路 | 12.5 | 三级 | 1500
d Y202 | 上西路 | 5.2 | 四级 | 400
"""),
    Layout(name="months as bare numbers", columns=["站名 1 2 3 4 5 6 7 8 9 10 11 12 全年"], units=[{"": "毫米"}], text="""
m 2025年各站降水量
m 单位：毫米
h 站名 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12 | 全年
d 中川 | 1.1 | 2.2 | 5.0 | 10 | 30 | 40 | 60 | 70 | 35 | 20 | 3 | 1 | 277.3
d 皋兰 | 1.0 | 2.0 | 6.0 | 11 | 31 | 41 | 61 | 69 | 36 | 19 | 2 | 1 | 280
"""),
    Layout(name="admission tickets and absent marks", columns=["准考证号 姓名 报考职位 笔试成绩 面试成绩 总成绩 名次 备注"], text="""
m 公开招聘综合成绩表
h 准考证号 | 姓名 | 报考职位 | 笔试成绩 | 面试成绩 | 总成绩 | 名次 | 备注
d 2026110100123 | 王某某 | 综合管理 | 72.5 | 83.2 | 76.78 | 1 |
d 2026110100124 | 李某某 | 综合管理 | 70 | 82 | 74.8 | 2 |
d 2026110100125 | 赵某某 | 综合管理 | 69 | — | — | — | 缺考
"""),
    Layout(name="four levels of headings", columns=[
        "地区 常住人口_合计 常住人口_按性别分_男 常住人口_按性别分_女 常住人口_按城乡分_城镇_人数 常住人口_按城乡分_城镇_比重"],
        units=[{"": "人", "常住人口_按城乡分_城镇_比重": "%"}], text="""
m 人口普查主要数据 | < | < | < | < | <
m  |  |  |  |  | 单位：人
h 地区 | 常住人口 | < | < | < | <
h ^ | 合计 | 按性别分 | < | 按城乡分 | <
h ^ | ^ | 男 | 女 | 城镇 | <
h ^ | ^ | ^ | ^ | 人数 | 比重（%）
d 中川镇 | 30000 | 16000 | 14000 | 20000 | 66.7
d 秦川镇 | 20000 | 10500 | 9500 | 8000 | 40
"""),
    Layout(name="a total merged over two columns", columns=["类别 项目 数量 金额"], units=[{"金额": "万元"}], text="""
m 科技项目汇总
h 类别 | 项目 | 数量 | 金额（万元）
d 省级 | 重点研发 | 3 | 150
d ^ | 自然基金 | 5 | 50
d 市级 | 科技计划 | 4 | 40
t 合计 | < | 12 | 240
"""),
    Layout(name="serials of two levels", columns=["序号 任务 牵头单位 完成时限"], text="""
m 重点任务分解表
h 序号 | 任务 | 牵头单位 | 完成时限
s 一、平台建设
d 1 | 建设中试平台 | 科技局 | 2026年6月
d 2 | 建设公共技术平台 | 工信局 | 2026年12月
s 二、人才引育
d 3 | 引进高层次人才 | 人社局 | 2027年3月
d 4 | 培养技术经理人 | 科技局 | 长期
"""),
    Layout(name="two tables beside each other", columns=["指标 数值", "指标 数值"], text="""
m 表一 产出 |  |  | 表二 投入
h 指标 | 数值 |  | 指标 | 数值
d 专利 | 10 |  | 经费 | 300
d 论文 | 20 |  | 人员 | 40
d 标准 | 2 |  | 设备 | 15
==== side
""", forms=[]),
    Layout(name="a list folded into two halves", columns=["序号 姓名 得分 序号_2 姓名_2 得分_2"], text="""
m 评审得分表
h 序号 | 姓名 | 得分 | 序号 | 姓名 | 得分
d 1 | 甲某 | 90 | 4 | 丁某 | 85
d 2 | 乙某 | 88 | 5 | 戊某 | 80
d 3 | 丙某 | 87 | 6 | 己某 | 79
"""),
    Layout(name="letters and figures over a form", columns=["项目 单位 代码 本年实际 上年实际"], text="""
m 研究与试验发展活动情况
m 表号：107-2表
m 组织机构代码：□□□□□□□□－□ |  |  |  | 2025年
h 项目 | 单位 | 代码 | 本年实际 | 上年实际
h 甲 | 乙 | 丙 | 1 | 2
s 一、人员情况
d 研发人员合计 | 人 | 1 | 50 | 45
d 　其中：女性 | 人 | 2 | 20 | 18
s 二、经费情况
d 研发经费支出合计 | 千元 | 3 | 8000 | 7000
d 　其中：人员劳务费 | 千元 | 4 | 3000 | 2800
f 单位负责人：　　统计负责人：　　填表人：　　联系电话：　　报出日期：20　年　月　日
f 说明：1.统计范围：规模以上工业法人单位。
f 2.报送日期：次年3月10日。
""", levels={8: 1, 11: 1}),
    Layout(name="three columns of words under a title", columns=["姓名 职务 联系单位"], text="""
m 附件3
m 专家组名单
h 姓名 | 职务 | 联系单位
d 甲某 | 组长 | 某大学
d 乙某 | 副组长 | 某研究所
d 丙某 | 成员 | 某公司
"""),
    Layout(name="firms in groups with gaps", columns=["企业名称 从业人数 营业收入"], units=[{"营业收入": "万元"}], text="""
m 分园区企业情况
h 企业名称 | 从业人数 | 营业收入（万元）
s 秦川园区
d 甲公司 | 100 | 5000
d 乙公司 | 50 | 2000
b
s 上川园区
d 丙公司 | 30 | 800
d 丁公司 | 60 | 1500
b
t 总计 | 240 | 9300
"""),
    Layout(name="growth rates, the nation on top", columns=["地区 一季度 上半年 前三季度 全年"], units=[{"": "%"}], text="""
m 各地区生产总值增速
m 单位：%
h 地区 | 一季度 | 上半年 | 前三季度 | 全年
t 全  国 | 5.3 | 5.0 | 4.8 | 5.0
d 北京 | 6.0 | 5.4 | 5.1 | 5.2
d 天津 | 5.8 | 4.9 | 4.7 | 5.1
d 河北 | 5.6 | 5.0 | 5.0 | 5.4
d 山西 | 3.9 | 1.9 | 2.1 | 2.3
d 内蒙古 | 6.2 | 6.2 | 5.8 | 5.8
d 辽宁 | 5.4 | 5.0 | 4.9 | 5.1
d 吉林 | 6.5 | 5.7 | 5.0 | 4.3
d 黑龙江 | 2.4 | 1.5 | 2.3 | 3.2
d 上海 | 5.0 | 4.8 | 4.7 | 5.0
d 江苏 | 6.2 | 5.8 | 5.7 | 5.8
"""),
    Layout(name="cities in English", columns=["City GDP Population"], text="""
h City | GDP | Population
d Lanzhou | 3742 | 442
d Baiyin | 700 | 150
d Tianshui | 900 | 290
"""),
    Layout(name="months down and the year's sum", columns=["月份 进站人数 出站人数"], units=[{"进站人数": "人次", "出站人数": "人次"}], text="""
m 客流统计
h 月份 | 进站人数（人次） | 出站人数（人次）
d 1月 | 100 | 90
d 2月 | 200 | 180
d 3月 | 300 | 310
t 累计 | 600 | 580
"""),
    Layout(name="two tables with a title between and no gap", columns=["年份 出生率 死亡率", "年份 粮食 油料"],
           units=[{"": "‰"}, {"": "吨"}], text="""
m 人口变动（单位：‰）
h 年份 | 出生率 | 死亡率
d 2023 | 8.1 | 6.5
d 2024 | 8.0 | 6.7
d 2025 | 7.7 | 6.9
====
m 主要农产品产量（单位：吨）
h 年份 | 粮食 | 油料
d 2023 | 1000 | 90
d 2024 | 1100 | 95
d 2025 | 1150 | 97
"""),
    Layout(name="several units in one line", columns=["行业 企业数 营业收入 从业人员"], units=[{"": "万元"}], text="""
m 单位：户、万元、人
h 行业 | 企业数 | 营业收入 | 从业人员
d 制造业 | 10 | 5000 | 800
d 建筑业 | 5 | 2000 | 300
d 批发业 | 8 | 1000 | 60
"""),
    Layout(name="sums written over the column numbers", columns=["部门 预算数 执行数 执行率"], units=[{"": "万元", "执行率": "%"}], text="""
m 预算执行情况
m 编制部门：财政局 |  |  | 单位：万元
h 部门 | 预算数 | 执行数 | 执行率（%）
h 栏次 | 1 | 2 | 3=2/1
d 科技局 | 100 | 90 | 90
d 教育局 | 200 | 150 | 75
t 合计 | 300 | 240 | 80
"""),
    Layout(name="places against years in the corner", columns=["年份\\地区 城关区 七里河区 西固区"], text="""
h 年份\\地区 | 城关区 | 七里河区 | 西固区
d 2023 | 100.1 | 90.2 | 80.3
d 2024 | 101.1 | 91.2 | 81.3
"""),
    Layout(name="a total for each section", columns=["序号 单位 金额"], units=[{"": "元"}], text="""
m 拨款明细（单位：元）
h 序号 | 单位 | 金额
s 一、区属单位
d 1 | 甲校 | 1000
d 2 | 乙校 | 2000
t 小计 |  | 3000
s 二、镇属单位
d 1 | 丙校 | 500
d 2 | 丁校 | 700
t 小计 |  | 1200
t 总计 |  | 4200
"""),
    Layout(name="agency and month on one line", columns=["地区 企业家数 用电量"], units=[{"用电量": "万千瓦时"}], text="""
m 企业用电情况
m 发改局 |  | 2026年9月
h 地区 | 企业家数 | 用电量（万千瓦时）
d 秦川 | 120 | 5000
d 中川 | 80 | 3000
"""),
    Layout(name="emergency shelters from an open-data site", columns=["名称 地址 面积 可容纳人数 经度 纬度 联系电话"],
           units=[{"面积": "平方米"}], text="""
h 名称 | 地址 | 面积（平方米） | 可容纳人数 | 经度 | 纬度 | 联系电话 |
d 中心广场 | 纬三路 | 20000 | 5000 | 103.65 | 36.53 | 0931-8251111 |
d 体育公园 | 经七路 | 50000 | 12000 | 103.66 | 36.54 | 无 |
d 第一中学 | 纬五路 | 12000 | 3000 | 103.67 | 36.55 | 0931-8252222 |
"""),
    Layout(name="the list of a licence office with blanks", columns=["许可证编号 企业名称 发证日期 有效期至 许可范围"], text="""
h 许可证编号 | 企业名称 | 发证日期 | 有效期至 | 许可范围
d 甘兰1234 | 甲公司 | 2024-01-05 | 2029-01-04 | 乙类
d 甘兰1235 | 乙公司 | 2024-02-05 | 2029-02-04 |
d 甘兰1236 | 丙公司 | 2024-03-05 | 2029-03-04 | 甲类
"""),
    Layout(name="income and growth by town and country", columns=[
        "指标 全体居民_绝对数 全体居民_增速 城镇居民_绝对数 城镇居民_增速 农村居民_绝对数 农村居民_增速"],
        units=[{"全体居民_绝对数": "元", "全体居民_增速": "%", "城镇居民_绝对数": "元", "城镇居民_增速": "%", "农村居民_绝对数": "元", "农村居民_增速": "%"}],
        levels={5: 1, 6: 1}, text="""
m 居民收支情况
h 指标 | 全体居民 | < | 城镇居民 | < | 农村居民 | <
h ^ | 绝对数（元） | 增速（%） | 绝对数（元） | 增速（%） | 绝对数（元） | 增速（%）
d 人均可支配收入 | 26000 | 6.1 | 42000 | 4.8 | 14000 | 7.5
d 　工资性收入 | 15000 | 6.0 | 28000 | 4.9 | 5000 | 8.0
d 　经营净收入 | 4000 | 5.0 | 3000 | 4.0 | 6000 | 6.0
d 人均消费支出 | 18000 | 7.1 | 27000 | 6.2 | 12000 | 8.8
"""),
    Layout(name="rows that only say nothing is known", columns=["企业 一月 二月 三月"], text="""
h 企业 | 一月 | 二月 | 三月
d 甲 | — | — | —
d 乙 | 10 | 11 | 12
d 丙 | 停产 | 停产 | 20
d 丁 | 5 | … | 6
"""),
]
LAYOUTS = [each for each in LAYOUTS if each.forms]
