"""What the door writes into the record: who came, went and was turned away; of the same refusal one line a minute, so that knocking does not fill the disk."""

from __future__ import annotations

import logging
import time

from anyio import to_thread

from warehouse.audit import Event, code, record
from warehouse.here import data_home

LOG = logging.getLogger(__name__)
SECONDS = 60
MOST = 1000  # refusals remembered
LONGEST = 120  # characters of a path
UNKNOWN = "unknown"
_last: dict[tuple[str, str, str], float] = {}


def came(who: str, role: str | None, provider: str) -> None:
    """Raises OSError where it cannot be recorded; then nobody may come in."""
    record(data_home(), Event.LOGIN, who=who, role=role or "none", provider=provider)


async def went(who: str, how: str) -> None:
    await _tried(Event.LOGOUT, who, how=how)


async def turned_away(who: str | None, path: str, why: str) -> None:
    """`why`: no_session, no_role, role, link, origin. A refusal stands whether or not it can be recorded."""
    now = time.monotonic()
    what = (who or UNKNOWN, path[:LONGEST] if who else "", why)  # who is unknown chooses paths freely: those are one refusal
    if now - _last.get(what, -SECONDS) < SECONDS:
        return
    if len(_last) >= MOST:
        _last.clear()
    _last[what] = now
    await _tried(Event.REFUSED, what[0], path="/".join(map(code, path.split("/")))[:LONGEST], why=why)


async def _tried(event: Event, who: str, **facts: str) -> None:
    try:
        await to_thread.run_sync(lambda: record(data_home(), event, who=who, **facts))
    except OSError:
        LOG.exception("%s could not be recorded", event)
