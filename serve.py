"""What runs the pages: `streamlit run serve.py`. The exports beside them, the door before both, and a refusal to be open to the network by accident."""

from __future__ import annotations

import base64
import hashlib
import logging
import re
from pathlib import Path

import streamlit as st
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.runtime.pages_manager import PagesManager

from door.gate import Gate
from door.loopback import refuse_open_address
from door.routes import login_routes
from door.setup import WrongSetup, login, use_named_file
from exports.changes_routes import bridge_routes
from exports.figure_routes import figure_routes
from exports.fund_flows import flow_routes
from exports.issue_routes import issue_routes
from exports.routes import export_routes
from language import _

LOG = logging.getLogger(__name__)


def script_hashes(html: str) -> str:
    """The inline scripts of Streamlit's own page, as a Content-Security-Policy names them; no other inline script runs."""
    bodies = re.findall(r"<script>(.*?)</script>", html, flags=re.DOTALL)
    return " ".join(f"'sha256-{base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()}'" for body in bodies)


def policy() -> str:
    """Everything from this host only. Streamlit styles its elements inline; nothing else is let through."""
    html = (Path(st.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")
    return "; ".join((
        "default-src 'self'", f"script-src 'self' {script_hashes(html)}".rstrip(), "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:", "font-src 'self' data:", "connect-src 'self'", "worker-src 'self' blob:", "object-src 'none'",
        "base-uri 'self'", "form-action 'self'", "frame-ancestors 'none'"))


class Headers:
    """Sets on every response what a browser must know to keep a page to itself."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._headers = {"Content-Security-Policy": policy(), "X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin"}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(self._headers)
            await send(message)

        await self._app(scope, receive, with_headers)


def has_login() -> bool:
    """Whether people log in here. Ends here where the setup is not understood: it may be what keeps others out."""
    try:
        use_named_file()
        return login() is not None
    except WrongSetup as problem:
        raise SystemExit(f"serve.py\n  {problem}") from problem


def sorry(problem: Exception) -> bool:
    """A bug of ours or a block of the disk gone bad: the log has it, the reader gets a sentence."""
    LOG.error("a page run failed", exc_info=problem)
    st.error(_("这一页暂时显示不了，已记入日志。请：刷新再试；仍不行，转告数据管理员。"))
    return True


refuse_open_address(st.get_option("server.address"), has_login=has_login())
# The first visitor after a start would otherwise get each file of pages/ as a page of its own: Streamlit takes a folder of that name for the
# pages of an app without st.navigation, and learns only from the first run of app.py that it is not.
PagesManager.uses_pages_directory = False
app = st.App("app.py", routes=[*export_routes(), *figure_routes(), *flow_routes(), *issue_routes(), *bridge_routes(), *login_routes()],
             middleware=[Middleware(Headers), Middleware(Gate)], on_script_error=sorry)
