"""First uses, scenarios, friendly units and leads as metrics, each against a number added up by hand."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from adoption_world import OCTOBER, lead
from worlds import World, event, organization, project, sent, world


def parts(world: World, metric: str, on: str = OCTOBER) -> dict[str, int]:
    """The metric by category on a day."""
    return {category: int(value) for category, value in world.con.execute(
        "SELECT category, sum(value) FROM mart.contribution WHERE metric_id = ? AND counts_from <= ?::DATE AND (counts_until IS NULL OR counts_until > ?::DATE) "
        "GROUP BY 1", [metric, on, on]).fetchall()}


def test_a_product_recognised_at_two_levels_counts_twice_and_listed_twice_at_one_level_once(adoption_park: World) -> None:
    assert parts(adoption_park, "first_recognised") == {"first_equipment": 2, "first_software": 1, "first_chip": 1, "first_material": 1}
    assert adoption_park.value("first_recognised_provincial", OCTOBER) == 2
    assert adoption_park.value("first_recognised_national", OCTOBER) == 1
    assert adoption_park.of("first_recognised", "F2", OCTOBER) == [0]


def test_levels_make_the_whole(adoption_park: World) -> None:
    levels = ("national", "provincial", "municipal", "new_area", "unrated")
    assert sum(adoption_park.value(f"first_recognised_{each}", OCTOBER) or 0 for each in levels) == adoption_park.value("first_recognised", OCTOBER) == 5


def test_a_product_neither_recognised_nor_rated_is_none_of_the_five(adoption_park: World) -> None:
    assert adoption_park.of("first_recognised", "F5", OCTOBER) == [0]


def test_the_first_use_of_a_product_counts_once_however_often_it_is_recognised(adoption_park: World) -> None:
    assert parts(adoption_park, "first_used") == {"first_equipment": 1, "first_chip": 1, "first_material": 1}
    assert adoption_park.of("first_used", "F1", "2026-02-28", "2026-03-01") == [0, 1]


def test_a_use_before_recognition_counts_from_recognition(adoption_park: World) -> None:
    assert adoption_park.of("first_used", "F6", "2026-06-30", "2026-07-01") == [0, 1]


def test_what_waits_for_its_first_use_ends_with_it(adoption_park: World) -> None:
    assert adoption_park.of("first_waiting", "F1", "2026-01-10", "2026-02-28", "2026-03-01") == [1, 1, 0]
    assert adoption_park.value("first_waiting", OCTOBER) == 1


def test_buyers_are_told_apart_by_kind_and_place(adoption_park: World) -> None:
    assert parts(adoption_park, "first_used_buyer") == {"buyer_enterprise": 1, "buyer_university": 1, "buyer_unregistered": 1}
    assert adoption_park.zones("first_used_buyer", "F1", OCTOBER) == [["core"]]
    assert adoption_park.zones("first_used_buyer", "F6", OCTOBER) == [["outside"]], "an academy on record without a site in the park is outside"
    assert adoption_park.zones("first_used_buyer", "F7", OCTOBER) == [["unplaced"]], "a buyer on no list has no place yet"
    assert adoption_park.value("first_used_inside", OCTOBER) == 1


def test_purchases_count_with_the_first_use_and_not_with_later_ones(adoption_park: World) -> None:
    assert adoption_park.value("first_purchase", OCTOBER) == 600, "500 of the first use, 100 of the chip; the 200 of the second use are no first"


def test_a_recognition_whose_outcome_is_listed_is_traced(adoption_park: World) -> None:
    assert adoption_park.value("first_traced_rate", OCTOBER) == Decimal(1) / 5


def test_scenarios_go_from_open_to_under_way_to_landed(adoption_park: World) -> None:
    assert [adoption_park.of(metric, "S1", "2026-01-30", "2026-01-31", "2026-06-29", "2026-06-30") for metric in (
        "scenario_open", "scenario_under_way", "scenario_landed")] == [[1, 0, 0, 0], [0, 1, 1, 0], [0, 0, 0, 1]]
    assert [adoption_park.value(metric, OCTOBER) for metric in ("scenario_published", "scenario_taken", "scenario_landed", "scenario_open", "scenario_under_way")] == \
        [6, 3, 1, 2, 2]


def test_a_scenario_past_its_term_is_neither_open_nor_failed_before(adoption_park: World) -> None:
    assert adoption_park.of("scenario_open", "S3", "2026-05-01", "2026-05-02") == [1, 0]
    assert adoption_park.of("scenario_expired", "S3", "2026-05-01", "2026-05-02") == [0, 1]
    assert adoption_park.of("scenario_open", "S4", OCTOBER) == [1], "no term told: it stays open"


def test_a_friendly_unit_is_valid_on_its_last_day_and_counts_once_when_renewed(adoption_park: World) -> None:
    assert adoption_park.of("friendly_valid", "Y3", "2026-10-31", "2026-11-01") == [1, 0]
    assert adoption_park.of("friendly_expired", "Y1", "2026-07-31", "2026-08-01", "2026-08-31", "2026-09-01") == [0, 1, 1, 0], "renewed on the first of September"
    assert adoption_park.value("friendly_valid", OCTOBER) == 4
    assert adoption_park.value("friendly_expiring_90d", OCTOBER) == 2


def test_leads_stand_at_one_step_at_a_time(adoption_park: World) -> None:
    days = ("2026-01-01", "2026-02-10", "2026-05-01", "2026-06-15")
    assert [adoption_park.of(f"lead_open_{step}", "L1", *days) for step in ("tracked", "signed", "moved_in")] == [[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0]]


def test_each_step_of_a_lead_counts_for_ever(adoption_park: World) -> None:
    values = [[adoption_park.value(metric, on) for metric in ("lead_found", "lead_signed", "lead_moved_in", "lead_in_pipeline")] for on in ("2026-05-31", OCTOBER)]
    assert values == [[7, 3, 1, 0], [8, 4, 2, 1]]


def test_a_lead_is_in_the_pipeline_when_it_has_moved_in_and_its_project_has_entered_a_stage(adoption_park: World) -> None:
    assert adoption_park.of("lead_in_pipeline", "L1", "2026-06-14", "2026-06-15") == [0, 1]
    assert adoption_park.of("lead_in_pipeline", "L2", OCTOBER) == [0], "its firm has no project"


def test_a_project_of_the_firm_counts_only_if_it_came_with_the_lead(tmp_path: Path) -> None:
    moved = [lead(f"L{number}", found, "moved_in", signed="2026-04-01", moved_in="2026-05-01", org_id="O1")
             for number, found in enumerate(("2026-01-01", "2026-03-01"), start=1)]
    made = world(tmp_path, sent("organizations", organization("O1")), sent("projects", project("P1", org="O1")),
                 sent("stage_events", event("E1", "P1", "poc", "enter", "2026-02-01"), as_of=OCTOBER),
                 sent("leads", *moved, department="D07", sender="驻点", as_of=OCTOBER))
    assert made.of("lead_in_pipeline", "L1", "2026-04-30", "2026-05-01") == [0, 1], "entered before moving in: from the later of the two days"
    assert made.of("lead_in_pipeline", "L2", OCTOBER) == [0], "the firm was in the pipeline before the lead was found"
    made.con.close()


def test_moving_in_without_registration_or_lease_wants_evidence(adoption_park: World) -> None:
    assert not adoption_park.is_pending("lead_moved_in", "L1", OCTOBER)
    assert adoption_park.is_pending("lead_moved_in", "L2", OCTOBER)


def test_a_lead_signed_without_a_day_counts_from_the_list_that_says_so(adoption_park: World) -> None:
    assert adoption_park.of("lead_signed", "L8", "2026-10-30", OCTOBER) == [0, 1]


def test_a_lead_lost_without_a_day_counts_from_the_list_and_one_taken_up_again_is_not_lost(adoption_park: World) -> None:
    assert adoption_park.of("lead_lost", "L5", "2026-06-08", "2026-06-09") == [0, 1]
    assert adoption_park.of("lead_lost", "L6", "2026-10-30", OCTOBER) == [0, 1]
    assert adoption_park.of("lead_lost", "L7", OCTOBER) == [0]
    assert adoption_park.of("lead_open_tracked", "L7", OCTOBER) == [1]
    assert parts(adoption_park, "lead_lost_reason") == {"parted_premises": 1, "parted_funding": 1}


def test_offices_and_sources_add_up_to_all_leads(adoption_park: World) -> None:
    assert parts(adoption_park, "lead_found") == {"上海驻点": 4, "北京驻点": 3, "本部": 1}
    assert parts(adoption_park, "lead_source") == {"lead_chain": 2, "lead_fair": 1, "lead_unstated": 5}


def test_investment_made_is_measured_against_what_those_that_moved_in_intended(adoption_park: World) -> None:
    assert [adoption_park.value(metric, OCTOBER) for metric in ("lead_intended", "lead_intended_moved_in", "lead_invested", "lead_investment_rate")] == \
        [4000, 4000, 400, Decimal("0.1")]


def test_a_lead_that_vanished_from_its_list_is_no_longer_open_and_stays_counted(tmp_path: Path) -> None:
    both = [lead("L1", "2026-01-01"), lead("L2", "2026-01-01")]
    made = world(tmp_path, sent("leads", *both, department="D07", sender="驻点", as_of="2026-08-31"),
                 sent("leads", both[0], department="D07", sender="驻点", as_of="2026-09-30"))
    assert made.of("lead_open_tracked", "L2", "2026-09-29", "2026-09-30") == [1, 0]
    assert made.of("lead_found", "L2", "2026-09-30") == [1]
    made.con.close()


def test_nothing_is_known_before_its_list_came(adoption_park: World) -> None:
    assert adoption_park.value("lead_found", "2025-12-31") is None
    assert adoption_park.value("scenario_published", "2025-07-31") is None
