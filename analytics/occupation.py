"""Where those who started together are after a time, when some are still on the way: the product-limit estimate of a multi-state course."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

NOWHERE = -1  # where a course comes from when it begins to be watched, and goes to when it is not watched any longer


def occupation(days: ArrayLike, from_states: ArrayLike, to_states: ArrayLike, counts: ArrayLike, *, states: int, start: int, upto: int) -> NDArray[np.float64]:
    """P(0, t) = Π(I + dÂ) by the end of day `upto` for one that begins in `start`: one share for each of `states`, together 1.

    A line of the arrays: `counts` courses that on a day went from a state to another; from NOWHERE: began to be watched in it, to NOWHERE: were last seen in it.
    Who arrives in a state is at risk there from the next day on. A state that is never left is where courses end. Aalen & Johansen (1978).
    """
    day, come, gone, number = (np.asarray(each, dtype=np.int64) for each in (days, from_states, to_states, counts))
    share = np.zeros(states)
    share[start] = 1.0
    watched = np.zeros(states)
    order = np.argsort(day, kind="stable")
    day, come, gone, number = day[order], come[order], gone[order], number[order]
    bounds = np.flatnonzero(np.diff(day, prepend=day[:1] - 1)) if len(day) else np.zeros(0, dtype=np.int64)
    for first, last in zip(bounds, [*bounds[1:], len(day)], strict=True):
        if day[first] > upto:
            break
        here = slice(first, last)
        step = np.zeros((states, states))
        moves = (come[here] != NOWHERE) & (gone[here] != NOWHERE)
        np.add.at(step, (come[here][moves], gone[here][moves]), number[here][moves])
        at_risk = np.where(watched > 0, watched, 1.0)
        hazard = step / at_risk[:, None]
        share = share + share @ hazard - share * hazard.sum(axis=1)
        arriving, leaving = gone[here] != NOWHERE, come[here] != NOWHERE
        np.add.at(watched, gone[here][arriving], number[here][arriving])
        np.subtract.at(watched, come[here][leaving], number[here][leaving])
    return share
