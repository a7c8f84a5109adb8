"""GET /login: where somebody unknown begins; /login/start: on to the identity provider, as Streamlit's own login goes there."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route
from streamlit.user_info import generate_login_redirect_url

from door.identity import known
from door.rules import Kind, rule
from door.setup import login
from door.sheets import KEPT, login_sheet, no_role_sheet, refused_sheet
from language import _

NEXT = "ganzhihui_next"  # the cookie that remembers, over the way to the provider and back, which page was wanted
MINUTES = 10


def login_routes() -> list[BaseRoute]:
    """What `serve.py` mounts."""
    return [Route("/login", _login, methods=["GET"]), Route("/login/start", _start, methods=["GET"])]


def wanted(address: str | None) -> str:
    """A page of ours to go to after the login; the overview where another site, or no page, is named."""
    address = address or "/"
    plain = address.isprintable() and "\\" not in address and address.startswith("/") and not address.startswith("//")
    return address if plain and rule(urlsplit(address).path).kind is Kind.PAGE else "/"


async def _login(request: Request) -> Response:
    setup, then = login(), wanted(request.query_params.get("next"))
    if setup is None:
        return RedirectResponse("/", 303, KEPT)
    found = known(request.cookies)
    if found is None:
        return login_sheet(setup, then, has_ended="ended" in request.query_params)
    return RedirectResponse(then, 303, KEPT) if found.access else no_role_sheet(found.session.subject, found.session.name)


async def _start(request: Request) -> Response:
    setup, provider = login(), request.query_params.get("provider", "default")
    if setup is None or provider not in setup.providers:
        return refused_sheet(_("没有这种登录方式。"), 404)
    answer = RedirectResponse(generate_login_redirect_url(provider), 303, KEPT)
    answer.set_cookie(NEXT, wanted(request.query_params.get("next")), max_age=MINUTES * 60, httponly=True, samesite="lax")
    return answer
