"""Managers, contracts, apartments and talent as they count, on days counted by hand; and what of them may leave the warehouse."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest
from people_world import IN_FORCE, people_world
from worlds import World, day

from warehouse.groups import At, Groups, Number
from warehouse.metric import metric
from warehouse.small_cells import Said
from warehouse.value import groups_of, said_value

VALUE, FEW, WITHHELD = Said


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    made = people_world(tmp_path_factory.mktemp("people"))
    yield made
    made.con.close()


def counted(made: World, metric_id: str, on: str = IN_FORCE, category: str | None = None) -> Decimal:
    """What counts inside the warehouse, before anything is kept back."""
    [(found,)] = made.con.execute(
        "SELECT coalesce(sum(value), 0) FROM mart.person_contribution WHERE metric_id = ? AND counts_from <= ? AND (counts_until IS NULL OR counts_until > ?) "
        "AND (? IS NULL OR category = ?)", [metric_id, day(on), day(on), category, category]).fetchall()
    return Decimal(found)


def groups(made: World, *metric_ids: str, on: str = IN_FORCE) -> Groups:
    return groups_of(made.con, [metric(made.con, each) for each in metric_ids], day(on))


def test_managers_count_from_their_engagement_while_they_are_on_the_list(seen: World) -> None:
    assert seen.value("manager_registered", IN_FORCE) == 12
    assert counted(seen, "manager_registered", category="junior") == 7


def test_a_manager_is_active_for_twelve_months_from_each_contract_brokered(seen: World) -> None:
    """JL-001 until the end of June 2026; JL-009 signed in 2024 and long since is not."""
    assert counted(seen, "manager_active", "2026-06-30") == 8
    assert counted(seen, "manager_active", "2026-07-01") == 7
    assert counted(seen, "manager_active", "2027-05-01") == 1
    assert counted(seen, "manager_active", "2027-05-02") == 0


def test_certificates_are_told_by_how_long_they_last_and_make_all_managers(seen: World) -> None:
    """At the end of June: 31 and 62 days, 90 days to the day; one is over, one was never told."""
    states = ("certified", "expiring_180d", "expiring_90d", "expired", "uncertified")
    assert [counted(seen, "manager_certificate", category=each) for each in states] == [7, 0, 3, 1, 1]
    assert [counted(seen, "manager_certificate", "2026-06-29", each) for each in states] == [7, 1, 2, 1, 1], "91 days is not yet within ninety"
    assert [counted(seen, "manager_certificate", "2026-05-31", each) for each in states][3] == 0, "on its last day a certificate is valid"


def test_a_contract_counts_once_however_many_brokered_it_and_its_amounts_are_shared_to_the_cent(seen: World) -> None:
    assert counted(seen, "contract_brokered") == 6
    [(weight, turnover, commission)] = seen.con.execute(
        "SELECT sum(weight), sum(turnover_cny), sum(commission_cny) FROM core.manager_credit WHERE contract_no = 'HT-003'").fetchall()
    assert (weight, turnover, commission) == (1, 1_000_000, 50_000)
    assert counted(seen, "contract_turnover") == 6_300_000
    assert counted(seen, "contract_brokered_turnover") == 5_300_000


def test_amounts_of_fewer_than_three_managers_are_not_told_nor_what_would_betray_them(seen: World) -> None:
    found = groups(seen, "contract_commission")
    assert found.number(At(metric_id="contract_commission", category="service")).said is WITHHELD
    assert found.number(At(metric_id="contract_commission", category="transfer")).said is WITHHELD, "of two parts and their total one would tell the other"
    assert found.number(At(metric_id="contract_commission")) == Number(said=VALUE, value=Decimal(265_000))


def test_who_is_not_active_is_told_only_where_it_is_three_or_more(seen: World) -> None:
    found = groups(seen, "manager_active")
    assert found.number(At(metric_id="manager_active", category="junior", is_rest=True)).said is FEW
    assert found.number(At(metric_id="manager_active", category="junior")).said is WITHHELD, "seven less six are one"


def test_the_same_number_is_told_the_same_whatever_is_asked_beside_it(seen: World) -> None:
    alone = groups(seen, "manager_registered")
    together = groups(seen, "manager_active", "manager_certificate", "talent_people", "contract_reward")
    assert alone.all_of("manager_registered") == together.all_of("manager_registered")


def test_apartments_count_from_the_end_of_a_period_until_the_next(seen: World) -> None:
    assert [counted(seen, "housing_occupied", each) for each in ("2026-01-30", "2026-01-31", "2026-02-27", "2026-02-28", IN_FORCE)] == [0, 80, 80, 84, 110]
    found = groups(seen, "housing_occupancy")
    assert said_value(found, metric(seen.con, "housing_occupancy"), category="A").value == 1
    assert found.number(At(metric_id="housing_occupied", category="B", is_rest=True)).value == 10, "what is vacant"


def test_applicants_are_housed_first_come_first_served_after_those_who_waited_before(seen: World) -> None:
    """Site A: eight waited before January; 2 + 4 + 2 of those housed were theirs. Then 4 in March, of January's four; 4 and 2 of February's and March's."""
    rows = seen.con.execute("SELECT strftime(applied_on, '%m'), strftime(housed_on, '%m'), people FROM core.housing_wait ORDER BY ALL").fetchall()
    assert rows == [("01", "03", 4), ("02", "04", 2), ("03", "04", 2), ("03", "05", 2), ("04", None, 5), ("05", None, 4)]
    assert counted(seen, "housing_applied") == 19
    assert counted(seen, "housing_housed") == 10


def test_talent_is_told_by_kind_origin_and_year_and_teams_are_no_persons(seen: World) -> None:
    assert [counted(seen, "talent_people"), counted(seen, "talent_teams")] == [89, 4]
    found = groups(seen, "talent_people")
    assert found.number(At(metric_id="talent_people", year=2025)).value == 30
    assert found.number(At(metric_id="talent_people", category="graduate_in_province")).value == 30
    assert found.number(At(metric_id="talent_people", category="expert_out_of_province")) == Number(said=FEW, value=None)


def test_before_the_first_list_nothing_is_known_and_nothing_is_zero(seen: World) -> None:
    assert seen.read("manager_registered", "2026-01-30").value is None
    assert seen.read("manager_registered", "2026-01-30").groups == ()


def test_a_persons_metric_gives_no_row_and_no_number_of_one_or_two(seen: World) -> None:
    """Every metric that drills to groups, at several days: none gives a row, and every count that is given is 0 or three and more."""
    asked = [row[0] for row in seen.con.execute("SELECT metric_id FROM ref.metric WHERE drill = 'groups' AND aggregation <> 'statistic'").fetchall()]
    assert len(asked) > 20
    for metric_id in asked:
        for on in ("2026-03-31", IN_FORCE, "2027-03-31"):
            found = seen.read(metric_id, on)
            assert found.rows == ()
            if found.metric.unit in ("人", "人次", "支", "户"):
                assert not [number for _at, number in found.groups if number.value is not None and 0 < number.value < 3], (metric_id, on)
