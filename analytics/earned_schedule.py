"""Progress against a plan line that nobody has approved yet: the S-curve 3u² − 2u³ from the base date to the deadline."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Trend = Literal["↑", "↗", "→", "↓"]


def s_curve(time: float) -> float:
    """How much of the work is planned when this share of the time is over; both 0–1, what lies outside is taken as its edge."""
    u = min(max(time, 0.0), 1.0)
    return u * u * (3 - 2 * u)


def s_curve_reached(work: float) -> float:
    """The share of the time at which the plan reaches this share of the work: the inverse of `s_curve`."""
    return 0.5 - math.sin(math.asin(1 - 2 * min(max(work, 0.0), 1.0)) / 3)


def spi(*, planned: float, earned: float) -> float | None:
    """EV / PV; None before anything is planned."""
    return earned / planned if planned > 0 else None


def spi_t(*, elapsed: float, earned: float) -> float | None:
    """SPI(t) = ES / AT, `elapsed` and `earned` as shares of the whole time and of the whole work; None where no time is over."""
    return s_curve_reached(earned) / elapsed if elapsed > 0 else None


def sdr(*, done: float, elapsed: float) -> float | None:
    """ρ of the SDR: the rate so far by the rate that the whole needs, both as shares; None where no time is over."""
    return done / elapsed if elapsed > 0 else None


def trend(rho: float) -> Trend:
    """The arrow of ρ. A count that only grows falls below its start by a correction alone."""
    return "↓" if rho < 0 else "→" if rho < 0.5 else "↗" if rho < 1 else "↑"


@dataclass(frozen=True, kw_only=True)
class Plan:
    """From `start` at the base date to `target` at the deadline, in the metric's unit. Time counts in days."""

    start: Decimal
    target: Decimal
    base_on: dt.date
    deadline_on: dt.date

    def value(self, day: dt.date) -> Decimal:
        """What the plan has at the end of a day."""
        return self.start + (self.target - self.start) * Decimal(str(s_curve(self._elapsed(day))))

    def spi(self, value: Decimal, day: dt.date) -> float | None:
        """The work done by the work planned; drifts to 1 towards the end however late."""
        return spi(planned=s_curve(self._elapsed(day)), earned=self._done(value))

    def spi_t(self, value: Decimal, day: dt.date) -> float | None:
        """The time at which the plan had this value, by the time that is over."""
        return spi_t(elapsed=self._elapsed(day), earned=self._done(value))

    def rho(self, value: Decimal, day: dt.date) -> float | None:
        """The mean rate so far by the mean rate that the whole way needs."""
        return sdr(done=self._done(value), elapsed=self._elapsed(day))

    def _elapsed(self, day: dt.date) -> float:
        return (day - self.base_on).days / (self.deadline_on - self.base_on).days

    def _done(self, value: Decimal) -> float:
        return float((value - self.start) / (self.target - self.start))
