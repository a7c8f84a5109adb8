"""What all pages share, in a real browser: the language, the export, a publication while a page is open."""

from __future__ import annotations

import csv
import shutil
from decimal import Decimal
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import openpyxl
import pytest
from issue_home import quickly, told_more
from park import Park
from playwright.sync_api import Page
from seen import NOT_WHOLE, Look, settled
from served import serving

from etl.home import Home

pytestmark = pytest.mark.browser

LINKS = "[...document.querySelectorAll('.page summary, .page a[href]')].filter(each => each.checkVisibility())"  # not those folded away
FOCUSED = f"document.activeElement.closest('.page') && {LINKS}.indexOf(document.activeElement)"


def choices(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


@pytest.mark.parametrize("path", ["/?as_of=2026-09-30", "/goals?goal=g1&part=g1_both&zone=bio&as_of=2026-09-30"])
def test_the_language_switch_keeps_every_choice_and_leads_back(look: Look, address: str, path: str) -> None:
    page = look(f"{address}{path}").page
    asked = choices(page)
    page.get_by_role("link", name="English").click()
    page.locator(".facts", has_text="Data as of 2026-09-30").wait_for()
    settled(page)
    assert choices(page) == asked | {"lang": ["en"]}
    assert page.locator(".page[lang=en]").count() > 0 and page.locator(".page[lang=zh-CN]").count() == 0
    bar = page.get_by_test_id("stTopNav")
    if path.startswith("/?"):
        bar.get_by_role("button", name="Goals and funnel").click()
        page.get_by_role("menuitem", name="2027 goals").click()
    else:
        bar.get_by_role("link", name="Overview").click()
    settled(page)
    shared = {name: codes for name, codes in asked.items() if name in ("as_of", "zone")}
    assert choices(page) == shared | {"lang": ["en"]}
    page.get_by_role("link", name="中文").click()
    page.locator(".facts", has_text="数据截至 2026-09-30").wait_for()
    settled(page)
    assert choices(page) == shared


@pytest.mark.parametrize("goal", ["g1", "g4"])
def test_an_export_taken_from_the_page_adds_up_to_the_card(look: Look, address: str, tmp_path: Path, goal: str) -> None:
    overview = look(address).page
    card = overview.locator("article", has=overview.locator(f'a[href*="goal={goal}"]')).first
    shown = Decimal(card.locator(".value strong").inner_text().replace(",", ""))
    page = look(f"{address}/goals?goal={goal}").page
    sums = {}
    for kind in ("CSV", "XLSX"):
        with page.expect_download() as downloading:
            page.get_by_role("link", name=f"下载 {kind}").click()
        path = tmp_path / downloading.value.suggested_filename
        downloading.value.save_as(path)
        assert "演示数据" in path.name
        sums[kind] = csv_sum(path) if kind == "CSV" else workbook_sum(path)
    assert sums["CSV"] == sums["XLSX"] > 0
    assert (sums["CSV"] / 10**8).quantize(Decimal("0.01")) == shown if goal == "g4" else sums["CSV"] == shown


def csv_sum(path: Path) -> Decimal:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return sum((Decimal(row["数值"]) for row in csv.DictReader(file)), Decimal(0))


def workbook_sum(path: Path) -> Decimal:
    head, *rows = openpyxl.load_workbook(path)["数据"].iter_rows(values_only=True)
    at = head.index("数值")
    return sum((Decimal(str(row[at])) for row in rows), Decimal(0)).quantize(Decimal("0.01"))


def test_the_keyboard_alone_reaches_the_rows_of_a_number_and_the_line_of_a_file(look: Look, address: str) -> None:
    page = look(f"{address}/goals").page
    wanted = page.evaluate(f"{LINKS}.length")
    assert wanted > 20
    reached = set()
    for _ in range(wanted + 60):
        page.keyboard.press("Tab")
        reached.add(page.evaluate(FOCUSED))
    assert set(range(wanted)) <= reached


def test_a_publication_while_a_page_is_open_is_seen_at_the_next_click_and_not_before(look: Look, told: Park, tmp_path: Path) -> None:
    shutil.copytree(told.home.root, tmp_path / "data")
    park = Park(home=Home(root=tmp_path / "data"))
    [before] = [each.snapshot for each in park.home.store.publications()]
    with serving(park.home.root, tmp_path / "log") as address:
        page = look(f"{address}/goals?goal=g2").page
        pinned = look(f"{address}/goals?goal=g2&snapshot={before}").page
        with quickly():
            after = told_more(park)
        assert after != before
        assert before in page.locator(".facts").inner_text()
        for each, shown in ((page, after), (pinned, before)):
            each.get_by_role("radio", name="概念验证及小试项目").or_(each.get_by_role("button", name="概念验证及小试项目")).first.click()
            each.locator("h1", has_text="概念验证及小试项目").wait_for()
            settled(each)
            assert shown in each.locator(".facts").inner_text()
            assert each.locator(NOT_WHOLE).count() == 0
