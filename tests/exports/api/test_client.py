"""What the joint meeting's system is given: documents that are up to date, and a client that runs against the served door."""

from __future__ import annotations

import importlib.util
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
import uvicorn
from api_client import Client, Served

from exports.api.__main__ import documents

DOCS = Path(__file__).parents[3] / "docs" / "api"


def test_the_documents_are_what_the_door_says() -> None:
    found = {path.relative_to(DOCS).as_posix(): path.read_bytes() for path in DOCS.rglob("*.json")}
    assert found == dict(documents()), "run: python -m exports.api docs/api"


@pytest.fixture(scope="module")
def client() -> ModuleType:
    """The file itself, for it is no part of the program."""
    spec = importlib.util.spec_from_file_location("door_client", DOCS / "client.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def at(secretary: Client, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of the door on a free port; the token is in the environment."""
    server = uvicorn.Server(uvicorn.Config(secretary.app, host="127.0.0.1", port=0, log_level="error", ws="none", lifespan="off"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        assert thread.is_alive()
        time.sleep(0.01)
    monkeypatch.setenv("GANZHIHUI_TOKEN", secretary.token or "")
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join()


def test_the_client_lists_issues_reads_a_metric_and_checks_a_pack(
        client: ModuleType, at: str, served_home: Served, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert client.main(["--at", at, "issues"]) == 0
    assert f"2026-11r1  LX-2026-06  截至{served_home.issue.as_of}" in capsys.readouterr().out
    assert client.main(["--at", at, "metric", "g1_poc_small", "--issue", "2026-11"]) == 0
    out = capsys.readouterr().out
    assert "概念验证及小试项目" in out and "各行之和与值相等" in out and "绿色化工产业承载区" in out
    assert client.main(["--at", at, "metric", "pool_balance"]) == 0 and "— 元 需要的报表还没有都报到" in capsys.readouterr().out
    assert client.main(["--at", at, "pack", "2026-11", str(tmp_path)]) == 0
    assert {path.relative_to(tmp_path / "2026-11r1").as_posix() for path in tmp_path.rglob("*") if path.is_file()} == {
        each.name for each in served_home.issue.handed_out}
    assert client.main(["--at", at, "metric", "nothing"]) == 1 and "请：核对代码" in capsys.readouterr().err


def test_the_client_takes_what_it_holds_where_nothing_has_changed(client: ModuleType, at: str, secretary: Client) -> None:
    door = client.Door(at, secretary.token)
    before = len(secretary.records)
    assert door.issues() == door.issues()
    assert [line["status"] for line in secretary.records[before:]] == [200, 304]


def test_the_client_writes_nothing_of_a_pack_that_is_not_as_told(client: ModuleType, at: str, secretary: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    door = client.Door(at, secretary.token)
    told = door.json("/api/v1/issues/2026-11")
    told["files"][0]["sha256"] = "0" * 64
    monkeypatch.setattr(door, "json", lambda path, **choices: told)
    with pytest.raises(client.NotAsTold, match="与目录不符"):
        door.pack("2026-11", tmp_path)
    assert list(tmp_path.iterdir()) == []
