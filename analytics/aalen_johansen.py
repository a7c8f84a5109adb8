"""Cumulative incidence under competing risks, after Aalen and Johansen: what is still open is censored, not failed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

FEWEST = 5  # at risk; with fewer only counts may be shown


@dataclass(frozen=True, kw_only=True)
class Step:
    """At one duration: how many were at risk, the incidence of either cause so far, and the share still open. The three add up to 1."""

    duration: float
    at_risk: int
    first: float
    second: float
    open: float


def incidence(spells: Iterable[tuple[float, int]]) -> tuple[Step, ...]:
    """Spells as (duration, event): 1 the first cause, 2 the second, 0 open. F̂_j(t) = Σ Ŝ(t⁻)·d_j/n, Ŝ(t) = Π(1 − d/n)."""
    known = sorted(spells)
    steps, survival, first, second = [], 1.0, 0.0, 0.0
    for duration in dict.fromkeys(each for each, _ in known):
        at_risk = sum(each >= duration for each, _ in known)
        one, other = (sum(each == duration and event == cause for each, event in known) for cause in (1, 2))
        first, second = first + survival * one / at_risk, second + survival * other / at_risk
        survival *= 1 - (one + other) / at_risk
        steps.append(Step(duration=duration, at_risk=at_risk, first=first, second=second, open=survival))
    return tuple(steps)
