"""The words that Streamlit brings are Chinese on a Chinese page and English on an English one, whatever the browser speaks."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from latin import latin
from playwright.sync_api import Browser, Page
from seen import READY
from served import serving

pytestmark = pytest.mark.browser


def test_in_english_streamlit_speaks_english_also_to_a_chinese_browser(chromium: Browser, address: str) -> None:
    context = chromium.new_context(locale="zh-CN")
    page = context.new_page()
    page.goto(f"{address}/?lang=en")
    page.wait_for_selector(READY)
    assert page.evaluate("[navigator.language, ...navigator.languages]") == ["en", "en"], "for calendars"
    assert page.get_by_role("navigation", name="App pages").count() == 1
    assert page.evaluate("document.documentElement.lang") == "en"
    context.close()


def test_every_widget_speaks_chinese_also_to_an_english_browser_while_it_is_used_and_when_the_server_is_gone(chromium: Browser, tmp_path: Path) -> None:
    context = chromium.new_context(viewport={"width": 1440, "height": 1000}, locale="en-US")
    page = context.new_page()
    found: dict[str, str] = {}
    said: list[str] = []

    def still(step: str) -> None:
        page.wait_for_timeout(600)
        said.append(page.inner_text("body"))
        found.update({f"{step}: {word}": text for word, text in latin(page, ".vega-embed").items()})  # no page has drawings of Vega

    with serving(tmp_path, tmp_path / "log", "tests/browser/every_widget_serve.py") as address:
        page.goto(address)
        page.wait_for_selector(READY)
        page.get_by_test_id("stDataFrame").wait_for()
        still("at rest")
        for step, act in USED.items():
            act(page)
            still(step)
        assert page.get_by_role("dialog").get_by_role("button", name="关闭").count() == 1
        page.keyboard.press("Escape")
    page.get_by_text(re.compile("正在连接|没有应答|连不上")).first.wait_for()
    still("server gone")
    context.close()
    assert found == {}
    assert [each for each in SAID if each not in "".join(said)] == []


SAID = ("按回车键确认", "按回车键提交", "没有匹配的选项", "不收 text/plain 文件。", "每个至多", "文件应不大于 1.0MB。", "这不是表格文件，没有收下。", "十月",
        "最近一周", "标准差", "按本地习惯", "键入要找的字")


def _field(page: Page, label: str, text: str) -> None:
    page.get_by_label(label, exact=True).first.fill(text)


def _sent(page: Page, which: int, content: bytes = b"1") -> None:
    page.get_by_test_id("stFileUploader").nth(which).locator("input[type=file]").set_input_files({"name": "甲.txt", "mimeType": "text/plain", "buffer": content})


def _typed(page: Page, label: str, text: str) -> None:
    page.get_by_label(label, exact=True).first.click()
    page.keyboard.type(text)


def _calendar(page: Page, which: int) -> None:
    page.keyboard.press("Escape")
    page.get_by_test_id("stDateInput").nth(which).locator("button").first.click()
    page.get_by_role("grid").first.wait_for()


def _picked(page: Page, name: str) -> None:
    page.get_by_role("dialog").get_by_text(name).first.click()


def _emptied(page: Page) -> None:
    for _each in range(3):
        page.keyboard.press("Escape")
    page.get_by_test_id("stDateInput").first.get_by_role("spinbutton").nth(1).click()
    page.keyboard.press("Backspace")
    page.keyboard.press("Backspace")


def _table(page: Page) -> None:
    page.keyboard.press("Escape")
    page.get_by_test_id("stDataFrame").hover()


def _tool(page: Page, name: str) -> None:
    page.keyboard.press("Escape")
    _table(page)
    page.get_by_test_id("stDataFrame").get_by_role("button", name=name).click()


def _column(page: Page, end: float, part: str) -> None:
    """The menu of a column that ends at this share of the table's width, and one of its parts."""
    _table(page)
    page.wait_for_timeout(300)
    box, menu = page.get_by_test_id("stDataFrame").bounding_box(), page.get_by_test_id("stDataFrameColumnMenu")
    assert box
    for left in range(4, 44, 4):  # the three dots are drawn, and no element
        page.mouse.move(box["x"] + box["width"] * end - left, box["y"] + 18)
        page.wait_for_timeout(50)
        page.mouse.click(box["x"] + box["width"] * end - left, box["y"] + 18)
        page.wait_for_timeout(100)
        if menu.count():
            break
    menu.get_by_text(part).hover()


USED: dict[str, Callable[[Page], None]] = {
    "text": lambda page: _field(page, "文字", "一"), "form": lambda page: _field(page, "表单里的文字", "一"),
    "choices": lambda page: _typed(page, "单选", ""), "no choice": lambda page: _typed(page, "单选", "无"), "several": lambda page: _typed(page, "多选", ""),
    "none of several": lambda page: _typed(page, "多选", "无"), "day": lambda page: _calendar(page, 0), "span": lambda page: _calendar(page, 1),
    "frequent spans": lambda page: _picked(page, "请选择…"), "a part of a date gone": _emptied,
    "table": _table, "columns": lambda page: _tool(page, "显示或隐藏列"), "search": lambda page: _tool(page, "搜索"), "found": lambda page: page.keyboard.type("甲"),
    "statistics of words": lambda page: _column(page, 0.5, "统计"), "statistics": lambda page: _column(page, 1, "统计"), "formats": lambda page: _column(page, 1, "格式"),
    "toast": lambda page: page.get_by_role("button", name="出通知").click(), "upload": lambda page: _sent(page, 0), "refused": lambda page: _sent(page, 1),
    "too large": lambda page: _sent(page, 2, b"1" * 1_100_000), "refused by the server": lambda page: _sent(page, 0, b"MZ" + b"0" * 200),
    "long text": lambda page: _field(page, "长文字", "一"), "dialog": lambda page: page.get_by_role("button", name="打开对话框").click(),
}
