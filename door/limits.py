"""How much and how often: bodies, requests, sockets and their messages, each within a measure that no reader of the pages comes near."""

from __future__ import annotations

import asyncio
from collections import Counter

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from door.errors import most_megabytes, sentence
from door.rates import Measure, Rate, seconds
from door.rules import Kind, rule

# A first look at a page is some 130 files of the bundle and 8 other requests; fifty readers behind one address may come at once.
RATES = {
    "bundle": Rate(burst=20_000, per_second=500),
    "page": Rate(burst=1_000, per_second=20),
    "file": Rate(burst=120, per_second=2),
    "api": Rate(burst=1_200, per_second=20),  # its own door counts each token, which is less
    "login": Rate(burst=60, per_second=0.5),
    "upload": Rate(burst=60, per_second=0.5),
    "socket": Rate(burst=300, per_second=5),
}
BEGINNINGS = (("/static/", "bundle"), ("/app/static/", "bundle"), ("/api/", "api"), ("/login", "login"), ("/auth/", "login"), ("/oauth2callback", "login"),
              ("/_stcore/upload_file/", "upload"))
MESSAGES = Rate(burst=200, per_second=20)  # of one socket; what comes faster waits
MOST_SOCKETS = 300  # open at once from one address
UPLOADS = "/_stcore/upload_file/"
AROUND = 1 << 20  # bytes of an upload that are not of its file
OTHER_BODY = 1 << 20  # bytes of any other body
REASON_TEXT, REASON_LATER = 1003, 1013  # of closing a socket: it takes no text; try again later


def kind(path: str) -> str:
    """Which measure an address is counted in. What the gate takes for a download is one here."""
    if rule(path).kind is Kind.FILE:
        return "file"
    return next((kind for begins, kind in BEGINNINGS if path.startswith(begins)), "page")


class Limits:
    """Stands before everything else: what is too much costs no more than an answer of one sentence."""

    def __init__(self, app: ASGIApp, rates: dict[str, Rate] | None = None) -> None:
        self._app = app
        self._measures = {name: Measure(rate=rate) for name, rate in (rates or RATES).items()}
        self._sockets: Counter[str] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        client = str((scope.get("client") or ("",))[0])
        if scope["type"] == "websocket":
            await self._socket(scope, receive, send, client)
        elif scope["type"] == "http":
            await self._request(scope, receive, send, client)
        else:
            await self._app(scope, receive, send)

    async def _request(self, scope: Scope, receive: Receive, send: Send, client: str) -> None:
        if wait := self._measures[kind(scope["path"])].wait(client):
            await _said(429, seconds(wait))(scope, receive, send)
            return
        most = most_megabytes() * 1_048_576 + AROUND if scope["path"].startswith(UPLOADS) else OTHER_BODY
        length = Headers(scope=scope).get("content-length", "0")
        if not (length.isascii() and length.isdigit()) or int(length[:19]) > most:
            await _said(413 if length.isdigit() else 400)(scope, receive, send)
            return
        await self._app(scope, _counted(receive, most), send)

    async def _socket(self, scope: Scope, receive: Receive, send: Send, client: str) -> None:
        if self._measures["socket"].wait(client) or self._sockets[client] >= MOST_SOCKETS:
            await receive()
            await send({"type": "websocket.close", "code": REASON_LATER})
            return
        self._sockets[client] += 1
        try:
            await self._app(scope, _paced(receive, send), send)
        finally:
            self._sockets[client] -= 1
            if not self._sockets[client]:
                del self._sockets[client]


def _said(status: int, wait: int = 0) -> PlainTextResponse:
    headers = {"Cache-Control": "no-store"} | ({"Retry-After": str(wait)} if wait else {})
    return PlainTextResponse(f"{sentence(status, most=most_megabytes(), seconds=wait)}\n", status, headers)


def _counted(receive: Receive, most: int) -> Receive:
    """The body as it comes; ends with 413 where it is longer than allowed, whatever its Content-Length said."""
    taken = 0

    async def next_piece() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > most:
            raise HTTPException(413)
        return message

    return next_piece


def _paced(receive: Receive, send: Send) -> Receive:
    """The messages of a socket, no faster than its measure. A text frame ends it: Streamlit speaks in bytes, and would answer with a traceback in the log."""
    measure = Measure(rate=MESSAGES)

    async def next_message() -> Message:
        message = await receive()
        if message["type"] == "websocket.receive" and (wait := measure.wait("")):
            await asyncio.sleep(wait)
            measure.wait("")
        if message["type"] == "websocket.receive" and message.get("bytes") is None:
            await send({"type": "websocket.close", "code": REASON_TEXT})
            return {"type": "websocket.disconnect", "code": REASON_TEXT}
        return message

    return next_message
