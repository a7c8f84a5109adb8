"""Who may come through the HTTP door, how often, what is on record of it, and in what words he is refused."""

from __future__ import annotations

import datetime as dt
import io
import json
import zipfile
from pathlib import Path

import pytest
from api_client import Client, Enter, Served, plenty

from analytics.access import Role
from door.rates import Rate
from etl.home import VARIABLE
from exports.api.bodies import VERSION
from exports.api.tokens import holder, keys, revoke
from warehouse.here import reader

METRIC = "g1_poc_small"
OPEN = ("/issues", "/issues/2026-11", "/metrics", f"/metrics/{METRIC}", "/openapi.json", "/schema/rows")
CLOSED_TO_VIEWERS = (f"/metrics/{METRIC}/rows", f"/metrics/{METRIC}/rows?format=csv", "/issues/2026-11/pack", "/issues/2026-11/files/manifest.json")


def test_without_a_token_nothing_opens_and_nothing_is_told(stranger: Client) -> None:
    for path in (*OPEN, *CLOSED_TO_VIEWERS, "/nothing", "/api", "/api/v9"):
        answer = stranger(path)
        assert answer.status == 401 and answer.headers["www-authenticate"].startswith("Bearer ")
        assert answer.headers["content-type"] == "application/problem+json"


def test_where_no_token_was_ever_given_out_the_door_is_closed_on_loopback_too(enter: Enter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    client = enter(None, root=tmp_path)
    assert client("/issues").status == 401
    assert client("/issues", headers={"Authorization": "Bearer "}).status == 401


@pytest.mark.parametrize("header", ["Basic {token}", "Bearer {token}x", "Bearer", "{token}", "Bearer {token} {token}", "Bearer \xff\xfe", "Bearer " + "a" * 9000])
def test_a_header_that_is_not_the_token_does_not_open(secretary: Client, header: str) -> None:
    token = secretary.token or ""
    found = Client(app=secretary.app, root=secretary.root, token=None)("/issues", headers={"Authorization": header.format(token=token).encode().decode("latin-1")})
    assert found.status == 401


def test_neither_cookie_nor_address_carries_a_token(secretary: Client) -> None:
    bare = Client(app=secretary.app, root=secretary.root, token=None)
    assert bare(f"/issues?access_token={secretary.token}", headers={"Cookie": f"token={secretary.token}; _streamlit_user={secretary.token}"}).status == 401


def test_a_viewers_token_shows_numbers_and_gives_no_rows_and_no_pack(viewer: Client) -> None:
    assert {viewer(path).status for path in OPEN} == {200}
    for path in CLOSED_TO_VIEWERS:
        answer = viewer(path)
        assert answer.status == 403 and "viewer" in answer.text
    assert viewer(CLOSED_TO_VIEWERS[0], headers={"If-None-Match": "*"}).status == 403


def test_a_secretarys_token_gives_rows_and_pack(secretary: Client) -> None:
    assert {secretary(path).status for path in (*OPEN, *CLOSED_TO_VIEWERS)} == {200}


def test_a_token_that_is_taken_back_or_over_opens_nothing_any_more(secretary: Client) -> None:
    assert secretary("/issues").status == 200
    key = holder(secretary.root, secretary.token or "")
    assert key
    revoke(secretary.root, key.key_id, by="test", now=dt.datetime.now(dt.UTC))
    answer = secretary("/issues")
    assert answer.status == 401 and "已到期或已收回" in answer.text and 'error="invalid_token"' in answer.headers["www-authenticate"]


def test_tokens_that_cannot_be_read_open_nothing_and_tell_no_path(enter: Enter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    client = enter(root=tmp_path)
    (tmp_path / "keys.json").write_text("{", encoding="utf-8")
    answer = client("/issues")
    assert answer.status == 503 and str(tmp_path) not in answer.text


def test_who_asks_too_often_is_told_when_to_come_again(enter: Enter) -> None:
    throttle = plenty(key=Rate(burst=3, per_second=0.1))
    client, other = enter(throttle=throttle), enter(throttle=throttle)
    assert [client("/issues").status for _ in range(4)] == [200, 200, 200, 429]
    answer = client("/issues")
    assert 1 <= int(answer.headers["retry-after"]) <= 10 and answer.headers["retry-after"] in json.loads(answer.body)["do"]
    assert other("/issues").status == 200, "each token has a measure of its own"
    key = holder(client.root, client.token or "")
    assert key and [line["status"] for line in client.records if line["who"] == f"key:{key.key_id}"] == [200, 200, 200, 429], "once a minute is enough"


def test_who_guesses_is_stopped_and_hinders_nobody_with_a_token(enter: Enter) -> None:
    throttle = plenty(stranger=Rate(burst=2, per_second=0.1))
    guesser, client = enter(None, throttle=throttle), enter(throttle=throttle)
    assert [guesser("/issues", headers={"Authorization": f"Bearer {n}"}).status for n in range(4)] == [401, 401, 429, 429]
    assert client("/issues").status == 200


def test_every_request_is_on_record_with_what_was_asked_and_no_cell(secretary: Client, served_home: Served) -> None:
    before = len(secretary.records)
    key = holder(secretary.root, secretary.token or "")
    secretary(f"/metrics/{METRIC}/rows?zone=chem&limit=2")
    secretary("/issues/2026-11/files/manifest.json")
    secretary(f"/metrics/{METRIC}?zone=张三")
    rows, file, refused = secretary.records[before:]
    assert key and {line["who"] for line in (rows, file, refused)} == {f"key:{key.key_id}"}
    assert (rows["event"], rows["route"], rows["metric"], rows["snapshot"], rows["status"], rows["zone"]) == ("exported", "rows", METRIC, served_home.now, 200, "chem")
    assert rows["rows"] <= 2 and rows["filters"] == "zone=chem&limit=2"
    stored = served_home.issue.file("manifest.json")
    assert stored and (file["route"], file["issue"], file["sha256"]) == ("file", "2026-11r1", stored.sha256)
    assert (refused["event"], refused["status"]) == ("refused", 404) and "张三" not in str(refused)


def test_what_cannot_be_recorded_is_not_answered(secretary: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_given: object, **_facts: object) -> None:
        raise OSError(28, "No space left on device", str(secretary.root))

    monkeypatch.setattr("exports.api.door.record", full)
    for path in (f"/metrics/{METRIC}", f"/metrics/{METRIC}/rows?format=csv", "/issues/2026-11/pack", "/nothing"):
        answer = secretary(path)
        assert answer.status == 503 and METRIC.encode() not in answer.body.replace(path.encode(), b"") and str(secretary.root) not in answer.text
    assert all(not each.cursors for each in reader(secretary.root / "warehouse")._open.values()), "no snapshot stays pinned"
    monkeypatch.undo()


@pytest.mark.parametrize(("path", "status", "where", "do"), [
    (f"/metrics/{METRIC}?zone=bogus", 404, "参数 zone", "core、chem"), (f"/metrics/{METRIC}?zone=chem&zone=bio", 400, "参数 zone", "只给一次"),
    (f"/metrics/{METRIC}?zon=chem", 400, "地址的参数", "as_of"), (f"/metrics/{METRIC}?as_of=2026-02-30", 400, "参数 as_of", "2026-10-31"),
    (f"/metrics/{METRIC}?as_of=1990-01-01", 404, "参数 as_of", "范围"), (f"/metrics/{METRIC}?snapshot=x", 404, "参数 snapshot", ""),
    (f"/metrics/{METRIC}?snapshot=x&issue=2026-11", 404, "参数 snapshot", "去掉"), (f"/metrics/{METRIC}?issue=1999-01", 404, "参数 issue", ""),
    (f"/metrics/{METRIC}?lang=fr", 400, "参数 lang", "zh"), ("/metrics/nothing", 404, "指标代码", "/api/v1/metrics"), ("/metrics/%00", 404, "指标代码", ""),
    ("/metrics/" + "a" * 30_000, 404, "指标代码", ""), (f"/metrics/{METRIC}/rows?limit=0", 400, "参数 limit", ""),
    (f"/metrics/{METRIC}/rows?limit=99999999999999999999", 400, "参数 limit", ""), (f"/metrics/{METRIC}/rows?cursor=7", 400, "参数 cursor", ""),
    (f"/metrics/{METRIC}/rows?cursor=7-0123456789abcdef", 404, "参数 cursor", "next"),
    (f"/metrics/{METRIC}/rows?cursor=" + "[" * 1_900, 400, "参数 cursor", ""), (f"/metrics/{METRIC}/rows?format=xml", 400, "参数 format", "csv"),
    (f"/metrics/{METRIC}/rows?format=csv&cursor=7-0123456789abcdef", 404, "参数 cursor", ""), (f"/metrics/{METRIC}?zone=" + "z" * 300, 400, "参数 zone", ""),
    ("/issues/1999-01", 404, "期号", ""), ("/issues/2026-11/files/nothing.pdf", 404, "文件名", ""), ("/issues/2026-11/files/state/values.json", 403, "文件名", ""),
    ("/issues/2026-11/files/../../../keys.json", 404, "文件名", ""), ("/issues/2026-11/files//etc/passwd", 404, "文件名", ""), ("/schema/x", 404, "名称", "rows"),
    ("/nothing", 404, "地址", "openapi.json"), ("/issues/", 404, "地址", ""), ("/api/v2/issues", 404, "地址", "openapi.json"), ("/api", 404, "地址", ""),
])
def test_a_refusal_says_where_what_and_what_to_do(secretary: Client, path: str, status: int, where: str, do: str) -> None:
    answer = secretary(path)
    body = json.loads(answer.body)
    assert (answer.status, body["status"], answer.headers["content-type"]) == (status, status, "application/problem+json"), answer.text
    assert where in body["where"] and do in body["do"] and body["what"] and body["what"] in body["detail"]
    assert "Traceback" not in answer.text and str(secretary.root) not in answer.text and len(answer.body) < 4_000
    assert answer.headers["cache-control"] == "no-store"


def test_a_refusal_is_in_the_language_asked_for(secretary: Client) -> None:
    assert "There is no such zone" in secretary(f"/metrics/{METRIC}?zone=bogus&lang=en").text


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND"])
def test_nothing_can_be_written(secretary: Client, method: str) -> None:
    answer = secretary("/issues", method=method)
    assert answer.status == 405 and answer.headers["allow"] == "GET, HEAD"


def test_head_tells_what_get_would_and_has_no_body(secretary: Client) -> None:
    for path in (*OPEN, *CLOSED_TO_VIEWERS):
        head, get = secretary(path, method="HEAD"), secretary(path)
        assert head.status == 200 and head.body == b"" and head.headers.get("content-length", get.headers.get("content-length")) == get.headers.get("content-length")
        assert {name: head.headers[name] for name in ("etag", "content-type", "cache-control")} == {
            name: get.headers[name] for name in ("etag", "content-type", "cache-control")}


def test_what_is_held_already_is_not_sent_again(secretary: Client) -> None:
    for path in (*OPEN, *CLOSED_TO_VIEWERS):
        tag = secretary(path).headers["etag"]
        answer = secretary(path, headers={"If-None-Match": tag})
        assert (answer.status, answer.body, answer.headers["etag"]) == (304, b"", tag)
        assert secretary(path, headers={"If-None-Match": '"other"'}).status == 200


def test_another_snapshot_or_question_has_another_tag(secretary: Client) -> None:
    paths = [f"/metrics/{METRIC}/rows?format={fmt}{more}" for fmt in ("json", "csv", "parquet") for more in ("", "&zone=chem", "&lang=en", "&issue=2026-11")]
    tags = [secretary(path).headers["etag"] for path in paths]
    assert len(set(tags)) == len(tags)


def test_an_exact_issue_is_held_for_ever_and_everything_else_asks_again(secretary: Client) -> None:
    assert "immutable" in secretary("/issues/2026-11r1/files/manifest.json").headers["cache-control"]
    assert "immutable" in secretary("/issues/2026-11r1/pack").headers["cache-control"]
    for path in ("/issues/2026-11/files/manifest.json", "/issues", f"/metrics/{METRIC}/rows?format=csv"):
        assert secretary(path).headers["cache-control"] == "private, no-cache"


@pytest.mark.parametrize(("accept", "kind"), [
    ("*/*", "application/json"), ("", "application/json"), ("text/csv", "text/csv"), ("application/vnd.apache.parquet", "application/vnd.apache.parquet"),
    ("application/json;q=0.1, text/csv;q=0.9", "text/csv"), ("text/*", "text/csv"), (";;,;q=x,*/*;q=nan", "application/json"), ("text/csv;q=0, */*", "application/json"),
    ("TEXT/CSV; charset=utf-8", "text/csv")])
def test_the_format_is_the_one_accepted_best(secretary: Client, accept: str, kind: str) -> None:
    answer = secretary(f"/metrics/{METRIC}/rows", headers={"Accept": accept} if accept else None)
    assert answer.status == 200 and answer.headers["content-type"].startswith(kind) and answer.headers["vary"] == "Accept"
    assert secretary(f"/metrics/{METRIC}/rows?format=json", headers={"Accept": accept}).headers["content-type"] == "application/json"


def test_a_format_there_is_none_of_is_refused_with_those_there_are(secretary: Client) -> None:
    answer = secretary(f"/metrics/{METRIC}/rows", headers={"Accept": "application/pdf, application/json;q=0"})
    assert answer.status == 406 and "text/csv" in answer.text


def test_the_issues_their_files_and_the_pack_are_what_was_frozen(secretary: Client, served_home: Served) -> None:
    [line] = secretary.json("/issues")["issues"]
    assert (line["name"], line["is_newest"], line["as_of"], line["snapshot"]) == ("2026-11r1", True, str(served_home.issue.as_of), served_home.issue.snapshot)
    detail = secretary.json(line["href"])
    assert {file["name"]: file["sha256"] for file in detail["files"]} == {each.name: each.sha256 for each in served_home.issue.handed_out}
    for file in detail["files"]:
        assert secretary(file["href"]).body == (served_home.issue.folder / file["name"]).read_bytes()
    with zipfile.ZipFile(io.BytesIO(secretary(detail["pack"]).body)) as archive:
        assert set(archive.namelist()) == {f"2026-11r1/{each.name}" for each in served_home.issue.handed_out}


def test_every_answer_names_the_version_of_the_contract(secretary: Client, stranger: Client) -> None:
    assert {client(path).headers["contract-version"] for client in (secretary, stranger) for path in (*OPEN, "/nothing")} == {VERSION}


def test_no_more_than_a_few_files_are_sent_at_once(secretary: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    import threading

    none = threading.BoundedSemaphore(1)
    none.acquire()
    monkeypatch.setattr("exports.api.rows.FILES_AT_ONCE", none)
    answer = secretary(f"/metrics/{METRIC}/rows?format=csv")
    assert answer.status == 503 and int(answer.headers["retry-after"]) > 0
    none.release()
    assert secretary(f"/metrics/{METRIC}/rows?format=csv").status == 200
    assert none.acquire(blocking=False), "the place is free again when the last byte is sent"


def test_a_client_that_goes_away_gives_everything_back(secretary: Client) -> None:
    with pytest.raises(BaseException):  # noqa: B017, PT011 - whatever the server does with a broken pipe
        secretary(f"/metrics/{METRIC}/rows?format=csv", gone_after=1)
    assert all(not each.cursors for each in reader(secretary.root / "warehouse")._open.values())


def test_roles_that_hand_in_or_rule_have_no_tokens(secretary: Client) -> None:
    assert {each.role for each in keys(secretary.root)} <= {Role.VIEWER, Role.SECRETARY}
