"""The funnel page in a real browser: whole at every width and scheme, and a click on a bar lists its projects."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from each_way import each_way
from playwright.sync_api import Page
from seen import Look, still

pytestmark = pytest.mark.browser
HEADINGS = {"stock": ["各阶段在途（项）", "停留较久的在途项目", "计入的行"],
            "reached": ["到达各阶段（项）", "阶段流动（次）", "评审、跨越与退回", "计入的行"],
            "conversion": ["12 个月内转入后面阶段的比例", "进入概念验证以后", "概念验证：各半年进入的，12 个月内转化", "仍在该阶段的比例",
                           "终止项目：总结经验的登记", "计入的行"]}


@pytest.mark.parametrize("view", list(HEADINGS))
def test_the_page_is_whole_at_every_width_and_scheme(look: Look, address: str, view: str) -> None:
    for page, way in each_way(look, f"{address}/funnel?view={view}"):
        headings = page.get_by_role("heading", level=2).all_inner_texts()
        assert len(headings) == len(HEADINGS[view])
        if way.language == "zh":
            assert page.get_by_role("heading", level=1).inner_text().startswith("在途 ")
            assert headings == HEADINGS[view]
        assert page.locator(".js-plotly-plot .main-svg").count() > 0


def pressed(page: Page) -> None:
    """A click on the first bar, which lies under a layer that takes the pointer."""
    mark = page.locator(".barlayer .point path").first
    mark.scroll_into_view_if_needed()
    box = mark.bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_timeout(150)
    page.mouse.down()
    page.mouse.up()


def test_a_click_on_a_bar_lists_its_projects_and_a_second_one_all_again(look: Look, address: str) -> None:
    page = look(f"{address}/funnel").page

    def counted() -> int:
        still(page)
        return int(page.locator(".taken").inner_text().split("共 ")[1].split(" 行")[0].replace(",", ""))

    whole = counted()
    pressed(page)
    page.wait_for_url("**stage=rd**")
    part = counted()
    assert parse_qs(urlsplit(page.url).query)["category"] == ["active"]
    assert 0 < part < whole
    pressed(page)
    page.wait_for_function("() => !location.search.includes('stage=')")
    assert counted() == whole
