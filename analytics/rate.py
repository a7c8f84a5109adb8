"""What may be said of a share when few have been seen: counts alone, a share with its interval, or that it cannot be said yet."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from scipy.special import betaincinv

from analytics.incidence import Incidence, Z

TINY = 1e-9
FEW, SOME = 5, 20  # below FEW counts only, below SOME the interval of Jeffreys
Said = Literal["nothing", "counts", "unseen", "jeffreys", "loglog"]


@dataclass(frozen=True, kw_only=True)
class Rate:
    """`happened` of `size`. `said`: nothing (0/0), counts (too few for a share), unseen (not watched long enough, until `until`), or by which interval.

    `share`, `low`, `high` 0–1, None where no share is said.
    """

    happened: int
    size: int
    said: Said
    share: float | None = None
    low: float | None = None
    high: float | None = None
    until: float | None = None


def jeffreys(happened: float, size: float, level: float = 0.95) -> tuple[float, float]:
    """Beta(x+½, n−x+½), with 0 and 1 as its ends where nothing or everything happened."""
    tail = (1 - level) / 2
    low = 0.0 if happened <= 0 else float(betaincinv(happened + 0.5, size - happened + 0.5, tail))
    high = 1.0 if happened >= size else float(betaincinv(happened + 0.5, size - happened + 0.5, 1 - tail))
    return low, high


def loglog(share: float, deviation: float) -> tuple[float, float]:
    """F^exp(±z·se/(F·ln F)), which stays within 0 and 1 (Kalbfleisch & Prentice)."""
    width = math.exp(Z * deviation / (share * math.log(share)))
    low, high = share**width, share ** (1 / width)
    return min(low, high), max(low, high)


def proportion(happened: int, size: int) -> Rate:
    """A plain share of things that are all over."""
    if not size:
        return Rate(happened=0, size=0, said="nothing")
    if size < FEW:
        return Rate(happened=happened, size=size, said="counts")
    low, high = jeffreys(happened, size)
    return Rate(happened=happened, size=size, said="jeffreys", share=happened / size, low=low, high=high)


def rate(curve: Incidence, cause: int, time: float) -> Rate:
    """The share of a cause at a time. Of 5 to 19 the interval of Jeffreys at the number that would be as certain without censoring (F(1−F)/Var), of more log-log."""
    size, happened = curve.size, curve.happened(cause, time)
    if not size:
        return Rate(happened=0, size=0, said="nothing")
    if size < FEW:
        return Rate(happened=happened, size=size, said="counts")
    if time > curve.until:
        return Rate(happened=happened, size=size, said="unseen", until=curve.until)
    share, deviation = curve.share(cause, time), curve.deviation(cause, time)
    if not TINY < share < 1 - TINY:  # what adds up to nothing or to all does so but for rounding
        share, deviation = float(round(share)), 0.0
    if size < SOME or not 0 < share < 1 or not deviation:
        certain = min(share * (1 - share) / deviation**2, size) if deviation else size
        low, high = jeffreys(share * certain, certain)
        return Rate(happened=happened, size=size, said="jeffreys", share=share, low=low, high=high)
    low, high = loglog(share, deviation)
    return Rate(happened=happened, size=size, said="loglog", share=share, low=low, high=high)
