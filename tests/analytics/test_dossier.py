"""Dossiers over a world written by hand: everything that was told of a thing, from either side, with the line that said it."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import pytest
from dossier_world import BANK, FIRM, NEWEST, THINGS, told_world
from worlds import World, day

from analytics.changes import Cell
from analytics.dossier import Dossier, Told, dossier
from analytics.dossier_kinds import KINDS
from analytics.fact_sql import told_sql
from analytics.facts import FACTS
from etl.feeds import FEEDS


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> World:
    return told_world(tmp_path_factory.mktemp("dossier"))


READ: dict[tuple[str, str, str, tuple[str, ...] | None], Dossier] = {}  # of the one world, which never changes


def of(known: World, kind: str, id_: str | None = None, on: str = "2026-03-31", departments: tuple[str, ...] | None = None) -> Dossier:
    asked = (kind, id_ or THINGS[kind], on, departments)
    if asked not in READ:
        found = dossier(known.con.cursor(), asked[0], asked[1], day(on), departments)
        assert found
        READ[asked] = found
    return READ[asked]


def said(told: Told) -> str:
    return told.fact.said.format(stage=told.stage, word=told.word, thing=told.thing)


def test_the_timeline_runs_backwards_and_keeps_how_precisely_each_day_is_known(known: World) -> None:
    told = [(said(each), each.on.isoformat(), each.precision) for each in of(known, "project").past]
    assert told == [("签约转化", "2025-10-10", "D"), ("先投后股：签约", "2025-09-30", "Q"), ("进入中试", "2025-08-18", "D"), ("基金流水：投资", "2025-06-01", "D"),
                    ("进入概念验证", "2025-02-28", "M"), ("立项", "2024-01-10", "D"), ("立项", "2024-01-10", "D")]  # its part's own approval last


@pytest.mark.parametrize("kind", KINDS)
def test_every_fact_says_its_file_its_row_and_when_it_was_received(known: World, kind: str) -> None:
    found = of(known, kind)
    for told in (*found.past, *found.coming):
        assert all(line.file and line.row >= 2 and line.department and line.received_at.year == 2029 for line in told.sources)
        assert told.sources
    assert found.past or found.coming or kind == "platform"  # which is planned and has no day yet


@pytest.mark.parametrize("kind", KINDS)
def test_whatever_a_dossier_leads_to_leads_back(known: World, kind: str) -> None:
    here = of(known, kind)
    others = [each.thing for group in here.neighbours.values() for each in group]
    assert others
    for other in others:
        back = of(known, other.kind, other.id)
        assert (kind, THINGS[kind]) in {(each.thing.kind, each.thing.id) for group in back.neighbours.values() for each in group}, other


def test_the_firm_leads_to_every_other_kind_that_lines_name_with_it(known: World) -> None:
    assert set(of(known, "organization").neighbours) == {"project", "organization", "group", "outcome", "fund", "platform", "premise", "deal", "loan", "zone"}


def test_a_line_names_others_by_what_they_are_there(known: World) -> None:
    [lent] = [each for each in of(known, "organization").past if said(each) == "科技信贷：放款"]
    assert [(role, thing.name) for role, thing in lent.named] == [("", "DK-1"), ("lender", "重庆长行银行"), ("guarantor", "陇上担保公司")]
    [bank] = [each for each in of(known, "organization").neighbours["organization"] if each.thing.id == BANK]
    assert bank.roles == ("lender", "user")


def test_an_event_told_again_is_a_correction_with_before_and_after(known: World) -> None:
    [corrected] = [each for each in of(known, "project").changes if each.lines.feed == "stage_events"]
    assert corrected.is_correction
    assert corrected.cells == (Cell(column="occurred_on", heading="发生日期", before="2025-08-08 D", after="2025-08-18 D"),)
    assert corrected.before.file != corrected.source.file


def test_a_list_that_says_something_else_has_changed(known: World) -> None:
    changed = {(each.lines.feed, cell.heading, cell.before, cell.after) for each in of(known, "organization").changes for cell in each.cells if not each.is_correction}
    assert ("organizations", "名称", "兰州老城化学公司", "兰州绿源科技有限公司") in changed
    assert ("loans", "余额", "5000000.00", "4000000.00") in changed


def test_what_happened_after_the_day_shown_is_not_told(known: World) -> None:
    found = of(known, "project", on="2025-09-01")
    assert max(each.on for each in found.past) == day("2025-08-18")
    assert "deal" not in found.neighbours and "outcome" not in found.neighbours


def test_terms_to_come_stand_apart_until_they_have_passed(known: World) -> None:
    found = of(known, "organization")
    assert [(said(each), each.on) for each in found.coming] == [("科技信贷：到期", day("2027-03-01"))]
    assert all(each.on <= NEWEST for each in found.past)


def test_what_has_left_its_list_stays_and_is_marked(known: World) -> None:
    leases = {each.number: each.is_gone for each in of(known, "organization").past if said(each) == "起租"}
    assert leases == {"ZY-1": False, "ZY-2": True}
    assert [each.is_gone for each in of(known, "organization", on="2026-03-01").past if said(each) == "起租"] == [False, False]


def test_lines_of_departments_a_reader_may_not_see_are_left_out(known: World) -> None:
    seen = of(known, "organization", departments=("D08",))
    assert {line.department for told in (*seen.past, *seen.coming) for line in told.sources} == {"科技创新促进中心"}
    assert "loan" not in seen.neighbours and not [each for each in seen.changes if each.lines.feed == "loans"]


def test_a_thing_counts_in_its_metrics_as_the_metrics_say(known: World) -> None:
    counted = {each.metric.metric_id: each.value for each in of(known, "loan").counted}
    assert counted["loan_balance"] == 4_000_000 == known.value("loan_balance", "2026-03-31")


def test_what_only_lines_name_has_a_dossier_and_what_nothing_names_has_none(known: World) -> None:
    assert dossier(known.con.cursor(), "project", "GZH-9", NEWEST) is None
    assert dossier(known.con.cursor(), "project", "%' OR 1=1 --", NEWEST) is None


def test_the_state_is_as_the_list_stood_on_the_day(known: World) -> None:
    assert of(known, "loan", on="2026-03-01").state["balance_cny"] == 5_000_000
    assert of(known, "loan").state["balance_cny"] == 4_000_000


def test_every_feed_that_names_a_thing_is_told_of_or_about_persons(known: World) -> None:
    counts_of_persons, without_things = {"tech_managers", "talents", "talent_housing"}, {"evidence", "fundings", "appraisals"}
    assert set(FEEDS) - {each.feed for each in FACTS} == counts_of_persons | without_things


def test_no_dossier_reads_a_list_of_persons_or_says_a_managers_number(known: World) -> None:
    assert not any("manager_id" in told_sql(kind) or "tech_manager" in told_sql(kind) for kind in KINDS)
    assert all("JL-1" not in repr(of(known, kind)) for kind in KINDS)


def test_a_word_of_a_vocabulary_is_said_as_the_department_says_it(known: World) -> None:
    [recognised] = [each for each in of(known, "outcome").past if each.lines.feed == "first_uses"]
    assert (recognised.word, said(recognised), recognised.precision) == ("首批次新材料", "认定为五首：绿源材料", "Y")
    assert FIRM in {thing.id for _role, thing in recognised.named}


def test_a_dossier_is_read_from_a_snapshot_made_before_words_and_search(known: World, tmp_path: Path) -> None:
    [(path,)] = known.con.execute("SELECT path FROM duckdb_databases() WHERE path IS NOT NULL").fetchall()
    shutil.copyfile(path, tmp_path / "older.duckdb")
    with duckdb.connect(str(tmp_path / "older.duckdb")) as con:
        con.execute("DROP TABLE meta.word")
        con.execute("DROP TABLE mart.search")
    with duckdb.connect(str(tmp_path / "older.duckdb"), read_only=True) as con:
        found = dossier(con.cursor(), "loan", "DK-1", NEWEST)
    assert found and found.past[0].word == "credit"
