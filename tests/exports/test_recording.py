"""Every file that is taken away is in the record, and what cannot be recorded is not given."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from asked import Answer, ask
from park import Park
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import StreamingResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from analytics.access import Access, Role
from exports import recording
from exports.figure_routes import figure_routes
from exports.fund_flows import flow_routes
from exports.issue_routes import issue_routes
from exports.routes import export_routes
from warehouse import audit
from warehouse.audit import code
from warehouse.here import DATA_HOME, reader

READER = Access(subject="u-secretary", name="甲", role=Role.SECRETARY, departments=None)


class As:
    """Stands in for the door."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._app({**scope, "access": READER}, receive, send)


@pytest.fixture
def app(told: Park, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ASGIApp]:
    """Over a copy of a small home."""
    shutil.copytree(told.home.root, tmp_path / "data")
    monkeypatch.setenv(DATA_HOME, str(tmp_path / "data"))
    reader.cache_clear()
    yield As(Starlette(routes=[*export_routes(), *figure_routes(), *flow_routes(), *issue_routes()]))
    reader.cache_clear()


def lines(tmp_path: Path) -> list[dict[str, object]]:
    found = [json.loads(line) for path in (tmp_path / "data" / audit.FOLDER).glob("*.jsonl") for line in path.read_text(encoding="utf-8").splitlines()]
    return [each for each in found if each["event"] == audit.Event.EXPORTED]


def sha(answer: Answer) -> str:
    return hashlib.sha256(answer.body).hexdigest()


@pytest.mark.parametrize(("url", "rows"), [("/export/g1_poc_small.csv?as_of=2026-10-31", True), ("/export/g1_poc_small.xlsx?as_of=2026-10-31", True),
                                           ("/figure/g1_poc_small-zones.svg?as_of=2026-10-31", False), ("/flows/funds.csv?as_of=2026-10-31", False)])
def test_a_file_is_recorded_with_who_what_how_much_and_its_hash(app: ASGIApp, tmp_path: Path, url: str, rows: bool) -> None:
    answer = ask(app, url)
    assert answer.status == 200, answer.text
    [line] = lines(tmp_path)
    assert (line["event"], line["who"], line["file"], line["asked"]) == ("exported", "u-secretary", url.partition("?")[0], "as_of=2026-10-31")
    assert (line["bytes"], line["sha256"], line["whole"]) == (len(answer.body), sha(answer), 1)
    assert isinstance(line["rows"], int) == rows


def test_of_a_filter_that_is_a_word_or_a_name_the_hash_is_recorded_and_the_others_stay_readable() -> None:
    """As browsers send it, and as it never should come."""
    group, phone, mail = "甘南李强集团", "李强13800138000", "a@b.cn"
    asked = urlencode({"as_of": "2026-10-31", "org": group, "category": "POC>SMALL", "entity": phone, "month": mail, "李强": "", "zone": "chem&org=D1"})
    told = recording.filters(asked.encode())
    assert told == f"as_of=2026-10-31&org={code(group)}&category=POC>SMALL&entity={code(phone)}&month={code(mail)}&{code('李强')}=&zone=chem%26org%3DD1"
    assert code(told) == told, "so that the line has it as it is"
    assert recording.filters(f"org={group}".encode()) != f"org={group}" and recording.filters(b"") == ""


def test_what_gives_no_content_is_no_export(app: ASGIApp, tmp_path: Path) -> None:
    url = "/export/g1_poc_small.csv?as_of=2026-10-31"
    tag = ask(app, url, method="HEAD").headers["etag"]
    assert ask(app, url, headers={"if-none-match": tag}).status == 304
    assert ask(app, "/export/nothing.csv").status == 404
    assert lines(tmp_path) == []


def test_a_download_broken_off_is_recorded_as_that(app: ASGIApp, tmp_path: Path) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        for piece in (b"first", b"second", b"third"):
            yield piece

    async def served(scope: Scope, receive: Receive, send: Send) -> None:
        answer = await recording.recorded(Request(scope), "u-secretary", StreamingResponse(pieces()))
        await answer(scope, receive, send)

    with pytest.raises(ClientDisconnect):
        ask(served, "/export/x.csv", gone_after=1)
    [line] = lines(tmp_path)
    assert (line["whole"], line["file"]) == (0, "/export/x.csv")


def test_what_cannot_be_recorded_does_not_arrive(app: ASGIApp, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = ask(app, "/export/g1_poc_small.csv?as_of=2026-10-31")

    def full(*_: object, **__: object) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr(recording, "record", full)
    answer = ask(app, "/figure/g1_poc_small-zones.svg?as_of=2026-10-31")
    assert answer.status == 503 and "审计" in answer.text
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def served(scope: Scope, receive: Receive, _send: Send) -> None:
        await app(scope, receive, send)

    with pytest.raises(recording.NotRecorded):
        ask(served, "/export/g1_poc_small.csv?as_of=2026-10-31")
    got = b"".join(each.get("body", b"") for each in sent)
    assert len(got) < len(whole.body) and all(each.get("more_body", True) for each in sent), "its end never comes"
