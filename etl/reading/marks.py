"""The words by which rows that are no data are known: totals, notes, signatures, sections, units."""

from __future__ import annotations

import re
from collections.abc import Iterable

from etl.reading.heading import UNIT, YUAN_PER, squeeze

# All patterns are matched against squeezed text (NFKC, no white space) and hold in Python and in Polars alike.
TOTAL_WORDS = ("合计", "总计", "小计", "共计", "总合计", "合計", "總計", "小計", "共計")
_SUMS = "|".join(each for each in TOTAL_WORDS if len(each) == 2)
TOTAL = (rf"^(?:(?:{_SUMS}|总数)(?:数|额|值)?(?:[A-Za-z]{{0,24}}|[:]|[:(].{{0,30}})|(?i:total|subtotal|grandtotal|nationaltotal)[:]?"
         rf"|本页[小合]计|过次页|承前页)$")
NAMED_TOTAL = rf"^[^:。;]{{1,12}}(?:{_SUMS})(?:数|额|值)?[:]?$"  # 兰州新区合计; among indicators it may be one of them: 资产总计
BALANCE = "^(?:资产|负债|所有者权益|股东权益|权益|流动资产|非流动资产|固定资产|流动负债|非流动负债)"
TOTAL_HINTS = ["计", "計", "总", "全", "页", "otal", "OTAL", "续", "接"]
PLACE_TOTAL = r"^(?:全[国省市区县州盟旗乡镇村校院园]|总[值量额和]|累计|全年|全部|总体|全行业|全社会)(?:[A-Za-z]{0,24})$"  # a total only if it adds up
_SIGNED = ("单位负责人|部门负责人|统计负责人|分管领导|主管领导|主要领导|负责人|填表人|填报人|制表人?|编制人?|审核人?|复核人?|经办人|核定人?|录入人|"
           "联系人|联系电话|联系方式|电话|填报单位|填报日期|填表日期|报送日期|报出日期|制表日期|制表单位|日期|盖章|签章|签字|打印时间|打印日期")
FOOTER = (r"^[(\[【*※]?(?:[注註]|備註|資料來源|注释|注明|说明|填表说明|填报说明|填表要求|备注|附注|附|"
          r"附表|数据来源|资料来源|来源|指标解释|(?i:notes?|sources?))\d*[:.、]|^注\d+|"
          rf"^[(]?(?:{_SIGNED})(?:\([^)]*\))?:|^[(\[](?:盖章|签章|公章)|^(?:{_SIGNED})$|^本表(?:数据|资料|按|不含|由|中|所)|^[*※]\S")
STAMPED = r"(?:^|\|)[(\[](?:盖章|签章|公章|签字)[)\]]"  # a row of fields for signatures
NOTE = r"^[(\[【*※]?(?:注|注释|注明|说明|备注|附注|数据来源|资料来源|来源|指标解释|(?i:notes?|sources?))\d*[:.、]|^注\d+|^[*※]\S|。$"
FOOTER_HINTS = [":", "：", "注", "註", "章", "说明", "人", "来源", "日期", "电话", "制表", "编制", "审核", "复核", "领导", "核定", "联系", "本表",
                "*", "※", "要求", "签字", "打印", "填报"]
CHINESE_NUMERAL = r"^[(]?[一二三四五六七八九十百]{1,4}[)、.]?$"
SECTION = r"^(?:[(]?[一二三四五六七八九十]{1,3}[)、.]|第[一二三四五六七八九十]{1,3}[部章类])"
SECTION_HINT = r"^\s*(?:[(（]?[一二三四五六七八九十]{1,3}(?:[)）、.．]|$)|第[一二三四五六七八九十])"
CONTINUED = r"^[(\[]?(?:续表|接上表|续上表|上接|续)\d{0,2}[一二三四五六七八九十]?[)\]]?(?:[(:].*)?$"
# Cells that stand above a table and never in its header.
ABOVE = re.compile(
    r"^(?!其中|注)[^:]{1,12}:(?!\d)|^截[至止]|(?<![-至到])(?:19|20)\d\d年\d{1,2}月\d{1,2}日|^\(?(?:计量|金额|货币)?单位(?:为|是)?[:]|^附[件表录]\d*[一二三四五六七八九十]?$|"
    r"^表\d[\d.-]*$|^第\d+页|^共\d+页|情况(?:统计)?表$|一览表$|明细表$|汇总表$|统计表$")
NUMBER = r"^[-+]?[¥$]?(?:\d[\d,]*\.?\d*|\.\d+)(?:[eE][-+]?\d+)?[%‰]?$"
DATE = r"^(?:19|20)\d\d(?:[-./]|年)\d{1,2}(?:[-./]|月)\d{1,2}日?"
_NUMBER, _DATE = re.compile(NUMBER), re.compile(DATE)
_QUARTER = r"[一二三四1-4]季度|第[一二三四1-4]季度|上半年|下半年|全年|前[二三]季度|[Qq][1-4]|H[12]"
_MONTHS = r"\d{1,2}(?:月份?)?[-至]\d{1,2}月份?|\d{1,2}月份?"
_PERIOD = re.compile(
    rf"^(?:(?:19|20)\d\d(?:年度?|年?[初末底])?(?:{_QUARTER}|{_MONTHS})?|(?:19|20)\d\d[-./]\d{{1,2}}|(?:19|20)\d\d[-/](?:19|20)?\d\d(?:年度?)?"
    rf"|{_QUARTER}|{_MONTHS}|(?:19|20)\d\d[-./]\d{{1,2}}[-./]0?1)(?:[(].*[)])?$")
_MARK = re.compile(r"^(?:[-‐-―−─━_.…⋯/×*]+|无|空)$")
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9 ,.;:&'/()\[\]%·’-]*", re.ASCII)
_HAN = re.compile(r"[㐀-鿿]")
_UNIT_LABEL = re.compile(
    rf"(?<!填报)(?<!编制)(?<!报送)(?<!主管)(?<!所在)单位(?:为|是)?[:]?(?:人民币)?({UNIT}(?:[、,;和或]{UNIT})*)(?![A-Za-z0-9一-龥])")
_UNIT_IN_TITLE = re.compile(rf"[(\[]({UNIT})[)\]](?=$|\|)")


def matches(pattern: str, text: str) -> bool:
    """Whether a cell, squeezed, has a pattern of this module."""
    return bool(re.search(pattern, squeeze(text)))


def is_value(text: str) -> bool:
    """Whether a cell holds a number or a day, as data do and headings (but for years and months) do not."""
    squeezed = squeeze(text)
    return bool(_NUMBER.match(squeezed) or _DATE.match(squeezed)) and not _PERIOD.match(squeezed)


def is_period(text: str) -> bool:
    """Whether a cell names a year, quarter, month or half-year, as headings across a table do."""
    return bool(_PERIOD.match(squeeze(text)))


def is_mark(text: str) -> bool:
    """Whether a cell says that there is no value: —, …, /."""
    return bool(_MARK.match(squeeze(text)))


def is_latin(text: str) -> bool:
    """Whether a cell is written in Latin letters only, as translations and machine names are."""
    return bool(_LATIN.match(text.strip())) and not _HAN.search(text)


def has_han(text: str) -> bool:
    """Whether a cell has a Chinese character."""
    return bool(_HAN.search(text))


def table_units(texts: Iterable[str]) -> tuple[set[str], str | None]:
    """The money units that texts around a table state (单位：千元, 金额单位为万元, …表（万元）), and the one unit of the table.

    Of several units in one label (万元、%) the money one is the table's, else the first; without any statement None.
    """
    found = [unit for text in texts for pattern in (_UNIT_LABEL, _UNIT_IN_TITLE) for units in pattern.findall(squeeze(text))
             for unit in re.split("[、,;和或]", units)]
    money = [unit for unit in dict.fromkeys(found) if unit in YUAN_PER]
    return set(money), (money or found or [None])[0]
