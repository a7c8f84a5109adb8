"""Whether the identity provider still vouches for who has logged in: asked anew while they are at work, so that who lost the role there does not keep it here.

What asks is the access token of the login. It stays in the browser, in Streamlit's signed cookie, and nothing of it is kept here but a hash: a browser that
no longer brings it, or brings another, is refused. Where the provider cannot be reached nothing changes.
"""

from __future__ import annotations

import base64
import hashlib
import json
import logging
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

import httpx2

from door import noted
from door.identity import Known, access, signed, tokens, values
from door.loopback import is_loopback
from door.sessions import Session, end
from door.setup import Login
from warehouse.here import data_home

LOG = logging.getLogger(__name__)
PATIENCE_S = 3.0  # for one answer of the provider
FOR_METADATA_S = 3600.0
MOST = 10_000  # sessions remembered
REFUSING = (400, 401, 403)  # as providers answer to a token that is no longer good
_asked: dict[str, float] = {}  # session → when it was asked about last, of this process
_places: dict[str, tuple[float, str]] = {}  # address of the metadata → when it was read, address for claims


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What the provider says to a token. `claims` None: it refuses."""

    claims: Mapping[str, Any] | None


async def begun(setup: Login, session: Session, claims: Mapping[str, Any], cookies: Mapping[str, str]) -> Session:
    """A new session with what asking about it needs; as it was where the provider gives no token, or does not answer to it: then nothing can be asked."""
    held = tokens(cookies)
    token = str(held.get("access_token") or "")
    if not token or not setup.recheck:
        return session
    told = await _answer(setup, str(claims.get("provider", "")), token)
    if told is None or told.claims is None or told.claims.get("sub") != claims["sub"]:
        LOG.warning("the provider does not say who holds a token: roles withdrawn there are noticed at the next login")
        return session
    until = _end_of(token) or _end_of(str(held.get("id_token") or ""))
    if until and until - time.time() < setup.longest.total_seconds() and not setup.ends_with_token:
        LOG.warning("the provider's tokens last %d minutes: who is logged in for longer is not asked about after that", (until - time.time()) / 60)
    same = (set(values(told.claims, setup.claim)), set(values(told.claims, setup.departments))) == (set(session.values), set(session.departments))
    _asked[session.key] = time.monotonic()
    return replace(session, token=_hash(token), until=until, has_claims=same)


async def ask(setup: Login, found: Known, cookies: Mapping[str, str]) -> bool:
    """Where it is time, ask the provider about a session, and end it if the provider refuses, or no longer says what the role came from. Returns whether it
    was ended."""
    session, now = found.session, time.monotonic()
    is_over = 0 < session.until <= time.time()
    if not session.token or not setup.recheck or (is_over and not setup.ends_with_token) or now - _asked.get(session.key, -1e9) < setup.recheck.total_seconds():
        return False
    if len(_asked) >= MOST:
        _asked.clear()
    _asked[session.key] = now  # before the answer: what is asked meanwhile does not ask again
    if not is_over and await _holds(setup, session, cookies):
        return False
    if end(data_home(), session.key):
        await noted.went(session.subject, "token" if is_over else "provider")
    return True


async def _holds(setup: Login, session: Session, cookies: Mapping[str, str]) -> bool:
    """Whether the provider, if it can be asked, still says what it said at the login."""
    _key, claims = signed(cookies) or ("", {})
    token = str(tokens(cookies).get("access_token") or "")
    if _hash(token) != session.token:
        return False
    told = await _answer(setup, str(claims.get("provider", "")), token)
    if told is None:
        return True
    if told.claims is None or told.claims.get("sub") != claims["sub"]:
        return False
    now = replace(session, values=values(told.claims, setup.claim), departments=values(told.claims, setup.departments))
    return not session.has_claims or access(data_home(), now, setup) == access(data_home(), session, setup)


async def _answer(setup: Login, provider: str, token: str) -> Answer | None:
    """None where it cannot be asked, or what it says is not understood."""
    try:
        async with httpx2.AsyncClient(timeout=PATIENCE_S, verify=_trusted()) as client:
            if not (place := await _place(client, setup.metadata.get(provider, ""))):
                return None
            said = await client.get(place, headers={"Authorization": f"Bearer {token}"})
        if said.status_code in REFUSING:
            return Answer(claims=None)
        told = said.json() if said.status_code == 200 else None
    except (httpx2.HTTPError, httpx2.InvalidURL, ValueError) as problem:
        LOG.warning("the identity provider cannot be asked: %s", type(problem).__name__)
        return None
    return Answer(claims=told) if isinstance(told, dict) else None


async def _place(client: httpx2.AsyncClient, metadata: str) -> str:
    """The provider's address for claims, "" where it has none. Raises httpx2.HTTPError, ValueError."""
    at, place = _places.get(metadata, (0.0, ""))
    if not place or time.monotonic() - at > FOR_METADATA_S:
        told = (await client.get(metadata)).raise_for_status().json()
        place = str(told.get("userinfo_endpoint") or "") if isinstance(told, dict) else ""
        parts = urlsplit(place)
        if parts.scheme != "https" and not is_loopback(parts.hostname or ""):
            return ""  # a token does not go over a line that others can read
        _places[metadata] = time.monotonic(), place
    return place


def _end_of(token: str) -> float:
    """When a token that says so ends, seconds since 1970; 0 where it does not. It is our own copy, signed by us in the cookie: no signature is looked at."""
    parts = token.split(".")
    if len(parts) != 3:
        return 0.0
    try:
        told = json.loads(base64.urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4)))
    except ValueError:
        return 0.0
    exp = told.get("exp") if isinstance(told, dict) else None
    return float(exp) if isinstance(exp, int | float) and not isinstance(exp, bool) else 0.0


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@lru_cache(maxsize=1)
def _trusted() -> ssl.SSLContext:
    """Whom to trust, as the login does; making it costs more than asking."""
    return httpx2.create_ssl_context()
