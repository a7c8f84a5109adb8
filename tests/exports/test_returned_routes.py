"""Empty forms and returned workbooks over HTTP: for who hands in, and a returned workbook for its own department alone."""

from __future__ import annotations

import io

import openpyxl
import pytest
from asked import ask
from park import Park
from starlette.applications import Starlette
from submissions import OTHER, STEWARD, job

from analytics.access import Access, Role
from exports.child import NotDone
from exports.links import returned_url, template_url
from exports.returned_routes import returned_routes
from warehouse.jobs.folder import MADE, Kind, folder_of
from warehouse.jobs.results import Made

APP = Starlette(routes=returned_routes())
VIEWER = Access(subject="v", name="", role=Role.VIEWER, departments=frozenset())


def be(monkeypatch: pytest.MonkeyPatch, who: Access) -> None:
    monkeypatch.setattr("exports.returned_routes.access_of", lambda _request: who)


def test_the_form_of_a_report_comes_under_its_own_name(empty: Park, monkeypatch: pytest.MonkeyPatch) -> None:
    be(monkeypatch, STEWARD)
    answer = ask(APP, template_url("loans"))
    assert answer.status == 200 and "%E7%A7%91%E6%8A%80%E4%BF%A1%E8%B4%B7" in answer.headers["content-disposition"]
    book = openpyxl.load_workbook(io.BytesIO(answer.body))
    assert book.sheetnames == ["科技信贷", "填报说明"]


def test_a_form_is_for_who_hands_in_and_a_name_is_no_option(empty: Park, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def etl(*words: str) -> str:
        asked.extend(words)
        raise NotDone("没有报表", 2)

    monkeypatch.setattr("exports.returned_routes.etl", etl)
    be(monkeypatch, VIEWER)
    assert ask(APP, template_url("loans")).status == 403
    be(monkeypatch, STEWARD)
    assert [ask(APP, url).status for url in (template_url("-o"), template_url("all"), template_url("..%2f"))] == [404] * 3
    assert asked == [], "what is no name of a report starts nothing"
    assert ask(APP, template_url("nothing_such")).status == 404 and asked[:2] == ["template", "nothing_such"]


def test_a_returned_workbook_is_for_its_department_and_each_fetching_on_record(empty: Park, monkeypatch: pytest.MonkeyPatch) -> None:
    root = empty.home.root
    made = job(root, Kind.RETURNED, {"upload": "", "file": 3}, Made(name="退回-十月.xlsx", said=""))
    (folder_of(root, made) / MADE).write_bytes(b"PK the marked workbook")
    other_kind = job(root, Kind.CHECK, {"upload": "", "name": "十月.xlsx"})
    for who, url, status in ((OTHER, made, 403), (VIEWER, made, 403), (STEWARD, other_kind, 404), (STEWARD, "../../landing", 404), (STEWARD, f"{made}0", 404)):
        be(monkeypatch, who)
        assert ask(APP, returned_url(url)).status == status
    record = root / "audit"
    assert not [line for path in record.glob("*.jsonl") for line in path.read_text(encoding="utf-8").splitlines() if '"viewed"' in line]
    be(monkeypatch, STEWARD)
    answer = ask(APP, returned_url(made))
    assert (answer.status, answer.body, answer.headers["cache-control"]) == (200, b"PK the marked workbook", "private, no-store")
    assert "%E9%80%80%E5%9B%9E" in answer.headers["content-disposition"]
    [line] = [line for path in record.glob("*.jsonl") for line in path.read_text(encoding="utf-8").splitlines() if '"viewed"' in line]
    assert f'"who":"s8","what":"returned","department":"D08","job":"{made}"' in line
