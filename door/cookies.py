"""Cookies as they leave: Secure where the pages are https, never for longer than a session may last, and none of them for other sites or from other hosts."""

from __future__ import annotations

from http.cookies import CookieError, SimpleCookie

from starlette.datastructures import MutableHeaders
from starlette.types import Message, Scope, Send
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME, XSRF_COOKIE_NAME

from door.setup import Login

HOST = "__Host-"  # a browser takes a cookie of such a name from this very host alone, over TLS, and gives it to no other (RFC 6265bis)
BARE = frozenset({XSRF_COOKIE_NAME})  # a script of Streamlit's reads it by this name


def inside(scope: Scope, setup: Login) -> Scope:
    """A request with its cookies by the names that Streamlit knows. Where the pages are https, what comes without the prefix is left out: another host of
    the same domain may have set it."""
    if not setup.is_secure:
        return scope
    headers = []
    for name, text in scope["headers"]:
        if name.lower() == b"cookie":
            parts = [part.strip() for part in text.decode("latin-1").split(";")]
            kept = [part.removeprefix(HOST) for part in parts if part.startswith(HOST) or part.partition("=")[0] in BARE]
            text = "; ".join(kept).encode("latin-1")
        headers.append((name, text))
    return {**scope, "headers": headers}


def tightened(send: Send, setup: Login) -> Send:
    """Sends on, with the cookies of a response made tighter than Streamlit makes them."""
    async def tighter(message: Message) -> None:
        if message["type"] in ("http.response.start", "websocket.accept") and message.get("headers"):
            message = {**message, "headers": [(name, _tight(text, setup) if name.lower() == b"set-cookie" else text) for name, text in message["headers"]]}
        await send(message)

    return tighter


def set_in(headers: MutableHeaders) -> dict[str, str]:
    """The cookies of the login that a response sets; not those it deletes."""
    found = {}
    for text in headers.getlist("set-cookie"):
        for name, morsel in _parsed(text).items():
            if name.startswith(USER_COOKIE_NAME) and morsel.value:
                found[name] = morsel.value
    return found


def without(headers: MutableHeaders, names: str) -> None:
    """Takes out what would set cookies of these names (their beginning)."""
    kept = [text for text in headers.getlist("set-cookie") if not text.startswith(names)]
    del headers["set-cookie"]
    for text in kept:
        headers.append("set-cookie", text)


def _tight(text: bytes, setup: Login) -> bytes:
    parts = [part.strip() for part in text.decode("latin-1").split(";")]
    longest = int(setup.longest.total_seconds())
    kept = []
    for part in parts[1:]:
        name, _sign, number = part.partition("=")
        if name.lower() == "max-age" and number.isdecimal() and int(number) > longest:
            part = f"Max-Age={longest}"
        if name.lower() != "secure":
            kept.append(part)
    names = {part.partition("=")[0].lower() for part in kept}
    if "samesite" not in names:
        kept.append("SameSite=Lax")
    if setup.is_secure:
        kept.append("Secure")
        if parts[0].partition("=")[0] not in BARE:
            parts[0] = f"{HOST}{parts[0]}"
    return "; ".join([parts[0], *kept]).encode("latin-1")


def _parsed(text: str) -> SimpleCookie:
    try:
        return SimpleCookie(text)
    except CookieError:
        return SimpleCookie()
