"""The quality page in a real browser: whole at every width and scheme, and its links and choices lead where they say."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from seen import READY, STILL, Look

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
def test_the_page_is_whole_at_every_width_and_scheme(look: Look, address: str, tmp_path: Path, width: int, scheme: str) -> None:
    seen = look(f"{address}/quality", width=width, scheme=scheme)
    page = seen.page
    (tmp_path / f"quality_{scheme}_{width}.png").write_bytes(seen.whole())
    assert "应报" in page.get_by_role("heading", level=1).inner_text()
    assert page.get_by_role("heading", level=2).all_inner_texts() == ["六个维度", "各部门", "待核对", "待改正的退回行", "已改正", "自检"]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.locator("[data-testid=stException], [data-testid=stAlert]").count() == 0
    columns = page.evaluate("new Set([...document.querySelectorAll('.six > div')].map(each => each.getBoundingClientRect().left)).size")
    assert columns == (2 if width == 390 else 6)


def test_no_request_leaves_the_host(look: Look, address: str) -> None:
    seen = look(f"{address}/quality")
    assert {urlsplit(url).netloc for url in seen.requests if urlsplit(url).scheme not in ("data", "blob")} == {urlsplit(address).netloc}
    assert [each for each in seen.complaints if "404" not in each] == []


def test_a_department_in_the_table_leads_to_its_own_work_and_a_finding_opens(look: Look, address: str) -> None:
    page = look(f"{address}/quality").page
    page.get_by_role("link", name="科技创新促进中心").first.click()
    page.wait_for_url("**department=D08**")
    page.wait_for_selector(READY)
    page.wait_for_function(STILL)
    assert parse_qs(urlsplit(page.url).query)["department"] == ["D08"]
    assert page.get_by_role("heading", level=1).inner_text().startswith("科技创新促进中心应报")
    finding = page.locator(".findings details").first
    assert not finding.locator("ul").first.is_visible()
    finding.locator("summary").click()
    assert finding.locator("ul").first.is_visible()
    assert "请：" in finding.inner_text()
