"""A refused row is followed from file to file: when it was first refused, by which file it was put right, and how fast."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from park import FOLDERS, NOON, Park, sample
from worlds import Sent, World, event, project, sent, world

CENTRE = FOLDERS["D08"]
COLUMNS = "key, opened_file_id, last_file_id, times, closed_file_id, is_accepted"


@pytest.fixture
def told(tmp_path: Path) -> Callable[..., World]:
    """The snapshot after these files, and nothing beside them: the first file is number 1, the next number 3."""
    def after(*files: Sent) -> World:
        return world(tmp_path, *files, covered=False, lists=False)

    return after


def corrections(found: World) -> list[tuple[Any, ...]]:
    return found.con.execute(f"SELECT {COLUMNS} FROM rejected.correction ORDER BY key, opened_file_id").fetchall()


def projects(*ids: str, refused: tuple[str, ...] = (), as_of: str = "2024-01-31", sender: str = "") -> Sent:
    return sent("projects", *map(project, ids), refused=[{"project_id": each} for each in refused], as_of=as_of, sender=sender)


def test_a_refused_row_is_open_until_a_file_accepts_its_key(told: Callable[..., World]) -> None:
    found = told(projects("P-1", refused=("P-2",)))
    assert corrections(found) == [("P-2", 1, 1, 1, None, False)]
    assert found.con.execute("SELECT key FROM rejected.open_row").fetchall() == [("P-2",)]


def test_the_list_sent_again_closes_it_though_the_first_no_longer_stands(told: Callable[..., World]) -> None:
    found = told(projects("P-1", refused=("P-2",)), projects("P-1", "P-2"))
    assert corrections(found) == [("P-2", 1, 1, 1, 3, True)]
    assert found.con.execute("SELECT count(*) FROM rejected.open_row").fetchall() == [(0,)]


def test_refused_again_is_the_same_finding_and_keeps_its_first_day(told: Callable[..., World]) -> None:
    found = told(projects("P-1", refused=("P-2",)), projects("P-1", refused=("P-2",)), projects("P-1", refused=("P-2",), as_of="2024-02-29"))
    assert corrections(found) == [("P-2", 1, 5, 3, None, False)]
    assert found.con.execute("SELECT file_id FROM rejected.open_row").fetchall() == [(5,)], "the row of the last file, once"


def test_a_row_that_the_list_no_longer_holds_is_closed_as_removed(told: Callable[..., World]) -> None:
    assert corrections(told(projects("P-1", refused=("P-2",)), projects("P-1"))) == [("P-2", 1, 1, 1, 3, False)]


def test_refused_after_it_was_put_right_is_a_new_finding(told: Callable[..., World]) -> None:
    found = told(projects(refused=("P-2",)), projects("P-2"), projects(refused=("P-2",), as_of="2024-02-29"))
    assert corrections(found) == [("P-2", 1, 1, 1, 3, True), ("P-2", 5, 5, 1, None, False)]


def test_an_older_list_sent_later_closes_nothing_of_the_newer(told: Callable[..., World]) -> None:
    found = told(projects("P-1", refused=("P-2",), as_of="2024-02-29"), projects("P-1", as_of="2024-01-31"))
    assert corrections(found) == [("P-2", 1, 1, 1, None, False)]


def test_another_sender_closes_nothing(told: Callable[..., World]) -> None:
    found = told(sent("leases", refused=[{"lease_id": "Z-1"}], department="D09"), sent("leases", {"lease_id": "Z-1", "unit_id": "U"}, department="D10"))
    assert corrections(found) == [("Z-1", 1, 1, 1, None, False)]


def test_an_event_is_closed_by_whatever_later_file_accepts_it_and_by_no_other(told: Callable[..., World]) -> None:
    refused = sent("stage_events", refused=[{"event_id": "E-1"}, {"event_id": "E-2"}])
    later = sent("stage_events", event("E-1", "P-1", "small", "enter", "2024-02-01"), as_of="2024-02-29")
    found = told(refused, later)
    assert corrections(found) == [("E-1", 1, 1, 1, 3, True), ("E-2", 1, 1, 1, None, False)]
    assert found.con.execute("SELECT key FROM rejected.open_row").fetchall() == [("E-2",)], "the file of E-1 still stands, its row is put right"


def test_rows_without_a_key_are_told_apart_by_their_place_and_closed_by_the_file_sent_again(empty: Park) -> None:
    bad = sample("stage_events").only("SJ-0001", "SJ-0002").but("SJ-0001", 事件编号="").but("SJ-0002", 事件编号="")
    empty.send(f"{CENTRE}/阶段事件.csv", bad)
    empty.refresh()
    assert len({key for (key,) in empty.ask("SELECT key FROM rejected.open_row WHERE starts_with(key, '#')")}) == 2
    empty.send(f"{CENTRE}/阶段事件.csv", sample("stage_events").only("SJ-0001", "SJ-0002"))
    empty.refresh(now=NOON + dt.timedelta(days=3))
    assert empty.ask("SELECT count(*), min(days_to_correct), max(days_to_correct), any_value(closed_by) FROM rejected.correction WHERE closed_file_id IS NOT NULL") == [
        (2, 3, 3, "阶段事件.csv")]
    assert empty.ask("SELECT count(*) FROM rejected.open_row") == [(0,)]


def test_what_was_withdrawn_neither_opens_nor_closes(empty: Park) -> None:
    empty.send(f"{CENTRE}/项目库.csv", sample("projects", "bad"))
    empty.refresh()
    number = empty.last(f"{CENTRE}/项目库.csv").file_id
    before = empty.ask("SELECT count(*) FROM rejected.correction")
    assert before[0][0] > 5
    empty.send(f"{CENTRE}/项目库.csv", sample("projects"))
    empty.refresh()
    empty.home.landing.append("withdrawn", at=NOON, file=empty.last(f"{CENTRE}/项目库.csv").file_id, by="王某")
    empty.refresh()
    assert empty.ask("SELECT count(*), count(closed_file_id), max(opened_file_id) FROM rejected.correction") == [(before[0][0], 0, number)]


def test_every_reason_of_the_bad_samples_belongs_to_one_dimension(empty: Park) -> None:
    for name in ("projects", "stage_events", "premises", "loans"):
        empty.send(f"{'D05' if name == 'loans' else 'D10' if name == 'premises' else CENTRE}/{name}.csv", sample(name, "bad"))
    empty.refresh()
    found = dict(empty.ask("SELECT dimension, count(*) FROM rejected.open_reason GROUP BY ALL"))
    assert set(found) == {"规范性", "完整性", "准确性", "一致性"}
    assert sum(found.values()) == empty.ask("SELECT count(*) FROM (SELECT DISTINCT row_id, heading, reason FROM rejected.reason)")[0][0]
    assert empty.ask("SELECT DISTINCT dimension FROM rejected.open_reason WHERE contains(reason, '在将来')") == [("准确性",)]
    assert empty.ask("SELECT DISTINCT dimension FROM rejected.open_reason WHERE contains(reason, '没有填')") == [("完整性",)]
