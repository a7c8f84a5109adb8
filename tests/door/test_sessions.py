"""A session begins with a login and ends with a logout, with too long a pause, in the end by itself, and whenever an administrator says so."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import os
import stat
import time
from pathlib import Path

import pytest
from at_the_door import HELD, ORIGIN, SETUP, Server, set_up
from starlette.types import Message

from door import noted, sessions
from door.__main__ import main
from door.cookies import tightened
from door.people import FILE
from door.sessions import FOLDER
from door.setup import Login
from warehouse import audit
from warehouse.audit import code


def records(home: Path) -> list[Path]:
    return sorted((home / FOLDER).glob("*.json"))


def aged(home: Path, *, seen: float = 0, at: float = 0) -> None:
    """As if the one session had been used so many seconds earlier, and had begun so many earlier."""
    [path] = records(home)
    told = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**told, "at": told["at"] - at}), encoding="utf-8")
    os.utime(path, (time.time() - seen,) * 2)


def lines(home: Path) -> list[dict[str, object]]:
    return [json.loads(line) for path in sorted((home / audit.FOLDER).glob("*.jsonl")) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.fixture
def listed(server: Server, home: Path) -> tuple[str, str]:
    """Somebody without a role by claim: cookie and subject."""
    held = server.log_in("plain")
    return held, next(sessions.sessions(home)).subject


def test_a_pause_of_half_an_hour_ends_it_and_work_in_between_does_not(server: Server, home: Path) -> None:
    held = server.log_in("one", "park-viewer")
    aged(home, seen=29 * 60)
    assert server.get("/", held).status == 200
    aged(home, seen=29 * 60)
    assert server.get("/", held).status == 200, "the last request was work"
    aged(home, seen=31 * 60)
    assert server.get("/", held).status == 303


def test_after_twelve_hours_it_ends_whatever_is_done(server: Server, home: Path) -> None:
    held = server.log_in("one", "park-viewer")
    aged(home, at=11.9 * 3600)
    assert server.get("/", held).status == 200
    aged(home, at=0.2 * 3600)
    assert server.get("/", held).status == 303


def test_records_that_have_run_out_are_removed_at_the_next_login(server: Server, home: Path) -> None:
    server.log_in("one", "park-viewer")
    aged(home, seen=31 * 60)
    server.log_in("two", "park-viewer")
    assert len(records(home)) == 1


def test_a_record_is_for_the_owner_of_the_data_alone_and_names_nobody_by_the_providers_number(server: Server, home: Path) -> None:
    server.log_in("620102199001011234", "park-viewer")
    [record] = records(home)
    assert stat.S_IMODE(record.stat().st_mode) == 0o600 and stat.S_IMODE(record.parent.stat().st_mode) == 0o700
    assert "620102199001011234" not in json.dumps({**json.loads(record.read_text(encoding="utf-8")), "name": ""})
    assert "620102199001011234" not in str(lines(home))


def test_who_has_no_role_is_told_so_with_the_number_for_the_administrator_and_sees_nothing_else(server: Server, listed: tuple[str, str]) -> None:
    held, subject = listed
    answer = server.get("/goals", held)
    assert answer.status == 403 and "您还没有权限" in answer.text and subject in answer.text and "index of the pages" not in answer.text
    assert server.get("/_stcore/host-config", held).status == 403


def test_once_on_the_list_the_same_login_has_the_role_and_off_it_has_none(server: Server, home: Path, listed: tuple[str, str]) -> None:
    held, subject = listed
    assert main(["add", subject, "--name", "陈静", "--role", "steward D05"]) == 0
    assert (server.get("/submit", held).status, server.get("/", held).status) == (200, 200)
    assert main(["add", subject, "--name", "陈静", "--role", "viewer"]) == 0
    assert (server.get("/submit", held).status, server.get("/", held).status) == (403, 200)
    assert main(["add", subject, "--name", "陈静", "--role", "viewer", "--until", "2020-01-01"]) == 0
    assert server.get("/", held).status == 403
    assert main(["remove", subject]) == 0
    assert server.get("/", held).status == 303, "removed, the session is ended too"
    assert [(each["deed"], each["role"]) for each in lines(home) if each["event"] == "granted"] == [
        ("add", "steward:D05"), ("add", "viewer"), ("add", "viewer"), ("remove", None)]


def test_the_list_takes_away_what_the_claim_gives(server: Server, home: Path) -> None:
    held = server.log_in("one", "park-admin")
    [subject] = [each.subject for each in sessions.sessions(home)]
    assert main(["add", subject, "--name", "停用", "--role", "none"]) == 0
    assert server.get("/", held).status == 403


def test_revoking_ends_every_session_of_one_person_and_of_no_other(server: Server, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first, second, other = server.log_in("one", "park-admin"), server.log_in("one", "park-viewer"), server.log_in("two", "park-viewer")
    [subject] = {each.subject for each in sessions.sessions(home) if each.name == "one先生"}
    assert main(["revoke", subject]) == 0 and "2 处" in capsys.readouterr().out
    assert [server.get("/", held).status for held in (first, second, other)] == [303, 303, 200]
    assert main(["revoke", subject]) == 1


def test_a_login_that_cannot_be_recorded_is_none(server: Server, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr(noted, "record", full)
    answer = server.get('/oauth2callback?claims={"iss":"i","sub":"one","groups":["park-admin"]}')
    assert answer.headers["location"] == "/login" and not any("_streamlit_user=" in each for each in answer.cookies)
    assert records(home) == []


def test_a_wrong_line_of_the_list_gives_nothing_and_takes_nothing_from_others(server: Server, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first, second = server.log_in("one"), server.log_in("two", "park-viewer")
    of = {each.name: each.subject for each in sessions.sessions(home)}
    head = "subject,name,role,departments,valid_until\n"
    (home / FILE).write_text(f"{head}{of['one先生']},甲,viewer,,\n{of['two先生']},乙,主任,,\n,丙,viewer,,\n", encoding="utf-8-sig")
    assert (server.get("/", first).status, server.get("/", second).status) == (200, 403), "a role that is not understood does not fall back to the claim"
    assert main(["people"]) == 2
    said = capsys.readouterr()
    assert "第 3 行" in said.err and "“主任”不是角色" in said.err and "第 4 行" in said.err and "甲" in said.out
    (home / FILE).write_text(f"{head}{of['one先生']},甲,viewer,,\n{of['one先生']},甲,admin,,\n", encoding="utf-8")
    assert server.get("/", first).status == 403, "two lines of one person"
    (home / FILE).write_bytes("编号,姓名\n".encode("gb18030"))
    assert (server.get("/", first).status, server.get("/", second).status) == (403, 403), "a list that cannot be read may be what shuts somebody out"
    assert main(["add", "u-x", "--name", "丁", "--role", "viewer"]) == 2, "and is not written over"


@pytest.mark.parametrize(("role", "said"), [("boss", "不是角色"), ("steward", "没有写部门"), ("steward X5", "不是部门编号"), ("viewer D05", "不是角色")])
def test_a_line_that_would_be_wrong_is_not_written(home: Path, capsys: pytest.CaptureFixture[str], role: str, said: str) -> None:
    assert main(["add", "u-1", "--name", "甲", "--role", role]) == 2
    assert said in capsys.readouterr().err and not (home / FILE).exists()


def test_after_the_login_the_page_that_was_wanted_opens_and_no_other_sites(server: Server) -> None:
    assert server.get("/goals?zone=D1").headers["location"] == "/login?next=%2Fgoals%3Fzone%3DD1"
    for wanted, then in [("/goals?zone=D1", "/goals?zone=D1"), ("//evil.example", "/"), ("https://evil.example", "/"), ("/\\evil.example", "/"), ("", "/"),
                         ("/export/x.csv", "/"), ("/auth/logout", "/"), ("/a\r\nSet-Cookie: x", "/")]:
        start = server.get(f"/login/start?provider=default&next={wanted}".replace("\r\n", "%0D%0A").replace("?zone", "%3Fzone"))
        assert start.status == 303 and start.headers["location"].startswith("/auth/login?provider=")
        [kept] = [each for each in start.cookies if each.startswith("__Host-ganzhihui_next=")]
        assert "HttpOnly" in kept and "Secure" in kept and "Path=/" in kept
        back = server.get('/oauth2callback?claims={"iss":"i","sub":"one","groups":["park-admin"]}', cookie=kept.partition(";")[0])
        assert back.headers["location"] == then, wanted


def test_cookies_leave_secure_httponly_and_no_longer_than_a_session_lasts(server: Server) -> None:
    answer = server.get('/oauth2callback?claims={"iss":"i","sub":"one","groups":["park-admin"]}')
    [held] = [each for each in answer.cookies if each.startswith(f"{HELD}=")]
    assert {"Secure", "HttpOnly", "SameSite=lax", "Max-Age=43200"} <= set(held.split("; "))


def test_a_cookie_that_another_host_of_the_domain_may_have_set_counts_for_nothing(server: Server) -> None:
    held = server.log_in("one", "park-viewer")
    for names, status in (("_streamlit_user", 303), ("__Secure-_streamlit_user", 303), ("x=1; __Host-_streamlit_user", 200)):
        assert server.get("/", cookie=f"{names}={held}").status == status, names


def test_on_this_machine_without_tls_cookies_have_their_plain_names_and_the_token_of_streamlits_script_always_has() -> None:
    def names(origin: str) -> list[str]:
        setup, sent = Login(origin=origin, providers={}, claim=None, grants={}, departments=None, idle=dt.timedelta(1), longest=dt.timedelta(1)), list[Message]()

        async def send(message: Message) -> None:
            sent.append(message)

        headers = [(b"set-cookie", f"{name}=1; Path=/".encode()) for name in ("_streamlit_session", "_streamlit_xsrf")]
        async def answer() -> None:
            await tightened(send, setup)({"type": "http.response.start", "status": 200, "headers": headers})

        asyncio.run(answer())
        return [text.decode().partition("=")[0] for _, text in sent[0]["headers"]]

    assert names("http://localhost:8501") == ["_streamlit_session", "_streamlit_xsrf"]
    assert names("https://park.example.cn") == ["__Host-_streamlit_session", "_streamlit_xsrf"]


def test_a_link_of_another_site_logs_nobody_out(server: Server) -> None:
    held = server.log_in("one", "park-viewer")
    assert server.get("/auth/logout", held, sec_fetch_site="cross-site").status == 403
    assert server.get("/", held).status == 200


def test_logging_in_again_ends_the_session_that_was(server: Server, home: Path) -> None:
    first = server.log_in("one", "park-viewer")
    second = server.log_in("two", "park-viewer", cookie=f"{HELD}={first}")
    assert (server.get("/", first).status, server.get("/", second).status) == (303, 200)


def test_a_cookie_is_of_the_address_where_it_was_given(server: Server, tmp_path: Path) -> None:
    held = server.log_in("one", "park-viewer")
    set_up(tmp_path / "login.toml", SETUP.replace(ORIGIN, "https://new.example.cn"))
    assert server.get("/", held, host="new.example.cn").status == 303


def test_another_name_for_this_server_is_refused_but_for_the_health_check(server: Server) -> None:
    held = server.log_in("one", "park-viewer")
    answer = server.get("/", held, host="evil.example")
    assert answer.status == 421 and ORIGIN in answer.text
    assert server.get("/_stcore/health", host="10.0.0.7:8501").status == 200


@pytest.mark.parametrize(("path", "status"), [("/_stcore/metrics", 404), ("/export/g1.csv", 401)])
def test_what_is_not_answered_is_a_page_with_a_way_back_in_a_browser_and_a_line_to_a_program(server: Server, path: str, status: int) -> None:
    opened, asked = server.get(path, accept="text/html,*/*", sec_fetch_dest="document"), server.get(path, accept="text/html,*/*", sec_fetch_dest="empty")
    assert opened.status == asked.status == status and "no-store" in opened.headers["cache-control"]
    assert opened.headers["content-type"].startswith("text/html") and '<a class=\'button\' href=\'/\'>回到总览</a>' in opened.text
    assert asked.headers["content-type"].startswith("text/plain") and asked.text.strip() in opened.text


def test_a_name_in_an_address_that_is_refused_is_not_written_down(server: Server, home: Path) -> None:
    held = server.log_in("one", "park-viewer")
    server.get("/export/李强/13800138000.csv", held)
    [told] = [each["path"] for each in lines(home) if each["event"] == "refused"]
    assert told == f"/export/{code('李强')}/{code('13800138000.csv')}" and told.count("#") == 2


def test_knocking_does_not_fill_the_record(server: Server, home: Path) -> None:
    for number in range(20):
        server.get(f"/page-{number}", "forged")
    assert [each["why"] for each in lines(home)] == ["no_session"]
