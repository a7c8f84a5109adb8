"""Rates of return of dated cash flows: same-day flows netted, and no rate where there is none or more than one."""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from pyxirr import xirr
from scipy.optimize import brentq

Flow = tuple[dt.date, Decimal]
Standing = Literal["fine", "indicative", "short", "several", "none"]
LOWEST, HIGHEST = -0.99, 10.0  # the rates that are looked for, both ends left out
YEAR = 365  # days; also of the exponent
EPOCH = dt.date(1970, 1, 1)
_GRID = np.expm1(np.linspace(np.log1p(LOWEST), np.log1p(HIGHEST), 2001))
_BLOCK, _TERMS = 730, 38  # days, and terms of the series of exp(−u·t) within half a block about its middle: what is left out is below 1e-17 at every rate
_POWERS = np.arange(_TERMS)
_FACTORIALS = np.cumprod(np.maximum(_POWERS, 1), dtype=np.float64)
_BY_RATE = np.power.outer(-np.log1p(_GRID), _POWERS)
_BY_DAY = np.power.outer((np.arange(_BLOCK) - _BLOCK / 2) / YEAR, _POWERS) / _FACTORIALS


@dataclass(frozen=True, kw_only=True)
class Rate:
    """An annual rate, 0.1 for 10 %, and what may be said of it.

    `value` None: not shown, since the flows cover less than a year (short), or change their sign more than once (several), or have no root between −99 % and
    1000 % (none). `roots`: all rates that were found in that range. `changes`: how often the sign changes.
    """

    value: float | None
    standing: Standing
    roots: tuple[float, ...]
    changes: int


def netted(flows: Iterable[Flow]) -> tuple[Flow, ...]:
    """One amount a day, exact, in order; days that come to nothing are left out."""
    days: dict[dt.date, Decimal] = defaultdict(Decimal)
    for on, amount in flows:
        days[on] += amount
    return tuple((on, days[on]) for on in sorted(days) if days[on])


@dataclass(frozen=True, kw_only=True)
class Series:
    """One amount a day, the days ascending (days since 1970); in any unit of which the amounts are whole numbers, so that they add up exactly."""

    days: NDArray[np.int64]
    amounts: NDArray[np.float64]

    def with_flow(self, on: dt.date, amount: Decimal) -> Series:
        """One more flow on or after the last day, of an amount in the unit of the series."""
        day = (on - EPOCH).days
        if len(self.days) and self.days[-1] == day:
            return Series(days=self.days, amounts=np.append(self.amounts[:-1], self.amounts[-1] + float(amount)))
        return Series(days=np.append(self.days, day), amounts=np.append(self.amounts, float(amount)))


def together(series: Iterable[Series]) -> Series:
    """Several on one time axis."""
    known = [each for each in series if len(each.days)]
    if len(known) < 2:
        return known[0] if known else Series(days=np.zeros(0, dtype=np.int64), amounts=np.zeros(0))
    first, last = min(each.days[0] for each in known), max(each.days[-1] for each in known)
    sums = np.zeros(last - first + 1)
    for each in known:
        sums[each.days - first] += each.amounts
    moved = np.flatnonzero(sums)
    return Series(days=moved + first, amounts=sums[moved])


def sign_changes(amounts: Sequence[Decimal]) -> int:
    """How often an amount is followed by one of the other sign."""
    return sum((one > 0) != (other > 0) for one, other in pairwise(each for each in amounts if each))


def rate(flows: Iterable[Flow], *, since: dt.date | None = None, until: dt.date | None = None) -> Rate:
    """The internal rate of return: Σ CF·(1+r)^(−days/365) = 0, paid out negative. Net IRR as ILPA and IPEV mean it where the flows are the investors'.

    `since`, `until`: the period that decides on a year and two years, by default from the first flow to the last. An unconventional series
    (the sign changes more than once) gets no value even where one root only is found in the range: the roots are given instead.
    """
    series = netted(flows)
    largest = max((abs(amount) for _, amount in series), default=Decimal(1))  # the unit of money changes nothing
    return rate_of(Series(days=np.array([(on - EPOCH).days for on, _ in series], dtype=np.int64), amounts=np.array([float(amount / largest) for _, amount in series])),
                   since=since, until=until)


def rate_of(series: Series, *, since: dt.date | None = None, until: dt.date | None = None) -> Rate:
    """The same of a series."""
    moved = np.flatnonzero(series.amounts)
    days, money = series.days[moved], series.amounts[moved]
    changes = int(np.count_nonzero(np.diff(money > 0)))
    if not changes or (money[0] > 0 and changes == 1):  # money that never comes back, or comes before any was paid
        return Rate(value=None, standing="none", roots=(), changes=changes)
    money = money / np.abs(money).max()
    if changes > 1:
        return Rate(value=None, standing="several", roots=_roots(days - days[0], money), changes=changes)
    found = xirr(days.astype("datetime64[D]"), money)
    if found is None or not LOWEST < found < HIGHEST:
        return Rate(value=None, standing="none", roots=(), changes=changes)
    covered = ((until - EPOCH).days if until else int(days[-1])) - ((since - EPOCH).days if since else int(days[0]))
    standing: Standing = "short" if covered < YEAR else "indicative" if covered < 2 * YEAR else "fine"
    return Rate(value=None if standing == "short" else found, standing=standing, roots=(found,), changes=changes)


def _roots(after: NDArray[np.int64], money: NDArray[np.float64]) -> tuple[float, ...]:
    """Rates at which the present value changes its sign, each by Brent's method between two neighbours of a fine grid. `after`: days since the first flow."""

    years = after / -YEAR

    def value(found: float) -> float:
        return float(np.exp(math.log1p(found) * years) @ money)

    values = _on_grid(after, money)
    found = [float(brentq(value, _GRID[at], _GRID[at + 1], xtol=1e-15)) for at in np.flatnonzero(np.sign(values[:-1]) * np.sign(values[1:]) < 0)]
    return tuple(found) + tuple(float(_GRID[at]) for at in np.flatnonzero(values == 0))


def _on_grid(after: NDArray[np.int64], money: NDArray[np.float64]) -> NDArray[np.float64]:
    """The present value at every rate of the grid but for a positive factor: the moments of each block of days about its middle give its value at all rates,
    and Horner's rule adds the blocks up."""
    blocks = -(-(int(after[-1]) + 1) // _BLOCK)
    by_day = np.zeros(blocks * _BLOCK)
    by_day[after] = money
    worth, factor = np.zeros(len(_GRID)), np.exp(-np.log1p(_GRID) * (_BLOCK / YEAR))
    for moments in (by_day.reshape(blocks, _BLOCK) @ _BY_DAY)[::-1]:  # one after the other: too little work for the threads that a product of matrices wakes
        worth = worth * factor + _BY_RATE @ moments
    return worth
