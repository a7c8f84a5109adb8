"""A server with a login, without the server: its own routes and middleware around a stand-in for Streamlit, and people who have logged in."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from asked import Answer, ask
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import Message, Receive, Scope, Send
from streamlit import config
from streamlit.runtime.secrets import secrets_singleton
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value
from streamlit.web.server.starlette.starlette_server_config import TOKENS_COOKIE_NAME, USER_COOKIE_NAME

from analytics.access import Access, Role
from door.gate import Gate
from door.links import seal
from door.sessions import sessions
from door.setup import login
from warehouse import audit

ORIGIN = "https://park.example.cn"
SECRET = "of the tests, and long enough to sign with"
SETUP = f"""
[auth]
redirect_uri = "{ORIGIN}/oauth2callback"
cookie_secret = "{SECRET}"
client_id = "park"
client_secret = "secret"
server_metadata_url = "https://id.example.cn/.well-known/openid-configuration"
[access]
claim = "groups"
[access.roles]
"park-admin" = "admin"
"park-secretary" = "secretary"
"park-viewer" = "viewer"
"park-d05" = "steward D05"
"park-d08" = "steward D08"
"""
HELD = f"__Host-{USER_COOKIE_NAME}"  # as a browser has it, the pages being https
GROUPS = {"viewer": "park-viewer", "secretary": "park-secretary", "steward": "park-d05", "admin": "park-admin"}


def set_up(path: Path, text: str | None = SETUP) -> None:
    """From now on this process has this login; None: none."""
    if text is not None:
        path.write_text(text, encoding="utf-8")
    config.set_option("secrets.files", [str(path)] if text is not None else [])
    secrets_singleton._reset()
    login.cache_clear()


def cookie(claims: Mapping[str, Any], *, secret: str = SECRET, origin: str = ORIGIN) -> str:
    """What Streamlit's login sets for these claims."""
    told = json.dumps({**claims, "origin": origin, "is_logged_in": True, "provider": "default"})
    return create_signed_value(secret, USER_COOKIE_NAME, told).decode()


async def _callback(request: Request) -> Response:
    """The end of a login: the claims are in the query, where a provider's would come by the back channel."""
    answer = RedirectResponse("/", 302)
    answer.set_cookie(USER_COOKIE_NAME, cookie(json.loads(request.query_params["claims"])), max_age=30 * 86400, httponly=True, samesite="lax", path="/")
    if told := request.query_params.get("tokens"):
        answer.set_cookie(TOKENS_COOKIE_NAME, create_signed_value(SECRET, TOKENS_COOKIE_NAME, told).decode(), max_age=30 * 86400, httponly=True, samesite="lax")
    return answer


async def _logout(_request: Request) -> Response:
    answer = RedirectResponse("/", 302)
    answer.delete_cookie(USER_COOKIE_NAME)
    return answer


async def _index(_request: Request) -> Response:
    return PlainTextResponse("index of the pages")


@dataclass(frozen=True, kw_only=True)
class Server:
    """`routes`: those of serve.py."""

    app: Starlette

    @classmethod
    def opened(cls) -> Server:
        from serve import app

        own = [Route("/oauth2callback", _callback), Route("/auth/logout", _logout), Route("/{rest:path}", _index)]
        return cls(app=Starlette(routes=[*app._user_routes, *own], middleware=app._user_middleware))

    def get(self, url: str, held: str | None = None, *, method: str = "GET", **headers: str) -> Answer:
        """Asks as a browser does that holds this cookie."""
        own = {"host": ORIGIN.removeprefix("https://"), **{name.replace("_", "-"): text for name, text in headers.items()}}
        return ask(self.app, url, method=method, headers=own | ({"cookie": f"{HELD}={held}"} if held else {}))

    def log_in(self, sub: str, *groups: str, **headers: str) -> str:
        """The cookie of somebody who has just come from the identity provider."""
        answer = self.get(f"/oauth2callback?{urlencode({'claims': json.dumps({'iss': 'https://id.example.cn', 'sub': sub, 'name': f'{sub}先生', 'groups': groups})})}",
                          **headers)
        assert answer.status == 302
        [held] = [each.partition(";")[0].partition("=")[2] for each in answer.cookies if each.startswith(f"{HELD}=")]
        return held


def sealed(server: Server, home: Path, role: str, url: str, *, name: str = "") -> str:
    [subject] = [each.subject for each in sessions(home) if each.name == (name or f"one-{role}先生")]
    return seal(Access(subject=subject, name="", role=Role(role), departments=None))(url)


def events(home: Path, kind: audit.Event) -> list[dict[str, object]]:
    lines = [json.loads(line) for path in sorted((home / audit.FOLDER).glob("*.jsonl")) for line in path.read_text(encoding="utf-8").splitlines()]
    return [each for each in lines if each["event"] == kind]


class Page:
    """Stands in for Streamlit's end of the socket: keeps what it was told."""

    def __init__(self) -> None:
        self.told: list[Message] = []

    async def __call__(self, _scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "websocket.accept"})
        while True:
            self.told.append(await receive())
            if self.told[-1]["type"] == "websocket.disconnect":
                return
            await send({"type": "websocket.send", "bytes": b"drawn"})


def socket(held: str | None, does: list[bytes | Callable[[], object]], origin: str | None = ORIGIN,
           cookies: str = "") -> tuple[Page, list[Message]]:
    """Opens a page's socket and sends, or does, one thing after the other; then stays until it is cut off, or for a moment. `cookies`: other than `held`."""
    page, sent = Page(), list[Message]()

    async def receive() -> Message:
        for each in list(does):
            does.remove(each)
            if isinstance(each, bytes):
                return {"type": "websocket.receive", "bytes": each}
            each()
        await asyncio.sleep(0.4)
        return {"type": "websocket.disconnect", "code": 1001}

    async def send(message: Message) -> None:
        sent.append(message)

    cookies = f"{HELD}={held}" if held else cookies
    headers = [(b"host", ORIGIN.removeprefix("https://").encode()), *([(b"origin", origin.encode())] if origin else []),
               *([(b"cookie", cookies.encode())] if cookies else [])]
    asyncio.run(Gate(page)({"type": "websocket", "path": "/_stcore/stream", "query_string": b"", "headers": headers, "subprotocols": ["streamlit", "x"]},
                           receive, send))
    return page, sent
