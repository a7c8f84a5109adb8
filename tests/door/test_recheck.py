"""A role withdrawn at the identity provider ends the session within a minute or so; a provider that cannot be asked ends none."""

from __future__ import annotations

import base64
import json
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from at_the_door import HELD, SETUP, Server, events, set_up, socket

from door import live, recheck
from door.sessions import sessions
from warehouse import audit

CLAIMS = {"iss": "https://id.example.cn", "sub": "one", "name": "张三", "groups": ["park-viewer"]}


class Provider(HTTPServer):
    """Says of itself where claims are to be had, and there whatever it is to say; nothing where `says` is None."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Questions)
        self.says: tuple[int, Any] | None = (200, CLAIMS)
        self.asked: list[str] = []

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Questions(BaseHTTPRequestHandler):
    """Of one line each."""

    server: Provider

    def do_GET(self) -> None:
        if self.path == "/metadata":
            self._say(200, {"userinfo_endpoint": f"{self.server.address}/userinfo"})
        else:
            self.server.asked.append(self.headers["Authorization"])
            if self.server.says:
                self._say(*self.server.says)

    def _say(self, status: int, told: Any) -> None:
        self.send_response(status)
        self.end_headers()
        self.wfile.write(told if isinstance(told, bytes) else json.dumps(told).encode())

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def provider() -> Iterator[Provider]:
    with Provider() as found:
        thread = threading.Thread(target=found.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield found
        found.shutdown()
        thread.join()


@pytest.fixture
def asking(home: Path, tmp_path: Path, provider: Provider, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """A server that asks the provider at each request, as if a minute lay between them."""
    monkeypatch.setattr(recheck, "_places", {})
    monkeypatch.setattr(recheck, "_asked", {})
    text = SETUP.replace("https://id.example.cn/.well-known/openid-configuration", f"{provider.address}/metadata")
    set_up(tmp_path / "login.toml", text.replace("[access]", "[access]\nrecheck_seconds = 0.000001"))
    yield Server.opened()
    set_up(tmp_path / "login.toml", None)


def came(server: Server, token: str = "t1", **claims: object) -> str:
    """The cookies of somebody who has just logged in."""
    told = {"claims": json.dumps({**CLAIMS, "nonce": token, **claims, "provider": "default"}), "tokens": json.dumps({"access_token": token})}
    answer = server.get(f"/oauth2callback?{urlencode(told)}")
    return "; ".join(each.partition(";")[0] for each in answer.cookies if each.startswith(HELD))


def opens(server: Server, cookies: str) -> bool:
    return server.get("/goals", cookie=cookies).status == 200


def jwt(until: float) -> str:
    return ".".join(base64.urlsafe_b64encode(each).decode().rstrip("=") for each in (b"{}", json.dumps({"exp": until}).encode(), b"signature"))


def test_as_long_as_the_provider_says_the_same_the_session_goes_on(asking: Server, provider: Provider, home: Path) -> None:
    cookies = came(asking)
    assert [opens(asking, cookies) for _ in range(3)] == [True] * 3
    assert provider.asked == ["Bearer t1"] * 4, "at the login and at each request"
    [session] = sessions(home)
    assert "t1" not in repr(session) and session.has_claims, "the token is not kept here"


@pytest.mark.parametrize(("says", "why"), [
    ((200, {**CLAIMS, "groups": []}), "the role is gone"), ((200, {**CLAIMS, "groups": ["park-admin"]}), "it is another role"),
    ((200, {**CLAIMS, "sub": "two"}), "it is somebody else's token"), ((401, {}), "the token was withdrawn"), ((400, {}), "as some providers say it"),
    ((403, {}), "or others")])
def test_a_role_withdrawn_at_the_provider_ends_the_session_and_it_is_on_record(asking: Server, provider: Provider, home: Path, says: tuple[int, Any], why: str) -> None:
    cookies = came(asking)
    provider.says = says
    assert not opens(asking, cookies), why
    provider.says = (200, CLAIMS)
    assert not opens(asking, cookies), "and it stays ended"
    assert [each["how"] for each in events(home, audit.Event.LOGOUT)] == ["provider"]


@pytest.mark.parametrize("says", [(500, {}), (404, {}), (429, {}), (200, b"<html>"), (200, b"\xff"), (200, []), None])
def test_a_provider_that_cannot_be_asked_ends_no_session(asking: Server, provider: Provider, says: tuple[int, Any] | None) -> None:
    cookies = came(asking)
    provider.says = says
    assert opens(asking, cookies)
    provider.says = (401, {})
    assert not opens(asking, cookies), "once it can be asked again it is"


@pytest.mark.parametrize("held", [lambda mine, _other: mine.partition("; ")[0], lambda mine, other: f"{mine.partition('; ')[0]}; {other.partition('; ')[2]}"],
                         ids=["without the token", "with the token of another login"])
def test_a_browser_that_keeps_its_token_back_is_let_in_nowhere(asking: Server, held: Callable[[str, str], str]) -> None:
    cookies = held(came(asking), came(asking, "t2"))
    assert not opens(asking, cookies)


def test_the_provider_is_asked_once_a_minute_for_each_session(asking: Server, provider: Provider, tmp_path: Path) -> None:
    text = (tmp_path / "login.toml").read_text(encoding="utf-8")
    set_up(tmp_path / "login.toml", text.replace("recheck_seconds = 0.000001\n", ""))
    first, second = came(asking), came(asking, "t2")
    assert [opens(asking, held) for held in (first, second, first, second)] == [True] * 4
    assert provider.asked == ["Bearer t1", "Bearer t2"], "at the logins"
    for key in recheck._asked:
        recheck._asked[key] -= 61
    assert opens(asking, first) and opens(asking, first) and provider.asked[2:] == ["Bearer t1"]
    set_up(tmp_path / "login.toml", text.replace("0.000001", "0"))
    assert opens(asking, second) and provider.asked[3:] == [], "or never, if so set up"


def test_where_the_provider_does_not_tell_roles_to_a_token_their_absence_says_nothing(asking: Server, provider: Provider) -> None:
    provider.says = (200, {"sub": "one"})
    cookies = came(asking)
    assert opens(asking, cookies)
    provider.says = (401, {})
    assert not opens(asking, cookies), "a refusal does"


def test_where_the_provider_refuses_the_token_of_the_login_itself_nobody_is_shut_out(asking: Server, provider: Provider) -> None:
    provider.says = (403, {})
    cookies = came(asking)
    assert opens(asking, cookies) and len(provider.asked) == 1, "and it is not asked again"


@pytest.mark.parametrize("is_strict", [False, True])
def test_after_the_end_of_its_token_a_session_goes_on_unasked_or_ends_as_set_up(asking: Server, provider: Provider, home: Path, tmp_path: Path, is_strict: bool) -> None:
    text = (tmp_path / "login.toml").read_text(encoding="utf-8")
    set_up(tmp_path / "login.toml", text.replace("[access]", f"[access]\nends_with_token = {str(is_strict).lower()}"))
    cookies = came(asking, jwt(time.time() + 0.3))
    assert opens(asking, cookies)
    time.sleep(0.35)
    provider.says, asked = (401, {}), len(provider.asked)
    assert opens(asking, cookies) == (not is_strict) and len(provider.asked) == asked
    assert [each["how"] for each in events(home, audit.Event.LOGOUT)] == (["token"] if is_strict else [])


def test_a_token_never_goes_over_an_open_line(asking: Server, provider: Provider, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Provider, "address", property(lambda each: f"http://localhost.evil.example:{each.server_port}"))
    assert opens(asking, came(asking)) and provider.asked == []


def test_an_open_page_that_nobody_touches_is_cut_too(asking: Server, provider: Provider, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "LOOKS", 0.05)
    cookies = came(asking)

    def withdraw() -> None:
        provider.says = (401, {})

    _page, sent = socket(None, [withdraw], cookies=cookies)
    assert sent[-1]["type"] == "websocket.close" and sent[-1]["code"] == live.POLICY
