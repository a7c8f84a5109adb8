"""How one project goes through the stages: entry dates from a few pinned ones, then the events of each spell."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from itertools import pairwise
from random import Random

from etl.demo.model import AS_OF, END, STAGES, START, Event

DAYS = {"rd": (110, 290), "poc": (80, 200), "small": (110, 250), "pilot": (170, 340), "landed": (120, 240)}
CAUSES = ("technology", "technology", "market", "market", "funding", "team", "compliance")
Pins = Mapping[str, tuple[date, date]]


def told_by(on: date) -> int:
    """The delivery that carries what happened on a day, if it is reported in time."""
    return next(number for number, as_of in enumerate(AS_OF, start=1) if on <= as_of)


def between(rng: Random, low: date, high: date) -> date:
    """A day from low to high, both included."""
    return low + timedelta(days=rng.randint(0, max(0, (high - low).days)))


def entries(rng: Random, pins: Pins, *, first: str, last: str) -> dict[str, date]:
    """First entry of each stage from `first` to `last`: pinned windows hold; what would start before the park did is unknown."""
    found = {stage: between(rng, *window) for stage, window in pins.items()}
    pinned = sorted(found, key=STAGES.index)
    for stage in reversed(STAGES[STAGES.index(first):STAGES.index(pinned[0])]):
        following = min(found.values())
        on = following - timedelta(days=rng.randint(*DAYS[stage]))
        if on < START + timedelta(days=20):
            break
        if stage != "small" or rng.random() > 0.15:
            found[stage] = on
    for early, late in pairwise(pinned):
        gap = (found[late] - found[early]).days
        missing = STAGES[STAGES.index(early) + 1:STAGES.index(late)]
        if missing and gap > 150 and rng.random() > 0.2:  # else the stage was skipped
            found[missing[0]] = found[early] + timedelta(days=round(gap * rng.uniform(0.35, 0.6)))
    reached = pinned[-1]
    for stage in STAGES[STAGES.index(reached) + 1:STAGES.index(last) + 1]:
        on = found[reached] + timedelta(days=rng.randint(*DAYS[reached]))
        if on > END or rng.random() < 0.3:
            break
        found[stage], reached = on, stage
    return dict(sorted(found.items(), key=lambda item: item[1]))


def spell_events(rng: Random, project_id: str, entered: Mapping[str, date]) -> list[Event]:
    """Events of a project's spells in order of time, without sender and number."""
    made: list[Event] = []

    def add(stage: str, kind: str, on: date, cause: str | None = None) -> None:
        made.append(Event(project_id=project_id, stage=stage, kind=kind, on=on, cause=cause, told=told_by(on)))

    order = list(entered)
    for number, stage in enumerate(order):
        on = entered[stage]
        add(stage, "enter", on)
        if number + 1 == len(order):
            _last_spell(rng, add, stage, on)
            continue
        end = entered[order[number + 1]]
        middle = on + (end - on) / 2
        length, chance = (end - on).days, rng.random()
        if length > 160 and chance < 0.08:
            add(stage, "suspend", middle - timedelta(days=30))
            add(stage, "resume", middle + timedelta(days=25))
        elif length > 120 and chance < 0.16:
            add(stage, "fail", middle)
        elif length > 200 and chance < 0.30 and number and order[number - 1] in ("poc", "small"):
            add(stage, "regress", middle - timedelta(days=40))
            add(order[number - 1], "reenter", middle - timedelta(days=39))
            add(stage, "reenter", middle + timedelta(days=30))
        if rng.random() < 0.85:
            add(stage, "pass", end - timedelta(days=rng.randint(1, 14)))
    return made


def _last_spell(rng: Random, add: Callable[..., None], stage: str, on: date) -> None:
    """How the spell that is not followed by another stands at the end."""
    age, chance = (END - on).days, rng.random()
    if stage == "industrial":
        if age > 120 and chance < 0.5:
            add(stage, "pass", on + timedelta(days=100))
        return
    quit_on = on + timedelta(days=rng.randint(60, max(61, min(age - 10, 300)))) if age > 75 else END
    hopeless = 0.5 if age > 330 else 0.2 if age > 150 else 0.04
    if stage in ("pilot", "landed"):
        hopeless *= 0.3
    if age <= 75 or chance > hopeless + 0.2:
        return
    if chance < hopeless * 0.8:
        add(stage, "terminate", quit_on, rng.choice(CAUSES))
        if chance < hopeless * 0.06 and quit_on + timedelta(days=50) < END:
            add(stage, "reenter", quit_on + timedelta(days=45))
    elif chance < hopeless:
        add(stage, "withdraw", quit_on)
    elif chance < hopeless + 0.12:
        add(stage, "suspend", between(rng, max(on + timedelta(days=40), END - timedelta(days=260)), END - timedelta(days=12)))
    else:
        add(stage, "pass", between(rng, max(on + timedelta(days=60), END - timedelta(days=90)), END - timedelta(days=3)))
