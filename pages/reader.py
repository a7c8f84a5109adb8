"""Who reads: found out once for each run of a page, never kept between runs."""

from __future__ import annotations

from analytics.access import VISITOR, Access


def who() -> Access:
    """Who this page run is for, and what they may; without a login, who sits at this machine."""
    return VISITOR
