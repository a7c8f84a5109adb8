"""Cells as departments write them: dates, amounts, numbers and codes of many rows at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
import polars as pl

LAST_DAY = date(2026, 10, 31)  # of everything the files tell
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # of the unified social credit code, GB 32100


def picked(rng: np.random.Generator, count: int, words: Sequence[str], weights: Sequence[float] | None = None) -> pl.Series:
    """`count` of the words at random."""
    shares = None if weights is None else np.array(weights) / sum(weights)
    return pl.Series(words, dtype=pl.String).gather(rng.choice(len(words), count, p=shares))


def written(rng: np.random.Generator, days: pl.Series) -> pl.Series:
    """Dates as people write them: mostly 2026-03-05, a few only to the month, and some in wide digits."""
    form = pl.Series(rng.choice(5, len(days), p=(0.90, 0.05, 0.028, 0.002, 0.02)))
    worded = days.dt.strftime("%Y年%-m月%-d日")
    return pl.select(pl.when(form == 0).then(days.dt.strftime("%Y-%m-%d")).when(form == 1).then(days.dt.strftime("%Y/%-m/%-d"))
                     .when(form == 2).then(worded).when(form == 3).then(worded.str.replace_many(list("0123456789"), list("０１２３４５６７８９")))
                     .otherwise(days.dt.strftime("%Y年%-m月"))).to_series()


def some_days(rng: np.random.Generator, count: int, first: date = date(2024, 5, 1), last: date = LAST_DAY) -> pl.Series:
    days = rng.integers((first - date(1970, 1, 1)).days, (last - date(1970, 1, 1)).days, count)
    return pl.Series(days.astype(np.int32)).cast(pl.Date)


def numbered(form: str, numbers: np.ndarray | pl.Series, width: int = 7) -> pl.Series:
    return pl.select(pl.format(form, pl.Series(numbers).cast(pl.String).str.zfill(width))).to_series()


def org_names(numbers: np.ndarray) -> pl.Series:
    return numbered("甘肃陇原{}科技有限公司", numbers, 5)


def credit_codes(count: int) -> pl.Series:
    """Codes that pass the check of GB 32100."""
    bodies = numbered("91620100MA0{}", np.arange(count), 6).to_numpy().astype("U17")
    values = np.searchsorted(np.array(list(ALPHABET)), bodies.view("U1").reshape(count, 17))
    check = (31 - values @ np.array([pow(3, place, 31) for place in range(17)]) % 31) % 31
    return pl.Series(np.char.add(bodies, np.array(list(ALPHABET))[check]).tolist())


def amounts(values: pl.Expr) -> pl.Expr:
    """As people write them: large ones with separators of thousands."""
    text = values.cast(pl.Decimal(20, 2)).cast(pl.String)
    return pl.when(values < 10_000).then(text).otherwise(text.str.replace(r"(\d)(\d{3}\.)", "$1,$2"))
