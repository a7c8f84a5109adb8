"""What stands of a feed: of a full list each key from list to list, of events the latest row of each key."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest
from park import Park
from worlds import Row, Sent, World, day, sent, world

LOAN = {"lender_org_id": "H", "borrower_org_id": "A", "product": "credit", "disbursed_on": day("2025-12-01"), "due_on": day("2027-12-01"),
        "contract_cny": 100, "balance_cny": 50, "risk_grade": "normal"}
UNIT = {"building_name": "一号楼", "space_name": "化工园区", "main_use": "office", "built_m2": 10.0, "lettable_m2": 8.0, "let_m2": 1.0, "status": "in_use"}
ENTRY = {"occurred_on": day("2026-01-05"), "entry_kind": "injection", "amount_cny": 5}


def loans(as_of: str, *rows: Row, refused: tuple[str, ...] = (), sender: str = "") -> Sent:
    return sent("loans", *({**LOAN, **row} for row in rows), department="D05", as_of=as_of, sender=sender,
                refused=[{"contract_id": key} for key in refused])


def units(department: str, as_of: str, **cells: object) -> Sent:
    return sent("premises", {**UNIT, "unit_id": "K-1", **cells}, department=department, as_of=as_of)


def spans(made: World, key: str) -> list[tuple[object, ...]]:
    return made.con.execute("SELECT balance_cny::INTEGER, valid_from::VARCHAR, valid_until::VARCHAR, is_carried FROM core.loan_version "
                            "WHERE contract_id = ? ORDER BY valid_from", [key]).fetchall()


@pytest.fixture(scope="module")
def lists(tmp_path_factory: pytest.TempPathFactory) -> World:
    """Three monthly lists: one key told anew each time, one refused twice and told again, one gone, one new, one refused only."""
    keys = [{"contract_id": key} for key in ("kept", "refused", "gone")]
    return world(tmp_path_factory.mktemp("lists"),
                 loans("2026-01-31", *keys),
                 loans("2026-02-28", {"contract_id": "kept", "balance_cny": 40}, refused=("refused", "never")),
                 loans("2026-03-31", {"contract_id": "kept", "balance_cny": 30}, {"contract_id": "new"}, refused=("refused",)),
                 loans("2026-04-30", {"contract_id": "kept", "balance_cny": 30}, {"contract_id": "refused", "balance_cny": 7}))


def test_a_row_stands_from_its_list_to_the_next(lists: World) -> None:
    assert spans(lists, "kept") == [(50, "2026-01-31", "2026-02-28", False), (40, "2026-02-28", "2026-03-31", False),
                                    (30, "2026-03-31", "2026-04-30", False), (30, "2026-04-30", None, False)]


def test_a_row_refused_in_later_lists_stands_on_and_says_so(lists: World) -> None:
    assert spans(lists, "refused") == [(50, "2026-01-31", "2026-04-30", True), (7, "2026-04-30", None, False)]


def test_a_key_that_a_list_leaves_out_ends_with_that_list(lists: World) -> None:
    assert spans(lists, "gone") == [(50, "2026-01-31", "2026-02-28", False)]
    assert spans(lists, "new") == [(50, "2026-03-31", "2026-04-30", False)]


def test_a_key_that_was_only_ever_refused_is_not_there(lists: World) -> None:
    assert spans(lists, "never") == []


def test_the_table_of_a_thing_holds_what_stands_now(lists: World) -> None:
    assert lists.con.execute("SELECT contract_id, balance_cny::INTEGER FROM core.loan ORDER BY 1").fetchall() == [("kept", 30), ("refused", 7)]


def test_a_key_refused_between_two_lists_that_leave_it_out_does_not_come_back(tmp_path: Path) -> None:
    made = world(tmp_path, loans("2026-01-31", {"contract_id": "x"}), loans("2026-02-28", {"contract_id": "y"}), loans("2026-03-31", refused=("x",)))
    assert spans(made, "x") == [(50, "2026-01-31", "2026-02-28", False)]


def test_one_number_of_two_senders_is_two_things_where_keys_are_the_senders_own(tmp_path: Path) -> None:
    made = world(tmp_path, *(sent("leads", {"lead_id": "X-1", "office_name": office, "project_name": office, "found_on": day("2026-01-05"),
                                           "status": "tracked"}, department="D07", sender=office, as_of="2026-01-31") for office in ("上海", "深圳")))
    assert made.con.execute("SELECT sender FROM core.lead WHERE lead_id = 'X-1' ORDER BY 1").fetchall() == [("上海",), ("深圳",)]


def test_a_thing_of_two_departments_takes_the_latest_of_each_column_that_is_not_blank(tmp_path: Path) -> None:
    made = world(tmp_path, units("D09", "2026-01-31", idle_m2=3.0), units("D10", "2026-02-28", let_m2=2.0), units("D09", "2026-03-31", let_m2=5.0))
    told = made.con.execute("SELECT let_m2, idle_m2, valid_from::VARCHAR, valid_until::VARCHAR, disputed, len(source_row_ids) FROM core.premise_version "
                            "ORDER BY valid_from").fetchall()
    assert told == [(1.0, 3.0, "2026-01-31", "2026-02-28", None, 1), (2.0, 3.0, "2026-02-28", "2026-03-31", "已租面积", 2),
                    (5.0, None, "2026-03-31", None, "已租面积", 2)], "what a sender's own next list leaves blank is blank"


@pytest.mark.parametrize("order", [("D09", "D10"), ("D10", "D09")])
def test_of_two_departments_and_one_day_the_one_the_feed_names_first_counts(tmp_path: Path, order: tuple[str, str]) -> None:
    made = world(tmp_path, *(units(department, "2026-01-31", let_m2=float(department[1:])) for department in order))
    assert made.con.execute("SELECT let_m2, department_id, disputed FROM core.premise").fetchall() == [(9.0, "D09", "已租面积")]


def test_a_list_of_one_period_says_nothing_of_another(tmp_path: Path) -> None:
    def housing(month: int, as_of: str, occupied: int) -> Sent:
        return sent("talent_housing", {"site_id": "G", "period_from": day(f"2026-0{month}-01"), "period_to": day(f"2026-0{month}-28"), "total": 9,
                                       "available": 9, "occupied": occupied}, department="D02", as_of=as_of)

    made = world(tmp_path, housing(1, "2026-01-31", 1), housing(2, "2026-02-28", 2), housing(1, "2026-02-28", 3))
    assert made.con.execute("SELECT month(period_to), occupied FROM core.talent_housing ORDER BY 1").fetchall() == [(1, 3), (2, 2)]


def test_the_row_told_last_stands_and_a_void_one_takes_its_key_back(tmp_path: Path) -> None:
    made = world(tmp_path,
                 sent("risk_pool", *({**ENTRY, "entry_id": key} for key in ("corrected", "void", "kept")), department="D05", as_of="2026-01-31"),
                 sent("risk_pool", {**ENTRY, "entry_id": "corrected", "amount_cny": 6}, {**ENTRY, "entry_id": "void", "validity": "void"},
                      department="D05", as_of="2026-02-28"))
    assert made.con.execute("SELECT entry_id, amount_cny::INTEGER FROM core.risk_pool_entry ORDER BY 1").fetchall() == [("corrected", 6), ("kept", 5)]


def test_a_feed_nobody_sent_has_the_columns_of_one_that_came(park: Park, tmp_path: Path) -> None:
    """Types and all: a page over the one must read the other."""
    def described(con: duckdb.DuckDBPyConnection) -> list[tuple[object, ...]]:
        return con.execute("SELECT table_name, column_name, data_type FROM duckdb_columns() WHERE schema_name = 'core' ORDER BY 1, column_index").fetchall()

    with park.open() as con:
        assert described(world(tmp_path, covered=False, lists=False).con) == described(con)
