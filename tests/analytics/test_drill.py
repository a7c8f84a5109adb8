"""The rows behind a number, against the number and the files they were sent in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

import duckdb
import pytest
from kinds import of_each_kind
from park import Park, sample

from analytics.drill import drill
from analytics.goals import goal_cards
from warehouse.metric import UnknownMetric
from warehouse.value import read_metric

NEWEST = dt.date(2026, 10, 31)


@pytest.fixture
def con(park: Park) -> Iterator[duckdb.DuckDBPyConnection]:
    with park.open() as con:
        yield con


@pytest.mark.parametrize("zone", [None, "chem"])
def test_the_rows_of_every_kind_of_metric_are_those_that_the_command_line_lists_and_make_its_value(con: duckdb.DuckDBPyConnection, zone: str | None) -> None:
    seen = 0
    for metric in of_each_kind(con, NEWEST):
        found, told = drill(con, metric.metric_id, as_of=NEWEST, zone_id=zone), read_metric(con, metric.metric_id, as_of=NEWEST, zone=zone)
        assert (found.total, found.count) == (told.value, len(told.rows))
        if metric.drill == "groups" and found.grouped:
            assert [each.value for each in found.grouped.groups] == [number.value for _at, number in told.groups]
        places = [(row.entity_id, row.value, row.sources[0].file, row.sources[0].sheet, row.sources[0].row) for row in found.rows]
        assert sorted(places) == sorted((row.entity_id, row.value, row.file, row.sheet, row.row) for row in told.rows)
        seen += found.count
    assert seen > 20


def test_the_rows_of_a_card_add_up_to_it(con: duckdb.DuckDBPyConnection) -> None:
    for card in goal_cards(con, NEWEST):
        found = drill(con, card.headline.metric.metric_id, as_of=NEWEST)
        assert found.total == card.value == sum(row.value for row in found.rows)


def test_a_month_has_the_rows_that_happened_in_it(con: duckdb.DuckDBPyConnection) -> None:
    every = drill(con, "g1_stage_visits", as_of=NEWEST).rows
    months = {row.occurred_on.replace(day=1) for row in every}
    assert len(months) > 1
    first = max(months)
    until = (first + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)
    found = drill(con, "g1_stage_visits", as_of=NEWEST, since=first, until=until)
    assert found.rows == tuple(row for row in every if row.occurred_on >= first) and found.count == len(found.rows) < len(every)


def test_a_list_cut_short_still_says_how_many_there_are_and_their_sum(con: duckdb.DuckDBPyConnection) -> None:
    whole, cut = drill(con, "g1_poc_small", as_of=NEWEST), drill(con, "g1_poc_small", as_of=NEWEST, most=1)
    assert cut.rows == whole.rows[:1] and (cut.count, cut.total) == (whole.count, whole.total) == (3, Decimal(3))


def test_a_row_has_names_and_the_line_of_its_file_as_it_was_sent(con: duckdb.DuckDBPyConnection) -> None:
    row = drill(con, "g1_poc_small", as_of=NEWEST).rows[0]
    listed = next(each for each in sample("projects").rows if each["项目编号"] == row.entity_id)
    assert row.name == listed["项目名称"] and row.stage in ("概念验证", "小试") and row.zone
    first, *further = row.sources
    assert first.file.startswith("阶段事件") and first.department == "科技创新促进中心" and str(first.received_at.utcoffset()) == "8:00:00"
    assert dict(first.cells)["项目编号"] == row.entity_id
    grid = sample("stage_events").grid()
    assert row.entity_id in grid[first.row - 1]
    assert further and all(source.row > 0 and source.cells for source in further)


def test_what_cannot_be_known_has_no_rows_and_no_sum(con: duckdb.DuckDBPyConnection) -> None:
    found = drill(con, "g3_landed", as_of=dt.date(2020, 1, 1))
    assert (found.rows, found.count, found.total) == ((), 0, None)


def test_nothing_is_known_to_be_nothing(con: duckdb.DuckDBPyConnection) -> None:
    found = drill(con, "g1_poc_small", as_of=NEWEST, zone_id="nuclear")
    assert (found.rows, found.count, found.total) == ((), 0, Decimal(0))


def test_an_unknown_metric_is_refused(con: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(UnknownMetric, match="g9"):
        drill(con, "g9", as_of=NEWEST)
