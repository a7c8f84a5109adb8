"""The pages of results in use and of leads in a real browser: whole at every width and scheme, and a number leads to its rows and to a file."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from each_way import each_way
from seen import Look, still

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("path", "finding"), [("/adoption?metric=first_used", "五首产品认定"), ("/leads?view=reached&metric=lead_signed", "招引线索")])
def test_the_page_is_whole_at_every_width_and_scheme(look: Look, address: str, path: str, finding: str) -> None:
    for page, way in each_way(look, f"{address}{path}"):
        title = page.get_by_role("heading", level=1).inner_text()
        assert title.startswith(finding) is (way.language == "zh") and title


def test_a_number_of_an_office_leads_to_its_rows_and_to_a_file_with_the_same_rows(look: Look, address: str) -> None:
    page = look(f"{address}/leads?view=reached").page
    link = page.get_by_role("region", name="各驻点").get_by_role("link", name="北京驻点 · 已签约线索")
    shown = int(link.inner_text())
    link.click()
    page.wait_for_url("**metric=lead_signed**")
    still(page)
    assert parse_qs(urlsplit(page.url).query) == {"view": ["reached"], "metric": ["lead_signed"], "category": ["北京驻点"]}
    assert page.get_by_role("region", name="计入的行").locator("tbody tr").count() == shown > 5
    with page.expect_download() as download:
        page.get_by_role("link", name="下载 CSV").click()
    lines = Path(download.value.path()).read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) == shown + 1
