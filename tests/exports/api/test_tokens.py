"""Tokens: told once, kept as hashes, ended by a date or by being taken back."""

from __future__ import annotations

import datetime as dt
import json
import stat
from pathlib import Path

import pytest

from analytics.access import Role
from etl.home import VARIABLE
from exports.__main__ import main
from exports.api.tokens import FILE, UnusableKeys, holder, keys, new, revoke
from warehouse.audited import listed

NOON = dt.datetime(2026, 11, 5, 4, tzinfo=dt.UTC)


def given(home: Path, role: Role = Role.SECRETARY, until: dt.date | None = None) -> str:
    return new(home, "联席会议系统", role, until=until, by="uid:1", now=NOON)[1]


def test_the_file_holds_hashes_for_its_owner_alone(tmp_path: Path) -> None:
    token = given(tmp_path)
    text = (tmp_path / FILE).read_text(encoding="utf-8")
    assert token not in text and token.rpartition("_")[2] not in text
    assert stat.S_IMODE((tmp_path / FILE).stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.glob(".keys*")] == [".keys.lock"], "nothing half-written is left"


def test_a_token_is_found_and_a_guess_is_not(tmp_path: Path) -> None:
    tokens = [given(tmp_path), given(tmp_path, Role.VIEWER)]
    found = [holder(tmp_path, token) for token in tokens]
    assert [each.role for each in found if each] == [Role.SECRETARY, Role.VIEWER]
    assert holder(tmp_path, tokens[0][:-1] + ("0" if tokens[0][-1] != "0" else "1")) is None
    assert holder(tmp_path, keys(tmp_path)[0].sha256) is None, "who has read the file cannot come in with what stands there"
    assert holder(tmp_path, "令牌") is None


def test_the_last_day_is_a_day_in_shanghai(tmp_path: Path) -> None:
    key = holder(tmp_path, given(tmp_path, until=dt.date(2026, 11, 30)))
    assert key
    assert not key.has_ended(dt.datetime(2026, 11, 30, 15, 59, tzinfo=dt.UTC))
    assert key.has_ended(dt.datetime(2026, 11, 30, 16, 0, tzinfo=dt.UTC))


def test_what_is_taken_back_has_ended_at_once_and_for_good(tmp_path: Path) -> None:
    token, other = given(tmp_path), given(tmp_path)
    key = holder(tmp_path, token)
    assert key and not key.has_ended(NOON)
    first = revoke(tmp_path, key.key_id, by="uid:1", now=NOON)
    again = revoke(tmp_path, key.key_id, by="uid:1", now=NOON + dt.timedelta(days=1))
    assert first and again and first.revoked_at == again.revoked_at == NOON
    ended, standing = holder(tmp_path, token), holder(tmp_path, other)
    assert ended and ended.has_ended(NOON) and standing and not standing.has_ended(NOON)
    assert revoke(tmp_path, "nobody", by="uid:1", now=NOON) is None


def test_giving_and_taking_back_are_on_record_without_the_token_or_the_name(tmp_path: Path) -> None:
    token = given(tmp_path)
    key_id = keys(tmp_path)[0].key_id
    revoke(tmp_path, key_id, by="uid:1", now=NOON)
    lines = list(listed(tmp_path))
    assert [(line["event"], line["done"], line["key"], line["who"]) for line in lines] == [("keys", "new", key_id, "uid:1"), ("keys", "revoked", key_id, "uid:1")]
    assert token not in str(lines) and "联席" not in str(lines)


def test_nothing_is_given_out_that_cannot_be_recorded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_given: object, **_facts: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("exports.api.tokens.record", full)
    with pytest.raises(OSError, match="No space"):
        given(tmp_path)
    assert keys(tmp_path) == ()


def test_a_file_that_others_can_write_or_nobody_can_read_is_told_of(tmp_path: Path) -> None:
    given(tmp_path)
    (tmp_path / FILE).chmod(0o620)
    with pytest.raises(UnusableKeys, match="别人也能改写"):
        keys(tmp_path)
    (tmp_path / FILE).chmod(0o600)
    (tmp_path / FILE).write_text("{", encoding="utf-8")
    with pytest.raises(UnusableKeys, match="令牌文件读不出"):
        keys(tmp_path)


def test_the_command_gives_lists_and_takes_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    assert main(["tokens", "list"]) == 0 and "还没有发放过令牌" in capsys.readouterr().out
    assert main(["tokens", "new", "--name", "联席会议系统", "--role", "secretary", "--until", "2099-12-31"]) == 0
    out, err = capsys.readouterr()
    [token] = out.splitlines()
    key = holder(tmp_path, token)
    assert key and key.name == "联席会议系统" and key.until == dt.date(2099, 12, 31) and "不再显示" in err
    assert main(["tokens", "list", "--json"]) == 0
    listing = capsys.readouterr().out
    assert json.loads(listing)[0]["is_valid"] is True and token not in listing
    assert main(["tokens", "revoke", key.key_id]) == 0 and "已收回" in capsys.readouterr().out
    assert main(["tokens", "list"]) == 0 and "已收回" in capsys.readouterr().out


@pytest.mark.parametrize(("words", "said"), [
    (["new", "--name", "x", "--role", "admin"], "invalid choice"), (["new", "--name", " ", "--role", "viewer"], "1 至 60 个字"),
    (["new", "--name", "a\nb", "--role", "viewer"], "1 至 60 个字"), (["new", "--name", "x", "--role", "viewer", "--until", "明天"], "不是日期"),
])
def test_a_wrong_argument_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], words: list[str], said: str) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    with pytest.raises(SystemExit) as ended:
        main(["tokens", *words])
    assert ended.value.code == 2 and said in capsys.readouterr().err


@pytest.mark.parametrize(("words", "said"), [
    (["new", "--name", "x", "--role", "viewer", "--until", "2020-01-01"], "已过"), (["revoke", "0badc0de"], "没有编号为“0badc0de”的令牌")])
def test_what_cannot_be_done_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], words: list[str], said: str) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    assert main(["tokens", *words]) == 2 and said in capsys.readouterr().err
    assert not (tmp_path / FILE).exists()
