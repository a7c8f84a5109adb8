"""What the map shows of a small world: values by zone that add up, what the policy lists, directions, tasks, and things by where they stand."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
from worlds import Row, World, day, event, organization, project, rule, sent, world

from analytics.format import Amount, money_unit
from analytics.zone_amounts import amount_of
from analytics.zone_card import ELSEWHERE, NONE, Direction, zone_card
from analytics.zone_finding import zone_finding
from analytics.zone_measures import Measure, measures
from analytics.zone_shapes import backdrop, has_shapes, points, shapes
from analytics.zones import zones
from warehouse.metric import metric

V = dt.date(2026, 6, 30)
BARE = {"direction_name": None}


def unit(unit_id: str, building: str, space: str, *, at: tuple[float, float] | None = None, status: str = "in_use") -> Row:
    place = {"longitude_deg": at[0], "latitude_deg": at[1], "datum": "wgs84"} if at else {}
    return {"unit_id": unit_id, "building_name": building, "space_name": space, "main_use": "office", "built_m2": 10.0, "lettable_m2": 8.0, "let_m2": 1.0,
            "status": status, **place}


def platform(platform_id: str, name: str, space: str, status: str) -> Row:
    return {"platform_id": platform_id, "platform_name": name, "platform_kind": "testing", "lead_org_id": "a", "space_name": space, "status": status}


def task(task_id: str, clause: str, due: str, status: str) -> Row:
    return {"task_id": task_id, "clause_id": clause, "content": f"{task_id}的内容", "unit_name": "科技局", "due_on": day(due), "due_precision": "D", "status": status}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> World:
    moved_in = {"moved_in_on": day("2025-10-01"), "moved_in_precision": "D"}
    firms: list[Row] = [{**organization(f"f{number}", "绿色化工"), **moved_in, "longitude_deg": 103.69 + number * 1e-5, "latitude_deg": 36.65, "datum": "wgs84"}
             for number in range(30)]
    firms += [{**organization("leading", "绿色化工"), **moved_in, "is_leading": True}, organization("not yet in", "绿色化工")]
    return world(
        tmp_path_factory.mktemp("zones"),
        sent("projects", {**project("p1"), "direction_name": "生物基化学品"}, {**project("p2"), "direction_name": "疫苗"}, {**project("p3"), **BARE},
             {**project("p4", "区外"), **BARE}, {**project("p5", "待定"), **BARE}, {**project("p6", "生物医药"), "direction_name": "疫苗"}),
        sent("stage_events", *(event(f"e{number}", f"p{number}", "small", "enter", "2026-03-01") for number in range(1, 7))),
        sent("organizations", *firms),
        sent("platforms", platform("t1", "化工专业检测分析平台", "绿色化工", "under_construction"), platform("t2", "疫苗动物实验中心", "绿色化工", "in_use"),
             platform("t3", "药物筛选与分析测试平台", "药谷一号楼", "in_use"), as_of="2026-03-31"),
        sent("premises", unit("u1", "药谷一号楼", "生物医药", at=(103.70, 36.44)), unit("u2", "药谷一号楼", "生物医药", at=(103.70, 36.44)),
             unit("u3", "无坐标楼", "生物医药"), {**unit("u4", "会展楼", "核心区"), "core_function_id": "core-06"}, as_of="2026-03-31", department="D09"),
        sent("tasks", task("k1", "C14", "2026-05-01", "in_progress"), task("k2", "C14", "2026-09-01", "done"), task("k3", "C15", "2026-09-01", "done"),
             as_of="2026-03-31", department="D12"),
        rule("zone_facilities", facility_id="chem-anchor-02", status="拟建"))


@pytest.fixture(scope="module")
def cursor(told: World) -> duckdb.DuckDBPyConnection:
    return told.con


def test_zones_outside_and_unplaced_add_up_to_the_total_of_every_measure(cursor: duckdb.DuckDBPyConnection) -> None:
    found = measures(cursor, V)
    assert {"g1_poc_small", "g2_pilot", "g3_landed", "g4a_output_12m"} <= found.keys()
    for each in found.values():
        if not each.is_ratio and each.total is not None:
            assert sum((value for value in each.zones.values() if value is not None), Decimal(0)) == each.total
    g1 = found["g1_poc_small"]
    assert {zone: value for zone, value in g1.zones.items() if value} == {"chem": 3, "bio": 1, "unplaced": 1}, "what happened outside does not count for the goal"


def test_a_measure_that_the_dictionary_lacks_or_that_has_no_zones_is_not_offered(cursor: duckdb.DuckDBPyConnection) -> None:
    assert list(measures(cursor, V, ("no_such_metric", "g2_pilot", "g1_poc_small"))) == ["g2_pilot", "g1_poc_small"]


def test_before_a_feed_has_spoken_nothing_is_known_and_later_nothing_is_nought(tmp_path: Path) -> None:
    con = world(tmp_path, sent("outcomes", as_of="2026-03-31"), sent("stage_events", as_of="2026-05-31"), covered=False).con
    [before] = measures(con, dt.date(2026, 4, 30), ("g1_poc_small",)).values()
    [after] = measures(con, dt.date(2026, 5, 31), ("g1_poc_small",)).values()
    assert [before.total, *set(before.zones.values())] == [None, None]
    assert [after.total, *set(after.zones.values())] == [Decimal(0), Decimal(0)]


def test_a_ratio_is_of_the_sums_of_each_zone_and_to_nothing_is_unknown(tmp_path: Path) -> None:
    con = world(tmp_path, rule("metrics", metric_id="share", name_zh="仅小试占比", name_en="Share", version="1", valid_from="2025-09-29", unit="项", aggregation="ratio",
                               time_kind="cumulative", numerator_id="g1_small_only", denominator_id="g1_poc_small", is_zoned="true", feeds="stage_events", drill="rows",
                               owner_department_id="D08", status="拟定", statement_zh="比率"),
                sent("projects", project("p1"), project("p2"), project("p3", "生物医药")),
                sent("stage_events", event("e1", "p1", "small", "enter", "2026-03-01"), event("e2", "p2", "poc", "enter", "2026-03-01"),
                     event("e3", "p3", "small", "enter", "2026-03-01"))).con
    [found] = measures(con, V, ("share",)).values()
    assert [found.zones[each] for each in ("chem", "bio", "core")] == [Decimal("0.5"), Decimal(1), None]
    assert found.total == Decimal(2) / 3
    assert found.counted.metric_id == "g1_small_only"
    assert amount_of(found).said(found.zones["chem"]) == "50.0%"


def test_the_areas_of_the_shapes_make_densities(cursor: duckdb.DuckDBPyConnection) -> None:
    drawn = shapes(cursor)
    dense = measures(cursor, V)["g1_poc_small"].per({zone: each.area_km2 for zone, each in drawn.items()})
    assert dense["chem"] == 3 / drawn["chem"].area_km2
    assert dense["unplaced"] is None, "what lies nowhere has no area"
    amount = amount_of(measures(cursor, V)["g1_poc_small"], density_of=dense.values())
    assert (amount.text(dense["chem"]), amount.unit) == ("0.12", "项/平方千米")
    assert all(each.is_schematic for each in drawn.values()) and has_shapes(cursor)
    assert {each.name_zh for each in backdrop(cursor)} >= {"永登县", "皋兰县"}


def test_the_cards_facilities_have_the_state_of_what_stands_for_them(cursor: duckdb.DuckDBPyConnection) -> None:
    states = {(zone, each.name_zh): each.state for zone in ("core", "chem", "bio") for each in zone_card(cursor, zone, V).facilities}
    assert states["chem", "专业检测分析平台"] == "under_construction", "as the register says"
    assert states["chem", "专精特新孵化基地"] == "planned", "as the committee says where no register does"
    assert states["bio", "药物筛选与分析测试平台"] == "in_use"
    assert states["bio", "动物实验中心"] is None, "a platform of another zone does not stand for it"
    assert (states["core", "科技成果会展中心"], states["core", "人才公寓"]) == ("in_use", None)
    assert zone_card(cursor, "chem", dt.date(2026, 2, 28)).of("facility")[0].state is None, "nobody had told by then"


def test_every_zone_of_the_policy_has_its_lists(cursor: duckdb.DuckDBPyConnection) -> None:
    cards = {each.zone_id: zone_card(cursor, each.zone_id, V) for each in zones(cursor)}
    assert {zone: len(each.of("facility")) for zone, each in cards.items()} == {
        "core": 6, "chem": 1, "bio": 3, "energy": 4, "data": 3, "equip": 3, "nuclear": 2, "agri": 3, "outside": 0, "unplaced": 0}
    named = [each.direction_id for card in cards.values() for each in card.directions if each.direction_id not in (ELSEWHERE, NONE)]
    assert len(named) == len(set(named)) == 45
    assert [each.name_zh for each in cards["bio"].of("leader")] == ["药物碱厂", "佛慈", "兰药", "申联生物", "九州通"]


def test_projects_by_direction_add_up_to_the_zone_with_those_of_no_direction(cursor: duckdb.DuckDBPyConnection) -> None:
    def small(each: Direction) -> Decimal | None:
        return each.counts["g1_poc_small"]

    directions = {each.direction_id: small(each) for each in zone_card(cursor, "chem", V).directions}
    assert {code: value for code, value in directions.items() if value} == {"chem-04": 1, ELSEWHERE: 1, NONE: 1}
    assert sum(value or 0 for value in directions.values()) == measures(cursor, V)["g1_poc_small"].zones["chem"]


def test_the_tasks_of_a_zones_clause_are_listed_and_late_ones_marked(cursor: duckdb.DuckDBPyConnection) -> None:
    card = zone_card(cursor, "chem", V)
    assert [(each.task_id, each.is_overdue, each.unit_zh) for each in card.tasks] == [("k1", True, "科技创新局"), ("k2", False, "科技创新局")]
    assert card.leaders == ("leading公司",)


def test_things_are_added_up_by_cell_and_those_without_a_place_are_counted(cursor: duckdb.DuckDBPyConnection) -> None:
    firms = points(cursor, "organizations", V)
    assert [each.things for each in firms.cells] == [30], "thirty side by side are one spot"
    assert (firms.nowhere, firms.things) == (1, 31), "who has not moved in is not there"
    assert points(cursor, "organizations", dt.date(2025, 9, 30)).things == 0
    buildings = points(cursor, "buildings", V)
    assert ([each.things for each in buildings.cells], buildings.nowhere) == ([1], 2)
    at = {(round(each.longitude_deg, 3), round(each.latitude_deg, 3)): each.things for each in points(cursor, "platforms", V).cells}
    assert at == {(103.69, 36.655): 2, (103.7, 36.44): 1}


def test_the_finding_names_the_leading_zone_and_what_lies_on_no_map(cursor: duckdb.DuckDBPyConnection) -> None:
    places, amount = zones(cursor), Amount("项", money_unit(()))
    g1 = measures(cursor, V)["g1_poc_small"]
    assert zone_finding(g1, amount, places) == "概念验证及小试项目（期内新增） 5 项：绿色化工最多，3 项，占 60.0%；区外与未落区 1 项"

    def of(**values: int | None) -> str:
        known = {each.zone_id: None if None in values.values() else Decimal(values.get(each.zone_id) or 0) for each in places}
        total = None if None in values.values() else sum((value or Decimal(0) for value in known.values()), Decimal(0))
        asked = metric(cursor, "g2_pilot")
        return zone_finding(Measure(metric=asked, counted=asked, is_ratio=False, zones=known, total=total), amount, places)

    assert of(chem=2, bio=2) == "中试项目（期内新增） 4 项：绿色化工、生物医药最多，各 2 项"
    assert of(unplaced=3) == "中试项目（期内新增） 3 项，都不在图上的空间里"
    assert of() == "中试项目（期内新增） 0 项"
    assert of(chem=None) == "中试项目（期内新增）因缺报尚不能知道"
