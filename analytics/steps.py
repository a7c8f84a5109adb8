"""How leads, scenarios and first-of-kind products go from step to step, with those still on the way taken into account."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np
from numpy.typing import NDArray

from analytics.incidence import Incidence, incidence
from analytics.passages import Passage
from analytics.stages import Stage
from language import N_

STEPS_SQL = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
LEADS = (Stage(stage_id="lead_tracked", stage_order=0, name_zh=N_("跟踪"), name_en="Followed"),
         Stage(stage_id="lead_signed", stage_order=1, name_zh=N_("签约"), name_en="Signed"),
         Stage(stage_id="lead_moved_in", stage_order=2, name_zh=N_("入驻"), name_en="Moved in"))
PUBLISHED = Stage(stage_id="scenario_published", stage_order=0, name_zh=N_("发布"), name_en="Published")
TAKEN = Stage(stage_id="scenario_taken", stage_order=1, name_zh=N_("揭榜"), name_en="Taken up")
RECOGNISED = Stage(stage_id="first_recognised", stage_order=0, name_zh=N_("认定"), name_en="Recognised")


@dataclass(frozen=True, kw_only=True)
class Steps:
    """The durations at V, one line a group of equal ones: days since the step was reached until the next (cause 1), the end on the way (2), or V (0).

    `untimed`: how many reached each step on a day that is not known well enough to time them.
    """

    step: NDArray[np.str_]
    zone: NDArray[np.str_]
    category: NDArray[np.str_]
    days: NDArray[np.int64]
    cause: NDArray[np.int64]
    number: NDArray[np.int64]
    untimed: dict[str, int]

    def of(self, step: Stage, zone: str | None = None, category: str | None = None) -> Passage:
        """One step, in one zone or all, of one office or class or all."""
        here = self._here(step, zone, category)
        stays = incidence(self.days[here], self.cause[here] > 0, counts=self.number[here], kinds=1)
        return Passage(stage=step, moves=incidence(self.days[here], self.cause[here], counts=self.number[here]), stays=stays)

    def waits(self, step: Stage, zone: str | None = None, category: str | None = None) -> Incidence:
        """How long the next step takes: those that ended on the way are censored at their end, as those still open are at V."""
        here = self._here(step, zone, category)
        return incidence(self.days[here], self.cause[here] == 1, counts=self.number[here], kinds=1)

    def _here(self, step: Stage, zone: str | None, category: str | None) -> NDArray[np.bool_]:
        here: NDArray[np.bool_] = self.step == step.stage_id
        if zone is not None:
            here = here & (self.zone == zone)
        return here if category is None else here & (self.category == category)


def steps(cursor: duckdb.DuckDBPyConnection, as_of: dt.date) -> Steps:
    """All of them at V."""
    found = cursor.execute(STEPS_SQL, {"v": as_of}).fetchnumpy()
    timed = np.asarray(found["is_timed"], dtype=np.bool_)
    step, number = np.asarray(found["step_id"], dtype=np.str_), np.asarray(found["number"], dtype=np.int64)
    return Steps(
        step=step[timed], zone=np.asarray(found["zone_id"], dtype=np.str_)[timed], category=np.asarray(found["category"], dtype=np.str_)[timed],
        days=np.asarray(found["days"], dtype=np.int64)[timed], cause=np.asarray(found["cause"], dtype=np.int64)[timed], number=number[timed],
        untimed={each: int(number[~timed & (step == each)].sum()) for each in dict.fromkeys(step.tolist())})
