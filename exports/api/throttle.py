"""How often one may ask: a token by itself, and who has no valid one by his address."""

from __future__ import annotations

import math
import threading
import time
from dataclasses import dataclass, field
from typing import Protocol

ONCE_S = 60  # a refusal for asking too often is on record once in this time


class Measure(Protocol):
    """What counts, as `door.rates` does; serve.py says how much."""

    def wait(self, client: str, /) -> float:
        """0 where the client may, which is counted; otherwise the seconds until it may again."""


@dataclass(kw_only=True)
class Throttle:
    """`key`: of each token; `stranger`: of each address from which no valid token came."""

    key: Measure
    stranger: Measure
    _told: dict[str, float] = field(default_factory=dict)
    _alone: threading.Lock = field(default_factory=threading.Lock)  # requests are answered in threads

    def wait(self, whom: str, *, is_stranger: bool) -> int:
        """Counts a request; 0: it may be answered, else after how many whole seconds one may be again."""
        with self._alone:
            return math.ceil((self.stranger if is_stranger else self.key).wait(whom))

    def is_first(self, whom: str) -> bool:
        """Whether this refusal was not told of within ONCE_S: who floods the door must not fill the disk with records of it."""
        now = time.monotonic()
        with self._alone:
            self._told = {name: at for name, at in self._told.items() if now - at < ONCE_S}
            return self._told.setdefault(whom, now) == now
