"""How a heading is compared: padding, width, unit and marks taken off; and what counts as a unit."""

from __future__ import annotations

import re
import unicodedata

YUAN_PER = {"元": 1, "千元": 1_000, "万元": 10_000, "百万元": 1_000_000, "亿元": 100_000_000}
MONEY_UNIT = "千元|百万元|万元|亿元|元"

_MEASURES = (
    "人民币元|美元|欧元|港元|日元|元|吨标准煤|标准煤|标准吨|吨公里|人公里|个百分点|百分点|平方公里|平方千米|平方米|立方米|千瓦时|千瓦小时|"
    "千瓦|兆瓦时|兆瓦|公里|千米|公顷|公斤|千克|人次|人年|人日|小时|分钟|课时|标箱|车次|架次|班次|册次|床位|"
    "毫米|厘米|毫克|微克|毫升|公升|公担|摄氏度|兆帕|米|亩|吨|克|斤|升|人|户|家|个|项|件|套|台|辆|艘|架|头|只|匹|口|株|棵|箱|枚|张|床|所|座|处|条|宗|幢|栋|间|层|次|篇|部|册|种|份|本|"
    "期|场|班|秒|天|日|月|年|周|岁|倍|度|分|级|位|名|对|双|批|卷|门|支|块|根|片|袋|桶|瓶|盒|股|手|羽|尾|剂|粒|朵|"
    "km2|hm2|km|mm|cm|m2|m3|m|kg|g|t|kWh|kW|MWh|MW|GW|ha|L|℃|°C|dB|TEU|%|‰")
_MEASURE = rf"(?:[十百千万亿]|百万|千万|十万|万亿)?(?:{_MEASURES})"
UNIT = rf"(?:{_MEASURE}(?:[/·]{_MEASURE})*|(?:上年|上年同期|上月|(?:19|20)\d\d年?)=100)"
_UNIT_IN_HEADING = re.compile(
    rf"[(\[【]\s*(?:计量|金额)?(?:单位[::])?\s*({UNIT})\s*[)\]】](?=$|[(\[【])|[,/:]\s*({MONEY_UNIT})$")
_BRACKETED_UNIT = re.compile(rf"[(\[【](?:单位[::])?({UNIT})[)\]】]")
_BARE_UNIT = re.compile(rf"(?:单位[::])?({UNIT})")
_SHARE_SIGN = re.compile(r"[%‰]$")
_MARKS = re.compile(r"^[*★☆]+|[*★☆]+$|[(\[【](?:必填|选填|必填项|选填项)[)\]】]$")


def squeeze(text: str) -> str:
    """NFKC without white space: `项  目\\n编  号` → `项目编号`."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def split_unit(heading: str) -> tuple[str, str | None]:
    """A heading without marks and unit, and the unit: `金额（千元）` → (`金额`, `千元`), `增长%` → (`增长%`, `%`); no unit → None."""
    bare = _MARKS.sub("", _MARKS.sub("", squeeze(heading)))
    if found := _UNIT_IN_HEADING.search(bare):
        return bare[: found.start()] + bare[found.end() :], found.group(1) or found.group(2)
    sign = _SHARE_SIGN.search(bare)
    return bare, sign.group() if sign else None


def unit_alone(cell: str, *, bracketed: bool = True) -> str | None:
    """The unit where a cell of a header holds nothing else: `（千元）` → `千元`; without brackets only in a row of units."""
    found = _BRACKETED_UNIT.fullmatch(squeeze(cell)) or (None if bracketed else _BARE_UNIT.fullmatch(squeeze(cell)))
    return found.group(1) if found else None


def plain(heading: str) -> str:
    """A heading as it is compared: NFKC, no white space, no unit, no required-mark."""
    return split_unit(heading)[0]
