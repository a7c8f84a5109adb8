"""What was said of senders' own headings is told with its author, its files and its end."""

from __future__ import annotations

import duckdb
import pytest
from park import Park

from analytics.headings import explained
from etl.__main__ import main

FILES = """CREATE SCHEMA raw; CREATE TABLE raw.file AS SELECT * FROM (VALUES
    (1, '八月.csv', 'loans', 'D05', '', DATE '2026-08-31'), (2, '九月.csv', 'loans', 'D05', '', DATE '2026-09-30'),
    (3, '别家.csv', 'loans', 'D08', '', DATE '2026-09-30')) AS t(file_id, name, feed, department_id, sender, as_of);
CREATE TABLE raw.sent_table AS SELECT * FROM (VALUES
    (1, ['合同编号', '* 放款 额（万元）']), (2, ['放款额', '放款额度']), (3, ['放款额'])) AS t(file_id, headings)"""


@pytest.fixture
def files() -> duckdb.DuckDBPyConnection:
    con = duckdb.connect()
    con.execute(FILES)
    return con


def told(home: Park, files: duckdb.DuckDBPyConnection, *departments: str) -> list[tuple[str, str, str, tuple[str, ...], str | None]]:
    found = explained(home.home.root, files, frozenset(departments) if departments else None)
    return [(each.said.heading, each.said.means, each.said.by, each.files, each.said.ended_by) for each in found]


def say(by: str, *words: str) -> None:
    assert main(["map", "loans", "--sender", "D05", "--by", by, *words]) == 0


def test_an_explanation_is_told_with_the_files_that_are_read_so_until_it_is_taken_back(empty: Park, files: duckdb.DuckDBPyConnection) -> None:
    say("王某", "放款额=合同金额", "--ignore", "科室")
    assert told(empty, files) == [("放款额", "合同金额", "王某", ("九月.csv", "八月.csv"), None), ("科室", "", "王某", (), None)]
    say("李某", "--forget", "放款额")
    assert told(empty, files)[0] == ("放款额", "合同金额", "王某", (), "李某")


def test_what_was_said_otherwise_later_holds_no_longer(empty: Park, files: duckdb.DuckDBPyConnection) -> None:
    say("王某", "放款额=余额")
    say("李某", "放款额=合同金额")
    assert [(means, ended) for _heading, means, _by, _files, ended in told(empty, files)] == [("合同金额", None), ("余额", "李某")]


def test_a_rollback_takes_back_what_was_said_after_its_target(empty: Park, files: duckdb.DuckDBPyConnection) -> None:
    say("王某", "放款额=合同金额")
    landing = empty.home.landing
    upto = landing.acts()[-1].seq
    say("李某", "--ignore", "科室")
    landing.append("rolled_back", at=empty.home.now(), snapshot="x", acts_upto=upto)
    assert [each[0] for each in told(empty, files)] == ["放款额"]


def test_a_steward_is_told_of_the_own_departments_only(empty: Park, files: duckdb.DuckDBPyConnection) -> None:
    say("王某", "放款额=合同金额")
    assert told(empty, files, "D08") == [] and len(told(empty, files, "D05", "D08")) == 1
