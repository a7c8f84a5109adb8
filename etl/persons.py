"""Feeds about persons: what looks like a name, an identity or a telephone number never gets past the gate, in whatever column it was written."""

from __future__ import annotations

import polars as pl

from etl.contract import Column, Feed, Kind

IDENTITY, TELEPHONE, WORDS = "〔身份证号〕", "〔手机号〕", "〔文字〕"  # what stands in reasons and refused rows in place of what was sent
NOT_CODES = {IDENTITY: "身份证号是个人信息，不收，请改填编号", TELEPHONE: "手机号是个人信息，不收，请改填编号",
             WORDS: "应为字母、数字的编号，填的是文字，姓名是个人信息，不收"}  # why a code is refused
_BORN = r"(?:18|19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
_IDENTITY = rf"(?:^|[^0-9A-Za-z])[1-9]\d{{5}}{_BORN}\d{{3}}[0-9Xx](?:[^0-9A-Za-z]|$)"
_TELEPHONE = r"(?:^|\D)(?:\+?86)?1[3-9]\d{9}(?:\D|$)"
_SPACES = r"[\s\u3000\u200b-\u200f\u2060\ufeff\-‐-―]"  # as numbers are cut into groups
_NOTHING = r"^(?:无|暂无|空|不适用|暂缺|未统计|未填)?$"  # said where there is no code
_LETTERS = r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Tibetan}\p{Arabic}\p{Mongolian}\p{Cyrillic}]"
# Said with numbers and days.
_MEASURES = r"[年月日号季度第上下半至到末旬初中期间份全个套人家天万亿千百十零两一二三四五六七八九〇元约余近若干无是否有效作废现行正常注销]"


def is_personal(feed: type[Feed], column: Column) -> bool:
    """Whether something personal may be written in the column by mistake, and must be kept out."""
    return feed.is_about_persons or column.is_person


def masked(feed: type[Feed], column: Column, cells: pl.Series) -> pl.Series:
    """Cells of one column of a feed about persons, as much of them as may be told: codes, known words, numbers and days stay as they are."""
    if not is_personal(feed, column) or cells.is_empty():
        return cells
    cell = pl.col("cell")
    bare = cell.str.replace_all(_SPACES, "")
    words = sorted(column.words, key=len, reverse=True)
    left = bare.str.replace_many(words, [""] * len(words)) if words else bare
    if column.kind is not Kind.TEXT:
        left = left.str.replace_all(_MEASURES, "")
    return cells.alias("cell").to_frame().select(
        pl.when(bare.str.contains(_IDENTITY) | cell.str.contains(_IDENTITY)).then(pl.lit(IDENTITY))
        .when(bare.str.contains(_TELEPHONE) | cell.str.contains(_TELEPHONE)).then(pl.lit(TELEPHONE))
        .when(bare.str.contains(_NOTHING)).then(cell)
        .when(left.str.contains(_LETTERS) | (left.str.contains(r"[A-Za-z]{2}") & pl.lit(column.kind is not Kind.TEXT))).then(pl.lit(WORDS))
        .otherwise(cell)).to_series()


def not_codes(feed: type[Feed], column: Column, cells: pl.Series) -> pl.DataFrame:
    """The rows (at, reason) of a column of codes in which something personal stands instead."""
    none = pl.DataFrame(schema={"at": pl.UInt32, "reason": pl.String})
    if not is_personal(feed, column) or column.kind is not Kind.TEXT:
        return none
    found = cells.alias("cell").to_frame().with_row_index("at").filter(pl.col("cell").is_in(list(NOT_CODES)))
    return pl.concat([none, found.select("at", reason=pl.col("cell").replace_strict(NOT_CODES, return_dtype=pl.String))])


def without(cells: pl.Series, found: pl.DataFrame) -> pl.Series:
    """The cells, those of these rows blank."""
    return cells if found.is_empty() else cells.scatter(found["at"], None)
