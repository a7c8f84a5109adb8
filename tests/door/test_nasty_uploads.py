"""The whole battery of nasty files by the way of the page: past the door, through Streamlit's own upload, to a worker's process and what a person reads."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from types import SimpleNamespace

import pytest
from asked import Answer, ask
from nasty_files import HARMFUL, NAMED, PROGRAMS, WRONG
from park import Park, sample
from served import ROOT
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from streamlit import config
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec
from streamlit.web.server.starlette.starlette_routes import create_upload_routes

from analytics.access import Access, Role
from door.errors import refused
from pages import check_words
from pages.markup import el
from serve import app
from warehouse.jobs.asking import ask_check
from warehouse.jobs.folder import Job, job, queue, result
from warehouse.jobs.results import Check
from warehouse.jobs.uploads import hand_in

LI = Access(subject="s-8", name="李四", role=Role.STEWARD, departments=frozenset({"D08"}))
BATTERY = {**{f"{name}.xls": (make(), what) for name, (make, what) in HARMFUL.items()},
           **{f"{name}.xlsx": (content, re.escape(what)) for name, (content, what, _) in WRONG.items()},
           **{name: (content, ".") for name, content in NAMED.items()}}


@dataclass(frozen=True, kw_only=True)
class Field:
    """The field for files of a page that is open."""

    app: Starlette
    manager: MemoryUploadedFileManager

    @classmethod
    def opened(cls) -> Field:
        manager = MemoryUploadedFileManager("/_stcore/upload_file")
        routes = create_upload_routes(SimpleNamespace(is_active_session=lambda _session: True), manager, None)  # type: ignore[arg-type]
        return cls(manager=manager, app=Starlette(routes=routes, middleware=app._user_middleware, exception_handlers={HTTPException: refused}))

    def put(self, name: str, content: bytes) -> Answer:
        """What a browser sends when a file is dropped."""
        head = f'--edge\r\nContent-Disposition: form-data; name="file"; filename="{name.replace(chr(34), "%22")}"\r\n\r\n'.encode()
        body = head + content + b"\r\n--edge--\r\n"
        return ask(self.app, f"/_stcore/upload_file/session/{hashlib.sha256(name.encode()).hexdigest()}", method="PUT", body=body,
                   headers={"host": "127.0.0.1", "content-type": "multipart/form-data; boundary=edge", "content-length": str(len(body))})

    def file(self, name: str) -> UploadedFileRec:
        [found] = self.manager.get_files("session", [hashlib.sha256(name.encode()).hexdigest()])
        return found


@pytest.fixture
def field(monkeypatch: pytest.MonkeyPatch) -> Field:
    monkeypatch.setattr("streamlit.web.server.starlette.starlette_routes.is_xsrf_enabled", lambda: False)  # tests/door/test_running.py asks for the token
    return Field.opened()


def read(home: Path, asked: Job) -> tuple[Check, str]:
    """What came of a check, and all that the page says of it."""
    told = result(home, asked.job_id, LI)
    assert isinstance(told, Check), job(home, asked.job_id).what
    parts = [el("h1", check_words.finding(told)), check_words.refusal(told), check_words.recognised(told, ""), *([] if told.refusal else [check_words.errors(told)])]
    return told, unescape(re.sub(r"<[^>]*>", " ", " ".join(map(str, parts))))


@pytest.mark.parametrize("name", PROGRAMS)
def test_a_program_is_stopped_at_the_door_with_a_sentence(field: Field, name: str) -> None:
    answer = field.put(name, PROGRAMS[name])
    assert (answer.status, answer.text) == (415, "这不是表格文件，没有收下。请：报送 Excel、WPS 表格或 CSV 文件。\n")
    assert field.manager.get_files("session", [hashlib.sha256(name.encode()).hexdigest()]) == []


def test_a_file_larger_than_a_page_takes_is_not_read(field: Field) -> None:
    most = int(config.get_option("server.maxUploadSize"))
    answer = field.put("大.csv", bytes((most + 2) << 20))
    assert (answer.status, "请：拆成几份" in answer.text) == (413, True)


def test_every_nasty_file_ends_with_a_sentence_and_the_worker_does_the_next(issue_home: Park, field: Field, monkeypatch: pytest.MonkeyPatch) -> None:
    """One worker, a process of its own, for all of them; the last file is a good one."""
    monkeypatch.setenv("GANZHIHUI_WORKER", "systemd")  # none starts before all wait
    root, served = issue_home.home.root, issue_home.served()
    good = sample("stage_events").only("SJ-0013").but("SJ-0013", 事件编号="SJ-9001").csv()
    asked: dict[str, Job] = {}
    for name, (content, _) in {**BATTERY, "好的.csv": (good, "")}.items():
        assert field.put(name, content).status == 204, name
        file = field.file(name)
        assert file.data == content
        asked[name] = ask_check(root, hand_in(root, file.name, file.data, LI, department="D08").upload_id, LI)
    worker = subprocess.run([sys.executable, str(ROOT / "tests" / "door" / "battery_worker.py"), str(root)], cwd=ROOT, capture_output=True, text=True,
                            env={**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tests'}"}, timeout=600, check=False)
    assert (worker.returncode, worker.stdout, worker.stderr) == (0, "", "")
    assert [*queue(root).iterdir()] == []
    for name, (_, what) in BATTERY.items():
        told, said = read(root, asked[name])
        assert told.state == "refused", name
        assert told.name in said and "请：" in said, (name, said)
        assert re.search(what, said), (name, said)
        assert not re.search(r"Traceback|Error|Exception|\.py\b|/tmp|site-packages|panicked", said), (name, said)
        assert str(root) not in json.dumps(told.__dict__, default=str, ensure_ascii=False)
    told, _ = read(root, asked["好的.csv"])
    assert told.state == "accepted" and told.recognised and told.recognised.accepted == 1
    assert issue_home.served() == served, "a trial publishes nothing"
    assert sorted(path.name for path in root.rglob("*") if "cron" in path.name) == []
