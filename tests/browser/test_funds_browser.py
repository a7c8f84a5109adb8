"""基金敞口 in a real browser: whole at every width and scheme, and a click leads down to the contracts."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from seen import READY, STILL, Look

pytestmark = pytest.mark.browser

FIGURES = {"exposure": 4, "credit": 3, "pool": 2}


@pytest.mark.parametrize("view", FIGURES)
@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (390, "dark")])
def test_each_view_is_whole_at_every_width_and_scheme(look: Look, address: str, tmp_path: Path, view: str, width: int, scheme: str) -> None:
    seen = look(f"{address}/funds?view={view}", width=width, scheme=scheme)
    page = seen.page
    (tmp_path / f"funds_{view}_{scheme}_{width}.png").write_bytes(seen.whole())
    assert page.locator(".js-plotly-plot").count() == FIGURES[view]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.locator("[data-testid=stException], [data-testid=stAlert]").count() == 0
    assert {urlsplit(url).netloc for url in seen.requests if urlsplit(url).scheme not in ("data", "blob")} == {urlsplit(address).netloc}


def test_another_view_and_a_group_are_chosen_by_clicks_and_stand_in_the_url(look: Look, address: str) -> None:
    page = look(f"{address}/funds").page
    first = page.locator("th[scope=row] a").first
    name = first.inner_text()
    first.click()
    page.wait_for_url("**name=**")
    page.wait_for_selector(READY)
    page.wait_for_function(STILL)
    assert name in page.locator(".rows p.taken").inner_text()
    page.get_by_text("信贷担保质押", exact=True).click()
    page.wait_for_url("**view=credit**")
    page.wait_for_selector(READY)
    page.wait_for_function(STILL)
    assert page.get_by_role("heading", level=1).inner_text().startswith("科技信贷余额")
    assert "name" not in parse_qs(urlsplit(page.url).query)
