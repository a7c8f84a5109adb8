"""Simpler ways to say how likely a count reaches its target, each a peer of the pipeline: from past months and what is still needed alone."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.stats import nbinom, poisson

PRIOR_DISPERSION, PRIOR_DISPERSION_MONTHS = 1.5, 6.0


def linear(done: float, months: float, needed: float, left: float) -> float:
    """1 or 0: whether the mean rate so far, kept up, is enough."""
    return float(done / months * left >= needed)


def plug_in(done: float, months: float, needed: int, left: float) -> float:
    """Poisson, its rate taken for known: done by months."""
    return float(poisson.sf(needed - 1, done / months * left)) if needed > 0 else 1.0


def gamma_poisson(done: float, months: float, needed: int, left: float) -> float:
    """Poisson with a rate known as well as the past tells (Jeffreys): the posterior predictive is a negative binomial."""
    return float(nbinom.sf(needed - 1, done + 0.5, months / (months + left))) if needed > 0 else 1.0


def dispersed_gamma_poisson(monthly: Sequence[int], needed: int, left: float) -> float:
    """The same where months vary more than Poisson: all of the past counts by its dispersion less."""
    if needed <= 0:
        return 1.0
    counts = np.asarray(monthly, dtype=float)
    seen = float(counts.var(ddof=1) / counts.mean()) if len(counts) > 1 and counts.sum() else PRIOR_DISPERSION
    spread = max((PRIOR_DISPERSION * PRIOR_DISPERSION_MONTHS + seen * len(counts)) / (PRIOR_DISPERSION_MONTHS + len(counts)), 1.0)
    months = len(counts)
    mean = (counts.sum() + 0.5) / months * left  # of what is to come; its variance: of the count at a known rate, and of the rate
    variance = spread * mean + mean**2 / ((counts.sum() + 0.5) / spread)
    return float(nbinom.sf(needed - 1, mean**2 / (variance - mean), mean / variance))


def throughput(monthly: Sequence[int], needed: int, left: float, *, draws: int, seed: int) -> float:
    """Past months drawn again and again for those to come."""
    whole = round(left)
    numbers = np.random.default_rng([seed, *b"throughput"])
    drawn = np.asarray(monthly)[numbers.integers(0, len(monthly), (draws, whole))].sum(axis=1)
    return float((drawn >= needed).mean())
