"""The HTTP door asked as one of the other systems asks it, without a server."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from asked import Answer, ask
from park import Park
from starlette.applications import Starlette

from door.rates import Measure, Rate
from exports.api.bodies import PREFIX
from exports.api.throttle import Throttle
from warehouse.audited import listed
from warehouse.issues import Frozen

PLENTY = Rate(burst=100_000, per_second=1_000)


@dataclass(frozen=True, kw_only=True)
class Client:
    """One of the other systems. `token`: None for a stranger."""

    app: Starlette
    root: Path
    token: str | None

    def __call__(self, path: str, *, method: str = "GET", headers: dict[str, str] | None = None, **more: Any) -> Answer:
        """`path`: after /api/v1, or a whole one that an answer gave."""
        own = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        return ask(self.app, path if path.startswith("/api") else PREFIX + path, method=method, headers=own | (headers or {}), **more)

    def json(self, path: str, **more: Any) -> Any:
        """The body of an answer that must be one."""
        answer = self(path, **more)
        assert answer.status == 200, answer.text
        return json.loads(answer.body)

    @property
    def records(self) -> list[Mapping[str, Any]]:
        """What stands in the record about requests."""
        return [line for line in listed(self.root) if line.get("door") == "api"]


def plenty(*, key: Rate = PLENTY, stranger: Rate = PLENTY) -> Throttle:
    """Measures of its own for each test."""
    return Throttle(key=Measure(rate=key), stranger=Measure(rate=stranger))


Enter = Callable[..., Client]


@dataclass(frozen=True, kw_only=True)
class Served:
    """The home all tests of a module read."""

    park: Park
    issue: Frozen
    now: str  # the current snapshot
