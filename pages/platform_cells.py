"""A figure of the platforms page as it is written: the number, and a link to the rows it is made of."""

from __future__ import annotations

from dataclasses import dataclass, field

from analytics.platforms import Platforms
from analytics.tally import Tally
from pages.tally_cells import TallyCells


@dataclass(frozen=True, kw_only=True)
class Cells(TallyCells):
    """Writes the figures of one view, in one zone or in all."""

    seen: Platforms
    tally: Tally = field(init=False)
    page: str = "platforms"

    def __post_init__(self) -> None:
        object.__setattr__(self, "tally", self.seen.tally)
