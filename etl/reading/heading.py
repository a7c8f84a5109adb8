"""How a heading is compared: padding, width, unit and marks taken off."""

from __future__ import annotations

import re
import unicodedata

YUAN_PER = {"元": 1, "千元": 1_000, "万元": 10_000, "百万元": 1_000_000, "亿元": 100_000_000}
MONEY_UNIT = "千元|百万元|万元|亿元|元"

_UNIT = rf"{MONEY_UNIT}|%|‰|m2|平方米|平方公里|公顷|亩|人|人次|个|项|家|件|户|套|台|吨"
_UNIT_IN_HEADING = re.compile(rf"[(\[【]\s*(?:计量|金额)?(?:单位[::])?\s*({_UNIT})\s*[)\]】]$|[,/]\s*({MONEY_UNIT})$")
_UNIT_ALONE = re.compile(rf"[(\[【]?(?:单位[::])?({_UNIT})[)\]】]?")
_MARKS = re.compile(r"^[*★☆]+|[*★☆]+$|[(\[【](?:必填|选填|必填项|选填项)[)\]】]$")


def squeeze(text: str) -> str:
    """NFKC without white space: `项  目\\n编  号` → `项目编号`."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def split_unit(heading: str) -> tuple[str, str | None]:
    """A heading without marks and unit, and the unit: `金额（千元）` → (`金额`, `千元`); no unit → None."""
    bare = _MARKS.sub("", _MARKS.sub("", squeeze(heading)))
    if found := _UNIT_IN_HEADING.search(bare):
        return bare[: found.start()], found.group(1) or found.group(2)
    return bare, None


def unit_alone(heading: str) -> str | None:
    """The unit where a cell of a header holds nothing else: `（千元）` → `千元`."""
    found = _UNIT_ALONE.fullmatch(squeeze(heading))
    return found.group(1) if found else None


def plain(heading: str) -> str:
    """A heading as it is compared: NFKC, no white space, no unit, no required-mark."""
    return split_unit(heading)[0]
