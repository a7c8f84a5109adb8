"""A page that is open: its socket is cut within seconds of the session's end or of a change of role, and the browser is sent to the login."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable

from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

LOOKS = 15  # seconds between two looks at an idle page's session
POLICY = 1008  # the code of a socket closed because of who it is


class Cut(Exception):
    """Why a page may not go on: where its browser is sent."""


async def turn_away(scope: Scope, send: Send, to: str) -> None:
    """A socket is opened only to send the browser elsewhere: a refusal of the handshake it would take for a broken line, and try again for ever."""
    protocols = scope.get("subprotocols") or [None]
    await send({"type": "websocket.accept", "subprotocol": protocols[0]})
    await _send_away(send, to)


async def watched(app: ASGIApp, scope: Scope, receive: Receive, send: Send, *, look: Callable[[], str | None], at_work: Callable[[], None],
                  before_look: Callable[[], Awaitable[None]] | None = None) -> None:
    """Run a page's socket for as long as `look` finds nothing against it; it says where the browser is to go else. `at_work`: somebody did something;
    `before_look`: what takes time and is done before the looks at an idle page, while messages go their way."""
    cut = asyncio.Event()
    lock = asyncio.Lock()
    is_open = False

    async def cut_off(to: str) -> None:
        async with lock:
            if cut.is_set():
                return
            cut.set()
            if is_open:
                with contextlib.suppress(RuntimeError, OSError):  # the browser has gone by itself
                    await _send_away(send, to)

    async def looking() -> None:
        while not cut.is_set():
            await asyncio.sleep(LOOKS)
            if before_look:
                await before_look()
            if to := look():
                await cut_off(to)

    async def received() -> Message:
        waiting, stopped = asyncio.ensure_future(receive()), asyncio.ensure_future(cut.wait())
        try:
            await asyncio.wait({waiting, stopped}, return_when=asyncio.FIRST_COMPLETED)
            if cut.is_set():
                return {"type": "websocket.disconnect", "code": POLICY}
            message: Message = waiting.result()
        finally:
            for each in (waiting, stopped):
                each.cancel()
        if message["type"] == "websocket.receive":
            if to := look():
                await cut_off(to)
                return {"type": "websocket.disconnect", "code": POLICY}
            if _is_by_hand(message.get("bytes")):
                at_work()
        return message

    async def sent(message: Message) -> None:
        nonlocal is_open
        async with lock:
            if not cut.is_set():
                await send(message)
                is_open = is_open or message["type"] == "websocket.accept"

    watch = asyncio.ensure_future(looking())
    try:
        await app(scope, received, sent)
    finally:
        watch.cancel()


def _is_by_hand(told: bytes | None) -> bool:
    """Whether a message is of a person: a part of a page that refreshes itself is nobody at work."""
    message = BackMsg()
    try:
        message.ParseFromString(told or b"")
    except ValueError:  # Streamlit closes the socket for it
        return False
    return not message.rerun_script.is_auto_rerun


async def _send_away(send: Send, to: str) -> None:
    message = ForwardMsg()
    message.auth_redirect.url = to
    message.metadata.cacheable = False
    await send({"type": "websocket.send", "bytes": message.SerializeToString()})
    await send({"type": "websocket.close", "code": POLICY})
