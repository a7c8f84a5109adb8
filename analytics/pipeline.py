"""The pipeline Monte Carlo: projects arrive, advance or leave stage by stage, and land outcomes, in many drawn futures of one observed past.

The method is that of docs/forecast-methods.md. Time counts in months of 30.44 days after V. Every random number belongs to one draw and one
project and is turned into times and counts by monotone transformations, so that with the same seed a faster or surer stage, or one more arrival,
never makes any draw land later or fewer ("common random numbers").
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaincinv, ndtri

Array = NDArray[np.float64]

STAGES = ("poc", "small", "pilot")
LATER = {"poc": ("pilot", "small", "landed"), "small": ("pilot", "landed"), "pilot": ("landed",)}  # pilot first: one more entry there takes from no other
PRIOR_ADVANCE = {"poc": 0.70, "small": 0.65, "pilot": 0.60}  # 拟定: shares that advance, worth two pseudo-events each
PRIOR_MONTHS = {"poc": 6.0, "small": 8.0, "pilot": 12.0}  # 拟定: mean stay
PRIOR_EVENTS = 2.0
PRIOR_DISPERSION, PRIOR_DISPERSION_MONTHS, LEAST_DISPERSION = 1.5, 6.0, 1.1
DRIFT = 0.25  # standard deviation of the logarithm by which future arrivals differ from past ones
PRIOR_SINGLE_OUTCOMES = 4.0  # projects with exactly one outcome, as pseudo-observations
MOST = 400  # projects of one pool that are drawn one by one; more are drawn by so many of equal weight: never narrower than the truth


@dataclass(frozen=True, kw_only=True)
class Stage:
    """What was observed of a stage by V, of root projects. `months`: spent in it, all together; `advances`: by the stage entered next."""

    open: int = 0
    months: float = 0.0
    exits: int = 0
    advances: Mapping[str, int] = field(default_factory=dict)

    @property
    def advanced(self) -> int:
        return sum(self.advances.values())


@dataclass(frozen=True, kw_only=True)
class Observed:
    """All the pipeline knows. `months`: since the base date; `arrivals`: first entries into {poc, small} by whole month; `entered`: since the base
    date, by the first stage a project was seen in (poc, small, pilot, landed); `outcomes`: landed projects by their number of outcomes, from none."""

    months: float
    arrivals: tuple[int, ...] = ()
    entered: Mapping[str, int] = field(default_factory=dict)
    stages: Mapping[str, Stage] = field(default_factory=dict)
    outcomes: tuple[int, ...] = ()

    def stage(self, stage_id: str) -> Stage:
        return self.stages.get(stage_id, Stage())

    @property
    def arrived(self) -> int:
        """First entries into {poc, small} since the base date."""
        return self.entered.get("poc", 0) + self.entered.get("small", 0)


@dataclass(frozen=True, kw_only=True)
class Change:
    """What is imagined otherwise, as factors: arrivals, and by stage the odds of advancing, the mean stay, and the rate of advancing alone."""

    arrivals: float = 1.0
    odds: Mapping[str, float] = field(default_factory=dict)
    stay: Mapping[str, float] = field(default_factory=dict)
    advance: Mapping[str, float] = field(default_factory=dict)


AS_IT_IS = Change()


@dataclass(frozen=True, kw_only=True)
class Landings:
    """Projects that land, one entry each: in which draw, when, with how many outcomes, and a standard normal number of their own."""

    draw: NDArray[np.intp]
    at: Array
    outcomes: Array
    luck: Array


@dataclass(frozen=True, kw_only=True)
class Futures:
    """What comes after V. `added`: by goal (g1, g2, g3), how much is new at each asked time: times × draws."""

    added: Mapping[str, Array]
    landings: Landings


def dispersion(arrivals: tuple[int, ...]) -> float:
    """Variance by mean of monthly arrivals, shrunk to 1.5 with the weight of six months."""
    counts = np.asarray(arrivals, dtype=float)
    seen = float(counts.var(ddof=1) / counts.mean()) if len(counts) > 1 and counts.sum() else PRIOR_DISPERSION
    months = len(counts) if len(counts) > 1 else 0
    return max((PRIOR_DISPERSION * PRIOR_DISPERSION_MONTHS + seen * months) / (PRIOR_DISPERSION_MONTHS + months), LEAST_DISPERSION)


def conversion(observed: Observed, stage_id: str) -> float:
    """The share of a stage's projects that advance, as the posterior means of both rates have it."""
    stage = observed.stage(stage_id)
    return (PRIOR_EVENTS * PRIOR_ADVANCE[stage_id] + stage.advanced) / (PRIOR_EVENTS + stage.advanced + stage.exits)


def stay(observed: Observed, stage_id: str) -> float:
    """The mean months in a stage, as the posterior means of both rates have it."""
    stage = observed.stage(stage_id)
    return (PRIOR_EVENTS * PRIOR_MONTHS[stage_id] + stage.months) / (PRIOR_EVENTS + stage.advanced + stage.exits)


def arrivals_per_month(observed: Observed) -> float:
    """The posterior mean of arrivals into {poc, small}."""
    return (observed.arrived + 0.5) / observed.months


def futures(observed: Observed, times: Array, *, change: Change = AS_IT_IS, draws: int = 5000, seed: int = 2027) -> Futures:
    """Draw futures. `times`: months after V, increasing, the last of them the horizon. `observed.months` must be positive."""
    world = _World(observed, change, times, draws, seed)
    spread = dispersion(observed.arrivals)
    for stage_id in STAGES:
        known = observed.stage(stage_id).open
        if known:
            shown = min(known, MOST)
            world.follow(stage_id, {stage_id: np.zeros((shown, draws))}, known / shown)
    arriving, weight = world.arrivals("arrivals", observed.arrived, spread, change.arrivals)
    into_poc = world.uniform("first stage", len(arriving)) < (observed.entered.get("poc", 0) + 1) / (observed.arrived + 2)
    world.count("g1", arriving, weight)
    world.follow("arrived", {"poc": np.where(into_poc, arriving, np.inf), "small": np.where(into_poc, np.inf, arriving)}, weight)
    for stage_id in ("pilot", "landed"):  # those that skip what comes before
        arriving, weight = world.arrivals(f"first seen in {stage_id}", observed.entered.get(stage_id, 0), spread, 1.0)
        world.follow(f"first seen in {stage_id}", {stage_id: arriving}, weight)
    return world.futures()


class _World:
    """The drawn futures while they are made."""

    def __init__(self, observed: Observed, change: Change, times: Array, draws: int, seed: int) -> None:
        self._observed, self._times, self._draws, self._seed = observed, times, draws, seed
        self._added = {goal: np.zeros((len(times), draws)) for goal in ("g1", "g2", "g3")}
        self._landings: list[tuple[NDArray[np.intp], Array, Array, Array]] = []
        self._rates = {stage_id: self._drawn_rates(stage_id, change) for stage_id in STAGES}
        counts = np.array([*observed.outcomes, *(0,) * (2 - len(observed.outcomes))], dtype=float)
        counts[1] += PRIOR_SINGLE_OUTCOMES
        self._outcome_steps = np.cumsum(counts / counts.sum())[:-1]

    def uniform(self, use: str, rows: int = 1) -> Array:
        """Rows × draws of uniform numbers; the first rows of one use are the same however many there are."""
        return self._numbers(use).random((rows, self._draws))

    def arrivals(self, use: str, arrived: int, spread: float, factor: float) -> tuple[Array, float]:
        """Months after V at which projects arrive, rows × draws, inf beyond the horizon, and how many projects each stands for."""
        rate = gammaincinv((arrived + 0.5) / spread, self.uniform(f"{use}: rate")[0]) * spread / self._observed.months
        rate *= np.exp(DRIFT * ndtri(self.uniform("drift")[0])) * factor
        horizon = float(self._times[-1])
        edges = np.append(np.arange(math.ceil(horizon)), horizon)
        shapes = rate * np.diff(edges)[:, None] / (spread - 1)
        due = np.vstack([np.zeros(self._draws), np.cumsum(gammaincinv(shapes, self.uniform(f"{use}: months", len(edges) - 1)) * (spread - 1), axis=0)])
        weight = max(arrived / self._observed.months * horizon / MOST, 1.0)
        due /= weight
        turns = self._turns(use, due[-1])
        number = sum((turns > high for high in due[1:]), np.zeros(turns.shape, dtype=np.intp))  # of the month of each arrival
        month, draw = np.minimum(number, len(edges) - 2), np.arange(self._draws)
        low, high = due[month, draw], due[month + 1, draw]
        at = edges[month] + np.diff(edges)[month] * (turns - low) / np.maximum(high - low, 1e-12)
        at[number > month] = np.inf
        return at, weight

    def follow(self, use: str, entries: Mapping[str, Array], weight: float) -> None:
        """Let projects go their way and count what they reach; `entries`: when they enter the stage that each begins in, inf for not there."""
        shape = next(iter(entries.values())).shape
        at = {stage_id: entries.get(stage_id, np.full(shape, np.inf)) for stage_id in (*STAGES, "landed")}
        begun = next((number for number, stage_id in enumerate(STAGES) if stage_id in entries), len(STAGES))
        for stage_id in STAGES[begun:]:
            advance, leave = self._rates[stage_id]
            luck = self._numbers(f"{use}: way through {stage_id}").standard_exponential((len(at[stage_id]), 2, self._draws))  # side by side: see `uniform`
            advanced = at[stage_id] + luck[:, 0] / advance
            moved = (advanced < at[stage_id] + luck[:, 1] / leave) & (advanced <= self._times[-1])
            shares = self._shares(stage_id)
            choice = self.uniform(f"{use}: way out of {stage_id}", len(moved)) if len(shares) > 1 else np.zeros(moved.shape)
            before = 0.0
            for later, share in shares.items():
                np.copyto(at[later], advanced, where=moved & (choice >= before) & (choice < before + share))
                before += share
        if begun < STAGES.index("pilot") or (use == "first seen in pilot"):
            self.count("g2", at["pilot"], weight)
        outcomes = np.searchsorted(self._outcome_steps, self.uniform(f"{use}: outcomes", shape[0]), side="right").astype(float) * weight
        self.count("g3", at["landed"], outcomes)
        rows, draw = np.nonzero(np.isfinite(at["landed"]) & (outcomes > 0))
        luck = ndtri(np.clip(self.uniform(f"{use}: luck", shape[0]), 1e-12, 1 - 1e-12))
        self._landings.append((draw, at["landed"][rows, draw], outcomes[rows, draw], luck[rows, draw]))

    def count(self, goal: str, at: Array, weight: float | Array) -> None:
        """Add what has happened by each of the times."""
        for number, time in enumerate(self._times):
            self._added[goal][number] += ((at <= time) * weight).sum(axis=0)

    def futures(self) -> Futures:
        """All that was counted."""
        draw, at, outcomes, luck = (np.concatenate(each) for each in zip(*self._landings, strict=True))
        return Futures(added=self._added, landings=Landings(draw=draw.astype(np.intp), at=at, outcomes=outcomes, luck=luck))

    def _numbers(self, use: str) -> np.random.Generator:
        return np.random.default_rng([self._seed, *use.encode()])

    def _drawn_rates(self, stage_id: str, change: Change) -> tuple[Array, Array]:
        """Rates of advancing and of leaving per month, in each draw."""
        stage, share = self._observed.stage(stage_id), PRIOR_ADVANCE[stage_id]
        months = PRIOR_EVENTS * PRIOR_MONTHS[stage_id] + stage.months
        advance, leave = (gammaincinv(events, self.uniform(f"{stage_id}: {what}")[0]) / months for what, events in (
            ("advance", PRIOR_EVENTS * share + stage.advanced), ("leave", PRIOR_EVENTS * (1 - share) + stage.exits)))
        odds, slower = change.odds.get(stage_id, 1.0), change.stay.get(stage_id, 1.0)
        if odds != 1 or slower != 1:
            both = advance + leave
            share_now = advance * odds / (advance * odds + leave)
            advance, leave = share_now * both / slower, (1 - share_now) * both / slower
        return np.maximum(advance * change.advance.get(stage_id, 1.0), 1e-12), np.maximum(leave, 1e-12)

    def _shares(self, stage_id: str) -> dict[str, float]:
        """Of those that advance, where to: as observed, the next stage with the prior's events."""
        seen = self._observed.stage(stage_id).advances
        usual = STAGES[STAGES.index(stage_id) + 1] if stage_id != "pilot" else "landed"
        counts = {later: seen.get(later, 0) + (PRIOR_EVENTS * PRIOR_ADVANCE[stage_id] if later == usual else 0) for later in LATER[stage_id]}
        whole = sum(counts.values())
        shares = {later: count / whole for later, count in counts.items()}
        return shares | {LATER[stage_id][-1]: shares[LATER[stage_id][-1]] + 1e-9}  # rounding leaves nobody behind

    def _turns(self, use: str, upto: Array) -> Array:
        """Arrivals of a Poisson process of rate one, rows × draws, until each draw has passed its own end."""
        numbers, rows = self._numbers(f"{use}: turns"), np.zeros((0, self._draws))
        while not len(rows) or (rows[-1] <= upto).any():
            more = np.cumsum(numbers.standard_exponential((32, self._draws)), axis=0)
            rows = np.vstack([rows, more + (rows[-1] if len(rows) else 0.0)])
        return rows[:int((rows <= upto).any(axis=1).sum()) + 1]
