"""Great Expectations on DuckDB through our dialect: each kind of expectation in use counts what it should; the file stays as it is."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import duckdb
import great_expectations.expectations as gxe
import pytest
import sqlalchemy as sa
from great_expectations.expectations.core.expect_column_values_to_not_be_null import ExpectColumnValuesToNotBeNull

from expectations.check import Check, Query
from expectations.dialect import url
from expectations.run import run
from expectations.suite import SUITE

TOY = """CREATE SCHEMA mart; CREATE TABLE mart.toy (id INTEGER, name VARCHAR, since DATE, until DATE, amount DECIMAL(20, 6));
INSERT INTO mart.toy SELECT i, 'n' || i, DATE '2026-01-01', DATE '2026-01-01' + i::INTEGER, i FROM range(1, 1001) AS t(i);
INSERT INTO mart.toy VALUES (1000, NULL, '2026-01-01', NULL, -1), (1001, 'eleven', '2026-01-02', '2026-01-01', 0)"""

# kind of expectation → its arguments; how many of the 1002 rows offend; the first of them
COUNTED: dict[str, tuple[Mapping[str, Any], int, str]] = {
    "ExpectColumnValuesToNotBeNull": ({"column": "name"}, 1, "1000"),
    "ExpectColumnValuesToBeUnique": ({"column": "id"}, 2, "1000"),
    "ExpectColumnValueLengthsToEqual": ({"column": "name", "value": 4}, 101, "1 "),
    "ExpectColumnPairValuesAToBeGreaterThanB": (
        {"column_A": "until", "column_B": "since", "ignore_row_if": "either_value_is_missing"}, 1, "1001"),
    "ExpectColumnValuesToBeInSet": ({"column": "name", "value_set": [f"n{i}" for i in range(1, 1001)]}, 1, "1001"),
    "ExpectColumnValuesToBeBetween": ({"column": "amount", "min_value": 0, "strict_min": True}, 2, "1000"),
    "ExpectCompoundColumnsToBeUnique": ({"column_list": ["since", "amount"]}, 0, ""),
}


@pytest.fixture(scope="module")
def toy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A snapshot under a name that a URL, a template or a shell would trip over."""
    path = tmp_path_factory.mktemp("toy $HOME 50%25 快照#1") / "toy.duckdb"
    with duckdb.connect(path) as connection:
        connection.execute(TOY)
    return path


def check(test: Any) -> Check:
    return Check(check_id="toy", dimension="准确性", severity="critical", table="mart.toy", sentence="", action="", test=test, key=("id",))


def test_every_kind_of_expectation_in_use_is_tried_here() -> None:
    in_use = {type(each.test).__name__ for each in SUITE if not isinstance(each.test, Query)}
    assert in_use <= COUNTED.keys()


@pytest.mark.parametrize("kind", COUNTED)
def test_an_expectation_counts_exactly_the_offending_rows(toy: Path, kind: str) -> None:
    arguments, offending, first = COUNTED[kind]
    ran = run(toy, [check(getattr(gxe, kind)(**arguments))])
    assert not ran.broken
    assert (ran.findings[0].failed, ran.findings[0].success) == (offending, not offending)
    assert f"项：{first}" in ran.findings[0].detail or not offending


def test_a_select_counts_beyond_what_great_expectations_lists(toy: Path) -> None:
    select = "SELECT t.id, t.until FROM {table} AS t WHERE t.amount::INTEGER BETWEEN 1 AND 700 ORDER BY t.id"
    ran = run(toy, [check(Query(sentence="", checked="{table}", select=select))])
    assert (ran.findings[0].failed, ran.findings[0].checked) == (700, 1002)
    assert ran.findings[0].detail.startswith("查 1002 项，不符 700 项：1 2026-01-02；2 2026-01-03；")


def test_a_check_that_cannot_run_is_no_finding(toy: Path) -> None:
    select = Query(sentence="", checked="mart.toy", select="SELECT t.nothing FROM mart.toy AS t")
    column = ExpectColumnValuesToNotBeNull(column="nothing")
    for ran in (run(toy, [check(select)]), run(toy, [check(column)])):
        assert not ran.findings
        assert "nothing" in ran.broken["toy"]
        assert "\n" not in ran.broken["toy"]


def test_a_result_outlives_its_connection(toy: Path) -> None:
    engine = sa.create_engine(url(toy))
    with engine.connect() as connection:
        result = connection.exec_driver_sql("SELECT id FROM mart.toy ORDER BY id")
    with engine.connect() as connection:
        connection.exec_driver_sql("SELECT 1").all()
    assert len(result.all()) == 1002
    engine.dispose()


@pytest.mark.parametrize("statement", ["DELETE FROM mart.toy", "COPY mart.toy TO '/tmp/toy.csv'", "INSTALL spatial"])
def test_nothing_can_be_written_and_nothing_fetched(toy: Path, statement: str) -> None:
    engine = sa.create_engine(url(toy))
    with engine.connect() as connection, pytest.raises(sa.exc.DBAPIError):
        connection.exec_driver_sql(statement)
    engine.dispose()


def test_a_table_is_named_with_its_schema(toy: Path) -> None:
    inspector = sa.inspect(sa.create_engine(url(toy)))
    assert [column["name"] for column in inspector.get_columns("mart.toy")] == ["id", "name", "since", "until", "amount"]
    assert inspector.has_table("mart.toy")
    assert not inspector.has_table("toy")
    with pytest.raises(sa.exc.NoSuchTableError):
        inspector.get_columns("toy")
