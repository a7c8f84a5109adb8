"""基金, 先投后股 and 财政与筹资 in a real browser: whole at every width and scheme, drawn, and their marks and numbers lead to rows."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from seen import READY, STILL, Look

pytestmark = pytest.mark.browser

FIGURES = {"funds": 4, "invest_first": 1, "budget": 1}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("view", FIGURES)
def test_a_view_is_whole_at_every_width_and_scheme(look: Look, address: str, tmp_path: Path, view: str, width: int, scheme: str) -> None:
    seen = look(f"{address}/funds?view={view}", width=width, scheme=scheme)
    page = seen.page
    page.wait_for_function(f"document.querySelectorAll('.js-plotly-plot .main-svg').length >= {FIGURES[view]}")
    (tmp_path / f"{view}_{scheme}_{width}.png").write_bytes(seen.whole())
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.locator("[data-testid=stException], [data-testid=stAlert]").count() == 0
    assert {urlsplit(url).netloc for url in seen.requests if urlsplit(url).scheme not in ("data", "blob")} == {urlsplit(address).netloc}
    assert [each for each in seen.complaints if "404" not in each] == []


def test_a_number_leads_to_its_rows_and_a_fund_to_itself(look: Look, address: str) -> None:
    page = look(f"{address}/funds?view=funds").page
    page.locator("tbody th a").first.click()
    page.wait_for_url("**fund=JJ-*")
    page.wait_for_selector(READY)
    page.wait_for_function(STILL)
    assert parse_qs(urlsplit(page.url).query)["view"] == ["funds"]
    page.locator("tfoot a").nth(1).click()
    page.wait_for_url("**layer=fund_paid_in*")
    page.wait_for_selector(READY)
    page.wait_for_function(STILL)
    assert "基金实缴" in page.locator(".rows .taken").inner_text()
