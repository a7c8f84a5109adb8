"""What the setup of a login says, and that a server that would be open by mistake does not start."""

from __future__ import annotations

from pathlib import Path

import pytest
from asked import ask
from at_the_door import SETUP, Server, set_up

from analytics.access import Role
from door.loopback import from_elsewhere, refuse_open_address
from door.setup import WrongSetup, read
from serve import has_login


@pytest.mark.parametrize(("was", "now", "said"), [
    ('cookie_secret = "of the tests, and long enough to sign with"', 'cookie_secret = "short"', "openssl rand"),
    ('client_secret = "secret"', "", "缺少 client_secret"),
    ("https://park.example.cn/", "http://park.example.cn/", "明文"),
    ("/oauth2callback", "/elsewhere", "redirect_uri"),
    ('"park-admin" = "admin"', '"park-admin" = "boss"', "不是角色"),
    ('"steward D05"', '"steward"', "没有部门"),
    ('"steward D05"', '"steward 财政局"', "不是部门编号"),
    ('claim = "groups"', "", "没有 claim"),
    ("[access]", "[access]\nidle_minutes = 0", "idle_minutes"),
    ("[auth]", "[auth", "读不出来"),
])
def test_a_setup_that_is_wrong_is_said_and_the_server_does_not_start(tmp_path: Path, was: str, now: str, said: str) -> None:
    assert was in SETUP
    (tmp_path / "login.toml").write_text(SETUP.replace(was, now), encoding="utf-8")
    with pytest.raises(WrongSetup, match=said):
        read(tmp_path / "login.toml")


def test_a_file_that_is_named_and_not_there_keeps_the_server_from_starting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GANZHIHUI_LOGIN", str(tmp_path / "lost.toml"))
    with pytest.raises(SystemExit, match=r"lost\.toml"):
        has_login()


def test_a_secrets_file_without_auth_is_no_login(tmp_path: Path) -> None:
    (tmp_path / "login.toml").write_text("[other]\nkey = 1\n", encoding="utf-8")
    assert read(tmp_path / "login.toml") is None


def test_the_setup_tells_roles_departments_and_times(tmp_path: Path) -> None:
    (tmp_path / "login.toml").write_text(SETUP.replace("[access]", "[access]\nidle_minutes = 10\nlongest_hours = 8"), encoding="utf-8")
    found = read(tmp_path / "login.toml")
    assert found and found.is_secure and found.origin == "https://park.example.cn"
    assert (found.idle.total_seconds(), found.longest.total_seconds()) == (600, 8 * 3600)
    assert found.grants["park-d05"].role is Role.STEWARD and found.grants["park-d05"].departments == frozenset({"D05"})


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "127.8.8.8", "localhost", "unix:///run/park.sock"])
def test_this_machine_needs_no_login(address: str) -> None:
    refuse_open_address(address, has_login=False)


@pytest.mark.parametrize("address", ["0.0.0.0", "::", "10.1.2.3", "park.example", None])
def test_without_a_login_no_other_address_is_listened_on_and_with_one_any_may_be(address: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GANZHIHUI_LISTEN", address or "")
    with pytest.raises(SystemExit, match="先设置登录"):
        refuse_open_address(address, has_login=False)
    refuse_open_address(address, has_login=True)


@pytest.mark.parametrize(("headers", "may"), [
    ({"host": "127.0.0.1:8501"}, True), ({"host": "localhost"}, True), ({"host": "[::1]:8501"}, True),
    ({"host": "park.example.cn"}, False), ({"host": "127.0.0.1.evil.example"}, False), ({"host": "localhost.evil.example"}, False), ({}, False),
    ({"host": "127.0.0.1:8501.evil.example"}, False), ({"host": "127.0.0.1:99999"}, False), ({"host": "evil@127.0.0.1"}, False),
    ({"host": "127.0.0.1/evil.example"}, False), ({"host": "2130706433"}, False), ({"host": "localhost@evil.example"}, False),
    ({"host": "127.0.0.1", "x-forwarded-for": "10.1.1.1"}, False), ({"host": "127.0.0.1", "Forwarded": "for=10.1.1.1"}, False),
    ({"host": "127.0.0.1", "x-real-ip": "10.1.1.1"}, False), ({"host": "127.0.0.1", "x-forwarded-proto": "https"}, False),
])
def test_without_a_login_only_what_comes_straight_from_this_machine_is_answered(tmp_path: Path, home: Path, headers: dict[str, str], may: bool) -> None:
    assert (from_elsewhere([(name.encode(), text.encode()) for name, text in headers.items()]) is None) == may
    set_up(tmp_path / "none", None)
    answer = ask(Server.opened().app, "/goals", headers=headers)
    assert (answer.status, "没有设置登录" in answer.text) == ((200, False) if may else (403, True))
