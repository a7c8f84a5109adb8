"""Where things count, and from when: the order of places, re-zoning, 区外 and 未落区, and the zones' milestones.

The list of projects says one thing from 2024-01-31 and another from 2026-04-30; the list of organizations changes on 2026-06-30.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from worlds import ZONES, Row, World, day, event, events, organization, project, sent, world

DAYS = ["2025-09-28", "2026-02-10", "2026-04-29", "2026-04-30", "2026-06-30"]
SPACES = {  # project -> 承载区 and lead organization, in both lists
    "own": ("绿色化工", None), "own_alias": ("绿色化工", None), "own_pending": ("绿色化工", None), "own_unreadable": ("绿色化工", None),
    "own_outside": ("绿色化工", None), "own_inside": ("区外", None), "by_project": ("绿色化工产业承载区", None), "by_alias": ("大数据产业园", None),
    "by_org": ("待定", "F_bio"), "by_org_pending": ("待定", "F_pending"), "by_nobody": ("待定", "F_none"), "by_unlisted_org": ("未定", "F_unlisted"),
    "unreadable": ("火星园区", "F_bio"), "register_outside": ("区外", "F_bio"), "org_outside": ("待定", "F_out"), "org_moves": ("待定", "F_moves"),
    "out_then_in": ("绿色化工", None), "core_one": ("核心区", None),
}
ZONED = {"rezoned": "绿色化工", "rezoned_own": "绿色化工", "rezoned_both": "绿色化工", "left_the_list": "绿色化工", "row_refused": "绿色化工", "to_pending": "绿色化工",
         "placed_later": "待定"}
REZONED = {"rezoned": "生物医药", "rezoned_own": "生物医药", "rezoned_both": "生物医药", "to_pending": "待定", "placed_later": "核技术应用"}
OWN = {"own": "生物医药", "own_alias": "新材料产业园", "own_pending": "待定", "own_unreadable": "纬三路8号", "own_outside": "区外", "own_inside": "绿色化工",
       "rezoned_own": "装备制造"}


def list_of(zones: dict[str, str]) -> list[Row]:
    return [project(name, zone, org=org) for name, (zone, org) in SPACES.items()] + [project(name, zone) for name, zone in zones.items()]


def organizations(**moved: str) -> list[Row]:
    spaces = {"F_bio": "生物医药", "F_none": None, "F_pending": "待定", "F_out": "区外", "F_moves": "绿色化工", **moved}
    return [organization(name, space) for name, space in spaces.items()]


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> World:
    """Everybody enters poc on 2026-02-10 and pilot on 2026-03-10."""
    names = [name for name in (*SPACES, *ZONED) if name != "out_then_in"]
    entries = [event(f"{stage}-{name}", name, stage, "enter", on, space=OWN.get(name))
               for stage, on in (("poc", "2026-02-10"), ("pilot", "2026-03-10")) for name in [*names, "stranger"]]
    moves = [event("o1", "out_then_in", "poc", "enter", "2026-02-10", space="区外"), event("o2", "out_then_in", "small", "enter", "2026-05-20"),
             event("o3", "rezoned_both", "small", "enter", "2026-05-10")]
    return world(
        tmp_path_factory.mktemp("places"), sent("projects", *list_of(ZONED)),
        sent("projects", *list_of(REZONED), as_of="2026-04-30", refused=[{"project_id": "row_refused", "zone_name": "生物医药"}]),
        sent("organizations", *organizations()), sent("organizations", *organizations(F_moves="生物医药"), as_of="2026-06-30"),
        sent("stage_events", *entries, *moves))


@pytest.mark.parametrize(("name", "zone"), [
    ("own", "bio"), ("own_alias", "energy"), ("own_inside", "chem"), ("by_project", "chem"), ("by_alias", "data"), ("by_org", "bio"), ("core_one", "core"),
    ("by_org_pending", "unplaced"), ("by_nobody", "unplaced"), ("by_unlisted_org", "unplaced"), ("stranger", "unplaced")])
def test_own_place_then_the_projects_then_its_organizations_then_unplaced(cases: World, name: str, zone: str) -> None:
    """The list's 承载区 is never blank, so 待定 there must ask on: else nothing would ever reach the organization's place."""
    assert cases.zones("g1_poc_small", name, "2026-02-10", "2026-12-31") == [[zone], [zone]]
    assert cases.zones("g2_pilot", name, "2026-03-10", "2026-12-31") == [[zone], [zone]]


def test_a_pending_own_place_says_nothing_and_asks_on(cases: World) -> None:
    """A reading: 待定 in the event's own space is as good as blank."""
    assert cases.zones("g1_poc_small", "own_pending", "2026-02-10") == [["chem"]]


@pytest.mark.parametrize("name", ["own_unreadable", "unreadable"])
def test_a_place_nobody_knows_is_unplaced_and_counted(cases: World, name: str) -> None:
    """feeds.md: an unmatched zone name "is accepted as 未落区"; no other place is taken in its stead."""
    assert cases.zones("g1_poc_small", name, "2026-02-10") == [["unplaced"]]


@pytest.mark.parametrize("name", ["own_outside", "register_outside", "org_outside"])
def test_what_happens_outside_is_in_no_goal(cases: World, name: str) -> None:
    for metric in ("g1_poc_small", "g1_poc_only", "g1_stage_visits", "g2_pilot", "g1_poc_small_incl_stock", "g2_pilot_incl_stock"):
        assert cases.of(metric, name, "2026-03-10", "2027-12-31") == [0, 0], metric


def test_the_first_entry_inside_decides_where_an_earlier_one_was_outside(cases: World) -> None:
    assert cases.of("g1_poc_small", "out_then_in", "2026-02-10", "2026-05-19", "2026-05-20") == [0, 0, 1]
    assert cases.of("g1_small_only", "out_then_in", "2026-05-20", "2027-12-31") == [1, 1]


def test_a_rezoning_splits_the_interval_and_is_no_new_event(cases: World) -> None:
    assert cases.zones("g1_poc_small", "rezoned", "2026-02-10", "2026-04-29", "2026-04-30", "2027-12-31") == [["chem"], ["chem"], ["bio"], ["bio"]]
    assert cases.of("g1_poc_small", "rezoned", "2026-02-09", "2026-02-10", "2026-04-29", "2026-04-30", "2027-12-31") == [0, 1, 1, 1, 1]
    assert {row.occurred_on for on in ("2026-04-29", "2026-04-30") for row in cases.read("g1_poc_small", on).rows if row.entity_id == "rezoned"} == {
        day("2026-02-10")}
    assert cases.zones("g2_pilot", "rezoned", "2026-04-29", "2026-04-30") == [["chem"], ["bio"]]
    assert cases.zones("g1_poc_only", "rezoned", "2026-04-29", "2026-04-30") == [["chem"], ["bio"]]
    assert cases.zones("g1_poc_small_incl_stock", "rezoned", "2026-04-29", "2026-04-30") == [["chem"], ["bio"]]


def test_a_rezoned_project_keeps_the_own_place_of_its_event(cases: World) -> None:
    assert cases.zones("g1_poc_small", "rezoned_own", "2026-04-29", "2026-04-30") == [["equip"], ["equip"]]


def test_parts_move_with_stage_and_place(cases: World) -> None:
    assert cases.zones("g1_poc_only", "rezoned_both", "2026-04-29", "2026-04-30", "2026-05-10") == [["chem"], ["bio"], []]
    assert cases.zones("g1_both", "rezoned_both", "2026-05-09", "2026-05-10") == [[], ["bio"]]


def test_an_organization_that_moves_takes_the_projects_placed_by_it_along(cases: World) -> None:
    assert cases.zones("g1_poc_small", "org_moves", "2026-06-29", "2026-06-30") == [["chem"], ["bio"]]


def test_a_place_found_or_lost_later_moves_between_unplaced_and_zone(cases: World) -> None:
    assert cases.zones("g1_poc_small", "placed_later", "2026-04-29", "2026-04-30") == [["unplaced"], ["nuclear"]]
    assert cases.zones("g1_poc_small", "to_pending", "2026-04-29", "2026-04-30") == [["chem"], ["unplaced"]]


def test_a_project_gone_from_the_list_stays_counted(cases: World) -> None:
    """What happened stays; where it counts after it left the list is not said, so not asserted."""
    assert cases.of("g1_poc_small", "left_the_list", "2026-04-29", "2026-04-30", "2027-12-31") == [1, 1, 1]


def test_a_project_whose_new_row_was_refused_stays_where_its_last_accepted_row_put_it(cases: World) -> None:
    assert cases.zones("g1_poc_small", "row_refused", "2026-04-29", "2026-04-30", "2027-12-31") == [["chem"], ["chem"], ["chem"]]


@pytest.mark.parametrize("on", DAYS)
def test_the_zones_with_unplaced_sum_to_the_total_and_outside_is_empty(cases: World, on: str) -> None:
    for metric in ("g1_poc_small", "g1_poc_only", "g1_small_only", "g1_both", "g1_stage_visits", "g1_poc_small_incl_stock", "g2_pilot",
                   "g2_pilot_incl_stock", "g1_terminated", "g2_terminated"):
        by_zone = {zone: cases.value(metric, on, zone) for zone in ZONES}
        assert sum(value for value in by_zone.values() if value is not None) == cases.value(metric, on), metric
        assert by_zone["outside"] == 0
        assert cases.value(metric, on) == sum(row.value for row in cases.read(metric, on).rows)


def test_the_total_by_hand(cases: World) -> None:
    """24 projects of the lists and the stranger entered poc, 3 of them outside and out_then_in later."""
    assert cases.value("g1_poc_small", "2026-02-10") == len(SPACES) + len(ZONED) + 1 - 4
    assert cases.value("g1_poc_small", "2026-05-20") == len(SPACES) + len(ZONED) + 1 - 3
    assert cases.value("g1_poc_small", "2026-02-10", "unplaced") == 7  # by_org_pending, by_nobody, by_unlisted_org, stranger, two unreadable, placed_later
    assert cases.value("g1_poc_small", "2026-04-30", "unplaced") == 7  # to_pending comes, placed_later goes


@pytest.fixture(scope="module")
def milestones(tmp_path_factory: pytest.TempPathFactory) -> World:
    """In chem one project, then two, then none; in bio a stock project; in core, outside and unplaced what is no zone's milestone."""
    return world(
        tmp_path_factory.mktemp("milestones"),
        sent("projects", project("c1"), project("c2"), project("c3"), project("b1", "生物医药"), project("e1", "装备制造"), project("d1", "数据信息"),
             project("n1", "核技术应用", status="void"), project("k1", "核心区"), project("o1", "区外"), project("u1", "待定"), project("a1", "现代农业")),
        events(("c1", "small", "enter", "2026-01-10"), ("c1", "pilot", "enter", "2026-02-10"), ("c1", "pilot", "terminate", "2026-05-20"),
               ("c2", "landed", "enter", "2026-05-01"), ("c2", "landed", "terminate", "2026-06-10"), ("c3", "pilot", "enter", "2026-08-01"),
               ("b1", "pilot", "enter", "2025-03-01"), ("e1", "small", "enter", "2026-01-10"), ("d1", "industrial", "enter", "2026-03-01"),
               ("n1", "pilot", "enter", "2026-01-10"), ("k1", "pilot", "enter", "2026-01-10"), ("o1", "pilot", "enter", "2026-01-10"),
               ("u1", "pilot", "enter", "2026-01-10"), ("a1", "pilot", "enter", "2026-01-10"), ("a1", "landed", "enter", "2026-04-10"),
               ("a1", "landed", "suspend", "2026-09-10")))


def test_a_zone_has_reached_its_milestone_while_a_project_at_pilot_or_later_is_active(milestones: World) -> None:
    chem = [milestones.value("g5_milestones", on, "chem") for on in ("2026-02-09", "2026-02-10", "2026-05-01", "2026-05-20", "2026-06-09", "2026-06-10",
                                                                     "2026-07-31", "2026-08-01", "2027-12-31")]
    assert chem == [0, 1, 1, 1, 1, 0, 0, 1, 1]


def test_the_milestones_reached_are_counted_zone_by_zone(milestones: World) -> None:
    """bio by a project of long ago, data by one at the last stage, agri by one that went on to landed: 3, and chem in its time."""
    for zone, expected in {"bio": 1, "data": 1, "agri": 1, "equip": 0, "nuclear": 0, "energy": 0}.items():
        assert milestones.value("g5_milestones", "2026-05-31", zone) == expected, zone
    assert milestones.value("g5_milestones", "2026-05-31") == 4
    assert milestones.value("g5_milestones", "2026-06-30") == 3


def test_a_first_list_after_the_event_places_it_from_that_list_on_at_the_latest(tmp_path: Path) -> None:
    """Where it counts before the list's as-of is not said; in the total it counts from its day."""
    found = world(tmp_path, sent("projects", project("P"), as_of="2026-03-31"), events(("P", "poc", "enter", "2026-02-10")), lists=False)
    assert found.of("g1_poc_small", "P", "2026-02-09", "2026-02-10", "2026-03-31") == [0, 1, 1]
    assert found.zones("g1_poc_small", "P", "2026-03-31") == [["chem"]]


def test_an_entry_is_inside_or_outside_by_the_place_of_its_day(tmp_path: Path) -> None:
    """A reading: what counted never falls (invariant 9), it only moves to 区外; what was outside does not become an entry by a re-zoning."""
    found = world(tmp_path, sent("projects", project("leaves"), project("comes", "区外")),
                  sent("projects", project("leaves", "区外"), project("comes"), as_of="2026-04-30"),
                  events(("leaves", "poc", "enter", "2026-02-10"), ("comes", "poc", "enter", "2026-02-10")))
    assert found.zones("g1_poc_small", "leaves", "2026-02-10", "2026-04-29", "2026-04-30") == [["chem"], ["chem"], ["outside"]]
    assert found.of("g1_poc_small", "comes", "2026-02-10", "2026-04-30", "2027-12-31") == [0, 0, 0]


def test_a_project_placed_by_its_organization_moves_when_another_organization_takes_the_lead(tmp_path: Path) -> None:
    """The list says who leads from its as-of on; the days before keep the place of the former leader."""
    found = world(tmp_path, sent("organizations", organization("F1", "绿色化工"), organization("F2", "生物医药")),
                  sent("projects", project("P", "待定", org="F1")), sent("projects", project("P", "待定", org="F2"), as_of="2026-04-30"),
                  events(("P", "poc", "enter", "2026-02-10")))
    assert found.zones("g1_poc_small", "P", "2026-02-10", "2026-04-29", "2026-04-30") == [["chem"], ["chem"], ["bio"]]


def test_a_zone_keeps_its_milestone_between_a_passed_pilot_and_the_next_stage(tmp_path: Path) -> None:
    found = world(tmp_path, sent("projects", project("P"), project("Q", "生物医药")),
                  events(("P", "pilot", "enter", "2026-01-10"), ("P", "pilot", "pass", "2026-02-10"), ("P", "landed", "enter", "2026-04-10"),
                         ("Q", "pilot", "enter", "2026-01-10"), ("Q", "pilot", "regress", "2026-02-10"), ("Q", "small", "reenter", "2026-02-20")))
    assert [found.value("g5_milestones", on, "chem") for on in ("2026-01-09", "2026-03-10", "2026-05-10")] == [0, 1, 1]
    assert [found.value("g5_milestones", on, "bio") for on in ("2026-02-09", "2026-02-10", "2026-05-10")] == [1, 0, 0]
