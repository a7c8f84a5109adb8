"""How often one may ask: a token by itself, and who has none by his address; counted by the library limits, in this process."""

from __future__ import annotations

import math
import time

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

EACH_KEY, EACH_STRANGER = 600, 30  # requests a minute


class Throttle:
    """`key`, `stranger`: requests a minute of one token, and of one address without a valid one."""

    def __init__(self, *, key: int = EACH_KEY, stranger: int = EACH_STRANGER) -> None:
        self._limits = {"key": RateLimitItemPerMinute(key), "stranger": RateLimitItemPerMinute(stranger)}
        self._counter = MovingWindowRateLimiter(MemoryStorage())
        self._told: dict[tuple[str, str], float] = {}

    def wait(self, kind: str, name: str) -> int:
        """Counts a request; 0: it may be answered, else after how many seconds one may be again."""
        limit = self._limits[kind]
        if self._counter.hit(limit, kind, name):
            return 0
        return max(1, math.ceil(self._counter.get_window_stats(limit, kind, name).reset_time - time.time()))

    def is_first(self, kind: str, name: str) -> bool:
        """Whether nobody was told of this refusal within the last minute: who floods the door must not fill the disk with records of it."""
        now = time.monotonic()
        self._told = {whom: at for whom, at in self._told.items() if now - at < 60}
        return self._told.setdefault((kind, name), now) == now
