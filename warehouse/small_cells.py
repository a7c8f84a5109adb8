"""Small cells: which of many linked numbers are not said, so that no small one can be worked out from the others.

A number is small where fewer than FEWEST people stand behind it. It is not said (primary suppression); and of its row, its column and its total as many
others are not said as it takes (complementary suppression), so that at least one other table fits everything that is said and differs in that cell.
Which others, and whether they suffice, one integer programme per small cell decides: it looks for the other table that hides least (Fischetti &
Salazar-González 2001, doi:10.1287/mnsc.47.7.1008.9805; Willenborg & de Waal 2001; Hundepool et al., Statistical Disclosure Control, 2012, ch. 4).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

FEWEST = 3  # people behind a number that is said; 0 is said as 0
WITHIN = 0.1  # an amount that is not said must stay unknown by this share of it, upwards and downwards
SCALE = 1_000.0  # amounts are brought to this size, since solvers are exact to about 1e-6


class Said(StrEnum):
    """How a number is given: as it is, as “<3”, or not at all."""

    VALUE = "value"
    FEW = "few"
    WITHHELD = "withheld"


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One number. `people`: how many stand behind it; `is_dominated`: one of them can work out another by taking off his own part."""

    value: float
    people: int
    is_dominated: bool = False

    @property
    def is_small(self) -> bool:
        """Whether it must not be said."""
        return 0 < self.people < FEWEST or self.is_dominated


Sum = tuple[int, tuple[int, ...]]  # the place of a total, and of what it is the sum of


def protect(cells: Sequence[Cell], sums: Sequence[Sum], *, is_count: bool) -> list[Said]:
    """How each may be said. `sums`: every way in which some add up to another; who reads the table knows them all.

    `is_count`: the values are numbers of people, so that “<3” says 1 or 2; else amounts. Raises ValueError where a sum does not hold.
    """
    values = np.array([cell.value for cell in cells], dtype=np.float64)
    for total, parts in sums:
        if abs(values[total] - values[list(parts)].sum()) > 1e-6 * max(1.0, abs(values[total])):
            raise ValueError(f"cell {total} is not the sum of {parts}")
    small = [at for at, cell in enumerate(cells) if cell.is_small]
    said = [(Said.FEW if is_count else Said.WITHHELD) if cell.is_small else Said.VALUE for cell in cells]
    if not small:
        return said
    table = _Table(values if is_count else values * (SCALE / max(float(np.abs(values).max()), 1.0)), sums, is_count=is_count)
    for at in sorted(small, key=lambda each: -values[each]):
        others: list[list[int] | None] = []
        if said[at] is Said.FEW:
            others = [table.hide(at, (float(FEWEST - values[at]), float(FEWEST - values[at])), said)]
        if others in ([], [None]):  # an amount; or what else is said leaves but one of 1 and 2: then not even that it is one of them
            said[at] = Said.WITHHELD
            others = [table.hide(at, other, said) for other in table.others(at)]
        for hidden in others:
            for each in np.flatnonzero(values).tolist() if hidden is None else hidden:  # where nothing fits, nothing is said
                said[each] = Said.WITHHELD
    return said


def protected_list(counts: Sequence[int]) -> tuple[list[Said], Said]:
    """Of counts that are listed with their total: how each is said, and how the total."""
    said = protect([Cell(value=each, people=each) for each in (*counts, sum(counts))], [(len(counts), tuple(range(len(counts))))], is_count=True)
    return said[:-1], said[-1]


def protected_table(counts: Sequence[Sequence[int]]) -> list[list[Said]]:
    """Of a table of counts: how each cell is said, with a last column of the rows' totals and a last row of the columns', the sum of all at its end."""
    inner = np.array(counts, dtype=np.int64)
    whole = np.block([[inner, inner.sum(axis=1, keepdims=True)], [inner.sum(axis=0, keepdims=True), inner.sum(keepdims=True)]])
    rows, columns = whole.shape
    place = np.arange(whole.size).reshape(whole.shape)
    sums: list[Sum] = [(int(place[at, -1]), tuple(place[at, :-1].tolist())) for at in range(rows)]
    sums += [(int(place[-1, at]), tuple(place[:-1, at].tolist())) for at in range(columns)]
    said = protect([Cell(value=each, people=each) for each in whole.ravel().tolist()], sums, is_count=True)
    return [said[at * columns:(at + 1) * columns] for at in range(rows)]


class _Table:
    """The programme: x, one number per cell, and for each cell one mark whether it must go unsaid for x to fit what is said."""

    def __init__(self, values: np.ndarray[tuple[int], np.dtype[np.float64]], sums: Sequence[Sum], *, is_count: bool) -> None:
        from scipy.optimize import LinearConstraint  # half a second to load, and most who load this room hide nothing
        from scipy.sparse import csr_array

        self._values, self._is_count, self._n = values, is_count, len(values)
        self._far = 2 * float(np.abs(values).max()) + 8
        rows = [number for number, (_, parts) in enumerate(sums) for _ in (0, *parts)]
        columns = [at for total, parts in sums for at in (total, *parts)]
        signs = [sign for _, parts in sums for sign in (-1.0, *(1.0 for _ in parts))]
        self._adds_up = LinearConstraint(csr_array((signs, (rows, columns)), shape=(len(sums), 2 * self._n)), 0, 0)

    def others(self, at: int) -> tuple[tuple[float, float], ...]:
        """From where to where a cell that is not said must be able to lie instead: a count higher; an amount well above and well below."""
        value = float(self._values[at])
        if self._is_count:
            return ((value + 1, self._far),)
        return ((value * (1 + WITHIN), self._far), (-self._far, value * (1 - WITHIN)))

    def hide(self, at: int, other: tuple[float, float], said: Sequence[Said]) -> list[int] | None:
        """Which further cells must go unsaid so that another table fits, in which this one lies at `other`; the least of them in sum. None: none fits."""
        from scipy.optimize import Bounds, LinearConstraint, milp
        from scipy.sparse import csr_array

        low, high = self._lows(said), self._highs(said)
        loose_low, loose_high = np.where(self._values > 0, 1.0 if self._is_count else 0.0, self._values), np.where(self._values > 0, self._far, self._values)
        if self._is_count:  # what is not said for the others' sake is known to be no small one
            loose_low = np.where(self._values >= FEWEST, FEWEST, loose_low)
        low[at], high[at] = other
        eye = np.eye(self._n)
        opens_low, opens_high = np.maximum(low - loose_low, 0), np.maximum(loose_high - high, 0)
        opens_low[at] = opens_high[at] = 0
        over = LinearConstraint(csr_array(np.hstack([eye, np.diag(opens_low)])), low, np.inf)
        under = LinearConstraint(csr_array(np.hstack([eye, -np.diag(opens_high)])), -np.inf, high)
        cost = np.concatenate([np.zeros(self._n), np.where(np.array(said) == Said.FEW, 1e3 * self._far, self._values + 1)])
        whole = np.concatenate([np.full(self._n, 1 if self._is_count else 0), np.ones(self._n)])
        free = Bounds(np.concatenate([np.full(self._n, -self._far), np.zeros(self._n)]), np.concatenate([np.full(self._n, self._far), np.ones(self._n)]))
        found = milp(cost, constraints=[self._adds_up, over, under], integrality=whole, bounds=free)
        if found.x is None:
            return None
        return [each for each in np.flatnonzero(found.x[self._n:] > 0.5).tolist() if each != at]

    def _lows(self, said: Sequence[Said]) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
        return np.array([self._bounds(at, each)[0] for at, each in enumerate(said)])

    def _highs(self, said: Sequence[Said]) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
        return np.array([self._bounds(at, each)[1] for at, each in enumerate(said)])

    def _bounds(self, at: int, said: Said) -> tuple[float, float]:
        """Between what a reader who knows the rule places it."""
        value = float(self._values[at])
        match said:
            case Said.VALUE:
                return value, value
            case Said.FEW:
                return 1, FEWEST - 1
            case Said.WITHHELD:
                return (min(value, FEWEST) if self._is_count else 0.0), self._far
