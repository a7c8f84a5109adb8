"""A request to an ASGI app without a server, and what came back."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from starlette.types import ASGIApp, Message, Receive, Scope, Send


@dataclass(frozen=True, kw_only=True)
class Answer:
    """`headers`: names in lower case. `pieces`: the body as it was sent. `cookies`: each as it is set."""

    status: int
    headers: Mapping[str, str]
    pieces: tuple[bytes, ...]
    cookies: tuple[str, ...] = ()

    @property
    def body(self) -> bytes:
        return b"".join(self.pieces)

    @property
    def text(self) -> str:
        return self.body.decode()


THIS_MACHINE = {"host": "127.0.0.1"}


def ask(app: ASGIApp, url: str, *, method: str = "GET", headers: Mapping[str, str] | None = None, gone_after: int | None = None,
        body: bytes = b"") -> Answer:
    """One request. `gone_after`: the reader breaks off after so many pieces."""
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Message) -> None:
        if gone_after is not None and len(sent) > gone_after:
            raise OSError("gone")
        sent.append(message)

    asked = urlsplit(url)
    raw = [(name.lower().encode(), text.encode()) for name, text in (THIS_MACHINE if headers is None else headers).items()]
    asyncio.run(_call(app, {
        "type": "http", "asgi": {"version": "3.0", "spec_version": "2.4"}, "http_version": "1.1", "method": method, "scheme": "http",
        "path": asked.path, "raw_path": quote(asked.path).encode(), "root_path": "", "query_string": quote(asked.query, safe="=&%+").encode(),
        "headers": raw, "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 80)}, receive, send))
    start, *bodies = sent
    return Answer(status=start["status"], headers={name.decode(): text.decode("latin-1") for name, text in start["headers"]},
                  pieces=tuple(each.get("body", b"") for each in bodies),
                  cookies=tuple(text.decode("latin-1") for name, text in start["headers"] if name.lower() == b"set-cookie"))


async def _call(app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
    await app(scope, receive, send)


Get = Callable[..., Answer]  # asks the export routes for an address
