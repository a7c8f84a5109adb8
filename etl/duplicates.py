"""Rows of one file that bear the same key: identical ones count once, differing ones are all sent back."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

_NAMED = 20  # rows a reason names before it says 等


@dataclass(frozen=True, kw_only=True)
class Duplicates:
    """Frames of at, reason. `repeated`: all but the first of identical rows. `differing`: every row of a key that differs."""

    repeated: pl.DataFrame
    differing: pl.DataFrame


def suspects(table: pl.DataFrame, keys: list[str]) -> pl.DataFrame:
    """The rows that may share their key with another. Most files have none, and one pass over hashes shows it."""
    hashes = table.select(pl.col(keys[0]).hash() if len(keys) == 1 else pl.struct(keys).hash()).to_series()
    return table.clear() if hashes.n_unique() == len(table) else table.filter(hashes.is_duplicated())


def duplicates(suspects: pl.DataFrame, keys: list[str], *, called: str) -> Duplicates:
    """Find them among rows: at UInt32, sheet_no, row, the key columns, and whatever else makes two rows differ.

    A null in a key equals a null. `called`: the key in the reasons.
    """
    content = pl.struct(pl.exclude("at", "sheet_no", "row"))
    groups = (suspects.select("at", "sheet_no", "row", size=pl.len().over(keys), kinds=content.n_unique().over(keys),
                              nth=pl.int_range(pl.len()).over(keys), first=pl.col("at").first().over(keys))
              .filter(pl.col("size") > 1))
    identical = groups.filter(pl.col("kinds") == 1)
    repeated = _with_others(identical.filter(pl.col("nth") > 0), identical.filter(pl.col("nth") == 0))
    differing = groups.filter(pl.col("kinds") > 1)
    named = _with_others(differing, differing.filter(pl.col("nth") <= _NAMED))
    return Duplicates(repeated=repeated.select("at", reason=pl.format("与{}完全相同，只计一次", "others")),
                      differing=named.select("at", reason=pl.format("与{}{}相同而内容不同", "others", pl.lit(called))))


def _with_others(rows: pl.DataFrame, others: pl.DataFrame) -> pl.DataFrame:
    """at, others: where the other rows of the same key stand, as `第 12、15 行`."""
    other = others.select("first", other="at", other_row=pl.col("row").cast(pl.String), other_sheet="sheet_no")
    here = pl.col("other_sheet") == pl.col("sheet_no")
    pairs = (rows.join(other, on="first", maintain_order="left_right").filter(pl.col("at") != pl.col("other"))
             .with_columns(other_row=pl.when(here).then("other_row"), elsewhere=pl.when(~here).then(
                 pl.format("第 {} 张工作表第 {} 行", pl.col("other_sheet") + 1, "other_row"))))
    lists = pairs.group_by("at", maintain_order=True).agg(
        pl.col("other_row", "elsewhere").drop_nulls().str.join("、").replace("", None),
        more=pl.when(pl.col("size").first() - 1 > pl.len()).then(pl.format("等 {} 行", pl.col("size").first() - 1)))
    places = pl.concat_str(pl.format("第 {} 行", "other_row"), "elsewhere", separator="、", ignore_nulls=True)
    return lists.select("at", others=pl.concat_str(places, "more", ignore_nulls=True))
