"""Rates of return of dated cash flows: same-day flows netted, and no rate where there is none or more than one."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Literal

import numpy as np
from numpy.polynomial.polynomial import polyval
from pyxirr import xirr
from scipy.optimize import brentq

Flow = tuple[dt.date, Decimal]
Standing = Literal["fine", "indicative", "short", "several", "none"]
LOWEST, HIGHEST = -0.99, 10.0  # the rates that are looked for, both ends left out
YEAR = 365  # days; also of the exponent
_GRID = np.expm1(np.linspace(np.log1p(LOWEST), np.log1p(HIGHEST), 2001))
_BLOCK = 64  # days
_FACTORS = np.power.outer((1 + _GRID) ** (-1 / YEAR), np.arange(_BLOCK))  # what a payment in so many days is worth at each rate of the grid


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


def sign_changes(amounts: Sequence[Decimal]) -> int:
    """How often an amount is followed by one of the other sign."""
    return sum((one > 0) != (other > 0) for one, other in pairwise(each for each in amounts if each))


def rate(flows: Iterable[Flow], *, since: dt.date | None = None, until: dt.date | None = None) -> Rate:
    """The internal rate of return: Σ CF·(1+r)^(−days/365) = 0, paid out negative. Net IRR as ILPA and IPEV mean it where the flows are the investors'.

    `since`, `until`: the period that decides on a year and two years, by default from the first flow to the last. An unconventional series
    (the sign changes more than once) gets no value even where one root only is found in the range: the roots are given instead.
    """
    series = netted(flows)
    changes = sign_changes([amount for _, amount in series])
    if not changes or (series[0][1] > 0 and changes == 1):  # money that never comes back, or comes before any was paid
        return Rate(value=None, standing="none", roots=(), changes=changes)
    largest = max(abs(amount) for _, amount in series)
    amounts = [float(amount / largest) for _, amount in series]  # the unit of money changes nothing
    if changes > 1:
        return Rate(value=None, standing="several", roots=_roots([on for on, _ in series], amounts), changes=changes)
    found = xirr([on for on, _ in series], amounts)
    if found is None or not LOWEST < found < HIGHEST:
        return Rate(value=None, standing="none", roots=(), changes=changes)
    days = ((until or series[-1][0]) - (since or series[0][0])).days
    standing: Standing = "short" if days < YEAR else "indicative" if days < 2 * YEAR else "fine"
    return Rate(value=None if standing == "short" else found, standing=standing, roots=(found,), changes=changes)


def _roots(days: Sequence[dt.date], amounts: Sequence[float]) -> tuple[float, ...]:
    """Rates at which the present value changes its sign, each by Brent's method between two neighbours of a fine grid."""
    after = np.array([(on - days[0]).days for on in days])
    money = np.array(amounts)

    def value(found: float) -> float:
        return float(np.exp(-np.log1p(found) * after / YEAR) @ money)

    values = _on_grid(after, money)
    found = [float(brentq(value, _GRID[at], _GRID[at + 1], xtol=1e-15)) for at in np.flatnonzero(np.sign(values[:-1]) * np.sign(values[1:]) < 0)]
    return tuple(found) + tuple(float(_GRID[at]) for at in np.flatnonzero(values == 0))


def _on_grid(after: np.ndarray, money: np.ndarray) -> np.ndarray:
    """The present value at every rate of the grid: a polynomial in the factor of one day, by Horner's rule over blocks of days."""
    blocks = -(-(after[-1] + 1) // _BLOCK)
    by_day = np.zeros(blocks * _BLOCK)
    by_day[after] = money
    return np.asarray(polyval(_FACTORS[:, 1] ** _BLOCK, (_FACTORS @ by_day.reshape(blocks, _BLOCK).T).T, tensor=False))
