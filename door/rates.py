"""How often one client may do what: a measure that fills again with time, for each client and each kind of thing."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass, field

MOST_CLIENTS = 20_000  # remembered at a time; who asks nothing for a while is forgotten anyway


@dataclass(frozen=True, kw_only=True)
class Rate:
    """`burst` at once, and after that so many a second."""

    burst: int
    per_second: float


@dataclass(kw_only=True)
class Measure:
    """Counts for each client when its measure would be full again (the generic cell rate algorithm, ITU-T I.371): one number for each, no thread, no window."""

    rate: Rate
    clock: Callable[[], float] = time.monotonic
    _full_at: dict[str, float] = field(default_factory=dict)

    def wait(self, client: str) -> float:
        """0 where the client may, which is counted; otherwise the seconds until it may again."""
        now, each = self.clock(), 1 / self.rate.per_second
        full_at = max(self._full_at.get(client, now), now) + each
        too_early = full_at - now - self.rate.burst * each
        if too_early > 1e-9:
            return too_early
        self._full_at[client] = full_at
        if len(self._full_at) > MOST_CLIENTS:
            self._full_at = {name: at for name, at in self._full_at.items() if at > now}
        return 0.0


def seconds(wait: float) -> int:
    """Whole seconds that are enough."""
    return max(1, math.ceil(wait))
