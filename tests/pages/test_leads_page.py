"""The page of leads: on the park, on a world whose numbers are known, and on what people type into a URL."""

from __future__ import annotations

import datetime as dt
import re
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from adoption_world import lead
from park import Park
from shown import Run, Shown, shown
from worlds import World, sent, world

from analytics.format import money_unit
from analytics.leads import Leads, ageing, joined, leads
from pages import lead_lists, lead_words
from pages.tally_cells import TallyCells

PAGE = ("leads", "pages.leads:leads_page")
OCTOBER = dt.date(2026, 10, 31)
MONEY = money_unit([])


@pytest.fixture(scope="module")
def seen(adoption_park: World) -> Leads:
    return seen_at(adoption_park)


@pytest.fixture
def cells(seen: Leads) -> TallyCells:
    return TallyCells(tally=seen.tally, money=MONEY, page="leads", zone=None)


def seen_at(of: World, on: dt.date = OCTOBER) -> Leads:
    found = leads(of.con, on)
    assert found
    return found


def test_the_title_is_the_finding(seen: Leads) -> None:
    assert lead_words.title(seen, None, None, 3) == "招引线索 8 条，已入驻 2 条，其中 1 条的项目进入了漏斗；在途 5 条；3 个月内签约的占 29%"
    bio = next(each for each in seen.zones if each.zone_id == "bio")
    assert lead_words.title(seen, bio, None, 3) == "生物医药产业承载区：招引线索 1 条，已入驻 0 条，其中 0 条的项目进入了漏斗；在途 0 条；签约率还看不出"
    assert lead_words.title(seen, None, "本部", 3).startswith("本部：招引线索 1 条")


def test_before_any_list_nothing_is_known_and_an_empty_zone_has_none(adoption_park: World, seen: Leads) -> None:
    assert lead_words.title(seen_at(adoption_park, dt.date(2025, 1, 31)), None, None, 3) == "招引线索因缺报尚不能知道"
    nuclear = next(each for each in seen.zones if each.zone_id == "nuclear")
    assert lead_words.title(seen, nuclear, None, 3) == "核技术应用产业承载区：还没有招引线索"


def test_what_stands_is_told_by_step_office_and_zone(seen: Leads, cells: TallyCells) -> None:
    page = Shown(html=lead_words.standing(cells, seen, None))
    assert page.table("各驻点")[1:] == [["上海驻点", "2", "0", "1", "—"], ["北京驻点", "0", "1", "0", "—"], ["本部", "0", "1", "0", "—"], ["合计", "2", "2", "1", "—"]]
    zones = {row[0]: row[1:] for row in page.table("各意向空间")}
    assert zones["绿色化工"] == ["2", "2", "1", "—"] and zones["核心区（产业孵化大厦）"] == ["0", "0", "0", "—"]


def test_what_was_reached_never_grows_from_step_to_step_and_losses_do_not_lessen_it(seen: Leads, cells: TallyCells) -> None:
    page = Shown(html=lead_words.reached(cells, seen, None, ()))
    assert page.table("各驻点")[1:] == [["上海驻点", "4", "2", "2", "1", "0"], ["北京驻点", "3", "1", "0", "0", "2"], ["本部", "1", "1", "0", "0", "0"],
                                   ["合计", "8", "4", "2", "1", "2"]]
    assert page.table("意向与到位投资")[-1] == ["合计", "0.4", "0.4", "<0.1", "10.0%"]
    assert page.table("线索来源")[1:] == [["产业链招商", "2", "25%"], ["展会活动", "1", "12%"], ["未填", "5", "62%"], ["合计", "8", ""]]


def test_of_few_leads_only_counts_are_told_and_of_none_a_dash(seen: Leads, cells: TallyCells) -> None:
    page = Shown(html=lead_words.conversion(cells, seen, None, 3))
    assert [row[1] for row in page.table("招引转化")[1:]] == ["7", "3", "2"], "the lead signed on no known day is not timed"
    assert [row[2] for row in page.table("招引转化")[1:]] == ["29%（6%–65%）", "1/3", "1/2"]
    offices = Shown(html=lead_words.offices(cells, seen, 3)).table("各驻点的转化")[1:]
    assert offices == [["上海驻点", "2/4", "1/2", "1/2", "只有 4 项"], ["北京驻点", "0/3", "0/1", "—", "只有 3 项"], ["本部", "—", "—", "—", "—"]]
    assert "另有 2 步日期不详，不计时。" in page.text


def test_losses_are_told_by_reason_and_without_blame(seen: Leads, cells: TallyCells) -> None:
    page = Shown(html=lead_words.reasons(cells, seen, None))
    assert page.table("未能推进的线索")[1:] == [["资金安排", "1", "—"], ["场地条件", "1", "—"], ["合计", "2", ""]]
    assert "不作排名、不评优劣" in page.text and "失败" not in page.text


def test_where_fewer_than_three_quarters_have_gone_on_nothing_is_called_slow(adoption_park: World, seen: Leads) -> None:
    text = Shown(html=lead_lists.ageing_table(ageing(adoption_park.con, seen, None, None), seen, seen.slow_number(), MONEY)).text
    assert "尚无参照时间（证据不足）" in text and "没有超过" not in text


def test_a_lead_without_progress_is_listed_with_what_it_is_held_against(tmp_path: Path) -> None:
    quick = [lead(f"Q{number}", "2026-01-01", "signed", signed=f"2026-01-{10 + number}") for number in range(8)]
    made = world(tmp_path, sent("leads", *quick, lead("A", "2026-02-01", intended_cny=20000), department="D07", sender="驻点", as_of="2026-10-31"))
    seen = seen_at(made)
    page = Shown(html=lead_lists.ageing_table(ageing(made.con, seen, None, None), seen, seen.slow_number(), MONEY))
    assert page.table("久未进展的线索")[1:] == [["A落地项目A", "上海驻点", "跟踪", "2026-02-01", "272", "257", "绿色化工", "2.0"]]
    assert "共 1 条超过，列出最久的 1 条。参照：跟踪 15 天。" in page.text
    cells = TallyCells(tally=seen.tally, money=MONEY, page="leads", zone=None)
    assert Shown(html=lead_words.standing(cells, seen, None)).table("各驻点")[-1] == ["合计", "1", "8", "0", "1"]
    made.con.close()


def test_the_lead_in_the_pipeline_names_its_project_and_stage(adoption_park: World, seen: Leads) -> None:
    page = Shown(html=lead_lists.joined(joined(adoption_park.con, OCTOBER, None, None), seen))
    assert page.table("进入漏斗的线索与项目")[1:] == [["L1落地项目L1", "上海驻点", "绿色化工", "2026-05-01", "2026-06-15", "P1项目", "研发"]]


@pytest.mark.parametrize("view", ["stock", "reached", "conversion"])
def test_every_figure_on_the_page_leads_to_rows_that_make_it(read_only: Park, run: Run, view: str) -> None:
    page = shown(run(view=view))
    asked = {unescape(href) for href in re.findall(r'<a href="([^"]*metric=[^"]*)"', page.html)}
    kinds: dict[str, dict[str, str]] = {}
    for href in asked:
        choices = {name: found[0] for name, found in parse_qs(urlsplit(href).query, keep_blank_values=True).items()}
        kinds.setdefault(choices["metric"], choices)
    assert len(kinds) >= 6
    for choices in kinds.values():
        assert choices.get("view", "stock") == view, "the way to the rows keeps the view"
        rows = shown(run(**choices))
        assert "没有这个" not in rows.text, choices
        assert re.search(r"(：共 [1-9]|分子与分母共 [1-9])", rows.text), choices
        assert "/export/" + choices["metric"] + ".csv?" in rows.html


def test_an_office_is_kept_in_every_link_and_shows_its_own_leads(read_only: Park, run: Run) -> None:
    page = shown(run(office="上海驻点", view="reached"))
    assert page.title.startswith("上海驻点：招引线索 2 条")
    assert [row[0] for row in page.table("各驻点")] == ["驻点", "上海驻点"]
    asked = re.findall(r'<a href="([^"]*metric=lead_signed[^"]*)"', page.html)
    assert asked and all("%E4%B8%8A%E6%B5%B7" in href for href in asked)


def test_the_footer_cites_the_clause_and_what_is_undecided_wears_its_tag(read_only: Park, run: Run) -> None:
    page = shown(run())
    assert re.findall(r">(C\d\d)<", re.findall("<footer.*?</footer>", page.html)[0]) == ["C85"]
    assert re.search(r"意向投资额\s*未定", page.text) and re.search(r"实际到位投资\s*未定", page.text)


@pytest.mark.parametrize(("name", "what"), [("view", "视图"), ("zone", "空间"), ("office", "驻点"), ("metric", "指标"), ("category", "分类"), ("horizon", "期限")])
def test_an_unknown_code_is_replaced_with_a_sentence(read_only: Park, run: Run, name: str, what: str) -> None:
    page = shown(run(**{name: "<script>alert(1)</script>"}))
    notices = [unescape(each) for each in re.findall(r'class="notice" role="status">(.*?)</p>', page.html)]
    assert len(notices) == 1 and f"没有这个{what}，现按“" in notices[0]
    assert "<script>" not in page.html and page.title.startswith("招引线索")


def test_a_department_cannot_put_markup_on_the_page(tmp_path: Path) -> None:
    evil = world(tmp_path, sent("leads", *(lead(f"L{number}", "2026-01-01", office="<img src=x>", project_name="<b>") for number in range(3)), department="D07",
                                sender="驻点", as_of="2026-10-31"))
    seen = seen_at(evil)
    cells = TallyCells(tally=seen.tally, money=MONEY, page="leads", zone=None)
    assert not re.search("<img|<b>落", lead_words.standing(cells, seen, None) + lead_words.offices(cells, seen, 3))
    evil.con.close()


def test_a_snapshot_from_before_the_figures_says_so(home: Park, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pages.leads.leads", lambda cursor, as_of: None)
    assert shown(run()).title == "该期无此表：招引的数在这一期之后才有"


def test_of_fewer_than_five_no_curve_is_drawn(read_only: Park, run: Run) -> None:
    page = run(view="conversion")
    assert "不足 5 条，不画曲线" in shown(page).text
    assert len(page.get("plotly_chart")) == 1, "the dots alone"
