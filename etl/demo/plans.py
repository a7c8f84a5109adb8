"""How many projects of which kind the demo park has, so that the goals stand near half way whatever the seed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from etl.demo.model import BASE
from etl.demo.spells import Pins

OLD, NEW = (date(2024, 2, 5), date(2025, 9, 20)), (BASE + timedelta(days=2), date(2026, 10, 27))
ZONE_WEIGHTS = {"chem": 21, "bio": 18, "energy": 14, "equip": 17, "data": 13, "agri": 11, "nuclear": 6, "core": 4}


@dataclass(frozen=True, kw_only=True)
class Plan:
    """So many projects whose first entries lie in the pinned windows and which go from `first` at most to `last`."""

    count: int
    pins: Pins
    first: str = "rd"
    last: str = "small"
    group: str = ""


PLANS = (
    Plan(count=66, pins={"rd": (date(2025, 2, 1), date(2026, 10, 20))}, last="rd"),
    Plan(count=35, pins={"poc": NEW}, group="new"),
    Plan(count=12, pins={"small": NEW}, first="small", group="new"),
    Plan(count=6, pins={"poc": (BASE + timedelta(days=3), date(2026, 1, 31)), "pilot": (date(2026, 5, 4), date(2026, 10, 25))},
         last="pilot"),
    Plan(count=61, pins={"poc": OLD}, group="old"),
    Plan(count=14, pins={"small": OLD}, first="small", group="old"),
    Plan(count=8, pins={"poc": OLD, "pilot": (date(2025, 11, 3), date(2026, 10, 21))}, last="pilot"),
    Plan(count=3, pins={"pilot": (date(2024, 3, 1), date(2025, 6, 1))}, first="pilot", last="pilot"),
    Plan(count=1, pins={"pilot": (date(2026, 2, 1), date(2026, 6, 1))}, first="pilot", last="pilot"),
    Plan(count=19, pins={"pilot": (date(2024, 9, 1), date(2025, 8, 31))}, first="poc", last="pilot"),
    Plan(count=8, pins={"poc": (date(2024, 2, 1), date(2024, 9, 1)), "pilot": (date(2025, 1, 6), date(2025, 8, 25)),
                        "landed": (date(2025, 11, 3), date(2026, 10, 12))}, last="industrial", group="landed"),
    Plan(count=5, pins={"pilot": (date(2024, 10, 1), date(2025, 6, 30)), "landed": (date(2025, 12, 1), date(2026, 9, 30))},
         last="landed", group="half landed"),
    Plan(count=2, pins={"pilot": (date(2024, 2, 1), date(2024, 4, 30)), "landed": (date(2024, 11, 4), date(2024, 12, 20)),
                        "industrial": (date(2025, 3, 1), date(2025, 8, 31))}, first="small", last="industrial",
         group="landed before"),
    Plan(count=6, pins={"poc": (date(2025, 3, 1), date(2026, 9, 1))}, group="outside"),
    Plan(count=8, pins={"poc": OLD}, group="unplaced"),
    Plan(count=8, pins={"poc": (date(2026, 1, 10), date(2026, 10, 9))}, first="poc", group="phase two"),
)
