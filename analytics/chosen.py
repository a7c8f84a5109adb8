"""Which projects are looked at."""

from __future__ import annotations

from dataclasses import dataclass, fields

from warehouse.at_day import of_chosen


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """Of the root project, None: all. The space it is in last or was in first, its direction ("": none of the listed), the origin of its firm and its research
    class (unstated: not told)."""

    last_zone: str | None = None
    first_zone: str | None = None
    of_direction: str | None = None
    origin: str | None = None
    research: str | None = None

    @property
    def in_address(self) -> dict[str, str]:
        """What is chosen, as an address says it."""
        return {each.name: value for each in fields(self) if (value := getattr(self, each.name)) is not None}

    @property
    def parameters(self) -> dict[str, str | None]:
        """Those of chosen_projects.sql; none where all projects are looked at."""
        return {each.name: getattr(self, each.name) for each in fields(self)} if self.in_address else {}

    def narrowed(self, select: str) -> str:
        """A SELECT of rows, of these projects only."""
        return of_chosen(select) if self.in_address else select


EVERYTHING = Chosen()
CHOICES = tuple(each.name for each in fields(Chosen))
