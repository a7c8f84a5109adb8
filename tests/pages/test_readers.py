"""What a page shows depends on who reads it: refused rows are for the stewards of their department, links for one person, pages for a role."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from issue_home import quickly
from park import FOLDERS, Park, sample
from shown import Run, Shown, shown

from analytics.access import Access, Role
from pages import frame, view
from warehouse import audit
from warehouse.here import DATA_HOME

PAGE = ("quality", "pages.quality:quality_page")
Reads = Callable[..., Shown]


def reader(role: Role, *departments: str) -> Access:
    return Access(subject=f"u-{role}", name="甲", role=role, departments=frozenset(departments) if role is Role.STEWARD else None)


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Park:
    """A row of D08 is refused; D05 has sent, too. To be read only, but for the record of it."""
    park = Park.opened(tmp_path_factory.mktemp("readers") / "data")
    park.send(f"{FOLDERS['D08']}/项目库.csv", sample("projects").but("GZH-2025-0003", 立项日期="去年"))
    park.send("D05/基金认缴.csv", sample("fund_commitments"))
    with quickly():
        park.refresh()
    return park


@pytest.fixture
def refused(sent: Park, monkeypatch: pytest.MonkeyPatch) -> Park:
    monkeypatch.setenv(DATA_HOME, str(sent.home.root))
    return sent


def viewed(park: Park, who: Access) -> list[dict[str, object]]:
    lines = [json.loads(line) for path in (park.home.root / audit.FOLDER).glob("*.jsonl") for line in path.read_text(encoding="utf-8").splitlines()]
    return [each for each in lines if each["event"] == "viewed" and each["who"] == who.subject]


@pytest.mark.parametrize(("who", "reads"), [
    (reader(Role.VIEWER), False), (reader(Role.SECRETARY), False), (reader(Role.STEWARD, "D05"), False), (reader(Role.STEWARD, "D08"), True),
    (reader(Role.ADMIN), True)], ids=lambda who: f"{who.role}-{'-'.join(who.departments or ())}" if isinstance(who, Access) else str(who))
def test_refused_rows_are_read_by_the_stewards_of_their_department_alone(refused: Park, run: Run, monkeypatch: pytest.MonkeyPatch, who: Access,
                                                                        reads: bool) -> None:
    monkeypatch.setattr(view, "who", lambda: who)
    for page in (shown(run()), shown(run(department="D08"))):
        assert ("去年" in page.html) == reads and ("项目库.csv" in page.html) == reads
        if who.role in (Role.VIEWER, Role.SECRETARY):
            assert "共 1 行。行的内容只给报送部门的数据员看。" in page.text, "how many there are is told"
    assert {(each["who"], each["page"], each["rows"]) for each in viewed(refused, who)} == (
        {(who.subject, "quality", 1)} if reads else set())
    assert "去年" not in json.dumps(viewed(refused, who), ensure_ascii=False)


def test_what_cannot_be_recorded_is_not_shown(refused: Park, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr("pages.reader.record", full)
    page = shown(run(department="D08"))
    assert "去年" not in page.html and "审计记录写不进" in page.text


def test_a_page_that_the_role_does_not_have_shows_nothing_even_when_it_is_run(refused: Park, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(view, "who", lambda: reader(Role.VIEWER))
    monkeypatch.setattr(frame, "_here", lambda: "submit")
    page = shown(run())
    assert page.title == "您的角色没有这一页" and "各部门报送与质量" not in page.html
