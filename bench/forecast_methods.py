"""python -m bench.forecast_methods: how well five ways of forecasting the goals do on simulated worlds; writes docs/forecast-methods.md at full size.

A world is simulated to the deadline. At months 6, 12 and 18 each method is given what had happened by then and says how likely each of three goals
is to be met; the Brier score holds that against what happened.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

import numpy as np
from numpy.typing import NDArray

from analytics import pipeline
from analytics.forecast_methods import dispersed_gamma_poisson, gamma_poisson, linear, plug_in, throughput
from analytics.pipeline import Observed, Stage, futures

DOC = Path(__file__).parents[1] / "docs/forecast-methods.md"
FULL, DRAWS, SEED = 600, 1000, 20250929
BEFORE, MONTHS, AS_OF = 18, 27, (6, 12, 18)
TARGETS = {"g1": 100, "g2": 30, "g3": 20}
METHODS = ("linear", "Poisson plug-in", "throughput bootstrap", "Gamma–Poisson", "dispersed Gamma–Poisson", "pipeline")
WRONG_ADVANCE, WRONG_MONTHS = {"poc": 0.65, "small": 0.85, "pilot": 0.85}, {"poc": 3.0, "small": 4.0, "pilot": 6.0}
SPECIFIED = {  # Brier scores of the specification, on 6,000 worlds of its own: as-of month and goal → linear, …, pipeline
    (6, "g1"): (.247, .218, .211, .194, .175, .175), (6, "g2"): (.308, .270, .272, .230, .227, .180), (6, "g3"): (.238, .216, .219, .191, .188, .142),
    (12, "g1"): (.191, .163, .155, .152, .137, .137), (12, "g2"): (.203, .158, .159, .145, .144, .114), (12, "g3"): (.189, .160, .161, .147, .144, .096),
    (18, "g1"): (.124, .100, .096, .097, .088, .089), (18, "g2"): (.123, .095, .096, .091, .090, .070), (18, "g3"): (.132, .096, .096, .091, .091, .061)}
Times = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class World:
    """When each project entered each stage and ended, in months, inf for never; `outcomes` it lands."""

    poc: Times
    small: Times
    pilot: Times
    landed: Times
    ended: Times
    outcomes: NDArray[np.int64]

    @property
    def arrived(self) -> Times:
        return np.minimum(self.poc, self.small)

    def events(self, goal: str) -> Times:
        """When the goal grew by one."""
        at = {"g1": self.arrived, "g2": self.pilot, "g3": np.repeat(self.landed, self.outcomes)}[goal]
        return at[at >= 0]

    def observed(self, month: int) -> Observed:
        """What had happened between month 0 and the end of a month."""
        entered = {stage: getattr(self, stage) for stage in (*pipeline.STAGES, "landed")}
        stages = {}
        for number, stage in enumerate(pipeline.STAGES):
            start, later = entered[stage], np.array([entered[each] for each in (*pipeline.STAGES, "landed")[number + 1:]])
            following = later.min(axis=0)
            inside, moved = start <= month, following <= month
            gone = inside & ~moved & (self.ended <= month)
            stop = np.where(moved, following, np.where(gone, self.ended, month))
            inside &= stop >= 0
            stages[stage] = Stage(
                open=int((inside & ~moved & ~gone).sum()), months=float((stop - np.maximum(start, 0))[inside].sum()), exits=int((inside & gone).sum()),
                advances={each: int((inside & moved & (entered[each] == following)).sum()) for each in pipeline.LATER[stage]})
        landed = self.outcomes[self.landed <= month]
        first_poc, new = self.poc < self.small, (self.arrived >= 0) & (self.arrived <= month)
        return Observed(
            months=float(month), arrivals=tuple(_by_month(self.events("g1"), month)), stages=stages, outcomes=tuple(np.bincount(landed)) if len(landed) else (),
            entered={"poc": int((new & first_poc).sum()), "small": int((new & ~first_poc).sum())})


def world(numbers: np.random.Generator) -> World:
    """Arrivals flat, ramping, fading or rushed at the year's end, approved in batches; gamma stays; conversion of its own; a year and a half of arrivals before."""
    month = np.arange(MONTHS)
    shape = [np.ones(MONTHS), 0.3 + month / MONTHS * 1.4, 1.7 - month / MONTHS * 1.4, np.where(month % 12 == 2, 4.0, 0.75)][numbers.integers(4)]
    mean = shape / shape.sum() * 100 * np.exp(0.35 * numbers.standard_normal())
    batch = numbers.uniform(1.01, 4)
    many = numbers.poisson(numbers.gamma(mean / (batch - 1), batch - 1))
    earlier = numbers.poisson(mean.mean() * numbers.uniform(0.0, 0.6), BEFORE)
    begun = np.concatenate([np.repeat(np.arange(-BEFORE, 0), earlier), np.repeat(month, many)])
    at = begun + numbers.random(len(begun))
    n = len(at)
    begins_small, skips = numbers.random(n) < numbers.uniform(0.1, 0.4), numbers.random(n) < 0.08
    stay = {stage: numbers.gamma(k, numbers.uniform(low, high) / k, n)
            for stage, low, high in (("poc", 3, 9), ("small", 4, 12), ("pilot", 6, 18)) for k in (numbers.uniform(1, 3),)}
    goes_on = {stage: numbers.random(n) < numbers.uniform(low, high) for stage, low, high in (("poc", 0.5, 0.9), ("small", 0.35, 0.8), ("pilot", 0.5, 0.9))}
    poc = np.where(begins_small, np.inf, at)
    out_of_poc = poc + stay["poc"]
    small = np.where(begins_small, at, np.where(goes_on["poc"] & ~skips, out_of_poc, np.inf))
    out_of_small = small + stay["small"]
    pilot = np.where(goes_on["small"] & np.isfinite(small), out_of_small, np.where(goes_on["poc"] & skips, out_of_poc, np.inf))
    out_of_pilot = pilot + stay["pilot"]
    landed = np.where(goes_on["pilot"], out_of_pilot, np.inf)
    ended = np.where(np.isfinite(pilot), np.where(goes_on["pilot"], np.inf, out_of_pilot), np.where(np.isfinite(small), out_of_small, out_of_poc))
    return World(poc=poc, small=small, pilot=pilot, landed=landed, ended=ended, outcomes=1 + (numbers.random(n) < numbers.uniform(0, 0.5)))


def said(seen: World, month: int, seed: int) -> Iterator[tuple[str, str, float]]:
    """Goal, method and probability at one as-of month. "wrong prior": the pipeline with one deliberately off."""
    left = float(MONTHS - month)
    known = seen.observed(month)
    made = {"pipeline": futures(known, np.array([left]), draws=DRAWS, seed=seed)}
    with mock.patch.dict(pipeline.PRIOR_ADVANCE, WRONG_ADVANCE), mock.patch.dict(pipeline.PRIOR_MONTHS, WRONG_MONTHS):
        made["wrong prior"] = futures(known, np.array([left]), draws=DRAWS, seed=seed)
    for goal, target in TARGETS.items():
        monthly = _by_month(seen.events(goal), month)
        done = sum(monthly)
        needed = target - done
        told = (linear(done, month, needed, left), plug_in(done, month, needed, left), throughput(monthly, needed, left, draws=DRAWS, seed=seed),
                gamma_poisson(done, month, needed, left), dispersed_gamma_poisson(monthly, needed, left))
        yield from ((goal, method, probability) for method, probability in zip(METHODS, told, strict=False))
        yield from ((goal, method, float((way.added[goal][0] >= needed - 1e-9).mean())) for method, way in made.items())


Told = dict[tuple[int, str, str], list[tuple[float, bool]]]


def compared(worlds: int) -> Told:
    """By as-of month, goal and method: what was said in each world, and whether the goal was met."""
    found: Told = defaultdict(list)
    for number in range(worlds):
        seen = world(np.random.default_rng([SEED, number]))
        met = {goal: int((seen.events(goal) <= MONTHS).sum()) >= target for goal, target in TARGETS.items()}
        for month in AS_OF:
            for goal, method, probability in said(seen, month, number):
                found[month, goal, method].append((probability, met[goal]))
    return found


def brier(told: Sequence[tuple[float, bool]]) -> float:
    return float(np.mean([(probability - met) ** 2 for probability, met in told]))


def calibration_error(told: Sequence[tuple[float, bool]]) -> float:
    """The mean distance between what was said and how often it came true, over ten classes, by their size."""
    pairs = np.array(told, dtype=float)
    at = np.minimum((pairs[:, 0] * 10).astype(int), 9)
    return float(sum((at == each).mean() * abs(pairs[at == each].mean(axis=0) @ (1, -1)) for each in np.unique(at)))


def document(found: Told, worlds: int) -> str:
    """The page of docs, from its hand-written head down to the line of the table."""
    lines = [f"{worlds:,} simulated worlds, {DRAWS:,} draws each; Brier score, lower is better. In brackets: what the specification got on 6,000 worlds of its own.",
             "", f"| as-of | goal | met | {' | '.join(METHODS)} | pipeline, wrong prior |", "|---" * (len(METHODS) + 4) + "|"]
    for month in AS_OF:
        for goal, target in TARGETS.items():
            met = np.mean([met for _, met in found[month, goal, "pipeline"]])
            cells = [f"{brier(found[month, goal, method]):.3f} ({asked:.3f})" for method, asked in zip(METHODS, SPECIFIED[month, goal], strict=True)]
            lines.append(f"| m{month} | {goal.upper()} {target} | {met:.0%} | {' | '.join(cells)} | {brier(found[month, goal, 'wrong prior']):.3f} |")
    lines += ["", "How often forecasts at the edges came true, and the mean calibration error, over all goals:", "",
              f"| as-of | said | {' | '.join(METHODS)} |", "|---" * (len(METHODS) + 2) + "|"]
    for month in AS_OF:
        together = {method: [each for goal in TARGETS for each in found[month, goal, method]] for method in METHODS}
        for what, low, high in (("≤ 10 %", 0.0, 0.1), ("≥ 90 %", 0.9, 1.0)):
            inside = {method: [met for probability, met in each if low <= probability <= high] for method, each in together.items()}
            lines.append(f"| m{month} | {what} | {' | '.join(f'{np.mean(each):.0%} of {len(each):,}' if each else '—' for each in inside.values())} |")
        lines.append(f"| m{month} | calibration error | {' | '.join(f'{calibration_error(each):.3f}' for each in together.values())} |")
    return "\n".join(lines) + "\n"


def main() -> int:
    """Simulate, compare, print the tables, and at full size put them into the docs."""
    parser = argparse.ArgumentParser(prog="python -m bench.forecast_methods", description="Hold ways of forecasting against simulated worlds.")
    parser.add_argument("--worlds", type=int, default=FULL, help=f"the tables in docs/forecast-methods.md are written at {FULL:,} only")
    worlds = parser.parse_args().worlds
    text = document(compared(worlds), worlds)
    print(text)
    if worlds == FULL:
        head, mark, _ = DOC.read_text(encoding="utf-8").partition("<!-- measured -->\n")
        DOC.write_text(head + mark + text, encoding="utf-8")
    return 0


def _by_month(events: Times, month: int) -> list[int]:
    return [int(each) for each in np.bincount(events[events < month].astype(int), minlength=month)]


if __name__ == "__main__":
    sys.exit(main())
