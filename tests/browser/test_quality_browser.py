"""The quality page in a real browser: whole at every width and scheme, and its links and choices lead where they say."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from each_way import across, each_way, headed
from seen import Look, still

pytestmark = pytest.mark.browser

HEADINGS = ["六个维度", "各部门", "待核对", "待改正的退回行", "已改正", "自检"]


def test_the_page_is_whole_at_every_width_and_scheme(look: Look, address: str) -> None:
    for page, way in each_way(look, f"{address}/quality"):
        headed(page, way, HEADINGS)
        if way.language == "zh":
            assert "应报" in page.get_by_role("heading", level=1).inner_text()
        assert across(page, ".six > div") == (2 if way.width == 390 else 6)


def test_a_department_in_the_table_leads_to_its_own_work_and_a_finding_opens(look: Look, address: str) -> None:
    page = look(f"{address}/quality").page
    page.get_by_role("link", name="科技创新促进中心").first.click()
    page.wait_for_url("**department=D08**")
    still(page)
    assert parse_qs(urlsplit(page.url).query)["department"] == ["D08"]
    assert page.get_by_role("heading", level=1).inner_text().startswith("科技创新促进中心应报")
    finding = page.locator(".findings details").first
    assert not finding.locator("ul").first.is_visible()
    finding.locator("summary").click()
    assert finding.locator("ul").first.is_visible()
    assert "请：" in finding.inner_text()
