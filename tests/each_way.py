"""A page as everybody sees it: wide and narrow, light and dark, in both languages; whole, silent towards the rest of the world, and usable by everybody."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from latin import latin
from playwright.sync_api import Page
from seen import NOT_WHOLE, Look, still
from usable import faults

AT_REST = "() => document.getAnimations().every(each => each.playState !== 'running' || each.effect.getTiming().iterations === Infinity)"  # figures fade in
# What can be moved sideways: Streamlit scrolls its main part, and the document itself never.
WIDER = "[...document.querySelectorAll('html, [data-testid=stMain]')].filter(each => each.scrollWidth > each.clientWidth).map(each => each.scrollWidth)"
# Streamlit looks for its server below the path of the page first, and does not find it there; the map asks for WebAssembly, may not have it, and goes on, and
# is drawn without a graphics card.
EXPECTED = re.compile(r".*\b404\b|WebAssembly\.|\[\.WebGL-.*GPU stall")


@dataclass(frozen=True, kw_only=True)
class Way:
    """How a page is seen. `width`: in pixels; `scheme`: light or dark; `language`: zh or en."""

    width: int
    scheme: str
    language: str


def each_way(look: Look, url: str) -> Iterator[tuple[Page, Way]]:
    """See a page four times: in Chinese, light, as opened on a wide screen and then made narrow; in English, dark, as opened on a narrow one and then made
    wide. It comes to the caller when nothing is wrong with it that would be wrong with any page.

    What fits is a matter of words and width, and what is drawn of colours and width: all four of either are seen. A colour knows nothing of words. axe
    reads each page as it was opened; a width brings it no other words, marks or colours, only other places.
    """
    for wide, scheme, language in ((1440, "light", "zh"), (390, "dark", "en")):
        seen = look(f"{url}{'&' if '?' in url else '?'}lang={language}", width=wide, scheme=scheme)
        page = seen.page
        page.wait_for_function(AT_REST)
        assert {urlsplit(each).netloc for each in seen.requests if urlsplit(each).scheme not in ("data", "blob")} == {urlsplit(url).netloc}
        assert [each for each in seen.complaints if not EXPECTED.match(each)] == []
        assert faults(page) == []
        if language == "zh":
            assert page.evaluate("document.documentElement.lang") == "zh-CN"
            assert latin(page) == {}
        for width in (wide, 390 + 1440 - wide):
            if width != wide:
                page.set_viewport_size({"width": width, "height": 900})
                page.wait_for_timeout(100)
                still(page)
            whole(page)
            yield page, Way(width=width, scheme=scheme, language=language)


def headed(page: Page, way: Way, headings: list[str]) -> None:
    """Its sections stand there in this order; in English as many."""
    found = page.get_by_role("heading", level=2).all_inner_texts()
    assert len(found) == len(headings)
    if way.language == "zh":
        assert found == headings


def across(page: Page, boxes: str) -> int:
    """How many of the boxes that this selector names stand side by side."""
    return int(page.locator(boxes).evaluate_all("found => new Set(found.map(each => each.getBoundingClientRect().left)).size"))


def whole(page: Page) -> None:
    """A page that is all there, and no wider than its window."""
    assert page.locator(NOT_WHOLE).count() == 0
    assert page.evaluate(WIDER) == [], page.viewport_size
