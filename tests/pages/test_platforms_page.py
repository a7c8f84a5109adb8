"""The platforms page as it is drawn: on the park, on a world whose numbers are known, on older views, and on what people type into a URL."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import streamlit as st
from park import Park
from shown import Shown
from space_world import space_world
from streamlit.testing.v1 import AppTest
from worlds import World

from analytics.drill import drill
from analytics.format import Amount, money_unit
from analytics.platform_finding import platform_finding
from analytics.platforms import Platforms, ending_leases, platforms
from pages import goal_rows, platform_tables, platform_words
from pages.platform_cells import Cells
from warehouse.here import reader

SCRIPT = "from pages.platforms import platforms_page\nfrom pages.choices import carry\nimport streamlit as st\ncarry('platforms')\nplatforms_page()\n"
OCTOBER = dt.date(2026, 10, 31)
Run = Callable[..., AppTest]


@pytest.fixture
def run() -> Iterator[Run]:
    """Opens the page of the data home in the environment with these parameters in the URL; fails on any exception."""
    st.cache_data.clear()
    reader.cache_clear()

    def opened(**parameters: str) -> AppTest:
        app = AppTest.from_string(SCRIPT, default_timeout=30)
        for name, text in parameters.items():
            app.query_params[name] = text
        app.run()
        assert [each.message for each in app.exception] == []
        return app

    yield opened
    st.cache_data.clear()
    reader.cache_clear()


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    made = space_world(tmp_path_factory.mktemp("space"))
    yield made
    made.con.close()


@pytest.fixture
def cells(small: World) -> Cells:
    """Of the small world at the end of October 2026."""
    return Cells(seen=seen_at(small, OCTOBER), money=money_unit([]), zone=None)


def seen_at(world: World, on: dt.date) -> Platforms:
    found = platforms(world.con, on)
    assert found
    return found


def shown(app: AppTest) -> Shown:
    return Shown(html="\n".join(str(each.proto.body) for each in app.get("html") if not each.proto.body.startswith("<style>")))


def test_the_title_is_the_finding(small: World) -> None:
    title = platform_finding(seen_at(small, OCTOBER), None)
    assert title == "核心区 6 项功能投用 3 项；政策所列 14 类平台投用 3 类，9 类尚无一个；入驻率 37.5%；三十天内满足率 50.0%"
    core = next(each for each in seen_at(small, OCTOBER).zones if each.zone_id == "core")
    assert platform_finding(seen_at(small, OCTOBER), core) == "核心区（产业孵化大厦）：核心区 6 项功能投用 3 项；投用平台 2 个；入驻率 31.8%；三十天内满足率 0.0%"


def test_before_any_register_nothing_is_said_to_be_missing(small: World) -> None:
    before = seen_at(small, dt.date(2026, 1, 31))
    assert platform_finding(before, None) == "核心区功能因缺报尚不能知道；平台因缺报尚不能知道"
    assert {each.state for each in before.functions} == {"unknown"} == {each.state for each in before.facilities}


def test_a_type_and_a_function_that_nobody_has_are_shown_as_not_there(cells: Cells) -> None:
    rows = {row[0]: row[1:] for row in Shown(html=platform_tables.kinds(cells)).table("平台按类型")}
    assert rows["联合实验室"] == ["建设", "0", "0", "0", "0", "0", "0", "1", "0"]
    assert rows["概念验证平台"][0] == "未接入"
    assert "其他" not in rows, "what the policy does not list is shown only where there is one"
    functions = Shown(html=platform_words.functions(cells.seen.functions)).text
    assert "科创服务市场 未接入" in functions and "科技成果会展中心 2,000 ㎡ 2026-10-12 起 投用" in functions


def test_the_policys_facilities_without_a_platform_are_not_connected(cells: Cells) -> None:
    text = Shown(html=platform_words.facilities(cells)).text
    assert "共 19 项，投用 0 项；19 项在平台台账中没有同名的平台，标为未接入。" in text


def test_the_buildings_add_up(cells: Cells) -> None:
    assert Shown(html=platform_tables.buildings(cells)).table("载体")[1:] == [
        ["会展", "2,000", "1,000", "0", "1,000", "0.0%", "0", "0"], ["大厦", "1,500", "1,200", "700", "500", "58.3%", "800", "400"],
        ["厂房", "300", "200", "200", "0", "100.0%", "0", "0"], ["合计", "3,800", "2,400", "900", "1,500", "37.5%", "800", "400"]]


def test_the_wait_is_a_median_with_the_open_ones_censored(small: World) -> None:
    waits = seen_at(small, OCTOBER).request_waits
    whole = waits.of()  # 5, 21 open, 30, 31, 41 open: S is 4/5, then 4/5·2/3, then 4/5·2/3·1/2
    assert (whole.size, whole.over, whole.median_days) == (5, 3, None)
    assert (waits.of("core").size, waits.of("core").over, waits.of("core").median_days) == (1, 0, None)


def test_leases_that_end_are_listed_with_the_days_left(small: World, cells: Cells) -> None:
    found = ending_leases(small.con, OCTOBER, None)
    assert [(each.lease_id, each.building_name, each.tenant_name, each.area_m2) for each in found] == [("L1", "大厦", "O1公司", Decimal(600))]
    assert ["O1公司", "大厦U1", "600", "2026-11-29", "29 天"] in Shown(html=platform_tables.requests(cells, found)).table("九十天内到期的租约")
    assert ending_leases(small.con, OCTOBER, "chem") == ()


def test_few_ratings_are_given_as_their_number_only(cells: Cells) -> None:
    rows = {row[0]: row[1:] for row in Shown(html=platform_tables.cases(cells)).table("一体化服务")}
    assert rows["成果筛选"] == ["3", "2", "1", "2/3 件", "2 件评分"]
    assert rows["法律政策咨询"] == ["2", "2", "0", "2/2 件", "1 件评分"]
    assert rows["价值评估"] == ["0", "0", "0", "—", "—"]
    assert rows["合计"] == ["5", "4", "1", "未到中位（已观察 11 天）", "3 件评分"]


def test_fewer_than_five_zones_are_not_ranked(cells: Cells) -> None:
    assert cells.seen.ranks("premise_occupancy") == {}
    assert "第 " not in Shown(html=platform_tables.scorecard(cells)).text


def test_five_zones_are_ranked_and_equal_ones_share_a_place(small: World, cells: Cells, monkeypatch: pytest.MonkeyPatch) -> None:
    values = {"core": 3, "chem": 5, "bio": 5, "energy": 1, "data": 2}
    monkeypatch.setattr(cells.seen.tally, "value", lambda metric_id, zone=None, category=None: values.get(zone))
    assert cells.seen.ranks("premise_occupancy") == {"chem": 1, "bio": 1, "core": 3, "data": 4, "energy": 5}


def test_every_figure_on_the_page_leads_to_rows_that_make_it(read_only: Park, run: Run) -> None:
    page = shown(run())
    asked = {unescape(href) for href in re.findall(r'<a href="([^"]*metric=[^"]*)"', page.html)}
    assert len(asked) > 30
    kinds: dict[str, dict[str, str]] = {}
    for href in asked:
        choices = {name: found[0] for name, found in parse_qs(urlsplit(href).query, keep_blank_values=True).items()}
        kinds.setdefault(choices["metric"], choices)
    for choices in kinds.values():
        rows = shown(run(**choices))
        assert "没有这个" not in rows.text, choices
        assert re.search(r"(：共 [1-9]|分子与分母共 [1-9])", rows.text), choices
        assert "/export/" + choices["metric"] + ".csv?" in rows.html


def test_a_ratio_lists_its_numerator_and_its_denominator(read_only: Park, run: Run) -> None:
    text = shown(run(metric="premise_occupancy")).text
    assert "入驻率 · 全部空间：分子与分母共 6 行，比率 78.7%，列出 6 行。" in text
    assert "已租面积 2,600.5 ㎡" in text and "可租面积 4,000 ㎡" in text


def test_a_ratio_whose_denominator_is_not_among_the_rows_shown_is_not_taken_for_a_sum(read_only: Park) -> None:
    with read_only.open() as con:
        found = drill(con, "premise_occupancy", as_of=OCTOBER, most=2)
    assert {row.metric for row in found.rows} == {"已租面积"}
    said = goal_rows.rows(found, Amount("%", money_unit([])), "入驻率", [])
    assert "分子与分母共 6 行，比率 78.7%，列出 2 行。" in said
    assert "已租面积 " in said and "㎡</td>" in said and "%</td>" not in said


def test_a_zone_has_its_own_numbers_and_its_own_facilities(read_only: Park, run: Run) -> None:
    page = shown(run(zone="chem"))
    assert page.title.startswith("绿色化工产业承载区：投用平台 1 个；入驻率 100.0%")
    assert "专业检测分析平台" in page.text and "动物实验中心" not in page.text and "<h2>核心区六项功能</h2>" not in page.html


@pytest.mark.parametrize(("name", "what"), [("zone", "空间"), ("metric", "指标"), ("category", "分类")])
@pytest.mark.parametrize("asked", ["nowhere", "<script>alert(1)</script>", "x" * 10_000, "g1_poc_small"])
def test_an_unknown_code_is_replaced_with_a_sentence(read_only: Park, run: Run, name: str, what: str, asked: str) -> None:
    page = shown(run(**{name: asked}))
    notices = [unescape(each) for each in re.findall(r'class="notice" role="status">(.*?)</p>', page.html)]
    assert len(notices) == 1 and f"没有这个{what}，现按“" in notices[0] and len(notices[0]) < 100
    assert "<script>" not in page.html and page.title.startswith("核心区 6 项功能投用 2 项")


def test_a_department_cannot_put_markup_on_the_page(tmp_path: Path) -> None:
    evil = Cells(seen=seen_at(space_world(tmp_path), OCTOBER), money=money_unit([]), zone=None)
    evil.seen.operators["core"] = ("<img src=x>",)
    assert "<img" not in platform_tables.scorecard(evil)


def test_a_snapshot_from_before_the_figures_says_so(home: Park, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pages.platforms.platforms", lambda cursor, as_of: None)
    assert shown(run()).title == "该期无此表：平台与载体的数在这一期之后才有"
