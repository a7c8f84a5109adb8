"""What is new since the previous publication, against plain sets of the keys stored in the two snapshots."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest
from park import NOON, Park, sample

from analytics.news import Change, News, news, previous
from warehouse.known import NothingReceived
from warehouse.publish import Publication

EVENTS, OUTPUTS = "科技创新促进中心/阶段事件.csv", "工信和数据局/产值.csv"


def compared(park: Park, now: str, before: str) -> News:
    with park.open(now) as con, park.open(before) as old:
        return news(con, old)


def changes(found: News) -> dict[str, Change]:
    return {change.card.goal.goal_id: change for change in found.changes}


def current(park: Park) -> str:
    publication = park.home.store.current()
    assert publication
    return publication.snapshot


def alive(park: Park, snapshot: str, metric_id: str) -> dict[str, Decimal]:
    return dict(park.ask("SELECT key, sum(value) FROM mart.contribution, meta.snapshot WHERE metric_id = ? AND counts_from <= newest_as_of "
                         "AND (counts_until IS NULL OR counts_until > newest_as_of) GROUP BY key", metric_id, snapshot=snapshot))


@pytest.fixture
def two(home: Park) -> tuple[str, str]:
    """The current snapshot, in which one project entered, one did not after all and a month of output was told, and the one before."""
    before = current(home)
    told = sample("stage_events").as_of("2026年11月3日").but("SJ-0013", 状态="作废")
    told = told.plus("SJ-0010", 事件编号="SJ-0091", 项目编号="GZH-2026-0006", 发生日期="2026-11-01", 所在空间="核技术应用产业园")
    home.send(EVENTS, told)
    home.send(OUTPUTS, sample("output_values").as_of("2026年11月3日").plus("2026年5月", 期间="2026年10月"))
    home.refresh()
    return current(home), before


def test_new_and_gone_are_the_keys_of_only_one_of_the_two(home: Park, two: tuple[str, str]) -> None:
    now, before = two
    found = changes(compared(home, now, before))
    assert found["g1"].new == ("（演示）医用同位素靶材制备",)
    assert found["g1"].gone == ("（演示）工业数据治理平台",)
    for change in found.values():
        here, there = (alive(home, each, change.card.headline.metric.metric_id) for each in two)
        assert (change.now, change.before) == (sum(here.values()), sum(there.values()))
        assert change.difference == sum(here.values()) - sum(there.values())
        if change.card.kind != "window":
            assert (len(change.new), len(change.gone)) == (len(here.keys() - there.keys()), len(there.keys() - here.keys()))


def test_a_goal_that_gained_and_lost_the_same_number_is_not_quiet(home: Park, two: tuple[str, str]) -> None:
    found = changes(compared(home, *two))
    assert found["g1"].difference == 0 and not found["g1"].is_quiet
    assert found["g2"].is_quiet and found["g3"].is_quiet


def test_each_is_read_at_its_own_newest_day(home: Park, two: tuple[str, str]) -> None:
    found = compared(home, *two)
    assert (found.v_before, found.v_now) == (dt.date(2026, 10, 31), dt.date(2026, 11, 3))


def test_months_of_output_have_no_names(home: Park, two: tuple[str, str]) -> None:
    g4 = changes(compared(home, *two))["g4"]
    assert g4.new == g4.gone == ()
    assert g4.difference == Decimal("1168500") and not g4.is_quiet


def test_a_snapshot_beside_itself_is_quiet(park: Park) -> None:
    found = compared(park, current(park), current(park))
    assert all(change.is_quiet for change in found.changes)
    assert len(found.changes) == 5


def test_what_one_of_them_could_not_know_is_not_compared(empty: Park) -> None:
    empty.send("科技创新促进中心/项目库.csv", sample("projects"))
    empty.refresh()
    first = current(empty)
    empty.send(EVENTS, sample("stage_events"))
    empty.refresh()
    g1 = changes(compared(empty, current(empty), first))["g1"]
    assert g1.before is None and g1.now == 3
    assert not g1.is_known and not g1.is_quiet
    assert g1.new == ()


def test_a_snapshot_without_a_file_cannot_be_compared_with(empty: Park) -> None:
    empty.refresh()
    first = current(empty)
    empty.send("科技创新促进中心/项目库.csv", sample("projects"))
    empty.refresh()
    with pytest.raises(NothingReceived):
        compared(empty, current(empty), first)


def turns(*snapshots: str) -> list[Publication]:
    first = Publication(snapshot="", current_from=NOON, reason="refresh", label=None, acts_upto=1, inputs_hash="00", sha256="00")
    return [replace(first, snapshot=each, acts_upto=at, current_from=NOON + dt.timedelta(hours=at)) for at, each in enumerate(snapshots)]


@pytest.mark.parametrize(("order", "asked", "found"), [
    ("a", "a", None), ("ab", "b", "a"), ("ab", "a", None), ("abc", "b", "a"), ("aba", "a", "b"), ("abab", "a", "b"), ("abb", "b", "a"), ("", "a", None)])
def test_the_previous_one_is_what_readers_saw_before(order: str, asked: str, found: str | None) -> None:
    before = previous(turns(*order), asked)
    assert (before.snapshot if before else None) == found


def test_of_several_turns_the_one_before_the_last_is_meant() -> None:
    before = previous(turns("a", "b", "a"), "a")
    assert before and before.acts_upto == 1
