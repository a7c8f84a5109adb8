"""The people page in a real browser: whole at every width and scheme, and a number leads to its groups and to a file with the same groups."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from each_way import across, each_way, headed
from seen import Look, still

pytestmark = pytest.mark.browser

HEADINGS = ["计入的组 收起", "下一步", "技术经理人", "证书与能力", "促成的技术合同", "人才公寓", "引进人才", "各空间"]


def test_the_page_is_whole_at_every_width_and_scheme(look: Look, address: str) -> None:
    for page, way in each_way(look, f"{address}/people?metric=manager_registered"):
        headed(page, way, HEADINGS)
        if way.language == "zh":
            assert page.get_by_role("heading", level=1).inner_text().startswith("在册技术经理人")
        assert across(page, ".five > div") == (2 if way.width == 390 else 5)
        assert "JJR-" not in page.content()


def test_a_number_leads_to_its_groups_and_to_a_file_with_the_same_groups(look: Look, address: str) -> None:
    page = look(f"{address}/people").page
    page.get_by_role("link", name="在册技术经理人").first.click()
    page.wait_for_url("**metric=manager_registered**")
    still(page)
    assert parse_qs(urlsplit(page.url).query)["metric"] == ["manager_registered"]
    listed = page.get_by_role("region", name="计入的组").locator("tbody tr").count()
    assert listed > 5
    with page.expect_download() as download:
        page.get_by_role("link", name="下载 CSV").click()
    text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    assert len(text.splitlines()) == listed + 1
    assert "<3" in text
    assert "JJR-" not in text
