"""What landed outcomes will produce: those that report go on as they do, those to come begin slowly and fall short of what the others are worth."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaincinv, ndtri

from analytics.months import month_end
from analytics.pipeline import Array, Landings

LEAST_OUTCOMES = 3  # with fewer that report, no probability is given
HAIRCUT = (6.0, 4.0)  # 拟定: Beta, mean 0.6: what a new outcome produces by what was expected of it
RAMP_MONTHS = 12.0  # 拟定: from landing to full output, in a straight line
GOES_ON, TOGETHER = 0.30, 0.15  # 拟定: standard deviations of the logarithm of output to come by output now: of each outcome, and of all of them alike
PRIOR_SPREAD, PRIOR_OUTCOMES = 1.0, 4.0  # 拟定: standard deviation of the logarithm between outcomes, and its weight
DAYS = 30.44


@dataclass(frozen=True, kw_only=True)
class OutputSeen:
    """Attributable output at V, in 元: of each outcome that reports, its recent monthly mean and the last month's end; when the others landed."""

    per_month: tuple[float, ...] = ()
    reported_upto: tuple[dt.date, ...] = ()
    landed_on: tuple[dt.date, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Output:
    """Output in the months asked, months × draws, in 元; `largest`: of the single outcome that produces most over the months counted, by draw."""

    months: Array
    largest: Array


def output(seen: OutputSeen, landings: Landings, as_of: dt.date, ends: tuple[dt.date, ...], *, draws: int, seed: int,
           since: dt.date | None = None) -> Output | None:
    """The output of whole months, by their ends; None where fewer than three outcomes report. `since`: the first day `largest` counts from.

    A month that an outcome has reported already adds nothing more of it.
    """
    if len(seen.per_month) < LEAST_OUTCOMES:
        return None
    numbers = np.random.default_rng([seed, *b"output"])
    alike = np.exp(TOGETHER * ndtri(numbers.random(draws)) - TOGETHER**2 / 2)
    haircut = betaincinv(*HAIRCUT, numbers.random(draws))
    logs = np.log(np.maximum(seen.per_month, 1.0))
    spread = float(np.sqrt((PRIOR_SPREAD**2 * PRIOR_OUTCOMES + logs.var() * len(logs)) / (PRIOR_OUTCOMES + len(logs))))
    typical = logs.mean() + spread / np.sqrt(len(logs)) * ndtri(numbers.random(draws))
    each = np.exp(GOES_ON * ndtri(numbers.random((len(logs), draws))) - GOES_ON**2 / 2)
    counted = np.array([since is None or end >= since for end in ends])
    due = np.array([[end > upto for upto in seen.reported_upto] for end in ends])  # months × outcomes
    going_on = np.asarray(seen.per_month)[:, None] * each * alike  # outcomes × draws
    months = due.astype(float) @ going_on
    largest = ((due & counted[:, None]).sum(axis=0)[:, None] * going_on).max(axis=0)

    waiting = np.array([(day - as_of).days / DAYS for day in seen.landed_on])
    draw = np.concatenate([landings.draw, np.tile(np.arange(draws), len(waiting))])
    at = np.concatenate([landings.at, np.repeat(waiting, draws)])
    many = np.concatenate([landings.outcomes, np.ones(len(waiting) * draws)])
    luck = np.concatenate([landings.luck, ndtri(numbers.random((len(waiting), draws))).ravel()])
    level = np.exp(typical[draw] + spread * luck) * haircut[draw] * alike[draw]
    total: NDArray[np.float64] = np.zeros(len(level))
    for number, end in enumerate(ends):
        produced = level * _ramp((end - as_of).days / DAYS - at)
        months[number] += np.bincount(draw, produced * many, draws)
        if counted[number]:
            total += produced
    np.maximum.at(largest, draw, total)
    return Output(months=months, largest=largest)


def _ramp(age: Array) -> Array:
    """The share of full output in the month that ends at this age since landing, in months."""
    return np.clip((age - 0.5) / RAMP_MONTHS, 0.0, 1.0)


def month_ends_after(as_of: dt.date, deadline_on: dt.date) -> tuple[dt.date, ...]:
    """The ends of the months after V, up to the deadline, which is always among them; none at or after the deadline."""
    ends, end = [], month_end(as_of + dt.timedelta(days=1))
    while end < deadline_on:
        ends.append(end)
        end = month_end(end + dt.timedelta(days=1))
    return (*ends, deadline_on) if as_of < deadline_on else ()
