"""What runs the pages: `streamlit run serve.py`. The exports beside them, the door before both, and a refusal to be open to the network by accident."""

from __future__ import annotations

import ipaddress
import logging
import os

import streamlit as st
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from streamlit.runtime.pages_manager import PagesManager

from door.closed import Closed
from door.errors import failed, refused
from door.headers import Headers, without_banner
from door.limits import Limits
from door.uploads import Sniffed
from exports.api.door import api_routes
from exports.changes_routes import bridge_routes
from exports.figure_routes import figure_routes
from exports.fund_flows import flow_routes
from exports.issue_routes import issue_routes
from exports.returned_routes import returned_routes
from exports.routes import export_routes
from language import _

OPEN_TO = "GANZHIHUI_LISTEN"  # names the address that may be listened on beyond this machine
LOG = logging.getLogger(__name__)


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
without_banner()
app = st.App("app.py", routes=[*export_routes(), *figure_routes(), *flow_routes(), *issue_routes(), *bridge_routes(), *returned_routes(), *api_routes()],
             middleware=[Middleware(Headers), Middleware(Limits), Middleware(Closed), Middleware(Sniffed)], on_script_error=sorry,
             exception_handlers={HTTPException: refused, Exception: failed})
