"""How concentrated amounts are: Herfindahl–Hirschman index, effective number, largest shares."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

Amounts = Sequence[float]


@dataclass(frozen=True, kw_only=True)
class Concentration:
    """Of `n` amounts above zero. Shares 0–1. `corrected`: the index less what so few amounts bring by themselves; None of one alone.

    HHI = Σ sᵢ², effective number = 1 / HHI, HHI* = (HHI − 1/n) / (1 − 1/n).
    """

    n: int
    hhi: float
    corrected: float | None
    largest: float
    five_largest: float

    @property
    def effective(self) -> float:
        """How many equal amounts would be as concentrated."""
        return 1 / self.hhi


def concentration(amounts: Amounts) -> Concentration | None:
    """Of the amounts above zero, in any unit and order; None where there are none. Raises ValueError on a negative or infinite one."""
    shares = _shares(amounts)
    if not len(shares):
        return None
    n, hhi = len(shares), float(np.square(shares).sum())
    return Concentration(n=n, hhi=hhi, corrected=(hhi - 1 / n) / (1 - 1 / n) if n > 1 else None, largest=float(shares[0]),
                         five_largest=float(shares[:5].sum()))


def curve(amounts: Amounts, most: int = 200) -> tuple[tuple[int, float], ...]:
    """The share of the k largest for k from 0 on, at most some `most` points, the first ten and the last always."""
    shares = np.concatenate(([0.0], np.cumsum(_shares(amounts))))
    n = len(shares) - 1
    at = sorted({*range(min(n, 10) + 1), *np.linspace(0, n, most).round().astype(int).tolist()} if n > most else range(n + 1))
    return tuple((k, min(float(shares[k]), 1.0)) for k in at) if n else ()


def _shares(amounts: Amounts) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    values = np.asarray(amounts, dtype=np.float64)
    if not np.isfinite(values).all() or (values < 0).any():
        raise ValueError("amounts must be finite and not negative")
    values = np.sort(values[values > 0])[::-1]
    return values / values.sum() if len(values) else values
