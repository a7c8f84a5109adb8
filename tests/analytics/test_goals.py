"""The goal cards against plain Python over the same contribution rows, and against the one function that reads a metric."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

import duckdb
import pytest
from park import Park, sample

from analytics.goal_card import GoalCard
from analytics.goals import goal_cards
from analytics.months import whole_months
from analytics.zones import zones
from warehouse.metric import metrics
from warehouse.value import read_metric

NEWEST = dt.date(2026, 10, 31)
DAYS = (NEWEST, dt.date(2026, 10, 15), dt.date(2026, 3, 31), dt.date(2025, 12, 31), dt.date(2025, 9, 30))


@dataclass(frozen=True)
class Contribution:
    """One row as it is stored."""

    metric_id: str
    occurred_on: dt.date
    counts_from: dt.date
    counts_until: dt.date | None
    value: Decimal
    zone_id: str
    is_pending: bool

    def is_alive(self, day: dt.date) -> bool:
        return self.counts_from <= day and (self.counts_until is None or day < self.counts_until)


@pytest.fixture
def con(park: Park) -> Iterator[duckdb.DuckDBPyConnection]:
    with park.open() as con:
        yield con


@pytest.fixture
def stored(con: duckdb.DuckDBPyConnection) -> list[Contribution]:
    rows = con.execute("SELECT metric_id, occurred_on, counts_from, counts_until, value, zone_id, is_pending FROM mart.contribution").fetchall()
    assert len(rows) > 50
    return [Contribution(*row) for row in rows]


def cards(con: duckdb.DuckDBPyConnection, day: dt.date = NEWEST) -> dict[str, GoalCard]:
    return {card.goal.goal_id: card for card in goal_cards(con, day)}


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_every_figure_is_the_sum_of_its_rows_alive_at_v(con: duckdb.DuckDBPyConnection, stored: list[Contribution], day: dt.date) -> None:
    seen = 0
    for card in goal_cards(con, day):
        for figure in (card.headline, *card.parts, *card.readings, card.terminated, card.with_stock):
            if figure is None:
                continue
            alive = [row for row in stored if row.metric_id == figure.metric.metric_id and row.is_alive(day)]
            known = read_metric(con, figure.metric.metric_id, as_of=day).value
            assert figure.value == known
            if known is None:
                assert figure.pending is None
            else:
                assert (figure.value, figure.pending) == (sum(row.value for row in alive), sum(row.is_pending for row in alive))
                seen += len(alive)
    assert seen


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_the_zones_of_a_card_are_all_zones_and_add_up_to_it(con: duckdb.DuckDBPyConnection, stored: list[Contribution], day: dt.date) -> None:
    for card in goal_cards(con, day):
        assert list(card.zones) == [zone.zone_id for zone in zones(con)]
        if card.value is None:
            assert set(card.zones.values()) == {None}
            continue
        expected: dict[str, Decimal] = defaultdict(Decimal)
        for row in stored:
            if row.metric_id == card.headline.metric.metric_id and row.is_alive(day):
                expected[row.zone_id] += row.value
        assert {zone: value for zone, value in card.zones.items() if value} == {zone: value for zone, value in expected.items() if value}
        assert sum(value for value in card.zones.values() if value) == card.value


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_a_month_brings_what_happened_in_it_and_still_counts(con: duckdb.DuckDBPyConnection, stored: list[Contribution], day: dt.date) -> None:
    brought = Decimal(0)
    for card in goal_cards(con, day):
        for month in card.months:
            happened = [row.value for row in stored if row.metric_id == card.headline.metric.metric_id and row.is_alive(day)
                        and (row.occurred_on.year, row.occurred_on.month) == (month.ends_on.year, month.ends_on.month)]
            if month.value is None:
                assert read_metric(con, card.headline.metric.metric_id, as_of=month.ends_on).value is None
            else:
                assert month.value == sum(happened)
                brought += month.value
    assert brought or day < dt.date(2026, 1, 1)


def test_a_month_before_the_base_date_is_not_counted_among_the_last_six(con: duckdb.DuckDBPyConnection) -> None:
    assert [month.ends_on for month in cards(con, dt.date(2025, 12, 31))["g1"].months] == list(whole_months(dt.date(2025, 12, 31), 3))
    assert len(cards(con)["g1"].months) == 6


def test_a_month_that_is_not_over_is_not_counted_among_the_last_six() -> None:
    assert whole_months(dt.date(2026, 10, 30), 2) == (dt.date(2026, 8, 31), dt.date(2026, 9, 30))
    assert whole_months(dt.date(2024, 3, 1), 3) == (dt.date(2023, 12, 31), dt.date(2024, 1, 31), dt.date(2024, 2, 29))


def test_the_parts_of_g1_make_the_whole(con: duckdb.DuckDBPyConnection) -> None:
    g1 = cards(con)["g1"]
    assert [part.value for part in g1.parts] == [1, 1, 1]
    assert g1.value == 3


def test_until_its_year_begins_output_is_read_from_twelve_months(con: duckdb.DuckDBPyConnection, home: Park) -> None:
    g4 = cards(con)["g4"]
    assert (g4.goal.metric_id, g4.headline.metric.metric_id) == ("g4a_output_year", "g4a_output_12m")
    assert [each.metric.metric_id for each in g4.readings] == ["g4a_output_year", "g4b_output_cumulative", "g4_unattributed_12m"]
    home.send("工信和数据局/产值.csv", sample("output_values").as_of("2027年1月31日"))
    home.refresh(now=dt.datetime(2027, 2, 5, 4, tzinfo=dt.UTC))
    with home.open() as later:
        g4 = cards(later, dt.date(2027, 1, 31))["g4"]
    assert g4.headline.metric.metric_id == "g4a_output_year"
    assert [each.metric.metric_id for each in g4.readings] == ["g4a_output_12m", "g4b_output_cumulative", "g4_unattributed_12m"]


def test_what_was_never_reported_is_unknown_and_not_zero(empty: Park) -> None:
    empty.send("科技创新促进中心/项目库.csv", sample("projects"))
    empty.refresh()
    with empty.open() as con:
        for card in goal_cards(con, NEWEST):
            assert card.value is None and card.headline.pending is None and card.mean_per_month is None
            assert card.pace == "unknown"
            assert all(figure.value is None for figure in (*card.parts, *card.readings))
            assert all(month.value is None for month in card.months)


def test_a_feed_that_arrived_without_rows_for_a_goal_is_zero_and_not_unknown(con: duckdb.DuckDBPyConnection) -> None:
    before = dt.date(2025, 9, 29)
    assert cards(con, before)["g2"].value == 0
    assert set(cards(con, before)["g2"].zones.values()) == {Decimal(0)}


def test_a_goal_whose_metric_an_old_dictionary_lacks_beside_it_is_still_shown(park: Park) -> None:
    with duckdb.connect() as con:
        current = park.home.store.current()
        assert current
        con.execute(f"ATTACH '{park.home.store.path(current.snapshot)}' AS old (READ_ONLY)")
        for schema, table in (("ref", "metric"), ("ref", "goal"), ("ref", "zone"), ("ref", "setting"), ("meta", "coverage"), ("mart", "contribution_total")):
            con.execute(f"CREATE SCHEMA IF NOT EXISTS {schema}")
            con.execute(f"CREATE TABLE {schema}.{table} AS FROM old.{schema}.{table}")
        assert cards(con)["g3"].readings
        con.execute("DELETE FROM ref.metric WHERE metric_id = 'g3_signed'")
        assert "g3_signed" not in {each.metric_id for each in metrics(con)}
        assert cards(con)["g3"].readings == ()
        assert cards(con)["g3"].value == 2
