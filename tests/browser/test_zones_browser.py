"""The map in a real browser with WebGL: it paints from our host alone, a click on a zone chooses it, and the list says the same."""

from __future__ import annotations

import io
from collections.abc import Iterator
from statistics import median
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest
from each_way import whole
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright
from seen import LAUNCH, Look, settled

pytestmark = pytest.mark.browser

WEBGL = ["--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
MAP = "[data-testid=stDeckGlJsonChart]"
ACCENT = {"light": (11, 92, 107), "dark": (77, 182, 198)}
NEAR = 26  # that light may change a colour by


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A browser that draws in three dimensions without a graphics card."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=[each for each in LAUNCH if each != "--disable-gpu"] + WEBGL)
        yield browser
        browser.close()


def coloured(page: Page, scheme: str = "light") -> list[tuple[int, int]]:
    """Where on the map the deepest colour is, in pixels from its corner; empty until it is painted."""
    picture = np.asarray(Image.open(io.BytesIO(page.locator(MAP).screenshot())).convert("RGB"), dtype=np.int16)
    down, across = np.nonzero(np.abs(picture - np.asarray(ACCENT[scheme], dtype=np.int16)).max(axis=2) < NEAR)
    return list(zip(across.tolist(), down.tolist(), strict=True))


def painted(page: Page, scheme: str = "light") -> list[tuple[int, int]]:
    for _ in range(40):
        if len(found := coloured(page, scheme)) > 400:
            return found
        page.wait_for_timeout(500)
    raise AssertionError("the map is not painted")


@pytest.mark.parametrize(("wide", "scheme"), [(1440, "light"), (390, "dark")])
def test_the_map_paints_at_every_width_and_scheme_and_no_request_leaves_the_host(look: Look, address: str, wide: int, scheme: str) -> None:
    seen = look(f"{address}/zones?measure=g4a_output_12m", width=wide, scheme=scheme)
    page = seen.page
    for width in (wide, 390 + 1440 - wide):
        page.set_viewport_size({"width": width, "height": 900})
        settled(page)
        box = page.locator(MAP).bounding_box()
        assert box and box["x"] + box["width"] <= width
        painted(page, scheme)
        whole(page)
    asked = page.evaluate("performance.getEntriesByType('resource').map(each => each.name)")
    assert {urlsplit(url).netloc for url in (*seen.requests, *asked) if urlsplit(url).scheme not in ("data", "blob")} == {urlsplit(address).netloc}


def test_a_click_on_a_zone_chooses_it_and_a_click_on_it_again_takes_it_back(look: Look, address: str) -> None:
    page = look(f"{address}/zones?measure=g4a_output_12m").page  # one zone has the most output, and so the deepest colour
    most = max(page.locator(".ranked li").all(), key=lambda line: float(line.locator("strong").inner_text())).locator("a").inner_text()
    found = painted(page)
    box = page.locator(MAP).bounding_box()
    assert box
    at = (box["x"] + median(x for x, _ in found), box["y"] + median(y for _, y in found))
    page.mouse.move(at[0] - 3, at[1])  # as a hand comes: the map looks what is under it
    page.wait_for_timeout(500)
    page.mouse.click(*at)
    page.locator(".zone-card h2", has_text=most).wait_for()
    settled(page)
    assert "zone" in parse_qs(urlsplit(page.url).query)
    assert page.locator(".ranked a[aria-current]").inner_text() == most
    assert len(coloured(page)) > 400, "the others keep their colours"
    page.mouse.click(*at)
    page.locator(".zone-card").wait_for(state="detached")
    assert "zone" not in parse_qs(urlsplit(page.url).query)


def test_the_list_is_one_click_away_and_its_zones_lead_to_their_cards(look: Look, address: str) -> None:
    page = look(f"{address}/zones", width=390).page
    page.get_by_text("列表", exact=True).click()
    page.get_by_role("table").first.wait_for()
    settled(page)
    assert page.locator(MAP).count() == 0
    page.get_by_role("link", name="绿色化工产业承载区").click()
    page.locator(".zone-card h2", has_text="绿色化工").wait_for()
    settled(page)
    assert parse_qs(urlsplit(page.url).query) == {"show": ["list"], "zone": ["chem"]}


def test_the_keyboard_chooses_a_zone_beside_the_map(look: Look, address: str) -> None:
    page = look(f"{address}/zones").page
    page.get_by_role("link", name="生物医药").first.focus()
    page.keyboard.press("Enter")
    page.locator(".zone-card h2", has_text="生物医药").wait_for()
    assert parse_qs(urlsplit(page.url).query)["zone"] == ["bio"]
