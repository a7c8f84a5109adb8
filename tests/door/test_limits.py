"""How much and how often: what is too much gets a sentence, and a reader of the pages comes nowhere near."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from asked import ask
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.types import Message, Scope
from starlette.websockets import WebSocket, WebSocketDisconnect

from door.errors import refused
from door.limits import MOST_SOCKETS, OTHER_BODY, RATES, Limits, kind
from door.rates import MOST_CLIENTS, Measure, Rate
from door.rules import RULES, Kind
from door.uploads import Sniffed

PUT = "/_stcore/upload_file/a/b"


class Clock:
    """A clock that is set by hand."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


async def taken(request: Request) -> PlainTextResponse:
    return PlainTextResponse(str(len(await request.body())))


def app(rates: dict[str, Rate] | None = None) -> Starlette:
    """An app that says how long the body was, behind the limits."""
    routes = [Route("/{path:path}", taken, methods=["GET", "PUT", "POST"])]
    return Starlette(routes=routes, middleware=[Middleware(Limits, rates=rates), Middleware(Sniffed)], exception_handlers={HTTPException: refused})


def sent(app: Starlette, path: str, pieces: list[bytes], **headers: str) -> tuple[int, str]:
    """Status and text of the answer to a PUT whose body comes in these pieces."""
    waiting, answer = list(pieces), []

    async def receive() -> Message:
        return {"type": "http.request", "body": waiting.pop(0), "more_body": bool(waiting)}

    async def send(message: Message) -> None:
        answer.append(message)

    scope = {"type": "http", "method": "PUT", "path": path, "query_string": b"", "client": ("10.0.0.1", 1), "app": app,
             "headers": [(name.replace("_", "-").encode(), text.encode()) for name, text in headers.items()]}
    asyncio.run(app(scope, receive, send))
    return answer[0]["status"], b"".join(each.get("body", b"") for each in answer[1:]).decode()


def test_a_measure_lets_a_burst_through_and_then_fills_with_time() -> None:
    clock = Clock()
    measure = Measure(rate=Rate(burst=3, per_second=2), clock=clock)
    assert [measure.wait("a") for _ in range(3)] == [0, 0, 0]
    assert measure.wait("a") == pytest.approx(0.5)
    assert measure.wait("b") == 0, "each client has one of its own"
    clock.now += 0.5
    assert [measure.wait("a") > 0 for _ in range(2)] == [False, True]
    clock.now += 60
    assert [measure.wait("a") > 0 for _ in range(4)] == [False, False, False, True]


def test_a_flood_of_clients_does_not_fill_the_memory() -> None:
    clock = Clock()
    measure = Measure(rate=Rate(burst=3, per_second=2), clock=clock)
    for number in range(MOST_CLIENTS + 5):
        measure.wait(str(number))
        clock.now += 0.001
    assert len(measure._full_at) < 1000


def test_who_asks_too_often_is_told_when_to_ask_again_and_others_are_not_held_up() -> None:
    limited = app({name: Rate(burst=2, per_second=0.1) for name in RATES})
    assert [ask(limited, "/export/g1.csv").status for _ in range(3)] == [200, 200, 429]
    told = ask(limited, "/export/g1.csv")
    assert told.headers["retry-after"] == "10"
    assert told.text == "请求太多，先等一等。请：10 秒后再试。\n"
    assert ask(limited, "/").status == 200, "files are counted apart from pages"
    assert sent(limited, "/export/g1.csv", [b""])[0] == 200, "another address is another client"


@pytest.mark.parametrize(("path", "expected"), [
    ("/static/js/a.js", "bundle"), ("/app/static/logo.svg", "bundle"), ("/export/x.csv", "file"), ("/pack/2026-11.zip", "file"),
    ("/returned/0123456789abcdef", "file"), ("/template/weather.xlsx", "file"), ("/api/v1/metrics", "api"), ("/oauth2callback", "login"),
    ("/auth/login", "login"), (PUT, "upload"), ("/", "page"), ("/_stcore/health", "page"), ("/funds", "page")])
def test_each_address_is_counted_in_its_measure(path: str, expected: str) -> None:
    assert kind(path) == expected


def test_every_download_is_counted_as_one_and_passes_the_proxy_without_lying_on_its_disk() -> None:
    recipe = (Path(__file__).parents[2] / "docs" / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    streamed = [place for place, told in re.findall(r"location ~ (\S+) \{(.*?)\}", recipe, flags=re.DOTALL) if "proxy_buffering off" in told]
    downloads = [begins for begins, asks in RULES.items() if asks.kind is Kind.FILE]
    assert {"/returned/", "/template/", "/figure/"} <= set(downloads), "a row that was refused is in a file that comes back"
    assert [begins for begins in [*downloads, "/api/"] if not any(re.search(place, f"{begins}x") for place in streamed)] == []
    assert {kind(f"{begins}x") for begins in downloads} == {"file"}


def test_fifty_readers_behind_one_address_may_open_a_page_at_once() -> None:
    assert RATES["bundle"].burst >= 50 * 140
    assert RATES["page"].burst >= 50 * 10
    assert min(RATES["socket"].burst, MOST_SOCKETS) >= 50 * 3


def test_a_body_that_is_too_long_is_not_read_to_its_end() -> None:
    assert sent(app(), "/x", [b"x" * 10, b"y" * 5]) == (200, "15")
    assert sent(app(), "/x", [b""], content_length=str(OTHER_BODY + 1))[0] == 413
    unread = [b"x" * (OTHER_BODY // 2)] * 40
    status, text = sent(app(), "/x", unread)
    assert status == 413
    assert text.startswith("文件太大，最大 50 MB")
    assert sent(app(), PUT, upload(b"x" * OTHER_BODY * 10))[0] == 200, "a file may be longer than other bodies"
    assert sent(app(), PUT, [b""], content_length=str(60 << 20))[0] == 413


@pytest.mark.parametrize("length", ["-1", "1e3", "many", "٣"])
def test_a_length_that_is_none_is_refused(length: str) -> None:
    assert sent(app(), "/x", [b""], content_length=length)[0] == 400


def upload(file: bytes) -> list[bytes]:
    """As a browser sends it, in two pieces."""
    whole = b"--sep\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a.xlsx\"\r\nContent-Type: x/y\r\n\r\n" + file + b"\r\n--sep--\r\n"
    return [whole[:30], whole[30:]]


@pytest.mark.parametrize("start", [b"MZ\x90\0", b"\x7fELF\x02", b"#!/bin/sh\n", b"<?php echo", b"\0\0\0\x18ftypmp42", b"SQLite format 3\0", b"-----BEGIN KEY"])
@pytest.mark.parametrize("pieces", [upload, lambda file: [bytes([byte]) for byte in upload(file)[0] + upload(file)[1]]])
def test_what_is_never_a_table_is_refused_by_its_first_bytes_whatever_its_name(start: bytes, pieces: Callable[[bytes], list[bytes]]) -> None:
    status, text = sent(app(), PUT, pieces(start + b"x" * 200))
    assert status == 415
    assert "请：报送 Excel、WPS 表格或 CSV 文件" in text
    assert sent(app(), "/x", pieces(start))[0] == 200, "only what comes up through the file field is looked at"


@pytest.mark.parametrize("start", [b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xef\xbb\xbf\xe9\xa1\xb9,\r\n", b"<html>", b"\x09\x08\x10\0", b"",
                                   b"%PDF-1.7", b"\xff\xfe\x79\x98"])
def test_tables_and_what_people_send_by_mistake_come_through_to_reading(start: bytes) -> None:
    assert sent(app(), PUT, upload(start + b"x" * 100))[0] == 200
    assert sent(app(), PUT, upload(start))[0] == 200


async def echo(socket: WebSocket) -> None:
    await socket.accept()
    try:
        while True:
            await socket.send_bytes(await socket.receive_bytes())
    except WebSocketDisconnect:
        return


def talked(app: Limits, messages: list[Message]) -> list[Message]:
    """What comes back on a socket."""
    waiting, back = [{"type": "websocket.connect"}, *messages], []

    async def receive() -> Message:
        return waiting.pop(0) if waiting else {"type": "websocket.disconnect", "code": 1000}

    async def send(message: Message) -> None:
        back.append(message)

    scope: Scope = {"type": "websocket", "path": "/s", "query_string": b"", "headers": [], "client": ("10.0.0.1", 1), "subprotocols": []}
    asyncio.run(app(scope, receive, send))
    return back


def test_a_socket_that_sends_text_is_closed_without_a_traceback() -> None:
    limited = Limits(Starlette(routes=[WebSocketRoute("/s", echo)]))
    binary: Message = {"type": "websocket.receive", "bytes": b"hi"}
    back = talked(limited, [binary, {"type": "websocket.receive", "text": "{}"}, binary])
    assert [(each["type"], each.get("code")) for each in back] == [("websocket.accept", None), ("websocket.send", None), ("websocket.close", 1003)]


def test_too_many_sockets_of_one_client_are_refused_and_closed_ones_do_not_count() -> None:
    limited = Limits(Starlette(routes=[WebSocketRoute("/s", echo)]), {name: Rate(burst=2, per_second=0.01) for name in RATES})
    assert [talked(limited, [])[0]["type"] for _ in range(3)] == ["websocket.accept", "websocket.accept", "websocket.close"]
    limited = Limits(Starlette(routes=[WebSocketRoute("/s", echo)]))
    limited._sockets["10.0.0.1"] = MOST_SOCKETS
    assert talked(limited, [])[0] == {"type": "websocket.close", "code": 1013}
    limited._sockets["10.0.0.1"] = 0
    assert talked(limited, [])[0]["type"] == "websocket.accept"
    assert limited._sockets == {}
