"""An open page is cut off soon after its session ends or its reader's role changes, and its browser sent where it may be."""

from __future__ import annotations

from pathlib import Path

import pytest
from at_the_door import Server, socket
from starlette.types import Message
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from door import live, sessions
from door.__main__ import main


def rerun(*, by_itself: bool = False) -> bytes:
    message = BackMsg()
    message.rerun_script.query_string = ""
    message.rerun_script.is_auto_rerun = by_itself
    return bytes(message.SerializeToString())


def sent_to(sent: list[Message]) -> str | None:
    """Where the browser is sent before the socket is closed."""
    if sent[-1] != {"type": "websocket.close", "code": 1008}:
        return None
    message = ForwardMsg()
    message.ParseFromString(sent[-2]["bytes"])
    return message.auth_redirect.url


@pytest.fixture(autouse=True)
def often(monkeypatch: pytest.MonkeyPatch) -> None:
    """The looks at idle pages come faster than in life."""
    monkeypatch.setattr(live, "LOOKS", 0.05)


def test_a_page_looks_at_its_session_often_enough_to_be_cut_within_a_minute() -> None:
    from importlib import reload

    assert reload(live).LOOKS <= 30


def test_who_is_logged_in_is_served_and_nobody_else_starts_a_page_run(server: Server) -> None:
    held = server.log_in("one", "park-viewer")
    page, sent = socket(held, [rerun()])
    assert [each["type"] for each in page.told] == ["websocket.receive", "websocket.disconnect"] and {"type": "websocket.send", "bytes": b"drawn"} in sent
    for other in (None, "forged", server.log_in("nobody")):
        page, sent = socket(other, [rerun()])
        assert page.told == [] and sent_to(sent) == "/login?ended=1"
        assert sent[0] == {"type": "websocket.accept", "subprotocol": "streamlit"}


def test_a_page_of_another_site_gets_no_socket_with_the_cookie_of_a_reader(server: Server) -> None:
    held = server.log_in("one", "park-viewer")
    page, sent = socket(held, [rerun()], origin="https://evil.example")
    assert page.told == [] and sent == [{"type": "websocket.close", "code": 1008}]


def test_an_idle_page_is_cut_off_when_its_session_is_ended(server: Server, home: Path) -> None:
    held = server.log_in("one", "park-viewer")
    [session] = sessions.sessions(home)
    page, sent = socket(held, [rerun(), lambda: sessions.end(home, session.key)])
    assert sent_to(sent) == "/login?ended=1"
    assert page.told[-1] == {"type": "websocket.disconnect", "code": 1008}, "Streamlit learns of it too"


def test_nothing_is_run_for_who_was_shut_out_a_moment_ago(server: Server, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "LOOKS", 60)
    held = server.log_in("one", "park-admin")
    [session] = sessions.sessions(home)
    page, sent = socket(held, [rerun(), lambda: main(["add", session.subject, "--name", "停用", "--role", "none"]), rerun()])
    assert [each["type"] for each in page.told] == ["websocket.receive", "websocket.disconnect"] and sent_to(sent) == "/login?ended=1"


def test_with_another_role_the_page_is_opened_anew(server: Server, home: Path) -> None:
    held = server.log_in("one", "park-admin")
    [session] = sessions.sessions(home)
    _page, sent = socket(held, [rerun(), lambda: main(["add", session.subject, "--name", "甲", "--role", "viewer"])])
    assert sent_to(sent) == "/"


def test_a_page_that_refreshes_itself_is_nobody_at_work(server: Server, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    touched: list[str] = []
    monkeypatch.setattr("door.gate.touch", lambda _home, key: touched.append(key))
    held = server.log_in("one", "park-viewer")
    socket(held, [rerun(by_itself=True)])
    assert touched == []
    socket(held, [rerun()])
    assert len(touched) == 1
