"""Buildings, leases, requests, platforms and service cases as metrics, each against a number added up by hand."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import partial

import pytest
from space_world import space_world
from worlds import World, day

from analytics.platforms import FAMILIES
from warehouse.metric import metric
from warehouse.value import value

AUGUST, SEPTEMBER, OCTOBER = "2026-08-31", "2026-09-30", "2026-10-31"


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    made = space_world(tmp_path_factory.mktemp("space"))
    yield made
    made.con.close()


@pytest.mark.parametrize(("name", "august", "october"), [
    ("premise_built_area", 1800, 3800), ("premise_coming_area", 2000, 0), ("premise_lettable_area", 1400, 2400), ("premise_let_area", 800, 900),
    ("premise_vacant_area", 600, 1500), ("premise_idle_area", 800, 800), ("premise_revived_area", 300, 400), ("premise_core_functions", 2, 3),
    ("lease_in_force", 2, 3), ("lease_area", 800, 850), ("lease_ending_90d", 1, 1), ("lease_ending_90d_area", 600, 600),
    ("request_received", 3, 6), ("request_met", 1, 3), ("request_open", 2, 3), ("request_met_30d", 1, 2), ("request_due_30d", 2, 4),
    ("platform_planned", 2, 1), ("platform_building", 1, 1), ("platform_in_use", 3, 3), ("platform_in_use_national", 1, 1),
    ("platform_in_use_provincial", 1, 1), ("platform_in_use_municipal", 0, 0), ("platform_in_use_new_area", 0, 0), ("platform_in_use_unrated", 1, 1),
    ("platform_bodies_planned", 2, 1), ("platform_bodies_building", 1, 1), ("platform_bodies_in_use", 2, 3),
    ("platform_service_income", 8000, 9000), ("platform_earning", 1, 1), ("platform_clients_inside", 10, 10), ("platform_clients_outside", 6, 6),
    ("platform_clients", 16, 16), ("platform_open_hours", 60, 80), ("platform_total_hours", 100, 100), ("platform_workshops", 10, 10),
    ("platform_workshops_occupied", 7, 9), ("incubator_in_use", 1, 2), ("incubator_coming", 1, 0),
    ("service_cases", 4, 5), ("service_closed", 4, 4), ("service_open", 0, 1), ("service_rated", 3, 3), ("service_score", 12, 12)])
def test_a_metric_is_what_was_added_up_by_hand(seen: World, name: str, august: int, october: int) -> None:
    assert (seen.value(name, AUGUST), seen.value(name, OCTOBER)) == (Decimal(august), Decimal(october))


@pytest.mark.parametrize(("name", "zone", "expected"), [
    ("premise_occupancy", None, "0.375"), ("premise_occupancy", "core", "0.318182"), ("premise_occupancy", "chem", "1"),
    ("premise_revival_rate", None, "0.5"), ("request_met_30d_rate", None, "0.5"), ("platform_earning_rate", None, "0.333333"),
    ("platform_outside_rate", None, "0.375"), ("platform_open_rate", "chem", "0.8"), ("platform_workshop_occupancy", None, "0.9"),
    ("service_satisfaction", None, "4"), ("service_satisfaction", "chem", "4.5")])
def test_a_ratio_is_its_numerator_by_its_denominator(seen: World, name: str, zone: str | None, expected: str) -> None:
    found = seen.read(name, OCTOBER, zone)
    assert found.value is not None and round(found.value, 6) == Decimal(expected)
    sums = [sum((row.value for row in found.rows if row.metric_id == each), Decimal(0)) for each in found.metric.made_of]
    assert found.value == sums[0] / sums[1] == seen.value(found.metric.made_of[0], OCTOBER, zone) / seen.value(found.metric.made_of[1], OCTOBER, zone)  # type: ignore[operator]


def test_a_ratio_of_nothing_by_nothing_is_no_number(seen: World) -> None:
    assert seen.value("premise_lettable_area", OCTOBER, "agri") == 0
    assert seen.value("premise_occupancy", OCTOBER, "agri") is None


def test_before_the_first_list_nothing_is_known(seen: World) -> None:
    assert seen.value("premise_lettable_area", "2026-08-30") is None and seen.value("premise_occupancy", "2026-08-30") is None
    assert seen.value("platform_in_use", "2026-06-30") == 3


@pytest.mark.parametrize(("on", "expected"), [("2026-08-31", 1), ("2026-11-28", 1), ("2026-11-29", 1), ("2026-11-30", 0)])
def test_a_lease_ends_after_its_last_day(seen: World, on: str, expected: int) -> None:
    assert seen.of("lease_in_force", "L1", on) == seen.of("lease_ending_90d", "L1", on) == [expected]


def test_a_lease_is_ending_from_the_ninetieth_day_before(seen: World) -> None:
    assert seen.of("lease_ending_90d", "L2", "2027-10-01", "2027-10-02") == [0, 1]


def test_a_lease_counts_from_its_first_day_and_an_open_one_never_ends(seen: World) -> None:
    assert seen.of("lease_in_force", "L3", "2026-09-14", "2026-09-15", "2028-12-31") == [0, 1, 1]
    assert seen.of("lease_ending_90d", "L3", "2028-12-31") == [0]


def test_a_request_is_due_when_it_is_met_or_has_waited_thirty_days(seen: World) -> None:
    assert seen.of("request_due_30d", "R3", "2026-10-19", "2026-10-20") == [0, 1]
    assert seen.of("request_due_30d", "R5", "2026-10-24", "2026-10-25") == [0, 1]
    assert seen.of("request_due_30d", "R4", OCTOBER) == [0]


def test_the_thirtieth_day_is_in_time_and_the_next_is_not(seen: World) -> None:
    assert [seen.of("request_met_30d", each, OCTOBER) for each in ("R1", "R2")] == [[1], [0]]


def test_a_request_not_dated_to_the_day_is_received_and_in_no_rate(seen: World) -> None:
    assert seen.of("request_received", "R6", OCTOBER) == [1]
    assert seen.of("request_due_30d", "R6", "2028-12-31") == [0]


def test_an_open_request_stands_where_its_applicant_does(seen: World) -> None:
    assert seen.zones("request_open", "R3", OCTOBER) == [["core"]] and seen.zones("request_met", "R5", OCTOBER) == [["chem"]]


def test_two_titles_of_one_body_are_two_titles_and_one_body_whose_figures_are_not_doubled(seen: World) -> None:
    assert seen.value("platform_in_use", AUGUST, "chem") == 2 and seen.value("platform_bodies_in_use", AUGUST, "chem") == 1
    assert seen.of("platform_workshops", "B1", AUGUST, OCTOBER) == [10, 10]


def test_what_was_recognised_as_idle_does_not_shrink_with_a_later_list(seen: World) -> None:
    assert seen.of("premise_idle_area", "U1", AUGUST, OCTOBER) == [500, 500]


@pytest.mark.parametrize("on", [AUGUST, SEPTEMBER, OCTOBER])
def test_the_levels_make_the_whole(seen: World, on: str) -> None:
    parts = [row[0] for row in seen.con.execute("SELECT metric_id FROM ref.metric WHERE part_of = 'platform_in_use'").fetchall()]
    assert len(parts) == 5 and sum(seen.value(each, on) or 0 for each in parts) == seen.value("platform_in_use", on)


def test_let_and_vacant_make_the_lettable(seen: World) -> None:
    for on in (AUGUST, OCTOBER):
        assert (seen.value("premise_let_area", on) or 0) + (seen.value("premise_vacant_area", on) or 0) == seen.value("premise_lettable_area", on)


def test_the_zones_make_the_total_of_every_sum(seen: World) -> None:
    zones = [row[0] for row in seen.con.execute("SELECT zone_id FROM ref.zone").fetchall()]
    asked = [each for each in map(partial(metric, seen.con), seen.metrics()) if each.metric_id.startswith(FAMILIES) and each.aggregation == "sum"]
    assert len(asked) > 40
    for each in asked:
        assert sum(value(seen.con, each, day(OCTOBER), zone) or 0 for zone in zones) == value(seen.con, each, day(OCTOBER)), each.metric_id
