"""What every answer carries, and what it does not."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import re
from pathlib import Path

import pytest
import streamlit
import uvicorn
from asked import ask
from starlette.types import Message, Receive, Scope, Send

from door.headers import Headers, policy, script_hashes, without_banner


async def plain(scope: Scope, receive: Receive, send: Send) -> None:
    """An app that answers with headers of its own."""
    await send({"type": "http.response.start", "status": 200, "headers": [
        (b"referrer-policy", b"unsafe-url"), (b"etag", b"x"), (b"access-control-allow-origin", b"*"), (b"set-cookie", b"a=1; Path=/"),
        (b"set-cookie", b"b=2; Secure; HttpOnly")]})
    await send({"type": "http.response.body", "body": b"ok"})


def test_every_response_carries_the_headers_once_and_lends_nothing_to_other_sites() -> None:
    told = ask(Headers(plain), "/")
    assert sorted(told.headers) == [
        "cache-control", "content-security-policy", "cross-origin-opener-policy", "cross-origin-resource-policy", "etag", "permissions-policy", "referrer-policy",
        "set-cookie", "x-content-type-options"]
    assert {name: told.headers[name] for name in ("referrer-policy", "x-content-type-options", "cross-origin-opener-policy", "cache-control")} == {
        "referrer-policy": "same-origin", "x-content-type-options": "nosniff", "cross-origin-opener-policy": "same-origin", "cache-control": "no-store"}
    assert "camera=()" in told.headers["permissions-policy"]
    assert told.text == "ok"


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_behind_tls_cookies_are_secure_and_the_browser_is_told_to_stay_with_tls(scheme: str) -> None:
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request"}

    async def send(message: Message) -> None:
        sent.append(message)

    asyncio.run(Headers(plain)({"type": "http", "scheme": scheme, "method": "GET", "path": "/", "headers": []}, receive, send))
    cookies = [text for name, text in sent[0]["headers"] if name == b"set-cookie"]
    assert [b"Secure" in cookie for cookie in cookies] == [scheme == "https", True]
    assert cookies[1] == b"b=2; Secure; HttpOnly"
    assert dict(sent[0]["headers"]).get(b"strict-transport-security") == (b"max-age=31536000" if scheme == "https" else None)


def test_the_policy_lets_nothing_come_from_another_host() -> None:
    rules = dict(rule.split(" ", 1) for rule in policy().split("; "))
    assert rules["default-src"] == "'self'"
    assert rules["frame-ancestors"] == "'none'"
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


def test_the_server_does_not_name_itself_even_where_it_was_set_up_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uvicorn.Config, "encoded_headers", None, raising=False)  # so that it is put back
    before = uvicorn.Config(plain, headers=[("x-y", "z")])
    vars(before)["encoded_headers"] = [(b"server", b"uvicorn"), (b"x-y", b"z")]
    without_banner()
    assert before.encoded_headers == [(b"x-y", b"z")]
    after = uvicorn.Config(plain)
    after.load()
    assert after.encoded_headers == []
