"""Who it is: the cookie that Streamlit's login has set, its signature, its session here, and the role that claim or list give today."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import hmac
import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from starlette.requests import HTTPConnection
from starlette.types import Scope
from streamlit.auth_util import get_cookie_with_chunks
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value
from streamlit.web.server.starlette.starlette_server_config import TOKENS_COOKIE_NAME, USER_COOKIE_NAME

from analytics.access import VISITOR, Access
from analytics.snapshot import SHANGHAI
from door.keys import key
from door.people import people
from door.sessions import Session, find
from door.setup import Grant, Login, login
from warehouse.here import data_home

LONGEST = 80  # characters of a name


@dataclass(frozen=True, kw_only=True)
class Known:
    """Somebody the identity provider vouches for, in a session that has not ended; `access` None: without a role here."""

    session: Session
    access: Access | None


def identified(scope: Scope) -> Access | None:
    """Whose request or socket this is, and what they may; None: nobody who may anything. Without a login, who sits at this machine."""
    if login() is None:
        return VISITOR
    found = known(HTTPConnection(scope).cookies)
    return found.access if found else None


def known(cookies: Mapping[str, str]) -> Known | None:
    """The holder of a cookie that was signed here, for this address, and whose session has not ended."""
    setup = login()
    if setup is None or (told := signed(cookies)) is None:
        return None
    name, claims = told
    if not claims.get("is_logged_in") or claims.get("origin") != setup.origin:
        return None
    session = find(data_home(), name, idle=setup.idle, longest=setup.longest)
    return Known(session=session, access=access(data_home(), session, setup)) if session else None


def signed(cookies: Mapping[str, str]) -> tuple[str, dict[str, Any]] | None:
    """The key of the session a cookie would be of, and what it says, if the signature is ours."""
    parts, claims = _told(cookies, USER_COOKIE_NAME)
    return (hashlib.sha256("\n".join(parts).encode("latin-1")).hexdigest(), claims) if claims is not None else None


def tokens(cookies: Mapping[str, str]) -> dict[str, Any]:
    """The tokens of the provider that Streamlit's login has put into a second cookie, if the signature is ours."""
    return _told(cookies, TOKENS_COOKIE_NAME)[1] or {}


def _told(cookies: Mapping[str, str], cookie: str) -> tuple[list[str], dict[str, Any] | None]:
    """The texts of a cookie, which may be in chunks, and what it says."""
    parts: list[str] = []

    def part(name: str) -> bytes | None:
        if name not in cookies:
            return None
        parts.append(cookies[name])
        return decode_signed_value(get_cookie_secret(), name, cookies[name].encode("latin-1"))

    told = get_cookie_with_chunks(part, cookie)
    try:
        found = json.loads(told) if told else None
    except ValueError:
        found = None
    return parts, found if isinstance(found, dict) else None


def session_of(home: Path, name: str, claims: Mapping[str, Any], setup: Login) -> Session:
    """The session to be kept for a cookie that the login has just set."""
    called = str(claims.get("name") or claims.get("preferred_username") or "")[:LONGEST]
    return Session(key=name, subject=subject(home, str(claims.get("iss", "")), str(claims["sub"])), name=called, values=values(claims, setup.claim),
                   departments=values(claims, setup.departments), at=time.time())


def subject(home: Path, issuer: str, sub: str) -> str:
    """An opaque name for whom a provider calls `sub`, the same each time: providers are known to use numbers of identity cards, which no record may hold."""
    sealed = hmac.new(key(home, "subjects"), f"{issuer}\n{sub}".encode(), hashlib.sha256).digest()
    return f"u-{base64.b32encode(sealed[:10]).decode().lower()}"


def values(claims: Mapping[str, Any], path: str | None) -> tuple[str, ...]:
    """The texts of a claim, by its path with dots: one, or a list of them."""
    found: Any = claims
    for step in (path or "").split("."):
        found = found.get(step) if isinstance(found, Mapping) else None
    return (found,) if isinstance(found, str) else tuple(each for each in found if isinstance(each, str)) if isinstance(found, list) else ()


def access(home: Path, session: Session, setup: Login) -> Access | None:
    """What the holder of a session may today: as the list says, if it has a line of theirs, else as the claim says."""
    listed = people(home)
    if not listed.is_read:
        return None
    if session.subject not in listed.lines:
        given = _claimed(session.values, session.departments, setup)
        return _access(session.subject, session.name, given)
    line = listed.lines[session.subject]
    if line is None or (line.until and dt.datetime.now(SHANGHAI).date() > line.until):
        return None
    return _access(session.subject, line.name, line.grant)


def _claimed(told: Sequence[str], departments: Sequence[str], setup: Login) -> Grant:
    """The first of the configured values that the claim has."""
    given = next((given for value, given in setup.grants.items() if value in told), Grant(role=None))
    return Grant(role=given.role, departments=frozenset(departments)) if given.departments == frozenset() else given


def _access(subject: str, name: str, given: Grant) -> Access | None:
    """A steward of no department is nobody."""
    if given.role is None or given.departments == frozenset():
        return None
    return Access(subject=subject, name=name, role=given.role, departments=given.departments)
