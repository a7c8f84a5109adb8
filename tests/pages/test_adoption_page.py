"""The page of results in use: on the park, on a world whose numbers are known, on older views, and on what people type into a URL."""

from __future__ import annotations

import datetime as dt
import re
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from adoption_world import first, scenario
from park import Park
from shown import Run, Shown, shown
from worlds import World, day, organization, sent, world

from analytics.adoption import Adoption, adoption, firsts, friendly_units, open_scenarios
from analytics.format import money_unit
from pages import adoption_lists, adoption_words
from pages.tally_cells import TallyCells

PAGE = ("adoption", "pages.adoption:adoption_page")
OCTOBER = dt.date(2026, 10, 31)
MONEY = money_unit([])


@pytest.fixture(scope="module")
def seen(adoption_park: World) -> Adoption:
    return seen_at(adoption_park, OCTOBER)


@pytest.fixture
def cells(seen: Adoption) -> TallyCells:
    return TallyCells(tally=seen.tally, money=MONEY, page="adoption", zone=None)


def seen_at(of: World, on: dt.date) -> Adoption:
    found = adoption(of.con, on)
    assert found
    return found


def test_the_title_is_the_finding(seen: Adoption) -> None:
    assert adoption_words.title(seen, None) == "五首产品认定 5 项，1 项待首次应用；应用场景发布 6 个，揭榜 3 个、落地 1 个；有效的应用友好单位 4 家，2 家九十天内到期"
    core = next(each for each in seen.zones if each.zone_id == "core")
    assert adoption_words.title(seen, core).startswith("核心区（产业孵化大厦）：五首产品认定 0 项")


def test_what_has_not_been_reported_is_said_to_be_unknown(adoption_park: World) -> None:
    assert adoption_words.title(seen_at(adoption_park, dt.date(2025, 1, 31)), None) == "五首产品因缺报尚不能知道；应用场景因缺报尚不能知道"


def test_classes_and_levels_add_up(seen: Adoption, cells: TallyCells) -> None:
    rows = {row[0]: row[1:] for row in Shown(html=adoption_words.classes(cells, seen)).table("五首按类别和级别")}
    assert rows["首台重大技术装备"][:8] == ["2", "1", "1", "0", "0", "0", "1", "0"]
    assert rows["首套件基础电子元器件"] == ["0"] * 9, "a class of the policy without a product stands there with 0"
    assert rows["合计"][:8] == ["5", "1", "2", "1", "1", "0", "3", "1"]


def test_open_scenarios_are_not_counted_as_failures(seen: Adoption) -> None:
    rows = {row[0]: row[1:] for row in Shown(html=adoption_words.conversion(seen, None, 2)).table("应用场景转化")}
    assert rows["发布 → 揭榜"][:2] == ["6", "50%（17%–83%）"]
    assert rows["揭榜 → 落地"][1] == "0/3", "of three only the counts"
    whole = Shown(html=adoption_words.conversion(seen, None, 6)).table("应用场景转化")
    assert whole[1][2] == "3/6，只观察到 3.0 个月"


def test_a_median_that_is_not_reached_says_so(tmp_path: Path) -> None:
    made = world(tmp_path, sent("scenarios", *(scenario(f"S{number}", "2026-05-01") for number in range(6)), scenario("T", "2026-05-01", "2026-06-01"),
                                department="D01", as_of="2026-10-31"))
    assert Shown(html=adoption_words.conversion(seen_at(made, OCTOBER), None, 3)).table("应用场景转化")[1][4] == "未达到（已观察 183 天）"
    made.con.close()


def test_buyers_stand_inside_outside_or_on_no_list(seen: Adoption, cells: TallyCells) -> None:
    assert Shown(html=adoption_words.buyers(cells, seen)).table("首次应用的单位")[1:] == [
        ["企业", "1", "0", "0", "1"], ["高校", "0", "1", "0", "1"], ["待登记", "0", "0", "1", "1"], ["合计", "1", "1", "1", "3"]]


def test_products_that_wait_come_first_and_each_tells_its_outcome_and_project(adoption_park: World) -> None:
    rows = Shown(html=adoption_lists.products(firsts(adoption_park.con, OCTOBER, None), MONEY)).table("五首产品")[1:]
    assert [row[0][:4] for row in rows] == ["F4产品", "F7产品", "F6产品", "F1产品", "F1产品"]
    assert rows[0][3] == "待首次应用"
    assert next(row for row in rows if "F1 O1公司" in row[0])[4:] == ["O2公司", "0.1", "成果P1项目"]


def test_before_its_use_a_product_is_shown_as_waiting(adoption_park: World) -> None:
    found = {each.product_id: each for each in firsts(adoption_park.con, dt.date(2026, 2, 28), None).rows}
    assert found["F1"].used_on is None and found["F1"].buyer is None and found["F1"].purchase is None


def test_scenarios_that_wait_longest_come_first_and_expired_ones_are_not_listed(adoption_park: World) -> None:
    found = open_scenarios(adoption_park.con, OCTOBER, None).rows
    assert [(each.scenario_id, each.is_taken, each.days) for each in found] == [
        ("S4", False, 152), ("S6", False, 91), ("S2", True, 243), ("S5", True, 72)]
    assert [each.scenario_id for each in open_scenarios(adoption_park.con, OCTOBER, "core").rows] == ["S5"]


def test_friendly_units_that_end_soonest_come_first(adoption_park: World) -> None:
    found = friendly_units(adoption_park.con, OCTOBER, None).rows
    assert [(each.scenario_id, each.state, each.days) for each in found] == [
        ("Y3", "expiring", 0), ("Y2", "expiring", 30), ("Y5", "valid", 304), ("Y4", "valid", None)]
    assert friendly_units(adoption_park.con, dt.date(2026, 8, 15), None).rows[0].state == "expired"


def test_every_figure_on_the_page_leads_to_rows_that_make_it(read_only: Park, run: Run) -> None:
    page = shown(run())
    asked = {unescape(href) for href in re.findall(r'<a href="([^"]*metric=[^"]*)"', page.html)}
    kinds: dict[str, dict[str, str]] = {}
    for href in asked:
        choices = {name: found[0] for name, found in parse_qs(urlsplit(href).query, keep_blank_values=True).items()}
        kinds.setdefault(choices["metric"], choices)
    assert len(kinds) >= 12
    for choices in kinds.values():
        rows = shown(run(**choices))
        assert "没有这个" not in rows.text, choices
        assert re.search(r"(：共 [1-9]|分子与分母共 [1-9])", rows.text), choices
        assert "/export/" + choices["metric"] + ".csv?" in rows.html


def test_a_row_of_a_first_use_is_called_by_its_product(read_only: Park, run: Run) -> None:
    page = shown(run(metric="first_used"))
    assert "（演示）聚酰亚胺薄膜" in page.table("计入的行")[1][0] and "五首产品" in page.table("计入的行")[1][0]


def test_the_footer_cites_the_clauses_of_its_figures(read_only: Park, run: Run) -> None:
    page = shown(run())
    assert re.findall(r">(C\d\d)<", re.findall("<footer.*?</footer>", page.html)[0]) == ["C50", "C51", "C52", "C53"]


@pytest.mark.parametrize(("name", "what"), [("zone", "空间"), ("metric", "指标"), ("category", "分类"), ("horizon", "期限")])
@pytest.mark.parametrize("asked", ["nowhere", "<script>alert(1)</script>"])
def test_an_unknown_code_is_replaced_with_a_sentence(read_only: Park, run: Run, name: str, what: str, asked: str) -> None:
    page = shown(run(**{name: asked}))
    notices = [unescape(each) for each in re.findall(r'class="notice" role="status">(.*?)</p>', page.html)]
    assert len(notices) == 1 and f"没有这个{what}，现按“" in notices[0]
    assert "<script>" not in page.html and page.title.startswith("五首产品认定")


def test_a_department_cannot_put_markup_on_the_page(tmp_path: Path) -> None:
    evil = world(tmp_path, sent("organizations", organization("O1")), sent("first_uses", first("F1", "chip", "2026-01-01", name="<img src=x>"), department="D04",
                                                                          as_of="2026-10-31"))
    assert "<img" not in adoption_lists.products(firsts(evil.con, day("2026-10-31"), None), MONEY)
    evil.con.close()


def test_a_snapshot_from_before_the_figures_says_so(home: Park, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pages.adoption.adoption", lambda cursor, as_of: None)
    assert shown(run()).title == "该期无此表：推广应用的数在这一期之后才有"
