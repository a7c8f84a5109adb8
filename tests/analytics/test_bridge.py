"""The change bridge on hand-made contributions: one worked case per reason."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import warehouse.build
from analytics.bridge import Between, Bridge, Why, bridges, reason_of_rules

DDL = (Path(warehouse.build.__file__).parent / "marts" / "contribution.ddl").read_text(encoding="utf-8")
V_A, V_N = dt.date(2026, 9, 30), dt.date(2026, 10, 31)
EARLY, LATER = dt.date(2026, 8, 5), dt.date(2026, 10, 12)  # before V_A; between V_A and V_N


@dataclass(frozen=True, kw_only=True)
class Counts:
    """One contribution."""

    key: str = "P1"
    since: dt.date = EARLY
    until: dt.date | None = None
    value: Decimal = Decimal(1)
    zone: str = "chem"


Rows = tuple[Counts, ...]
Bridging = Callable[..., Bridge]


def fill(con: duckdb.DuckDBPyConnection, state: str, rows: Iterable[Counts]) -> None:
    con.execute(f"DELETE FROM {state}.mart.contribution")
    told = [{"key": row.key, "since": row.since, "until": row.until, "value": row.value, "zone": row.zone} for row in rows]
    if told:
        con.executemany(  # planned once, not for each row
            f"INSERT INTO {state}.mart.contribution BY NAME SELECT 'm' AS metric_id, $key AS key, 'thing' AS entity_kind, $key AS entity_id, "
            "$since AS occurred_on, 'D' AS occurred_precision, $since AS counts_from, $until::DATE AS counts_until, $value AS value, "
            "$zone AS zone_id, false AS is_pending, 1 AS row_id", told)


@pytest.fixture(scope="module")
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        for state in ("issue", "primed", "today"):
            connection.execute(f"ATTACH ':memory:' AS {state}; USE {state}; CREATE SCHEMA mart; {DDL}")
        yield connection


def bridge(con: duckdb.DuckDBPyConnection, *, zone: str | None = None, why: Why = "程序修正", metric_id: str = "m",
           distinct: tuple[str, ...] = ()) -> Bridge:
    """Of what the three states hold."""
    between = Between(a="issue.mart.contribution", b="primed.mart.contribution", n="today.mart.contribution", v_a=V_A, v_n=V_N, why=why, distinct=distinct)
    nothing = Bridge(metric_id=metric_id, zone=zone, v_a=V_A, v_n=V_N, terms=())
    return bridges(con, between, metrics=[metric_id], zone=zone).get(metric_id, nothing)


@pytest.fixture
def bridging(con: duckdb.DuckDBPyConnection) -> Bridging:
    """The bridge from `a` by way of `b` (default: a) to `n`."""

    def over(*, a: Rows, n: Rows, b: Rows | None = None, zone: str | None = None, why: Why = "程序修正") -> Bridge:
        for state, rows in (("issue", a), ("primed", a if b is None else b), ("today", n)):
            fill(con, state, rows)
        return bridge(con, zone=zone, why=why)

    return over


def told(found: Bridge) -> list[tuple[str, str, int]]:
    return [(term.key, term.term, int(term.change)) for term in found.terms]


def test_an_event_told_late_is_a_late_report(bridging: Bridging) -> None:
    assert told(bridging(a=(), n=(Counts(),))) == [("P1", "迟报补录", 1)]


def test_a_date_moved_past_the_issue_is_a_correction_there_and_new_since(bridging: Bridging) -> None:
    found = bridging(a=(Counts(),), n=(Counts(since=LATER),))
    assert told(found) == [("P1", "更正修订", -1), ("P1", "真实新增", 1)]
    assert found.total == 0


def test_a_corrected_value_is_a_correction_by_its_difference(bridging: Bridging) -> None:
    assert told(bridging(a=(Counts(value=Decimal(100)),), n=(Counts(value=Decimal(70)),))) == [("P1", "更正修订", -30)]


def test_a_retracted_fact_is_a_retraction_and_no_real_loss(bridging: Bridging) -> None:
    assert told(bridging(a=(Counts(), Counts(key="P2")), n=(Counts(key="P2"),))) == [("P1", "更正撤销", -1)]


def test_two_retracted_and_nothing_new_is_told_as_it_is(bridging: Bridging) -> None:
    """Reported 2, now 1, and one project began meanwhile: the naive difference says that one was lost."""
    found = bridging(a=(Counts(), Counts(key="P2")), n=(Counts(key="P3", since=LATER),))
    assert found.by_term == {"更正撤销": -2, "真实新增": 1}
    assert found.total == -1


def test_another_definition_is_told_apart_from_what_happened(bridging: Bridging) -> None:
    counted_now = (Counts(), Counts(key="P2"))
    assert told(bridging(a=(Counts(),), b=counted_now, n=counted_now, why="口径变更")) == [("P2", "口径变更", 1)]


def test_a_recoded_zone_moves_a_fact_between_zones_and_leaves_the_total(bridging: Bridging) -> None:
    states = {"a": (Counts(),), "b": (Counts(zone="energy"),), "n": (Counts(zone="energy"),), "why": "范围变更"}
    assert told(bridging(**states, zone="energy")) == [("P1", "范围变更", 1)]
    assert told(bridging(**states, zone="chem")) == [("P1", "范围变更", -1)]
    assert told(bridging(**states)) == []


def test_an_ended_unit_is_a_real_decrease(bridging: Bridging) -> None:
    unit = Counts(value=Decimal(500))
    assert told(bridging(a=(unit,), n=(Counts(value=Decimal(500), until=LATER),))) == [("P1", "真实减少", -500)]


def test_a_valuation_told_late_is_a_late_report_of_its_difference(bridging: Bridging) -> None:
    valued_again = dt.date(2026, 9, 15)
    found = bridging(a=(Counts(value=Decimal(100)),),
                     n=(Counts(value=Decimal(100), until=valued_again), Counts(value=Decimal(130), since=valued_again)))
    assert told(found) == [("P1", "迟报补录", 30)]


def test_a_removal_to_another_zone_is_real_in_both_and_nothing_in_all(bridging: Bridging) -> None:
    moved = (Counts(until=LATER), Counts(since=LATER, zone="bio"))
    assert told(bridging(a=(Counts(),), n=moved, zone="bio")) == [("P1", "真实新增", 1)]
    assert told(bridging(a=(Counts(),), n=moved, zone="chem")) == [("P1", "真实减少", -1)]
    assert told(bridging(a=(Counts(),), n=moved)) == []


def test_a_date_corrected_before_the_issue_changes_nothing(bridging: Bridging) -> None:
    assert told(bridging(a=(Counts(),), n=(Counts(since=dt.date(2026, 7, 1)),))) == []


def test_other_metrics_are_left_alone(con: duckdb.DuckDBPyConnection, bridging: Bridging) -> None:
    bridging(a=(), n=(Counts(),))
    assert bridge(con, metric_id="other").terms == ()


def test_the_reason_of_the_first_step_is_the_nearest_that_differs() -> None:
    assert reason_of_rules(version_a=1, version_n=1, rules_hash_a="x", rules_hash_n="x") == "程序修正"
    assert reason_of_rules(version_a=1, version_n=1, rules_hash_a="x", rules_hash_n="y") == "范围变更"
    assert reason_of_rules(version_a=1, version_n=2, rules_hash_a="x", rules_hash_n="y") == "口径变更"
    assert reason_of_rules(version_a=None, version_n=1, rules_hash_a="x", rules_hash_n="x") == "口径变更"


ONE_DAY = dt.timedelta(days=1)
DAYS = st.sampled_from([EARLY, V_A - ONE_DAY, V_A, V_A + ONE_DAY, LATER, V_N - ONE_DAY, V_N, V_N + ONE_DAY])  # about the days of reading


@st.composite
def lives(draw: st.DrawFn) -> Rows:
    """Up to three keys, each a chain of spells that do not overlap, some of them open."""
    rows = []
    for key in draw(st.sets(st.sampled_from(["P1", "P2", "P3"]))):
        edges = sorted(draw(st.sets(DAYS, min_size=1, max_size=4)))
        spells: list[tuple[dt.date, dt.date | None]] = [*pairwise(edges), (edges[-1], None)]
        rows += [Counts(key=key, since=since, until=until, value=draw(st.decimals(-5, 5, places=6)), zone=draw(st.sampled_from(["chem", "bio"])))
                 for since, until in spells if draw(st.booleans())]
    return tuple(rows)


@settings(max_examples=60, deadline=None)
@given(a=lives(), b=lives(), n=lives())
def test_whatever_the_states_the_terms_add_up_exactly(con: duckdb.DuckDBPyConnection, a: Rows, b: Rows, n: Rows) -> None:
    for state, rows in (("issue", a), ("primed", b), ("today", n)):
        fill(con, state, rows)

    def at(rows: Rows, day: dt.date, zone: str | None) -> Decimal:
        return sum((row.value for row in rows if row.since <= day and (row.until is None or row.until > day)
                    and (zone is None or row.zone == zone)), Decimal(0))

    over = {zone: bridge(con, zone=zone, why="范围变更").total for zone in (None, "chem", "bio")}
    assert over == {zone: at(n, V_N, zone) - at(a, V_A, zone) for zone in over}
    assert over["chem"] + over["bio"] == over[None]


def told_of_distinct(con: duckdb.DuckDBPyConnection, *, a: Rows, n: Rows, zone: str | None = None) -> list[tuple[str, str, int]]:
    """Where the metric counts entities: every key is of the entity that its first letter names."""
    for state, rows in (("issue", a), ("primed", a), ("today", n)):
        fill(con, state, rows)
        con.execute(f"UPDATE {state}.mart.contribution SET entity_id = key[1]")
    return told(bridge(con, zone=zone, distinct=("m",)))


def test_a_second_row_of_an_entity_that_is_counted_already_changes_nothing(con: duckdb.DuckDBPyConnection) -> None:
    assert told_of_distinct(con, a=(Counts(key="P1"),), n=(Counts(key="P1"), Counts(key="P2", since=LATER), Counts(key="Q1", since=LATER))) == [
        ("Q", "真实新增", 1)]


def test_an_entity_goes_when_its_last_row_goes(con: duckdb.DuckDBPyConnection) -> None:
    both = (Counts(key="P1"), Counts(key="P2", zone="bio"))
    ended = (Counts(key="P1", until=LATER), Counts(key="P2", zone="bio"))
    assert told_of_distinct(con, a=both, n=ended) == []
    assert told_of_distinct(con, a=both, n=ended, zone="chem") == [("P", "真实减少", -1)]


def entities(rows: Rows, day: dt.date, zone: str | None) -> int:
    return len({row.key[0] for row in rows if row.since <= day and (row.until is None or row.until > day) and (zone is None or row.zone == zone)})


@settings(max_examples=60, deadline=None)
@given(a=lives(), n=lives())
def test_whatever_the_states_the_entities_add_up_exactly(con: duckdb.DuckDBPyConnection, a: Rows, n: Rows) -> None:
    for zone in (None, "chem", "bio"):
        found = told_of_distinct(con, a=a, n=n, zone=zone)
        assert sum(change for *_, change in found) == entities(n, V_N, zone) - entities(a, V_A, zone)
