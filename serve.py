"""What runs the pages: `streamlit run serve.py`. The exports beside them, the door before both, and a refusal to be open to the network by accident."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import streamlit as st
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from streamlit.runtime.pages_manager import PagesManager

from door.closed import Closed
from door.errors import failed, refused
from door.gate import Gate
from door.headers import Headers, without_banner
from door.limits import Limits
from door.loopback import refuse_open_address
from door.rates import Measure, Rate
from door.routes import login_routes
from door.setup import WrongSetup, login, use_named_file
from door.shell import Shell
from door.uploads import Sniffed
from exports.api.door import api_routes
from exports.api.throttle import Throttle
from exports.changes_routes import bridge_routes
from exports.figure_routes import figure_routes
from exports.fund_flows import flow_routes
from exports.issue_routes import issue_routes
from exports.returned_routes import returned_routes
from exports.routes import export_routes
from language import _
from pages.beforehand import load_all

KEY, STRANGER = Rate(burst=600, per_second=5), Rate(burst=30, per_second=0.2)  # of the HTTP door: each token, and each address without a valid one
LOG = logging.getLogger(__name__)


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


@asynccontextmanager
async def served(_app: object) -> AsyncIterator[None]:
    """Before the first reader is let in; not where this file is only looked at."""
    load_all()
    yield


refuse_open_address(st.get_option("server.address"), has_login=has_login())
# The first visitor after a start would otherwise get each file of pages/ as a page of its own: Streamlit takes a folder of that name for the
# pages of an app without st.navigation, and learns only from the first run of app.py that it is not.
PagesManager.uses_pages_directory = False
without_banner()
app = st.App("app.py", routes=[*export_routes(), *figure_routes(), *flow_routes(), *issue_routes(), *bridge_routes(), *returned_routes(), *login_routes(),
                               *api_routes(Throttle(key=Measure(rate=KEY), stranger=Measure(rate=STRANGER)))],
             middleware=[Middleware(Headers), Middleware(Limits), Middleware(Closed), Middleware(Gate), Middleware(Shell), Middleware(Sniffed)],
             lifespan=served, on_script_error=sorry,
             exception_handlers={HTTPException: refused, Exception: failed})
