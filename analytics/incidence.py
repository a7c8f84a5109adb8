"""How long until something happens, when it has not happened to all yet: Aalen–Johansen with competing causes, Kaplan–Meier, delayed entry."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
FEWEST = 3  # at risk, below which a curve stops
Z = 1.959963984540054  # of 95 %


@dataclass(frozen=True, kw_only=True)
class Incidence:
    """Step functions of the time since the start, read just after each time at which something happened.

    `times` ascending; `at_risk` just before; `shares`: of each cause, 1 first, that it has happened (F); `staying`: that nothing has (S). At every time they
    add up to 1. `variances` of the shares (delta method, Marubini & Valsecchi 1995), `staying_variance` (Greenwood). `size`: how many were ever at risk;
    `events`: of each cause at each time. `until`: the last time that is supported by FEWEST at risk, inf where the end is known of all, −1 of nobody.
    """

    times: Floats
    at_risk: Floats
    shares: tuple[Floats, ...]
    staying: Floats
    variances: tuple[Floats, ...]
    staying_variance: Floats
    events: tuple[Floats, ...]
    size: int
    until: float

    def share(self, cause: int, time: float) -> float:
        """F of a cause at a time, whether supported or not."""
        return _read(self.times, self.shares[cause - 1], time, 0.0)

    def deviation(self, cause: int, time: float) -> float:
        """The standard error of that share."""
        return math.sqrt(max(_read(self.times, self.variances[cause - 1], time, 0.0), 0.0))

    def stay(self, time: float) -> float:
        """S at a time."""
        return _read(self.times, self.staying, time, 1.0)

    def happened(self, cause: int, time: float) -> int:
        """How often a cause was seen up to a time."""
        return round(float(self.events[cause - 1][self.times <= time].sum()))

    def quantile(self, share: float) -> float | None:
        """The first time at which this share has left, None where that is not reached while the curve is supported: 0.5 gives the median."""
        reached = np.flatnonzero((self.staying <= 1 - share + 1e-12) & (self.times <= self.until))
        return float(self.times[reached[0]]) if len(reached) else None


def incidence(times: ArrayLike, causes: ArrayLike, *, observed: ArrayLike | None = None, counts: ArrayLike | None = None, kinds: int = 2) -> Incidence:
    """Aalen–Johansen: F_j(t) = Σ S(t_i−)·d_ji/n_i, S(t) = Π(1 − Σ_j d_ji/n_i). With one kind of cause S is Kaplan–Meier.

    `times`: of the end of each observation, 0 and more; `causes`: 1 … `kinds`, 0 for what goes on at that time (right-censored); `observed`: from when on each was
    watched, 0 from its start: it is at risk only after that time (left-truncated); `counts`: how many each entry stands for.
    """
    ends, why = np.asarray(times, dtype=np.float64), np.asarray(causes, dtype=np.int64)
    weight = np.ones(len(ends)) if counts is None else np.asarray(counts, dtype=np.float64)
    begins = np.full(len(ends), -1.0) if observed is None else np.where(np.asarray(observed) > 0, np.asarray(observed, dtype=np.float64), -1.0)
    seen = begins < ends  # who ended before being watched was never at risk
    ends, why, weight, begins = ends[seen], why[seen], weight[seen], begins[seen]
    moments, place = np.unique(ends, return_inverse=True)
    entered = np.concatenate([[0.0], np.cumsum(np.bincount(np.searchsorted(moments, begins, side="right"), weight, len(moments) + 1)[:-1])])[1:]
    gone = np.concatenate([[0.0], np.cumsum(np.bincount(place, weight, len(moments)))[:-1]]) if len(moments) else np.zeros(0)
    at_risk = entered - gone

    def seen_as(kind: int) -> Floats:
        return np.bincount(place[why == kind], weight[why == kind], len(moments)).astype(np.float64)

    d = [seen_as(kind) for kind in range(1, kinds + 1)]
    happened = np.flatnonzero(sum(d, np.zeros(len(moments))) > 0)
    until = _until(moments, at_risk, seen_as(0))
    n, events = at_risk[happened], tuple(each[happened] for each in d)
    all_events = sum(events, np.zeros(len(happened)))
    staying = np.cumprod(1 - all_events / n)
    before = np.concatenate([[1.0], staying[:-1]]) if len(happened) else staying
    shares = tuple(np.cumsum(before * each / n) for each in events)
    with np.errstate(divide="ignore", invalid="ignore"):
        hazard = np.where(n > all_events, all_events / (n * (n - all_events)), 0.0)
    return Incidence(
        times=moments[happened], at_risk=n, shares=shares, staying=staying, events=events, size=round(float(weight.sum())), until=until,
        staying_variance=staying**2 * np.cumsum(hazard),
        variances=tuple(_variance(share, each, n, before, hazard) for share, each in zip(shares, events, strict=True)))


def _variance(share: Floats, events: Floats, n: Floats, before: Floats, hazard: Floats) -> Floats:
    """Σ(F(t)−F_i)²·d_i/(n_i(n_i−d_i)) + Σ S_i−²·d_1i(n_i−d_1i)/n_i³ − 2Σ(F(t)−F_i)·S_i−·d_1i/n_i², the squares multiplied out to be sums up to t."""
    one, two = np.cumsum(hazard), np.cumsum(share * hazard)
    three = np.cumsum(share**2 * hazard)
    mixed = before * events / n**2
    result: Floats = (share**2 * one - 2 * share * two + three + np.cumsum(before**2 * events * (n - events) / n**3)
                      - 2 * share * np.cumsum(mixed) + 2 * np.cumsum(share * mixed))
    return np.maximum(result, 0.0)


def _until(moments: Floats, at_risk: Floats, censored: Floats) -> float:
    """Where nobody is censored the end of all is known, however few are left."""
    if not len(moments):
        return -1.0
    if not censored.any():
        return math.inf
    few = np.flatnonzero(at_risk < FEWEST)
    return float(moments[-1] if not len(few) else moments[few[0] - 1] if few[0] else -1.0)


def _read(times: Floats, values: Floats, time: float, start: float) -> float:
    place = int(np.searchsorted(times, time, side="right")) - 1
    return float(values[place]) if place >= 0 else start
