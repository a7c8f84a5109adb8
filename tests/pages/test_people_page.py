"""The people page as it is drawn: on a world whose numbers are known, on the park, on older views, and on what people type into a URL."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from html import unescape

import pytest
from park import Park
from people_world import IN_FORCE, people_world
from shown import Run, Shown, shown
from worlds import World, day

from analytics.drill import drill
from analytics.format import money_unit
from analytics.people import People, people
from analytics.people_finding import people_finding
from pages import group_rows, people_tables, people_words
from pages.people_cells import Cells

PAGE = ("people", "pages.people:people_page")


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    made = people_world(tmp_path_factory.mktemp("people"))
    yield made
    made.con.close()


@pytest.fixture
def cells(small: World, monkeypatch: pytest.MonkeyPatch) -> Cells:
    """Of the small world at the end of June 2026."""
    monkeypatch.setattr("pages.people_cells.link", lambda page, **choices: f"/{page}")
    seen = seen_at(small, day(IN_FORCE))
    return Cells(seen=seen, money=money_unit([seen.exact("contract_commission")]))


def seen_at(world: World, on: dt.date) -> People:
    found = people(world.con, on)
    assert found
    return found


def test_the_title_says_how_many_managers_there_are_how_full_the_apartments_and_who_came(small: World) -> None:
    said = people_finding(seen_at(small, day(IN_FORCE)))
    assert said.startswith("在册技术经理人 12 名")
    assert "公寓入住率 91.7%，9 人轮候" in said
    assert said.endswith("累计引进人才 89 人")


def test_before_anything_is_known_the_title_says_so(small: World) -> None:
    assert people_finding(seen_at(small, day("2024-02-29"))).startswith("技术经理人因缺报尚不能知道")


def test_managers_by_grade_never_show_one_or_two(cells: Cells) -> None:
    rows = Shown(html=people_tables.managers(cells)).table("按级别")
    assert rows[0] == ["级别", "在册", "活跃", "近一年没有促成"]
    assert rows[1][:1] + rows[-1][:2] == ["初级", "合计", "12"]
    assert not [cell for row in rows[1:] for cell in row[1:] if cell in ("1", "2")]
    assert {"<3", "不公布"} <= {cell for row in rows for cell in row}


def test_no_table_of_the_page_shows_one_or_two_people(cells: Cells) -> None:
    for drawn in (people_tables.managers(cells), people_tables.talent(cells), people_tables.places(cells)):
        for table in drawn.split("<table>")[1:]:
            numbers = [unescape(cell.split("</td>")[0]).rsplit("</a>")[0].rsplit(">")[-1] for cell in table.split("<td")[1:]]
            assert not [number for number in numbers if number in ("1", "2")]


def test_an_apartment_site_shows_what_is_vacant_and_how_long_half_of_the_applicants_waited(cells: Cells) -> None:
    rows = Shown(html=people_tables.housing(cells)).table("人才公寓")
    assert rows[1] == ["A", "100", "90", "90", "0", "100.0%", "9", "19", "10", "61 天"]
    assert rows[2] == ["B", "40", "30", "20", "10", "66.7%", "0", "0", "0", "—"]


def test_a_median_that_half_have_not_reached_is_said_to_be_unreached(small: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pages.people_cells.link", lambda page, **choices: f"/{page}")
    seen = seen_at(small, day("2026-02-28"))
    assert people_words.median(Cells(seen=seen, money=money_unit([])), seen.waits.of()) == "未达到（已观察 28 天）"


def test_what_is_to_be_done_next_names_who_and_the_clause(cells: Cells) -> None:
    said = Shown(html=people_words.next_steps(cells)).text
    assert "3 本证书九十天内到期：组织复核换证 科技创新促进中心 C49" in said
    assert "名引进人才没有填承载区：报送时补填 组织部 C37" in said


def test_how_the_turnover_is_spread_is_told_of_ten_managers_and_of_no_single_one(small: World, cells: Cells) -> None:
    assert "不足十名" in Shown(html=people_tables.contracts(cells)).text, "eight have brokered"
    more = seen_at(small, day(IN_FORCE))
    assert more.spread is None


def test_the_groups_of_a_number_come_with_their_files_and_without_a_person(small: World) -> None:
    found = drill(small.con, "manager_registered", as_of=day(IN_FORCE))
    said = Shown(html=group_rows.groups(found, Cells(seen=seen_at(small, day(IN_FORCE)), money=money_unit([])).amount("manager_registered"), "在册", ()))
    assert said.table("计入的组")[:3] == [["空间", "分类", "数值"], ["全部", "全部", "12 人"], ["绿色化工产业承载区", "全部", "3 人"]]
    assert "tech_managers-" in said.text
    assert "JL-0" not in said.html


def test_every_clause_that_a_figure_carries_is_in_the_footer(cells: Cells) -> None:
    said = Shown(html=people_words.clauses(cells)).text
    assert all(clause in said for clause in ("C37", "C40", "C47", "C48", "C49"))


def test_the_page_stands_on_the_park_with_what_has_not_come_said_to_be_so(run: Run, read_only: Park) -> None:
    assert read_only.home.root.is_dir()
    page = shown(run())
    assert "技术经理人" in page.title
    assert page.table("人才公寓")[-1][:2] == ["合计", "380"]
    assert "依据条款" in page.text


def test_wrong_codes_in_the_address_are_answered_with_a_sentence(run: Run, read_only: Park) -> None:
    assert read_only.home.root.is_dir()
    page = shown(run(metric="manager_registered", place="mars", category="nobody"))
    assert "mars" in page.text
    assert "nobody" in page.text
    assert "只到组，不列个人" in page.text


def test_an_older_snapshot_says_that_it_had_no_such_table(run: Run, read_only: Park, monkeypatch: pytest.MonkeyPatch) -> None:
    assert read_only.home.root.is_dir()
    monkeypatch.setattr("pages.people.people", lambda cursor, as_of: None)
    assert shown(run()).title.startswith("该期无此表")


def test_a_share_of_a_number_that_is_not_said_is_not_said(cells: Cells) -> None:
    assert cells.text("manager_active_rate", "junior") == "不公布"
    assert replace(cells).text("housing_occupancy", "A") == "100.0%"
