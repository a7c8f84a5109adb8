"""基金敞口 in a real browser: whole at every width and scheme, and a click leads down to the contracts."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from each_way import each_way
from seen import Look, still

pytestmark = pytest.mark.browser

FIGURES = {"exposure": 4, "credit": 3, "pool": 2}


@pytest.mark.parametrize("view", FIGURES)
def test_each_view_is_whole_at_every_width_and_scheme(look: Look, address: str, view: str) -> None:
    for page, _way in each_way(look, f"{address}/funds?view={view}"):
        assert page.locator(".js-plotly-plot").filter(has=page.locator(".main-svg")).count() == FIGURES[view]


def test_another_view_and_a_group_are_chosen_by_clicks_and_stand_in_the_url(look: Look, address: str) -> None:
    page = look(f"{address}/funds").page
    first = page.locator("th[scope=row] a").first
    name = first.inner_text()
    first.click()
    page.wait_for_url("**name=**")
    still(page)
    assert name in page.locator(".rows p.taken").inner_text()
    page.get_by_text("信贷担保质押", exact=True).click()
    page.wait_for_url("**view=credit**")
    still(page)
    assert page.get_by_role("heading", level=1).inner_text().startswith("科技信贷余额")
    assert "name" not in parse_qs(urlsplit(page.url).query)
