"""Streamlit's page as it leaves us: its language, its name, and the script that puts its words into Chinese."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import streamlit
from asked import ask
from starlette.applications import Starlette
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import FileResponse, HTMLResponse
from starlette.routing import Route

from door.headers import policy, script_hashes
from door.shell import Shell, words

STATIC = Path(streamlit.__file__).parent / "static"
NAVIGATING = {"Accept": "text/html,*/*;q=0.8", "Accept-Encoding": "gzip"}
# Put together by Streamlit from pieces; tests/browser/test_words_browser.py sees some of them.
ASSEMBLED = re.compile(r"Press .*Enter to .*|You can only select up to .*|.* options? available\.|Choose date.*, \{month\}|add icon"
                       r"|AxiosError: .*|\{n\} – [A-Z][a-z]+|\{n\} of \{total\}")


def pages() -> Shell:
    """Streamlit's page at / and /zones, and another beside it; compressed where the browser says so."""
    served = Starlette(routes=[Route("/other", lambda _: HTMLResponse("<html lang=\"en\"><p>Close</p></html>")),
                               Route("/{page:path}", lambda _: FileResponse(STATIC / "index.html"))])
    return Shell(GZipMiddleware(served))


def test_the_page_is_chinese_bears_our_name_and_asks_for_the_script_of_words() -> None:
    told = ask(pages(), "/goals", headers=NAVIGATING)
    assert '<html lang="zh-CN">' in told.text and "<title>甘智汇科创园</title>" in told.text
    assert "请在浏览器中启用 JavaScript" in told.text and "AI" not in told.text
    assert int(told.headers["content-length"]) == len(told.body)
    assert "etag" not in told.headers and "last-modified" not in told.headers, "which are of Streamlit's own text"
    assert script_hashes(told.text) in policy(), "the page runs no inline script that the policy does not name"
    script = ask(pages(), address(told.text))
    assert script.headers["content-type"].startswith("text/javascript") and "immutable" in script.headers["cache-control"]
    assert '"Choose options", "请选择"' in script.text


def address(html: str) -> str:
    """Where a page gets its script of words."""
    [found] = re.findall(r'<script defer src="\.(/static/words\.[0-9a-f]{12}\.js)">', html)
    return str(found)


def test_in_english_streamlits_words_stay_but_for_what_only_a_programmer_understands() -> None:
    told = ask(pages(), "/?lang=en", headers=NAVIGATING)
    assert '<html lang="en">' in told.text
    script = ask(pages(), address(told.text)).text
    assert '["AxiosError: Request failed with status code 415", "Not a table, not taken. Please hand in an Excel, WPS or CSV file.", ""]' in script
    assert "Choose options" not in script
    in_chinese = {said for said, *_ in words() if said.startswith("AxiosError")}
    assert {said for said, *_ in words("en")} == in_chinese, "an upload that fails is told of in both languages"
    assert "<title>Ganzhihui Innovation Park</title>" in told.text


def test_only_the_map_is_sent_with_its_bundle_and_only_streamlits_page_is_changed() -> None:
    [bundle] = re.findall(r'href="\./static/js/(DeckGlJsonChart\.[^"]+\.js)"', ask(pages(), "/zones", headers=NAVIGATING).text)
    assert (STATIC / "static" / "js" / bundle).is_file()
    assert "DeckGl" not in ask(pages(), "/funds", headers=NAVIGATING).text
    assert ask(pages(), "/other", headers=NAVIGATING).text == '<html lang="en"><p>Close</p></html>'


def test_every_word_of_the_list_is_one_that_this_streamlit_says() -> None:
    said = "\n".join(path.read_text(encoding="utf-8", errors="replace") for path in [*STATIC.rglob("*.js"), STATIC / "index.html"])
    unknown = [word for word, *_ in words() if not ASSEMBLED.fullmatch(word)
               and not all(piece.strip(" :") in said for piece in re.split(r"\{\w+\}", word) if piece.strip(" ,"))]
    assert unknown == [], "Streamlit was changed: look what it says instead"


@pytest.mark.parametrize(("said", "zh"), [(said, zh) for said, zh, _ in words() if "{" in said + zh])
def test_the_parts_of_a_word_come_along(said: str, zh: str) -> None:
    assert set(re.findall(r"\{\w+\}", zh)) <= set(re.findall(r"\{\w+\}", said))


def test_no_word_is_listed_twice_for_one_place_and_all_are_chinese() -> None:
    assert len({(said, where) for said, _, where in words()}) == len(words())
    assert [zh for _, zh, _ in words() if not re.search("[一-鿿]", zh)] == []
