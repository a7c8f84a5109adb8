"""Days across and amounts up: where a value of a day lies on a figure for paper."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from charts.paper.sheet import Room

DAY = dt.timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Plane:
    """Days across and amounts up, in a room."""

    first: dt.date
    last: dt.date
    low: float
    high: float
    room: Room

    def encoding(self, **axes: object) -> dict[str, Any]:
        """For values with `day`, a day's ordinal, and `value`. `axes`: by channel; said once, they hold for all layers."""
        scales = {"day": [self.first.toordinal(), self.last.toordinal()], "value": [self.low, self.high]}
        return {channel: {"field": field, "type": "quantitative", "scale": {"domain": scales[field], "nice": False, "zero": False}}
                | ({"axis": axes[channel]} if channel in axes else {})
                for channel, field in (("x", "day"), ("y", "value"))}

    def across(self, day: dt.date) -> float:
        """Points from the left."""
        return (day - self.first) / (self.last - self.first) * self.room.width

    def down(self, value: float) -> float:
        """Points from the top."""
        return (self.high - value) / (self.high - self.low) * self.room.height
