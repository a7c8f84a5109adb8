"""The address of an export, for whoever shows a link to it."""

from __future__ import annotations

import datetime as dt
from typing import Literal
from urllib.parse import quote, urlencode

Format = Literal["csv", "xlsx"]
FOLDER = "export"


def export_url(metric: str, fmt: Format, as_of: dt.date, snapshot: str, zone: str | None = None, month: str | None = None,
               language: str | None = None) -> str:
    """The path and query of an export, from the root of the site. `month`: 2026-10, or before; `language`: None for Chinese.

    The same address is the same content for ever."""
    choices = {"as_of": as_of.isoformat(), "snapshot": snapshot, "zone": zone, "month": month, "lang": language}
    return f"/{FOLDER}/{quote(metric, safe='')}.{fmt}?{urlencode({name: chosen for name, chosen in choices.items() if chosen is not None})}"
