"""基金, 先投后股 and 财政与筹资 in a real browser: whole at every width and scheme, drawn, and their marks and numbers lead to rows."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from each_way import each_way
from seen import Look, still

pytestmark = pytest.mark.browser

FIGURES = {"funds": 4, "invest_first": 1, "budget": 1}


@pytest.mark.parametrize("view", FIGURES)
def test_a_view_is_whole_at_every_width_and_scheme(look: Look, address: str, view: str) -> None:
    for page, _way in each_way(look, f"{address}/funds?view={view}"):
        assert page.locator(".js-plotly-plot").filter(has=page.locator(".main-svg")).count() == FIGURES[view]


def test_a_number_leads_to_its_rows_and_a_fund_to_itself(look: Look, address: str) -> None:
    page = look(f"{address}/funds?view=funds").page
    page.locator("tbody th a").first.click()
    page.wait_for_url("**fund=JJ-*")
    still(page)
    assert parse_qs(urlsplit(page.url).query)["view"] == ["funds"]
    page.locator("tfoot a").nth(1).click()
    page.wait_for_url("**layer=fund_paid_in*")
    still(page)
    assert "基金实缴" in page.locator(".rows .taken").inner_text()
