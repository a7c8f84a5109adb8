"""The server as it runs: which of its addresses are open, and what is said where something is wrong."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from served import ROOT, serving
from starlette.routing import Mount, Route, WebSocketRoute
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.web.server.starlette.starlette_app import create_streamlit_routes
from wire import Answer, Wire

from door.closed import OPENED, STREAMLIT, is_open

CLOSED = ("/_stcore/metrics", "/_stcore/script-health-check", "/_stcore/agent/interact", "/_stcore/agent/openapi.json", "/_stcore/agent/mcp",
          "/_stcore/message", "/_stcore/bidi-components/x/index.js", "/_stcore/allowed-message-origins", "/_stcore",
          "/_stcore/", "/component/x/index.html", "/component", "/media/x.png", "/media")
LEAKS = re.compile(r"Traceback|File \"|site-packages|\.py\b|starlette|streamlit|uvicorn|" + re.escape(str(ROOT)), re.IGNORECASE)


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("door") / "log"


@pytest.fixture(scope="module")
def wire(log: Path) -> Iterator[Wire]:
    """The server over an empty home."""
    with serving(log.parent / "home", log) as address:
        yield Wire(address)


def guarded(answer: Answer) -> bool:
    return "content-security-policy" in answer.headers and "server" not in answer.headers and "x-powered-by" not in answer.headers


def test_every_address_of_streamlit_is_either_open_for_a_reason_or_closed() -> None:
    class Part:
        """Stands in for the parts of a runtime, of which the list of routes wants only that they are there."""

        def __getattr__(self, name: str) -> Part:
            return Part()

        def __call__(self, *_: object) -> Part:
            return Part()

        def __fspath__(self) -> str:
            return str(ROOT / "app.py")

    found: dict[tuple[str, str], int] = {}
    for route in create_streamlit_routes(Part()):  # type: ignore[arg-type]
        assert isinstance(route, Route | WebSocketRoute | Mount)
        path = re.sub(r"\{[^}]*\}", "x", route.path) or "/"
        methods = (getattr(route, "methods", None) or {"GET"}) if not isinstance(route, WebSocketRoute) else {"GET"}
        found |= {(path, method): is_open(path, method) for method in methods}
    opened = {path for (path, _), status in found.items() if status == 0}
    assert opened == {"/_stcore/health", "/_stcore/host-config", "/_stcore/stream", "/_stcore/upload_file/x/x", "/app/static/x", "/auth/login",
                      "/auth/logout", "/oauth2callback", "/"}, "what is new in Streamlit is looked at before it is open"
    assert {path for path, _ in found} - opened == {"/_stcore/metrics", "/_stcore/agent/interact", "/_stcore/agent/openapi.json", "/_stcore/agent/mcp",
                                                     "/_stcore/bidi-components/x", "/component/x", "/media/x"}
    assert not [path for path, method in found if method == "OPTIONS" and not is_open(path, method)]
    assert all(each.why and each.begins.startswith(STREAMLIT) for each in OPENED)


@pytest.mark.parametrize("path", CLOSED)
def test_what_is_closed_says_no_more_than_that_it_is_not_there(wire: Wire, path: str) -> None:
    for method in ("GET", "POST"):
        answer = wire.ask(path, method=method)
        assert (answer.status, answer.text) == (404, "没有这个地址。请：回到首页，从页面上打开。\n")
        assert guarded(answer)


@pytest.mark.parametrize(("path", "method", "headers", "status"), [
    ("/media/none.png", "GET", {}, 404),
    ("/media/../serve.py", "GET", {}, 404),
    ("/app/static/../serve.py", "GET", {}, 400),
    ("/app/static/none.svg", "GET", {}, 404),
    ("/app/static/%2e%2e/serve.py", "GET", {}, 400),
    (f"/app/static/{'x' * 300}", "GET", {}, 404), (f"/app/static/{'%E7%94%98' * 90}", "GET", {}, 404), (f"/app/static/{'x/' * 3000}", "GET", {}, 404),
    ("/static/..%2f..%2fserve.py", "GET", {}, 400),
    ("//etc/passwd", "GET", {}, 400),
    ("/app/static/C:%5Cx", "GET", {}, 400),
    ("/export/g1_poc_small.csv", "DELETE", {}, 405),
    ("/export/g1_poc_small.csv", "GET", {}, 404),
    ("/export/x.pdf", "GET", {}, 404),
    ("/_stcore/health", "DELETE", {}, 405),
    ("/_stcore/host-config", "OPTIONS", {"Origin": "http://evil.example", "Access-Control-Request-Method": "GET"}, 405),
    ("/_stcore/upload_file/no-session/1", "PUT", {}, 403),
    ("/_stcore/upload_file/no-session/1", "PUT", {"Content-Length": "99999999999"}, 413),
    ("/_stcore/upload_file/no-session/1", "GET", {}, 405),
    ("/auth/login", "GET", {}, None), ("/oauth2callback?code=x&state=y", "GET", {}, None),
])
def test_whatever_is_wrong_is_said_in_a_sentence_without_what_is_behind_it(wire: Wire, path: str, method: str, headers: dict[str, str], status: int | None) -> None:
    answer = wire.ask(path, method=method, headers=headers)
    if status is not None:
        assert answer.status == status
        assert not LEAKS.search(answer.text)
        assert re.search("[一-鿿]", answer.text) or answer.text == "Bad Request"
    assert answer.status < 500
    assert "Traceback" not in answer.text
    assert guarded(answer)


@pytest.mark.parametrize("path", ["/.git/config", "/.git/HEAD", "/app/static/../.git/config", "/static/.git/config"])
def test_the_history_of_the_source_is_not_served(wire: Wire, path: str) -> None:
    answer = wire.ask(path)
    assert answer.status in (200, 400, 404) and not re.search(r"\[core\]|refs/heads", answer.text), "where it is taken for a page, the page is an empty frame"


def test_no_page_puts_anything_where_streamlit_gives_it_to_everybody() -> None:
    into_media = re.compile(r"\bst\.(download_button|image|audio|video|pdf)\b")
    found = [f"{path.relative_to(ROOT)}: {used[0]}" for path in [ROOT / "app.py", *(ROOT / "pages").glob("*.py")]
             if (used := into_media.search(path.read_text(encoding="utf-8")))]
    assert found == [], "/media is closed: make it a route that asks who wants it"


@pytest.mark.parametrize("span", ["bytes=9999999-", "bytes=x-y", "bytes=5-2", "lines=1-2", "bytes=--1", "bytes=0-0,1-1," * 500])
def test_a_part_that_a_file_does_not_have_is_refused_or_the_whole_is_sent(wire: Wire, span: str) -> None:
    answer = wire.ask("/app/static/logo.svg", headers={"Range": span})
    assert answer.status in (200, 206, 400, 416)
    assert not LEAKS.search(answer.text)


def test_what_does_not_speak_the_language_of_a_page_is_cut_off_and_the_server_goes_on(wire: Wire, log: Path) -> None:
    assert wire.closed_after(b"\xff\xff\xff") == 1002
    assert wire.closed_after("text") == 1003
    assert wire.closed_after(b"x" * (3 << 20)) == 1009
    stop = BackMsg()
    stop.debug_shutdown_runtime = True
    assert wire.closed_after(stop.SerializeToString()) is None, "nobody shuts the server down"
    assert wire.refused(origin="http://evil.example")
    assert wire.refused(path="/_stcore/other")
    assert wire.ask("/_stcore/health").text == "ok"
    assert "Exception in ASGI application" not in log.read_text()


def test_nothing_is_lent_to_other_sites(wire: Wire) -> None:
    for path in ("/", "/_stcore/health", "/_stcore/host-config", "/app/static/logo.svg"):
        answer = wire.ask(path, headers={"Origin": "http://evil.example"})
        assert answer.status == 200
        assert not [name for name in answer.headers if name.startswith("access-control-")], path
        assert guarded(answer)
    assert json.loads(wire.ask("/_stcore/host-config").text)["enableCustomParentMessages"] is False


def test_what_a_proxy_on_this_machine_says_of_tls_is_believed(wire: Wire) -> None:
    """It then gets no more than a sentence, as long as nobody can log in."""
    plain, behind = wire.ask("/_stcore/health"), wire.ask("/_stcore/health", headers={"X-Forwarded-Proto": "https", "X-Forwarded-For": "10.9.8.7"})
    assert (plain.status, behind.status) == (200, 403)
    assert "strict-transport-security" not in plain.headers
    assert "max-age=" in behind.headers["strict-transport-security"]
