"""Download links are for one person and a short while: the address carries until when, and a seal over all of it and whose it is."""

from __future__ import annotations

import base64
import hashlib
import hmac
import time
from collections.abc import Callable
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from starlette.types import Scope

from analytics.access import Access
from door.keys import key
from language import N_, _
from warehouse.here import data_home

LASTS, STEP = 30 * 60, 10 * 60  # seconds; in steps, so that a page drawn again keeps its links
UNTIL, SEAL = "until", "seal"
SEALING = "seal"  # where a request's scope has what seals the addresses that its answer names
ANEW = N_("这个下载链接已失效，或不是给你的。请：回到页面重新下载。")


def seal(access: Access, until: str | None = None) -> Callable[[str], str]:
    """Puts a seal for this person on the address of a download, path and query. `until`: seconds since 1970; None: a short while from now."""
    def sealed(url: str) -> str:
        parts = urlsplit(url)
        last = until or str(-(-int(time.time() + LASTS) // STEP) * STEP)
        asked = parse_qsl(parts.query, keep_blank_values=True)
        marks = [(UNTIL, last), (SEAL, _seal(unquote(parts.path), asked, last, access.subject))]
        return f"{parts.path}?{urlencode([*asked, *marks])}"

    return sealed


def opened(scope: Scope, access: Access) -> str | None:
    """The sentence where a request's link is not sealed for this person, or no longer; where it is, None, and its marks are taken out of the scope, so
    that the address is again what the routes know. What the answer then names lasts no longer than this link, so that none renews itself."""
    asked = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
    marks, rest = dict(each for each in asked if each[0] in (UNTIL, SEAL)), [each for each in asked if each[0] not in (UNTIL, SEAL)]
    until, told = marks.get(UNTIL, ""), marks.get(SEAL, "")
    right = _seal(scope["path"], rest, until, access.subject)
    if not hmac.compare_digest(told.encode(), right.encode()) or not until.isdecimal() or int(until) < time.time():
        return _(ANEW)
    scope["query_string"] = urlencode(rest).encode()
    scope[SEALING] = seal(access, until)
    return None


def _seal(path: str, asked: list[tuple[str, str]], until: str, subject: str) -> str:
    told = "\n".join((subject, until, path, urlencode(asked)))
    return base64.urlsafe_b64encode(hmac.new(key(data_home(), "links"), told.encode(), hashlib.sha256).digest()[:18]).decode()
