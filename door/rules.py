"""What each address asks of whoever comes: one table; what is not in it is a page, and open to nobody unknown."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from analytics.access import PAGES_OF_DEEDS, Access, Deed


class Kind(Enum):
    """OPEN: anybody; OWN: has a check of its own, to which the cookie means nothing; FILE: a download, whose link is sealed; PART: something a page needs;
    PAGE: a page."""

    OPEN = auto()
    OWN = auto()
    FILE = auto()
    PART = auto()
    PAGE = auto()


@dataclass(frozen=True, kw_only=True)
class Rule:
    """`deed` None: whoever has any role."""

    kind: Kind
    deed: Deed | None = None

    def lets(self, access: Access) -> bool:
        return self.deed is None or access.may(self.deed)


OPEN, OWN, PART, EXPORT = Rule(kind=Kind.OPEN), Rule(kind=Kind.OWN), Rule(kind=Kind.PART), Rule(kind=Kind.FILE, deed=Deed.EXPORT)
RULES = {  # by the beginning of the path; the longest that fits holds
    "/login": OPEN, "/auth/login": OPEN, "/oauth2callback": OPEN, "/auth/logout": OPEN,
    "/_stcore/health": OPEN,
    "/static/": OPEN, "/app/static/": OPEN, "/favicon.png": OPEN, "/favicon.ico": OPEN, "/robots.txt": OPEN,  # the bundle: the same for everybody, anywhere
    "/api/": OWN,
    "/export/": EXPORT, "/figure/": EXPORT, "/flows/": EXPORT, "/bridge/": EXPORT, "/pack/": EXPORT,
    "/template/": Rule(kind=Kind.FILE, deed=Deed.SUBMIT), "/returned/": Rule(kind=Kind.FILE, deed=Deed.REFUSED),
    "/_stcore/upload_file/": Rule(kind=Kind.PART, deed=Deed.SUBMIT),
    "/_stcore/": PART, "/media/": PART, "/component/": PART,
}
BEGINNINGS = sorted(RULES, key=len, reverse=True)


def rule(path: str) -> Rule:
    """What a path asks."""
    for begins in BEGINNINGS:
        if path == begins.rstrip("/") or path.startswith(begins if begins.endswith("/") else f"{begins}/"):
            return RULES[begins]
    return Rule(kind=Kind.PAGE, deed=PAGES_OF_DEEDS.get(path.strip("/")))
