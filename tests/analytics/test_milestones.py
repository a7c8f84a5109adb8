"""The thirteen milestones by name, each with its state, against the card and the policy."""

from __future__ import annotations

import csv
import datetime as dt

import duckdb
import pytest
from park import PROJECT, Park, sample

from analytics.goals import goal_cards
from analytics.milestones import Milestone, Milestones, milestones

NEWEST = dt.date(2026, 10, 31)


def listed(park: Park, day: dt.date = NEWEST) -> Milestones:
    with park.open() as con:
        return milestones(con, day)


def carriers(park: Park, day: dt.date = NEWEST) -> dict[str, Milestone]:
    return {each.milestone_id: each for each in listed(park, day).carriers}


def test_they_are_as_many_as_the_goal_counts(park: Park) -> None:
    found = listed(park)
    with park.open() as con:
        [g5] = [card for card in goal_cards(con, NEWEST) if card.goal.goal_id == "g5"]
    assert len(found.core) + len(found.carriers) == g5.goal.target == 13
    assert found.reached == g5.value
    assert found.reached > 3


def test_the_functions_of_the_core_are_those_of_the_policy_and_reached_where_the_register_says_in_use(park: Park) -> None:
    core = listed(park).core
    in_use = dict(park.ask("SELECT core_function_id, coalesce(opened_on, valid_from) FROM core.core_function_state "
                           "WHERE status = 'in_use' AND valid_from <= DATE '2026-10-31' AND (valid_until IS NULL OR valid_until > DATE '2026-10-31')"))
    assert in_use and {each.milestone_id: each.since_on for each in core if each.state == "reached"} == in_use
    assert {each.state for each in core} == {"reached", "open"}
    assert all(each.name_en for each in core)
    with (PROJECT / "warehouse/reference/clauses.csv").open(encoding="utf-8") as file:
        [clause] = [row["text_zh"] for row in csv.DictReader(file) if row["clause_id"] == "C11"]
    assert clause.endswith("、".join(each.name_zh for each in core))


def test_before_the_register_of_buildings_was_reported_nothing_is_known_of_the_core(park: Park) -> None:
    assert {each.state for each in listed(park, dt.date(2024, 9, 9)).core} == {"unknown"}


@pytest.mark.parametrize("day", [NEWEST, dt.date(2026, 6, 8), dt.date(2025, 9, 29), dt.date(2024, 9, 9)], ids=str)
def test_a_zone_is_reached_where_a_row_of_it_counts(park: Park, day: dt.date) -> None:
    rows = park.ask("SELECT zone_id, counts_from, counts_until FROM mart.contribution WHERE metric_id = 'g5_milestones' AND category = 'carrier'")
    alive = {zone: begins for zone, begins, ends in rows if begins <= day and (ends is None or day < ends)}
    found = carriers(park, day)
    assert len(found) == 7
    assert {zone: each.since_on for zone, each in found.items() if each.state == "reached"} == alive
    assert {each.since_on for each in found.values() if each.state == "open"} <= {None}


def test_a_zone_that_no_longer_stands_says_since_when_as_precisely_as_it_is_known(home: Park) -> None:
    told = sample("stage_events").as_of("2026年11月3日").plus("SJ-0021", 事件编号="SJ-0090", 事件="终止", 发生日期="2026年8月", 终止原因="技术不可行")
    home.send("科技创新促进中心/阶段事件.csv", told)
    home.refresh()
    agri = carriers(home)["agri"]
    assert (agri.state, agri.since_on, agri.since_precision) == ("open", dt.date(2026, 8, 31), "M")
    standing = carriers(home, dt.date(2026, 8, 30))["agri"]
    assert (standing.state, standing.since_on, standing.since_precision) == ("reached", dt.date(2024, 9, 10), "D")


def test_without_stage_events_no_zone_is_known_to_stand_or_not(empty: Park) -> None:
    empty.send("科技创新促进中心/项目库.csv", sample("projects"))
    empty.refresh()
    found = listed(empty)
    assert {each.state for each in found.carriers} == {"unknown"}
    assert {each.since_on for each in found.carriers} == {None}
    assert found.reached == 0


def test_a_snapshot_older_than_the_list_of_the_core_has_none(park: Park) -> None:
    current = park.home.store.current()
    assert current
    with duckdb.connect() as con:
        con.execute(f"ATTACH '{park.home.store.path(current.snapshot)}' AS old (READ_ONLY)")
        for table in ("ref.metric", "ref.zone", "meta.coverage", "mart.contribution", "core.stage_event"):
            con.execute(f"CREATE SCHEMA IF NOT EXISTS {table.split('.')[0]}")
            con.execute(f"CREATE TABLE {table} AS FROM old.{table}")
        con.execute("DETACH old")
        found = milestones(con, NEWEST)
    assert found.core == ()
    assert found.reached == 3
