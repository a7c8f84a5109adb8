"""A server with a login, without the server: its own routes and middleware around a stand-in for Streamlit, and people who have logged in."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from asked import Answer, ask
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from streamlit import config
from streamlit.runtime.secrets import secrets_singleton
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value
from streamlit.web.server.starlette.starlette_server_config import TOKENS_COOKIE_NAME, USER_COOKIE_NAME

from door.setup import login

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
        return ask(self.app, url, method=method, headers=own | ({"cookie": f"{USER_COOKIE_NAME}={held}"} if held else {}))

    def log_in(self, sub: str, *groups: str, **headers: str) -> str:
        """The cookie of somebody who has just come from the identity provider."""
        answer = self.get(f"/oauth2callback?{urlencode({'claims': json.dumps({'iss': 'https://id.example.cn', 'sub': sub, 'name': f'{sub}先生', 'groups': groups})})}",
                          **headers)
        assert answer.status == 302
        [held] = [each.partition(";")[0].partition("=")[2] for each in answer.cookies if each.startswith(f"{USER_COOKIE_NAME}=")]
        return held
