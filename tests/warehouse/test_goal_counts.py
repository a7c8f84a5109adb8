"""How projects are counted (G1, G2): each situation is one project of one hand-made world; the numbers are worked out by hand from the rules.

The base date is 2025-09-29. Where the rules leave a choice, the test says which reading it holds.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from worlds import Sent, World, day, event, events, monotone, organization, project, rule, sent, world

from etl.landing import Act

MONTH_ENDS = ["2025-08-31", "2025-09-28", "2025-09-29", "2025-12-31", "2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30", "2026-05-31",
              "2026-12-31", "2027-12-31"]
G1_PARTS = ("g1_poc_only", "g1_small_only", "g1_both")

HISTORY = [  # project, stage, event, day
    ("two", "poc", "enter", "2026-01-15"), ("two", "small", "enter", "2026-03-20"),
    ("small_first", "small", "enter", "2026-02-01"), ("small_first", "poc", "enter", "2026-04-01"),
    ("same_day", "poc", "enter", "2026-02-05"), ("same_day", "small", "enter", "2026-02-05"),
    ("on_base", "poc", "enter", "2025-09-29"), ("day_before", "poc", "enter", "2025-09-28"),
    ("early", "poc", "enter", "2025-06-10"), ("early", "poc", "pass", "2025-08-01"), ("early", "small", "enter", "2026-01-10"),
    ("early_open", "poc", "enter", "2025-06-10"), ("early_open", "small", "enter", "2026-01-10"),
    ("direct", "pilot", "enter", "2026-02-10"), ("direct", "pilot", "regress", "2026-04-10"),
    ("through", "small", "enter", "2026-01-10"), ("through", "pilot", "enter", "2026-03-10"), ("through", "landed", "enter", "2026-05-10"),
    ("passed_only", "poc", "pass", "2026-01-10"), ("moved_only", "poc", "transfer", "2026-01-10"),
    ("research", "rd", "enter", "2026-01-10"), ("research", "landed", "enter", "2026-02-10"), ("research", "industrial", "enter", "2026-03-10"),
    ("reentered", "small", "enter", "2026-01-10"), ("reentered", "small", "terminate", "2026-02-10"),
    ("reentered", "small", "reenter", "2026-04-10"), ("reentered", "small", "terminate", "2026-05-20"),
    ("reenter_only", "poc", "reenter", "2026-03-05"),
    ("old_small", "poc", "enter", "2025-06-10"), ("old_small", "small", "enter", "2025-07-10"), ("old_small", "small", "reenter", "2026-01-10"),
    ("ended", "poc", "enter", "2026-01-05"), ("ended", "poc", "terminate", "2026-04-10"),
    ("ended_in_pilot", "small", "enter", "2026-01-05"), ("ended_in_pilot", "pilot", "enter", "2026-03-05"),
    ("ended_in_pilot", "pilot", "terminate", "2026-05-05"),
    ("suspended_now", "poc", "enter", "2026-01-05"), ("suspended_now", "poc", "suspend", "2026-02-05"),
    ("cancelled", "poc", "enter", "2026-01-10"), ("cancelled", "pilot", "enter", "2026-02-10"),
    ("kid1", "poc", "enter", "2026-01-20"), ("kid2", "small", "enter", "2026-02-20"), ("kid3", "poc", "enter", "2026-03-20"),
    ("leaf", "poc", "enter", "2026-01-20"), ("phase2", "pilot", "enter", "2026-01-20"), ("phase3", "pilot", "enter", "2026-02-20"),
    ("phase_a", "poc", "enter", "2026-01-10"), ("phase_b", "small", "enter", "2026-02-10"), ("phase_a", "poc", "terminate", "2026-03-10"),
    ("phase_b", "small", "terminate", "2026-05-10"), ("phase_c", "small", "enter", "2026-07-10"),
    ("heir1", "poc", "enter", "2025-05-01"), ("heir1", "poc", "pass", "2025-06-01"), ("heir2", "poc", "enter", "2026-02-01"),
    ("stock_open", "poc", "enter", "2025-05-01"), ("stock_open", "poc", "terminate", "2026-03-01"),
    ("stock_suspended", "poc", "enter", "2025-05-01"), ("stock_suspended", "poc", "suspend", "2025-07-01"),
    ("stock_resumed", "poc", "enter", "2025-05-01"), ("stock_resumed", "poc", "suspend", "2025-06-01"),
    ("stock_resumed", "poc", "resume", "2025-08-01"),
    ("stock_passed", "poc", "enter", "2025-05-01"), ("stock_passed", "poc", "pass", "2025-08-01"),
    ("stock_passed_on_base", "poc", "enter", "2025-05-01"), ("stock_passed_on_base", "poc", "pass", "2025-09-29"),
    ("stock_ended", "poc", "enter", "2025-05-01"), ("stock_ended", "poc", "terminate", "2025-08-01"),
    ("stock_ended_elsewhere", "poc", "enter", "2025-05-01"), ("stock_ended_elsewhere", "small", "terminate", "2025-08-01"),
    ("stock_withdrawn", "poc", "enter", "2025-05-01"), ("stock_withdrawn", "poc", "withdraw", "2025-08-01"),
    ("stock_reopened", "poc", "enter", "2025-03-01"), ("stock_reopened", "poc", "terminate", "2025-05-01"),
    ("stock_reopened", "poc", "reenter", "2025-08-01"),
    ("stock_moved_on", "small", "enter", "2025-05-01"), ("stock_moved_on", "pilot", "enter", "2025-08-01"),
    ("pilot_back", "pilot", "enter", "2025-05-01"), ("pilot_back", "pilot", "terminate", "2025-07-01"), ("pilot_back", "pilot", "reenter", "2026-02-01"),
    ("pilot_stock", "pilot", "enter", "2025-05-01"), ("pilot_stock", "pilot", "reenter", "2026-02-01"),
]
PARENTS = {"kid1": "family", "kid2": "family", "kid3": "family", "mid": "grand", "leaf": "mid", "phase2": "contract", "phase3": "contract",
           "phase_a": "phases", "phase_b": "phases", "phase_c": "phases",
           "heir1": "heirs", "heir2": "heirs"}
STATUS = {"cancelled": "void"}
SINGLE = [
    event("M1", "month", "poc", "enter", "2026-03-31", precision="M"), event("M2", "base_month", "poc", "enter", "2025-09-30", precision="M"),
    event("M3", "quarter", "pilot", "enter", "2026-06-30", precision="Q"),
    event("V1", "void_event", "poc", "enter", "2026-01-10", void=True), event("V2", "void_event", "pilot", "enter", "2026-01-10", void=True),
    event("V3", "void_first", "poc", "enter", "2026-01-10", void=True), event("V4", "void_first", "poc", "enter", "2026-04-10"),
    event("V5", "void_end", "poc", "enter", "2026-01-10"), event("V6", "void_end", "poc", "terminate", "2026-02-10", void=True),
]


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> World:
    """Everybody in one list from 2024-01-31 on; roots that only have children are listed too."""
    names = sorted({row[0] for row in HISTORY} | {row["project_id"] for row in SINGLE} | {*PARENTS, *PARENTS.values()})
    return world(tmp_path_factory.mktemp("counts"),
                 sent("projects", *(project(name, parent=PARENTS.get(name), status=STATUS.get(name, "active")) for name in names)),
                 events(*HISTORY), sent("stage_events", *SINGLE))


@pytest.fixture
def made(tmp_path: Path) -> Callable[..., World]:
    """A world of its own."""
    def make(*told: Sent | Act) -> World:
        folder = tmp_path / str(len(list(tmp_path.iterdir())))
        folder.mkdir()
        return world(folder, *told)

    return make


def test_a_project_counts_once_from_the_first_of_its_two_entries(cases: World) -> None:
    assert cases.of("g1_poc_small", "two", "2026-01-14", "2026-01-15", "2026-03-19", "2026-03-20", "2027-12-31") == [0, 1, 1, 1, 1]
    assert cases.of("g1_poc_small", "small_first", "2026-01-31", "2026-02-01", "2026-04-01") == [0, 1, 1]
    [row] = [row for row in cases.read("g1_poc_small", "2026-12-31").rows if row.entity_id == "two"]
    assert (row.occurred_on, row.occurred_precision) == (day("2026-01-15"), "D")


def test_an_entry_on_the_base_date_is_new_and_one_the_day_before_is_not(cases: World) -> None:
    assert cases.of("g1_poc_small", "on_base", "2025-09-28", "2025-09-29", "2027-12-31") == [0, 1, 1]
    assert cases.of("g1_poc_small", "day_before", "2025-09-28", "2025-09-29", "2027-12-31") == [0, 0, 0]


@pytest.mark.parametrize("name", ["early", "early_open", "old_small"])
def test_the_second_stage_of_a_project_that_entered_before_the_base_date_is_not_new(cases: World, name: str) -> None:
    assert cases.of("g1_poc_small", name, "2025-09-29", "2026-01-10", "2027-12-31") == [0, 0, 0]


def test_a_direct_entry_to_pilot_counts_in_g2_only_even_after_it_falls_back(cases: World) -> None:
    assert cases.of("g2_pilot", "direct", "2026-02-09", "2026-02-10", "2026-04-10", "2027-12-31") == [0, 1, 1, 1]
    assert cases.of("g1_poc_small", "direct", "2026-02-10", "2027-12-31") == [0, 0]


def test_a_project_that_goes_all_the_way_counts_in_g1_and_in_g2(cases: World) -> None:
    assert cases.of("g1_poc_small", "through", "2026-01-10", "2026-03-10", "2026-05-10") == [1, 1, 1]
    assert cases.of("g2_pilot", "through", "2026-03-09", "2026-03-10", "2026-05-10") == [0, 1, 1]


@pytest.mark.parametrize("name", ["passed_only", "moved_only", "research"])
def test_only_an_entry_into_the_stage_counts(cases: World, name: str) -> None:
    assert cases.of("g1_poc_small", name, "2027-12-31") == [0]
    assert cases.of("g1_stage_visits", name, "2027-12-31") == [0]
    assert cases.of("g2_pilot", name, "2027-12-31") == [0]


def test_entering_again_is_no_second_count_and_a_lone_reentry_is_one(cases: World) -> None:
    assert cases.of("g1_poc_small", "reentered", "2026-01-10", "2026-04-10", "2027-12-31") == [1, 1, 1]
    assert cases.of("g1_poc_small", "reenter_only", "2026-03-04", "2026-03-05") == [0, 1]


def test_stage_visits_are_pairs_of_project_and_stage_by_first_entry(cases: World) -> None:
    """E-1 (pairs, first entries), not E-0's "阶段次 +1" on a re-entry."""
    assert cases.of("g1_stage_visits", "two", "2026-01-14", "2026-01-15", "2026-03-20") == [0, 1, 2]
    assert cases.of("g1_stage_visits", "reentered", "2026-01-10", "2026-04-10") == [1, 1]
    assert cases.of("g1_stage_visits", "family", "2026-01-20", "2026-02-20", "2026-03-20") == [1, 2, 2]


def test_a_stage_first_entered_in_the_period_is_a_stage_visit_though_the_project_is_not_new(cases: World) -> None:
    """The pair's own first entry decides; the project's first entry, before the base date, does not."""
    assert cases.of("g1_stage_visits", "early", "2025-09-29", "2026-01-09", "2026-01-10") == [0, 0, 1]
    assert cases.of("g1_stage_visits", "old_small", "2027-12-31") == [0]


def test_the_parts_follow_each_entry_on_its_day(cases: World) -> None:
    days = "2026-01-14", "2026-01-15", "2026-03-19", "2026-03-20", "2027-12-31"
    assert [cases.of(part, "two", *days) for part in G1_PARTS] == [[0, 1, 1, 0, 0], [0, 0, 0, 0, 0], [0, 0, 0, 1, 1]]
    days = "2026-01-31", "2026-02-01", "2026-03-31", "2026-04-01", "2027-12-31"
    assert [cases.of(part, "small_first", *days) for part in G1_PARTS] == [[0, 0, 0, 0, 0], [0, 1, 1, 0, 0], [0, 0, 0, 1, 1]]
    assert [cases.of(part, "same_day", "2026-02-04", "2026-02-05") for part in G1_PARTS] == [[0, 0], [0, 0], [0, 1]]
    assert [cases.of(part, "family", "2026-02-19", "2026-02-20") for part in G1_PARTS] == [[1, 0], [0, 0], [0, 1]]


@pytest.mark.parametrize("on", MONTH_ENDS)
def test_the_parts_sum_to_g1_and_the_ended_are_among_the_counted(cases: World, on: str) -> None:
    assert sum(cases.value(part, on) or 0 for part in G1_PARTS) == cases.value("g1_poc_small", on)
    for goal, ended in (("g1_poc_small", "g1_terminated"), ("g2_pilot", "g2_terminated")):
        assert {row.entity_id for row in cases.read(ended, on).rows} <= {row.entity_id for row in cases.read(goal, on).rows}


def test_a_date_known_to_the_month_or_quarter_counts_at_its_end(cases: World) -> None:
    assert cases.of("g1_poc_small", "month", "2026-03-01", "2026-03-30", "2026-03-31") == [0, 0, 1]
    assert cases.of("g2_pilot", "quarter", "2026-06-29", "2026-06-30") == [0, 1]
    assert cases.of("g1_poc_small", "base_month", "2025-09-29", "2025-09-30") == [0, 1]
    assert {row.occurred_precision for row in cases.read("g1_poc_small", "2026-12-31").rows if row.entity_id == "month"} == {"M"}


def test_a_void_event_was_never_there(cases: World) -> None:
    assert cases.of("g1_poc_small", "void_event", "2026-01-10", "2027-12-31") == [0, 0]
    assert cases.of("g2_pilot", "void_event", "2026-01-10", "2027-12-31") == [0, 0]
    assert cases.of("g1_poc_small", "void_first", "2026-01-10", "2026-04-09", "2026-04-10") == [0, 0, 1]
    assert cases.of("g1_terminated", "void_end", "2027-12-31") == [0]


def test_a_void_project_is_retracted_from_every_day(cases: World) -> None:
    for metric in ("g1_poc_small", "g1_poc_only", "g1_stage_visits", "g2_pilot", "g1_poc_small_incl_stock", "g2_pilot_incl_stock"):
        assert cases.of(metric, "cancelled", "2026-01-10", "2026-02-10", "2027-12-31") == [0, 0, 0]


def test_a_project_void_in_a_later_list_is_gone_from_the_days_before_that_list_too(made: Callable[..., World]) -> None:
    """作废 is a correction (更正撤销), not something that happened on the list's day."""
    found = made(sent("projects", project("P")), sent("projects", project("P", status="void"), as_of="2026-06-30"),
                 events(("P", "poc", "enter", "2026-01-10")))
    assert found.of("g1_poc_small", "P", "2026-01-31", "2026-06-29", "2026-06-30") == [0, 0, 0]


def test_children_count_under_their_root_from_the_earliest_of_them(cases: World) -> None:
    assert cases.of("g1_poc_small", "family", "2026-01-19", "2026-01-20", "2026-03-20") == [0, 1, 1]
    assert cases.of("g1_poc_small", "grand", "2026-01-19", "2026-01-20") == [0, 1]
    assert cases.of("g2_pilot", "contract", "2026-01-19", "2026-01-20", "2026-02-20") == [0, 1, 1]
    for child in ("kid1", "kid2", "kid3", "mid", "leaf", "phase2", "phase3"):
        assert cases.of("g1_poc_small", child, "2027-12-31") == cases.of("g2_pilot", child, "2027-12-31") == [0]


def test_a_child_that_entered_before_the_base_date_makes_its_family_old(cases: World) -> None:
    assert cases.of("g1_poc_small", "heirs", "2026-02-01", "2027-12-31") == [0, 0]


def test_a_circle_of_parents_is_one_project(made: Callable[..., World]) -> None:
    """Nobody says who is the root of a circle; whoever it is, a circle and what hangs on it count once, and a project its own parent is its root."""
    found = made(sent("projects", project("A", parent="C"), project("B", parent="A"), project("C", parent="B"), project("T", parent="B"),
                      project("S", parent="S")),
                 events(("A", "poc", "enter", "2026-01-10"), ("B", "poc", "enter", "2026-02-10"), ("C", "poc", "enter", "2026-03-10"),
                        ("T", "poc", "enter", "2026-04-10")))
    assert [found.value("g1_poc_small", on) for on in ("2026-01-09", "2026-01-10", "2026-02-10", "2026-03-10", "2026-04-10")] == [0, 1, 1, 1, 1]


def test_a_project_its_own_parent_is_its_own_root(made: Callable[..., World]) -> None:
    found = made(sent("projects", project("S", parent="S")), events(("S", "poc", "enter", "2026-01-10")))
    assert found.of("g1_poc_small", "S", "2026-01-09", "2026-01-10") == [0, 1]


def test_a_parent_that_no_list_knows_is_a_root_all_the_same(made: Callable[..., World]) -> None:
    found = made(sent("projects", project("C", parent="R"), project("D", parent="R")),
                 events(("C", "poc", "enter", "2026-01-10"), ("D", "poc", "enter", "2026-02-10"), ("R", "small", "enter", "2026-03-10")))
    assert found.of("g1_poc_small", "R", "2026-01-10", "2026-03-10") == [1, 1]
    assert [found.value(metric, "2026-03-10") for metric in ("g1_poc_small", "g1_both")] == [1, 1]


def test_an_unlisted_project_counts_as_its_own_root_until_a_list_names_its_parent(made: Callable[..., World]) -> None:
    told = [sent("projects", project("R")), events(("R", "poc", "enter", "2026-01-10"), ("C", "poc", "enter", "2026-02-10"))]
    before = made(*told)
    assert [before.value("g1_poc_small", on) for on in ("2026-01-10", "2026-02-10")] == [1, 2]
    assert before.of("g1_poc_small", "C", "2026-02-10") == [1]
    after = made(*told, sent("projects", project("R"), project("C", parent="R"), as_of="2026-04-30"))
    assert [after.value("g1_poc_small", on) for on in ("2026-01-10", "2026-02-10", "2026-04-30")] == [1, 1, 1]


def test_stock_on_the_base_date_is_what_was_open_that_day(cases: World) -> None:
    for name in ("stock_open", "stock_suspended", "stock_resumed", "stock_reopened", "early_open", "day_before"):
        assert cases.of("g1_poc_small_incl_stock", name, "2025-09-28", "2025-09-29", "2027-12-31") == [0, 1, 1], name
        assert cases.of("g1_poc_small", name, "2027-12-31") == [0], name
    for name in ("stock_passed", "stock_ended", "stock_ended_elsewhere", "stock_withdrawn", "early", "heirs"):
        assert cases.of("g1_poc_small_incl_stock", name, "2025-09-29", "2027-12-31") == [0, 0], name


def test_a_spell_that_closes_on_the_base_date_is_not_open_on_it(cases: World) -> None:
    """Spells run [from, until): "still active after B" fails."""
    assert cases.of("g1_poc_small_incl_stock", "stock_passed_on_base", "2025-09-29") == [0]


def test_a_project_that_moved_on_before_the_base_date_is_stock_of_its_later_stage_only(cases: World) -> None:
    """One project has one current open spell; entering a later stage leaves the earlier."""
    assert cases.of("g1_poc_small_incl_stock", "stock_moved_on", "2025-09-29", "2027-12-31") == [0, 0]
    assert cases.of("g2_pilot_incl_stock", "stock_moved_on", "2025-09-28", "2025-09-29", "2027-12-31") == [0, 1, 1]


def test_with_stock_holds_everything_new_once(cases: World) -> None:
    assert cases.of("g1_poc_small_incl_stock", "on_base", "2025-09-28", "2025-09-29", "2027-12-31") == [0, 1, 1]
    assert cases.of("g1_poc_small_incl_stock", "two", "2026-01-14", "2026-01-15", "2026-03-20") == [0, 1, 1]
    for goal in ("g1_poc_small", "g2_pilot"):
        every = {row.entity_id for row in cases.read(goal, "2027-12-31").rows}
        with_stock = [row.entity_id for row in cases.read(f"{goal}_incl_stock", "2027-12-31").rows]
        assert every < set(with_stock) and len(with_stock) == len(set(with_stock))


def test_entering_pilot_again_after_the_base_date_is_not_new(cases: World) -> None:
    assert cases.of("g2_pilot", "pilot_back", "2026-02-01", "2027-12-31") == [0, 0]
    assert cases.of("g2_pilot_incl_stock", "pilot_back", "2025-09-29", "2027-12-31") == [0, 0]
    assert cases.of("g2_pilot", "pilot_stock", "2027-12-31") == [0]
    assert cases.of("g2_pilot_incl_stock", "pilot_stock", "2025-09-29", "2027-12-31") == [1, 1]


def test_an_ended_project_stays_counted_and_is_shown_as_ended_from_that_day(cases: World) -> None:
    assert cases.of("g1_poc_small", "ended", "2026-04-09", "2026-04-10", "2027-12-31") == [1, 1, 1]
    assert cases.of("g1_terminated", "ended", "2026-01-05", "2026-04-09", "2026-04-10", "2027-12-31") == [0, 0, 1, 1]
    assert cases.of("g1_terminated", "suspended_now", "2027-12-31") == [0]


def test_a_project_that_ends_in_pilot_is_an_ended_one_of_both_goals(cases: World) -> None:
    for metric in ("g1_terminated", "g2_terminated"):
        assert cases.of(metric, "ended_in_pilot", "2026-05-04", "2026-05-05", "2027-12-31") == [0, 1, 1]


def test_a_reopened_project_is_no_longer_an_ended_one_until_it_ends_again(cases: World) -> None:
    assert cases.of("g1_terminated", "reentered", "2026-02-09", "2026-02-10", "2026-04-09", "2026-04-10", "2026-05-20") == [0, 1, 1, 0, 1]


def test_a_project_has_ended_when_all_its_phases_have(cases: World) -> None:
    assert cases.of("g1_terminated", "phases", "2026-03-10", "2026-05-09", "2026-05-10", "2026-07-09", "2026-07-10") == [0, 0, 1, 1, 0]
    assert cases.of("g1_poc_small", "phases", "2026-01-10", "2027-12-31") == [1, 1]


def test_what_ended_without_being_counted_is_not_among_the_ended(cases: World) -> None:
    for name in ("stock_ended", "stock_open"):
        assert cases.of("g1_terminated", name, "2025-09-29", "2027-12-31") == [0, 0]


@pytest.mark.parametrize("metric", ["g1_poc_small", "g1_stage_visits", "g2_pilot", "g1_poc_small_incl_stock", "g2_pilot_incl_stock"])
def test_cumulative_counts_never_fall(cases: World, metric: str) -> None:
    values = [cases.value(metric, on) for on in MONTH_ENDS]
    assert monotone(values) and values[-1] != values[2]


def test_one_more_valid_pilot_entry_raises_g2_by_exactly_one(made: Callable[..., World]) -> None:
    told = [sent("projects", project("P"), project("Q")), events(("P", "pilot", "enter", "2026-01-10"))]
    before, after = made(*told), made(*told, events(("Q", "pilot", "enter", "2026-02-10"), department="D04", as_of="2026-02-28"))
    assert [each.value("g2_pilot", "2026-12-31") for each in (before, after)] == [1, 2]
    assert before.value("g1_poc_small", "2026-12-31") == after.value("g1_poc_small", "2026-12-31") == 0


@pytest.fixture(scope="module")
def corrected(tmp_path_factory: pytest.TempPathFactory) -> World:
    """The same numbers told again: by the same sender, by another, and in a file that comes late."""
    def entry(number: str, name: str, on: str, *, stage: str = "pilot", void: bool = False) -> dict[str, object]:
        return dict(event(number, name, stage, "enter", on, void=void))

    names = ("moved", "gone", "back", "other_department", "same_number", "site_a", "site_b", "kept", "renamed_from", "renamed_to",
             "both_d08", "both_d04", "both_a", "both_b")
    return world(
        tmp_path_factory.mktemp("corrected"), sent("projects", *map(project, names)),
        sent("stage_events", entry("E1", "moved", "2026-03-10"), entry("E2", "gone", "2026-03-10"), entry("E3", "kept", "2026-03-10"),
             entry("E4", "back", "2026-03-10"), entry("E5", "same_number", "2026-03-10"), entry("E6", "renamed_from", "2026-03-10"), as_of="2026-03-31"),
        sent("stage_events", entry("E1", "moved", "2026-04-20"), entry("E2", "gone", "2026-03-10", void=True),
             entry("E4", "back", "2026-03-10", void=True), entry("E6", "renamed_to", "2026-03-10"), as_of="2026-04-30"),
        sent("stage_events", entry("E4", "back", "2026-03-12"), as_of="2026-05-31"),
        sent("stage_events", entry("E3", "kept", "2026-03-10", void=True), entry("E5", "other_department", "2026-03-15"), department="D04", as_of="2026-04-30"),
        sent("stage_events", entry("E5", "site_a", "2026-03-16"), department="D10", sender="甲园", as_of="2026-04-30"),
        sent("stage_events", entry("E5", "site_b", "2026-03-17"), department="D10", sender="乙园", as_of="2026-04-30"),
        sent("stage_events", entry("E1", "moved", "2026-02-05"), as_of="2026-02-28"),
        *(sent("stage_events", entry("E9", name, on), department=department, sender=sender, as_of=as_of)
          for department, sender, name in (("D08", "", "both_d08"), ("D04", "", "both_d04"), ("D10", "甲园", "both_a"), ("D10", "乙园", "both_b"))
          for on, as_of in (("2026-03-20", "2026-04-30"), ("2026-03-21", "2026-05-31"))))


def test_the_same_sender_telling_a_number_again_moves_the_date(corrected: World) -> None:
    """An older file that comes late does not undo it: files speak in the order of their as-of."""
    assert corrected.of("g2_pilot", "moved", "2026-02-28", "2026-03-31", "2026-04-19", "2026-04-20") == [0, 0, 0, 1]


def test_a_number_told_again_as_void_is_retracted_and_as_valid_comes_back(corrected: World) -> None:
    assert corrected.of("g2_pilot", "gone", "2026-03-31", "2027-12-31") == [0, 0]
    assert corrected.of("g2_pilot", "back", "2026-03-11", "2026-03-12") == [0, 1]


def test_a_number_told_again_for_another_project_moves_the_count(corrected: World) -> None:
    assert corrected.of("g2_pilot", "renamed_from", "2027-12-31") == [0]
    assert corrected.of("g2_pilot", "renamed_to", "2026-03-09", "2026-03-10") == [0, 1]


def test_two_senders_with_the_same_number_tell_of_two_events(corrected: World) -> None:
    for name in ("same_number", "other_department", "site_a", "site_b", "kept"):
        assert corrected.of("g2_pilot", name, "2026-03-31") == [1], name


def test_two_senders_that_both_correct_the_same_number_correct_their_own(corrected: World) -> None:
    for name in ("both_d08", "both_d04", "both_a", "both_b"):
        assert corrected.of("g2_pilot", name, "2026-03-20", "2026-03-21") == [0, 1], name


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> World:
    """Who has papers: an approval number, an evidence document, or a confirmation."""
    return world(
        tmp_path_factory.mktemp("papers"),
        sent("projects", project("approved"), project("bare", approval_no=None), project("shown", approval_no=None),
             project("pilot_d04"), project("pilot_d10"), project("pilot_d08"), project("pilot_yes"), project("pilot_no")),
        sent("evidence", {"evidence_id": "Z1", "document_name": "任务书", "document_kind": "合同"}),
        sent("stage_events", event("1", "approved", "poc", "enter", "2026-01-10"), event("2", "bare", "poc", "enter", "2026-01-10"),
             event("3", "shown", "poc", "enter", "2026-01-10", evidence="Z1"), event("4", "stranger", "poc", "enter", "2026-01-10"),
             event("5", "pilot_d08", "pilot", "enter", "2026-01-10"), event("6", "pilot_yes", "pilot", "enter", "2026-01-10", confirmed=True),
             event("7", "pilot_no", "pilot", "enter", "2026-01-10", confirmed=False)),
        events(("pilot_d04", "pilot", "enter", "2026-01-10"), department="D04"),
        events(("pilot_d10", "pilot", "enter", "2026-01-10"), department="D10"))


def test_g1_without_approval_number_and_without_evidence_counts_and_is_pending(papers: World) -> None:
    assert papers.value("g1_poc_small", "2026-01-10") == 4
    found = {name: papers.is_pending("g1_poc_small", name, "2026-01-10") for name in ("approved", "bare", "shown", "stranger")}
    assert found == {"approved": False, "bare": True, "shown": False, "stranger": True}


def test_g2_told_by_another_than_d04_or_d10_without_confirmation_counts_and_is_pending(papers: World) -> None:
    """All five have an approval number, so that only sender and confirmation differ."""
    assert papers.value("g2_pilot", "2026-01-10") == 5
    found = {name: papers.is_pending("g2_pilot", name, "2026-01-10") for name in ("pilot_d04", "pilot_d10", "pilot_d08", "pilot_yes", "pilot_no")}
    assert found == {"pilot_d04": False, "pilot_d10": False, "pilot_d08": True, "pilot_yes": False, "pilot_no": True}


def test_a_pilot_that_d04_tells_after_d08_is_no_longer_pending(made: Callable[..., World]) -> None:
    told = [sent("projects", project("P")), events(("P", "pilot", "enter", "2026-01-10"))]
    assert made(*told).is_pending("g2_pilot", "P", "2026-02-01")
    assert not made(*told, events(("P", "pilot", "enter", "2026-01-11"), department="D04")).is_pending("g2_pilot", "P", "2026-02-01")


def test_an_event_before_its_organization_was_founded_is_an_error_and_does_not_count(made: Callable[..., World]) -> None:
    """E-0 (d). A day later the firm exists; a firm no list knows cannot be judged."""
    told = [sent("organizations", organization("NEW", founded_on="2026-05-01")),
            sent("projects", project("P", org="NEW"), project("Q", org="NEW"), project("R", org="UNKNOWN"))]
    found = made(*told, events(("P", "poc", "enter", "2026-04-30"), ("Q", "poc", "enter", "2026-05-01"), ("R", "poc", "enter", "2026-04-30")))
    assert [found.of("g1_poc_small", name, "2026-12-31") for name in ("P", "Q", "R")] == [[0], [1], [1]]


def test_another_base_date_changes_what_is_new(made: Callable[..., World]) -> None:
    told = [sent("projects", project("P")), events(("P", "poc", "enter", "2025-08-10"))]
    assert made(*told).value("g1_poc_small", "2026-01-01") == 0
    assert made(*told, rule("goals", goal_id="g1", base_on="2025-08-01")).value("g1_poc_small", "2026-01-01") == 1


def test_a_metric_whose_feed_never_came_is_not_known_and_an_empty_zone_is_nought(tmp_path: Path) -> None:
    told = [sent("projects", project("P"), as_of="2026-01-31"), sent("stage_events", as_of="2026-01-31"),
            events(("P", "poc", "enter", "2026-02-10"), as_of="2026-03-31")]
    found = world(tmp_path, *told, covered=False, lists=False)
    assert [found.value("g1_poc_small", "2026-03-31", zone) for zone in (None, "bio")] == [1, 0]
    assert found.value("g2_pilot", "2026-03-31") == 0
    assert found.value("g3_landed", "2026-03-31") is None and found.read("g3_landed", "2026-03-31").rows == ()
    assert found.value("g4b_output_cumulative", "2026-03-31", "bio") is None


def test_a_metric_is_not_known_before_its_feed_first_spoke(tmp_path: Path) -> None:
    told = [sent("projects", project("P")), sent("organizations"), sent("stage_events"), sent("outcomes", as_of="2026-06-30")]
    found = world(tmp_path, *told, covered=False)
    assert found.value("g1_poc_small", "2026-06-29") == 0
    assert [found.value("g3_landed", on) for on in ("2026-06-29", "2026-06-30")] == [None, 0]
