"""The one door: every request and every socket is first told whose it is, or turned away with a sentence."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from urllib.parse import parse_qs, quote, urlencode

from anyio import to_thread
from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from analytics.access import VISITOR, Access, Deed
from door import links, live, noted, recheck
from door.cookies import inside, set_in, tightened, without
from door.identity import Known, access, known, session_of, signed
from door.loopback import from_elsewhere
from door.routes import NEXT, wanted
from door.rules import Kind, rule
from door.sessions import Session, begin, clear, end, touch
from door.setup import CALLBACK, Login, login
from door.sheets import KEPT, no_role_sheet, refused_sheet, said
from language import LANGUAGES, SOURCE, _, speak
from warehouse.here import data_home

LOG = logging.getLogger(__name__)
LOGOUT, HEALTH = "/auth/logout", "/_stcore/health"
ENDED = "/login?ended=1"


class Gate:
    """Middleware. Puts into the scope, as `access`, what whoever comes may do; what is let through without is open, or has a check of its own."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        asked = parse_qs(scope["query_string"].decode("latin-1")).get("lang", [SOURCE])[0]
        speak(asked if asked in LANGUAGES else SOURCE)
        setup = login()
        if setup is None:
            await self._from_here(scope, receive, send)
        elif scope["type"] == "websocket":
            await self._socket(setup, inside(scope, setup), receive, send)
        else:
            await self._request(setup, inside(scope, setup), receive, tightened(send, setup))

    async def _from_here(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Without a login: whoever sits at this machine may do all, and nobody else anything."""
        if sentence := from_elsewhere(scope["headers"]):
            await _refuse(scope, receive, send, PlainTextResponse(f"{sentence}\n", 403, KEPT))
            return
        if rule(scope["path"]).kind is not Kind.OWN:
            scope["access"] = VISITOR
        await self._app(scope, receive, send)

    async def _request(self, setup: Login, scope: Scope, receive: Receive, send: Send) -> None:
        path, asks = scope["path"], rule(scope["path"])
        if path != HEALTH and not _is_ours(scope, setup):
            answer: Response | None = PlainTextResponse(_("这个主机名不是本服务的。请：用 {origin} 打开。", origin=setup.origin) + "\n", 421, KEPT)
        elif path == CALLBACK:
            await self._app(scope, receive, _bound(setup, scope, send))
            return
        elif path == LOGOUT:
            answer, send = await _logged_out(scope), _with(send, "clear-site-data", '"storage"')
        elif asks.kind in (Kind.OPEN, Kind.OWN):
            answer = None
        else:
            answer = await self._judged(scope)
        if answer is not None:
            await answer(scope, receive, send)
        else:
            # a download is for who is logged in now, and not for whoever sits at that machine next
            await self._app(scope, receive, _with(send, "cache-control", "no-store") if asks.kind is Kind.FILE else send)

    async def _judged(self, scope: Scope) -> Response | None:
        """Why a request is not let through; None where it is, with its access in the scope."""
        path, asks, cookies = scope["path"], rule(scope["path"]), HTTPConnection(scope).cookies
        is_page = asks.kind is Kind.PAGE and scope["method"] == "GET"
        found = await _known(cookies)
        if found is None:
            if USER_COOKIE_NAME in cookies:
                await noted.turned_away(None, path, "no_session")
            then = f"{quote(path)}?{scope['query_string'].decode('latin-1')}".removesuffix("?")
            return RedirectResponse(f"/login?{urlencode({'next': then})}", 303, KEPT) if is_page else said(scope, _("请先登录。"), 401, KEPT)
        who = found.session.subject
        if found.access is None:
            await noted.turned_away(who, path, "no_role")
            return no_role_sheet(who, found.session.name) if is_page else said(scope, _("您还没有权限。"), 403, KEPT)
        if not asks.lets(found.access):
            await noted.turned_away(who, path, "role")
            if is_page:
                return refused_sheet(_("您的角色没有这一页。请：由总览打开别的页；要用这一页，请告知管理员。"))
            return said(scope, _("没有导出的权限。") if asks.deed is Deed.EXPORT else _("您的角色不能这样做。"), 403, KEPT)
        if asks.kind is Kind.FILE and (sentence := links.opened(scope, found.access)):
            await noted.turned_away(who, path, "link")
            return said(scope, sentence, 403, KEPT)
        scope["access"] = found.access
        touch(data_home(), found.session.key)
        return None

    async def _socket(self, setup: Login, scope: Scope, receive: Receive, send: Send) -> None:
        connection = HTTPConnection(scope)
        if not _is_ours(scope, setup) or connection.headers.get("origin", setup.origin) != setup.origin:
            await noted.turned_away(None, scope["path"], "origin")
            await send({"type": "websocket.close", "code": live.POLICY})
            return
        found = await _known(connection.cookies)
        if found is None or found.access is None:
            await live.turn_away(scope, send, ENDED)
            return
        held, at = found.access, found.session.key
        scope["access"] = held

        def look() -> str | None:
            now = known(connection.cookies)
            return None if now and now.access == held else "/" if now and now.access else ENDED

        async def ask() -> None:
            await _known(connection.cookies)

        await live.watched(self._app, scope, receive, send, look=look, at_work=lambda: touch(data_home(), at), before_look=ask)


async def _known(cookies: Mapping[str, str]) -> Known | None:
    """Who it is, the identity provider having been asked where it is time."""
    setup, found = login(), known(cookies)
    if setup is None or found is None:
        return None
    return None if await recheck.ask(setup, found, cookies) else found


def _is_ours(scope: Scope, setup: Login) -> bool:
    """Whether the host named is the one people are to use: links, cookies and the provider's answer are for that one."""
    hosts = [text.decode("latin-1").lower() for name, text in scope["headers"] if name.lower() == b"host"]
    return hosts == [setup.host.lower()]


def _bound(setup: Login, scope: Scope, send: Send) -> Send:
    """Sends the answer to a login on its way, and begins the session of the cookie in it; where that cannot be kept or recorded, nobody has come in."""
    async def bound(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            if new := signed(given := set_in(headers)):
                cookies, (name, claims) = HTTPConnection(scope).cookies, new
                try:
                    session = await recheck.begun(setup, session_of(data_home(), name, claims, setup), claims, given)
                    await to_thread.run_sync(_begin, setup, session, str(claims.get("provider", "")), signed(cookies))
                    headers["location"] = wanted(cookies.get(NEXT))
                except OSError:
                    LOG.exception("a session could not be kept")
                    without(headers, USER_COOKIE_NAME)
                    headers["location"] = "/login"
            headers.append("set-cookie", f"{NEXT}=; Max-Age=0; Path=/; HttpOnly; SameSite=lax")
            headers["cache-control"] = "no-store"
        await send(message)

    return bound


def _begin(setup: Login, session: Session, provider: str, before: tuple[str, dict[str, object]] | None) -> None:
    """Raises OSError."""
    home = data_home()
    given: Access | None = access(home, session, setup)
    noted.came(session.subject, given.role if given else None, provider)
    clear(home, idle=setup.idle, longest=setup.longest)
    if before:
        end(home, before[0])
    begin(home, session)


async def _logged_out(scope: Scope) -> Response | None:
    """End the session; Streamlit then takes its cookies back and sends the browser to the provider's own logout."""
    connection = HTTPConnection(scope)
    if connection.headers.get("sec-fetch-site") == "cross-site":  # a link of another site is nobody's wish to go
        return refused_sheet(_("要退出，请用页面上的“退出登录”。"))
    found = known(connection.cookies)
    if found and end(data_home(), found.session.key):
        await noted.went(found.session.subject, "logout")
    return None


def _with(send: Send, header: str, text: str) -> Send:
    """Sends on, with this header."""
    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message)[header] = text
        await send(message)

    return sent


async def _refuse(scope: Scope, receive: Receive, send: Send, answer: Response) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": live.POLICY})
    else:
        await answer(scope, receive, send)
