"""What runs the pages: `streamlit run serve.py`. The exports beside them, response headers, and a refusal to be open to the network by accident."""

from __future__ import annotations

import base64
import hashlib
import ipaddress
import logging
import os
import re
from pathlib import Path

import streamlit as st
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.runtime.pages_manager import PagesManager

from exports.changes_routes import bridge_routes
from exports.figure_routes import figure_routes
from exports.fund_flows import flow_routes
from exports.issue_routes import issue_routes
from exports.returned_routes import returned_routes
from exports.routes import export_routes
from language import _

OPEN_TO = "GANZHIHUI_LISTEN"  # names the address that may be listened on beyond this machine
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


def refuse_open_address(address: str | None, allowed: str | None) -> None:
    """End here where the pages, which have no login, would be open to the network without anyone having said so."""
    if not _is_this_machine(address) and (address is None or address != allowed):
        raise SystemExit(
            f"serve.py\n  server.address 是 {address or '（未指定，即所有网卡）'}，别的机器也能访问，而页面没有登录。\n"
            f"  请：用 127.0.0.1，由同机的反向代理对外；确要直接对外，设环境变量 {OPEN_TO} 为这个地址。")


def _is_this_machine(address: str | None) -> bool:
    if address is None:
        return False
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return address == "localhost" or address.startswith("unix://")


def sorry(problem: Exception) -> bool:
    """A bug of ours or a block of the disk gone bad: the log has it, the reader gets a sentence."""
    LOG.error("a page run failed", exc_info=problem)
    st.error(_("这一页暂时显示不了，已记入日志。请：刷新再试；仍不行，转告数据管理员。"))
    return True


refuse_open_address(st.get_option("server.address"), os.environ.get(OPEN_TO))
# The first visitor after a start would otherwise get each file of pages/ as a page of its own: Streamlit takes a folder of that name for the
# pages of an app without st.navigation, and learns only from the first run of app.py that it is not.
PagesManager.uses_pages_directory = False
app = st.App("app.py", routes=[*export_routes(), *figure_routes(), *flow_routes(), *issue_routes(), *bridge_routes(), *returned_routes()],
             middleware=[Middleware(Headers)], on_script_error=sorry)
