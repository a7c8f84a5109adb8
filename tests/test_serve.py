"""What serves the pages: headers on every response, and no open address by accident."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import re
from pathlib import Path

import pytest
import streamlit
from starlette.types import Message, Receive, Scope, Send

from serve import OPEN_TO, Headers, policy, refuse_open_address, script_hashes


def answered(app: Headers) -> list[Message]:
    """What is sent for one request."""
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request"}

    async def send(message: Message) -> None:
        sent.append(message)

    asyncio.run(app({"type": "http", "method": "GET", "path": "/", "headers": []}, receive, send))
    return sent


async def plain(scope: Scope, receive: Receive, send: Send) -> None:
    """An app that answers with a header of its own."""
    await send({"type": "http.response.start", "status": 200, "headers": [(b"referrer-policy", b"unsafe-url"), (b"etag", b"x")]})
    await send({"type": "http.response.body", "body": b"ok"})


def test_every_response_carries_the_headers_once() -> None:
    start, body = answered(Headers(plain))
    names = [name.decode() for name, _ in start["headers"]]
    assert sorted(names) == ["content-security-policy", "etag", "referrer-policy", "x-content-type-options"]
    assert dict(start["headers"])[b"referrer-policy"] == b"same-origin"
    assert body["body"] == b"ok"


def test_the_policy_lets_nothing_come_from_another_host() -> None:
    rules = dict(rule.split(" ", 1) for rule in policy().split("; "))
    assert rules["default-src"] == "'self'"
    for sources in rules.values():
        assert all(source in ("'self'", "'none'", "'unsafe-inline'", "data:", "blob:") or source.startswith("'sha256-") for source in sources.split())
    assert "unsafe" not in rules["script-src"]


def test_each_inline_script_of_streamlit_is_let_through_by_its_hash_and_no_other() -> None:
    html = (Path(streamlit.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")
    inline = re.findall(r"<script>(.*?)</script>", html, flags=re.DOTALL)
    assert len(inline) == len(re.findall(r"<script(?![^>]*\bsrc=)", html)) > 0
    for body in inline:
        assert base64.b64encode(hashlib.sha256(body.encode()).digest()).decode() in policy()
    assert script_hashes("<p>no script</p>") == ""


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "127.8.8.8", "localhost", "unix:///run/park.sock"])
def test_this_machine_needs_no_leave(address: str) -> None:
    refuse_open_address(address, None)


@pytest.mark.parametrize("address", ["0.0.0.0", "::", "10.1.2.3", "park.example", None])
def test_an_open_address_is_refused_with_what_to_do(address: str | None) -> None:
    with pytest.raises(SystemExit, match=OPEN_TO):
        refuse_open_address(address, None)
    with pytest.raises(SystemExit):
        refuse_open_address(address, "10.9.9.9")


def test_an_open_address_that_was_asked_for_is_served() -> None:
    refuse_open_address("10.1.2.3", "10.1.2.3")
