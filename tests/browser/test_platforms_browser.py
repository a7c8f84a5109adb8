"""The platforms page in a real browser: whole at every width and scheme, and a number leads to its rows and to a file."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from each_way import across, each_way, headed
from seen import Look, still

pytestmark = pytest.mark.browser

HEADINGS = [
    "计入的行 收起", "核心区六项功能", "平台：政策所列的类型", "各承载区的配套建设（政策清单）", "载体（㎡）", "场所需求", "九十天内到期的租约", "各空间运营记分卡",
    "一体化服务", "孵化器与加速器"]


def test_the_page_is_whole_at_every_width_and_scheme(look: Look, address: str) -> None:
    for page, way in each_way(look, f"{address}/platforms?metric=premise_occupancy"):
        headed(page, way, HEADINGS)
        if way.language == "zh":
            assert page.get_by_role("heading", level=1).inner_text().startswith("核心区 6 项功能投用")
        assert across(page, ".five > div") == (2 if way.width == 390 else 5)


def test_a_number_leads_to_its_rows_and_to_a_file_with_the_same_rows(look: Look, address: str) -> None:
    page = look(f"{address}/platforms").page
    page.get_by_role("link", name="可租面积").first.click()
    page.wait_for_url("**metric=premise_lettable_area**")
    still(page)
    assert parse_qs(urlsplit(page.url).query)["metric"] == ["premise_lettable_area"]
    table = page.get_by_role("region", name="计入的行")
    listed = table.locator("tbody tr").count()
    assert listed > 2
    with page.expect_download() as download:
        page.get_by_role("link", name="下载 CSV").click()
    lines = Path(download.value.path()).read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) == listed + 1
    assert "分类" in lines[0]
