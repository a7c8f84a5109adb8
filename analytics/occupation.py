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
    early = day <= upto
    moments, place = np.unique(day[early], return_inverse=True)
    come, gone, number = come[early], gone[early], number[early]
    arriving, leaving = gone != NOWHERE, come != NOWHERE
    moves = arriving & leaving
    steps, changes = np.zeros((len(moments), states, states)), np.zeros((len(moments), states))
    np.add.at(steps, (place[moves], come[moves], gone[moves]), number[moves])
    np.add.at(changes, (place[arriving], gone[arriving]), number[arriving])
    np.subtract.at(changes, (place[leaving], come[leaving]), number[leaving])
    watched = np.cumsum(changes, axis=0) - changes  # just before each day
    hazards = steps / np.where(watched > 0, watched, 1.0)[:, :, None]
    share = np.zeros(states)
    share[start] = 1.0
    for hazard, leave in zip(hazards, hazards.sum(axis=2), strict=True):
        share = share + share @ hazard - share * leave
    return share
