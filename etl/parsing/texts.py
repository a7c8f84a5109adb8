"""Codes, names, words and yes-or-no."""

from __future__ import annotations

import re

import polars as pl

from etl.contract import Column
from etl.parsing.cell import AS_SENT, SOLID, Around, is_code, one_value, shown, solid

_PLAIN_CODE = r"^[0-9A-Za-z一-鿿][!-*,-~一-鿿]{4,}$"  # narrow signs, more than any null mark has, and no + of _SCIENTIFIC
_PLAIN_NAME = r"^[\p{L}\p{N}(（“《](?:[^\r\n]*[^\s\x{200b}\x{feff}])?$"  # begins and ends with a sign, on one line
_OUTSIDE_A_NAME = r"^[\s\x{200b}\x{feff}]+|[\s\x{200b}\x{feff}]+$|\s*[\r\n]+\s*"
_SCIENTIFIC = r"^[0-9](?:\.[0-9]+)?[Ee]\+[0-9]+$"  # what Excel makes of a long code
_YES_NO = {"是": True, "y": True, "yes": True, "true": True, "1": True, "√": True, "✓": True, "✔": True,
           "否": False, "×": False, "✗": False, "✘": False, "n": False, "no": False, "false": False, "0": False}


def quick_text(column: Column, cells: pl.Series, _: Around) -> pl.Series:
    """The texts that plainly are what they stand for."""
    plain = cells.str.contains(_PLAIN_CODE if is_code(column) else _PLAIN_NAME)
    return pl.select(pl.when(plain).then(cells)).to_series()


def text(column: Column, cells: pl.DataFrame, _: Around) -> pl.DataFrame:
    """A name keeps its inner spaces and its width but not its line breaks; a code loses all, and Excel's leading apostrophe."""
    if not is_code(column):
        return one_value(cells, AS_SENT.str.replace_all(_OUTSIDE_A_NAME, ""), pl.lit(None, dtype=pl.String))
    spoilt = SOLID.str.contains(_SCIENTIFIC)
    reason = pl.format("编号成了科学计数法，填的是{}，请把单元格设为文本后重填", shown(AS_SENT))
    return one_value(cells, pl.when(~spoilt).then(SOLID.str.strip_prefix("'")), reason)


def word(column: Column, cells: pl.DataFrame, _: Around) -> pl.DataFrame:
    """One word of the vocabulary."""
    reason = pl.format("应为 {} 之一，填的是{}", pl.lit(_known(column)), shown(AS_SENT))
    return one_value(cells, _looked_up(column, SOLID), reason)


def words(column: Column, cells: pl.DataFrame, _: Around) -> pl.DataFrame:
    """Words with any separators or none. The longest word wins, so that none is found inside another."""
    any_word = "|".join(re.escape(solid(word)) for word in sorted(column.words, key=len, reverse=True))
    lower = SOLID.str.to_lowercase()
    found = lower.str.extract_all(any_word).list.eval(_looked_up(column, pl.element()))
    in_order = [pl.when(found.list.contains(code)).then(pl.lit(code)) for code in dict.fromkeys(column.words.values())]
    rest = lower.str.replace_all(any_word, "").str.replace_all(r"[、,，;；/|\\+和及与·.。]", "")
    value = pl.when(rest == "", found.list.len() > 0).then(pl.concat_str(in_order, separator="|", ignore_nulls=True))
    return one_value(cells, value, pl.format("应为 {}（可填多个），填的是{}", pl.lit(_known(column)), shown(AS_SENT)))


def yes_no(_: Column, cells: pl.DataFrame, __: Around) -> pl.DataFrame:
    """是 or 否, and what forms and workbooks put for them."""
    value = SOLID.str.to_lowercase().replace_strict(list(_YES_NO), list(_YES_NO.values()), default=None, return_dtype=pl.Boolean)
    return one_value(cells, value, pl.format("应为 是 或 否，填的是{}", shown(AS_SENT)))


def _looked_up(column: Column, text: pl.Expr) -> pl.Expr:
    codes = {solid(word): code for word, code in column.words.items()}
    return text.str.to_lowercase().replace_strict(list(codes), list(codes.values()), default=None, return_dtype=pl.String)


def _known(column: Column) -> str:
    """The vocabulary as its users write it, one word per code."""
    first: dict[str, str] = {}
    for word, code in column.words.items():
        first.setdefault(code, word)
    return "、".join(first.values())
