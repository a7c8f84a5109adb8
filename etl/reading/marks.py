"""The words by which rows that are no data are known: totals, notes, signatures, sections, units."""

from __future__ import annotations

import re
from collections.abc import Iterable

from etl.reading.heading import MONEY_UNIT, squeeze

# All patterns are matched against squeezed text (NFKC, no white space) and hold in Python and in Polars alike.
TOTAL_WORDS = ("合计", "总计", "小计", "共计", "总合计")
TOTAL = r"^(?:[^:。;]{0,12}(?:合计|总计|小计|共计)(?:数|额|值)?[:]?|(?:合计|总计|小计|共计)[:(].{0,30})$"
_SIGNED = ("单位负责人|部门负责人|统计负责人|分管领导|负责人|填表人|填报人|制表人?|编制人?|审核人?|复核人?|经办人|"
           "联系人|联系电话|电话|填报单位|填报日期|填表日期|报送日期|报出日期|制表日期|日期|盖章|签章|签字|打印时间|打印日期")
FOOTER = (r"^[(\[【*]?(?:注|注释|说明|填表说明|填报说明|备注|附注|附|数据来源|资料来源|来源|指标解释)\d*[:.、]|^注\d+|"
          rf"^[(]?(?:{_SIGNED})(?:\([^)]*\))?:|^[(\[](?:盖章|签章|公章)|^(?:{_SIGNED})$")
FOOTER_HINTS = [":", "：", "注", "章", "说明", "人", "来源", "日期", "电话", "制表", "编制", "审核", "复核", "领导"]
SECTION = r"^(?:[(]?[一二三四五六七八九十]{1,3}[)、.]|第[一二三四五六七八九十]{1,3}[部章类])"
SECTION_HINT = r"^\s*(?:[(（]?[一二三四五六七八九十]{1,3}[)）、.．]|第[一二三四五六七八九十])"
METADATA = re.compile(r"^[^:]{1,10}:|^截[至止]|(?:19|20)\d\d年\d{1,2}月|^\(?单位")
_NUMBER = re.compile(r"^[-+]?[¥$]?[\d,]*\.?\d+(?:[eE][-+]?\d+)?[%‰]?$")
_YEAR = re.compile(r"^(?:19|20)\d\d年?$")
_DATE = re.compile(r"^(?:19|20)\d\d(?:[-./]|年)\d{1,2}(?:(?:[-./]|月)\d{1,2}日?)")
_UNIT_LABEL = re.compile(rf"(?<!填报)(?<!编制)(?<!报送)单位[:为是]?:?(?:人民币)?({MONEY_UNIT})(?![a-zA-Z0-9一-龥])")
_UNIT_IN_TITLE = re.compile(rf"[(\[]({MONEY_UNIT})[)\]]")


def is_value(text: str) -> bool:
    """Whether a cell holds a number or a date, as data do and headings (but for years) do not."""
    plain = squeeze(text)
    return bool((_NUMBER.match(plain) and not _YEAR.match(plain)) or _DATE.match(plain))


def table_units(texts: Iterable[str]) -> set[str]:
    """The money units that texts around a table state: 单位：千元, 金额单位为万元, …表（万元）."""
    return {found for text in texts for pattern in (_UNIT_LABEL, _UNIT_IN_TITLE) for found in pattern.findall(squeeze(text))}
