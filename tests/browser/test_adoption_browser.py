"""The pages of results in use and of leads in a real browser: whole at every width and scheme, and a number leads to its rows and to a file."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from seen import READY, STILL, Look

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("path", ["/adoption", "/leads", "/leads?view=reached", "/leads?view=conversion"])
@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (390, "dark")])
def test_the_page_is_whole_at_every_width_and_scheme(look: Look, address: str, path: str, width: int, scheme: str) -> None:
    seen = look(f"{address}{path}", width=width, scheme=scheme)
    page = seen.page
    assert page.get_by_role("heading", level=1).inner_text().startswith("五首产品认定" if path == "/adoption" else "招引线索")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.locator("[data-testid=stException], [data-testid=stAlert]").count() == 0
    assert {urlsplit(url).netloc for url in seen.requests if urlsplit(url).scheme not in ("data", "blob")} == {urlsplit(address).netloc}


def test_a_number_of_an_office_leads_to_its_rows_and_to_a_file_with_the_same_rows(look: Look, address: str) -> None:
    page = look(f"{address}/leads?view=reached").page
    link = page.get_by_role("region", name="各驻点").get_by_role("link", name="北京驻点 · 已签约线索")
    shown = int(link.inner_text())
    link.click()
    page.wait_for_url("**metric=lead_signed**")
    page.wait_for_selector(READY)
    page.wait_for_function(STILL)
    assert parse_qs(urlsplit(page.url).query) == {"view": ["reached"], "metric": ["lead_signed"], "category": ["北京驻点"]}
    assert page.get_by_role("region", name="计入的行").locator("tbody tr").count() == shown > 5
    with page.expect_download() as download:
        page.get_by_role("link", name="下载 CSV").click()
    lines = Path(download.value.path()).read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) == shown + 1
