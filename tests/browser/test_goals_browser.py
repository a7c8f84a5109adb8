"""The goals page in a real browser, on the demonstration: drawn at every width and scheme, and clicked down to the line of a file."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import duckdb
import pytest
from each_way import each_way, headed
from legible import FAINT
from PIL import Image
from playwright.sync_api import Page
from python_calamine import CalamineWorkbook
from seen import Look, settled

from analytics.burnup import burnup
from analytics.goal_card import GoalCard
from analytics.goals import goal_cards
from analytics.zones import zones
from warehouse.known import view_date
from warehouse.publish import Store
from warehouse.value import read_metric

pytestmark = pytest.mark.browser

HEADINGS = ["到 2027-12-31 的预测", "进展与预测（项）", "分空间（项）", "按发生月份（项）", "计入的行"]
WAY, ZONES, MONTHS = ".st-key-way", ".st-key-zones", ".st-key-months"


@pytest.fixture(scope="module")
def con(demo: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """What the page should say, read past Streamlit."""
    store = Store(demo / "warehouse")
    current = store.current()
    assert current
    con = store.open(current.snapshot)
    yield con
    con.close()


@pytest.fixture(scope="module")
def g1(con: duckdb.DuckDBPyConnection) -> GoalCard:
    return goal_cards(con, view_date(con, None))[0]


def click(page: Page, figure: str, marks: str, at: int) -> None:
    """Click the middle of a mark of a figure: the drawing lies under a layer that takes the pointer."""
    mark = page.locator(f"{figure} {marks}").nth(at)
    mark.wait_for()
    mark.scroll_into_view_if_needed()
    box = mark.bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_timeout(150)
    page.mouse.down()
    page.mouse.up()
    settled(page)


def listed(page: Page) -> tuple[int, str]:
    """How many rows the page says there are, and their sum."""
    found = re.search(r"共 ([\d,]+) 行，合计 ([\d.,]+)", page.locator(".taken").inner_text())
    assert found
    return int(found[1].replace(",", "")), found[2]


def choices(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def test_the_page_is_whole_at_every_width_and_scheme(look: Look, address: str) -> None:
    for page, way in each_way(look, f"{address}/goals"):
        page.locator(f"{MONTHS} .barlayer .point").nth(1).wait_for()
        page.locator(f"{WAY} .scatterlayer .trace").first.wait_for()
        headed(page, way, HEADINGS)
        lefts = [page.locator(figure).evaluate("each => each.getBoundingClientRect().left") for figure in (ZONES, MONTHS)]
        assert (lefts[0] == lefts[1]) is (way.width == 390)
        ground = page.locator(f"{WAY} .main-svg").first.evaluate("each => getComputedStyle(each).backgroundColor")
        assert ground == ("rgb(15, 23, 27)" if way.scheme == "dark" else "rgb(255, 255, 255)")
        assert page.evaluate(FAINT) == []


def test_a_click_on_a_zone_shows_its_rows_and_another_click_all_of_them(look: Look, address: str, con: duckdb.DuckDBPyConnection, g1: GoalCard) -> None:
    page = look(f"{address}/goals").page
    whole = listed(page)
    assert g1.value is not None
    assert whole == (int(g1.value), f"{g1.value:.0f}")
    place = list(zones(con))[2]
    click(page, ZONES, ".barlayer .point path", 2)
    assert choices(page) == {"zone": [place.zone_id]}
    told = read_metric(con, g1.headline.metric.metric_id, zone=place.zone_id)
    assert listed(page) == (len(told.rows), f"{told.value:.0f}")
    assert place.name_zh in page.get_by_role("heading", level=1).inner_text()
    click(page, ZONES, ".barlayer .point path", 2)
    assert choices(page) == {} and listed(page) == whole


def test_a_click_on_a_month_or_a_point_shows_its_rows(look: Look, address: str, con: duckdb.DuckDBPyConnection, g1: GoalCard) -> None:
    seen = burnup(con, g1, g1.headline.metric.metric_id)
    page = look(f"{address}/goals").page
    month = seen.months[3]
    click(page, MONTHS, ".barlayer .point path", 3)
    assert choices(page) == {"month": [f"{month.ends_on:%Y-%m}"]} and listed(page)[1] == f"{month.value:.0f}"
    on, value = seen.lines[0].points[6]
    click(page, WAY, ".scatterlayer .trace:nth-child(3) .points path", 6)  # the fan's two come first
    assert choices(page) == {"at": [on.isoformat()]} and listed(page)[1] == f"{value:.0f}"


def chance(page: Page) -> tuple[str, float]:
    """What the first goal comes to if so: its chance, and the middle of its range."""
    cells = page.get_by_role("region", name="如果这样").locator("tbody tr").first.locator("td").all_inner_texts()
    return cells[1], float(cells[3].split()[0])


def test_a_slider_moved_by_the_keyboard_answers_with_other_chances_and_stays_in_the_address(look: Look, address: str) -> None:
    page = look(f"{address}/goals").page
    page.get_by_text("如果……会怎样").click()
    slider = page.get_by_role("slider", name="每月新增项目")
    seen = [chance(page)]
    for _ in range(3):
        slider.press("ArrowRight")
        settled(page)
        seen.append(chance(page))
    assert choices(page) == {"arrivals": ["30"]}
    middles = [middle for _, middle in seen]
    assert middles == sorted(middles) and middles[-1] > middles[0]
    page.reload()
    settled(page)
    assert chance(page) == seen[-1]
    page.get_by_role("button", name="恢复现状").click()
    settled(page)
    assert choices(page) == {} and chance(page) == seen[0]


def sent_line(blob: Path, sheet: str, row: int) -> list[str]:
    """The cells of a line of a file, read without our reader."""
    content = blob.read_bytes()
    if content.startswith(b"PK"):
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            return [f"{cell:g}" if isinstance(cell, float) else str(cell) for cell in book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)[row - 1]]
    text = content.decode("utf-8-sig" if content.startswith(b"\xef\xbb\xbf") else "gb18030")
    return list(csv.reader(text.splitlines()))[row - 1]


def test_a_row_opens_to_the_line_of_its_file_as_it_was_sent(look: Look, address: str, demo: Path, con: duckdb.DuckDBPyConnection, g1: GoalCard) -> None:
    page = look(f"{address}/goals").page
    newest = max(read_metric(con, g1.headline.metric.metric_id).rows, key=lambda row: row.occurred_on)
    row = page.get_by_role("row").filter(has_text=newest.entity_id)
    source = row.locator("details")
    assert not source.locator("dl").first.is_visible()
    source.locator("summary").focus()
    page.keyboard.press("Enter")
    assert source.locator("dl").first.is_visible()
    said = source.locator("p").first.inner_text()
    assert newest.file in said and f"第 {newest.row} 行" in said and "报送" in said and "收到" in said
    line = source.locator("dl").first
    told = dict(zip(line.locator("dt").all_inner_texts(), line.locator("dd").all_inner_texts(), strict=True))
    assert newest.entity_id in told.values() and told["阶段"] in ("概念验证", "小试"), "the words of the department, not codes"
    sent = sent_line(demo / "landing" / "blobs" / newest.sha256, newest.sheet, newest.row)
    assert list(told.values()) == [cell for cell in sent if cell]


def test_a_link_restores_the_choices_in_a_fresh_session_and_they_come_along_to_other_pages(look: Look, address: str) -> None:
    asked = {"goal": ["g2"], "zone": ["chem"], "as_of": ["2026-09-30"]}
    page = look(f"{address}/goals?goal=g2&zone=chem&as_of=2026-09-30").page
    assert "绿色化工产业承载区：中试项目" in page.get_by_role("heading", level=1).inner_text()
    assert "数据截至 2026-09-30" in page.locator(".facts").inner_text()
    page.get_by_test_id("stTopNav").get_by_text("总览").click()
    page.locator("h1", has_text="目标期已过").wait_for()
    settled(page)
    assert choices(page) == {name: codes for name, codes in asked.items() if name != "goal"}  # which waits on its own page
    assert "数据截至 2026-09-30" in page.locator(".facts").inner_text()
    page.get_by_test_id("stTopNav").get_by_role("button", name="目标与转化").click()
    page.get_by_role("menuitem", name="2027目标").click()
    page.locator("h1", has_text="绿色化工产业承载区").wait_for()
    assert choices(page) == asked


def test_a_figure_says_in_words_what_it_shows(look: Look, address: str, g1: GoalCard) -> None:
    page = look(f"{address}/goals").page
    page.locator(f"{ZONES} .barlayer .point").first.wait_for()
    said = page.locator(ZONES).evaluate("each => [...each.querySelectorAll('[aria-label],[alt]')].map(one => one.ariaLabel || one.alt).join('|')")
    assert f"绿色化工产业承载区 {g1.zones['chem']:.0f} 项" in said


def test_the_keyboard_takes_a_figure_away(look: Look, address: str) -> None:
    page = look(f"{address}/goals").page
    link = page.get_by_role("link", name="下载 PNG：进展与预测")
    assert link.is_visible()
    for _ in range(80):
        page.keyboard.press("Tab")
        if link.evaluate("each => each === document.activeElement"):
            break
    with page.expect_download() as waiting:
        page.keyboard.press("Enter")
    assert waiting.value.suggested_filename.startswith("演示数据-概念验证及小试项目（期内新增）-进展与预测-截至")
    with Image.open(waiting.value.path()) as picture:
        assert round(picture.info["dpi"][0]) == 300
