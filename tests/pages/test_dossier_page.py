"""The page of dossiers and the search box above every page, on a world written by hand."""

from __future__ import annotations

import datetime as dt
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from dossier_world import FIRM, THINGS, told_world
from shown import Run, shown
from streamlit.testing.v1 import AppTest

from analytics.dossier_kinds import KINDS
from pages import choices
from warehouse.here import reader
from warehouse.publish import Store

PAGE = ("dossier", "pages.dossier:dossier_page")
APP = Path(__file__).parents[2] / "app.py"


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data home whose only snapshot is the world."""
    folder, home = tmp_path_factory.mktemp("world"), tmp_path_factory.mktemp("home")
    told_world(folder).con.close()
    Store(home / "warehouse").publish(lambda path: shutil.copyfile(folder / "snapshot.duckdb", path), now=dt.datetime(2029, 1, 6, tzinfo=dt.UTC), acts_upto=99,
                                      inputs_hash="0" * 8)
    return home


@pytest.fixture(autouse=True)
def served(published: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("GANZHIHUI_DATA", str(published))
    st.cache_data.clear()
    reader.cache_clear()
    yield
    st.cache_data.clear()
    reader.cache_clear()


def app(**parameters: str) -> AppTest:
    """The overview with the search box above it."""
    test = AppTest.from_file(str(APP), default_timeout=60)
    for name, text in parameters.items():
        test.query_params[name] = text
    test.run()
    assert [each.message for each in test.exception] == []
    return test


def found(test: AppTest) -> str:
    """What the panel of results says, as HTML."""
    return next(iter(re.findall(r'<section class="found".*?</section>', shown(test).html, flags=re.DOTALL)), "")


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_shows_its_name_its_course_and_what_it_hangs_together_with(run: Run, kind: str, language: str) -> None:
    page = shown(run(kind=kind, id=THINGS[kind], lang=language))
    assert page.title
    assert ("相关" if language == "zh" else "Related") in page.text
    assert THINGS[kind] in page.html


def test_the_state_of_a_firm_is_the_title(run: Run) -> None:
    assert shown(run(kind="organization", id=FIRM)).title == (
        "兰州绿源科技有限公司：企业，在绿色化工产业承载区，承担项目 1 个，近十二个月产值 300.0 万元，贷款余额 400.0 万元，基金投资成本 300.0 万元")


def test_a_month_is_printed_as_a_month_and_each_fact_has_its_line(run: Run) -> None:
    page = shown(run(kind="project", id="GZH-1"))
    facts = re.findall(r"<li><time>(.*?)</time>.*?<summary>(.*?)</summary>", page.html, flags=re.DOTALL)
    assert ("2025年2月") in {on for on, _line in facts} and "2025年第3季度" in {on for on, _line in facts}
    assert facts and all(re.search(r"第 \d+ 行", line) and "收到" in line for _on, line in facts)


def test_a_correction_shows_before_and_after(run: Run) -> None:
    page = shown(run(kind="project", id="GZH-1"))
    assert "更正 阶段事件 SJ-2 发生日期 2025-08-08 → 2025-08-18" in re.sub(r"\s+", " ", page.text)


def test_months_of_output_are_read_together(run: Run) -> None:
    page = shown(run(kind="organization", id=FIRM))
    assert page.text.count("产值 营业收入") == 1 and "此前 1 期" in page.text


def test_a_number_nobody_knows_is_said_to_be_so_and_is_no_markup(run: Run) -> None:
    page = shown(run(kind="project", id="<script>alert(1)</script>"))
    assert page.title == "没有这个项目的档案"
    assert "<script>" not in page.html and "&lt;script&gt;" in page.html


def test_a_kind_there_is_none_of_is_said_and_the_contents_are_shown(run: Run) -> None:
    page = shown(run(kind="person", id="JL-1"))
    assert "没有这个种类" in page.text and "人员没有档案" in page.text


def test_the_page_as_of_an_earlier_day_knows_nothing_later(run: Run) -> None:
    assert "余额 500.0 万元" in shown(run(kind="loan", id="DK-1", as_of="2026-03-01")).title


def test_the_search_box_is_there_and_says_nothing_until_something_is_typed() -> None:
    test = app()
    assert [each.label for each in test.text_input] == ["搜索"]
    assert found(test) == ""


def test_what_is_typed_is_found_at_once_and_kept_in_the_address(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("pages.search_box", "pages.frame"):  # a second run of app.py draws nothing in AppTest
        monkeypatch.setattr(f"{module}.titles", lambda: {"dossier": "档案"})
    test = AppTest.from_string("from pages.search_box import search_box\nsearch_box()\n", default_timeout=60).run()
    test.text_input[0].set_value("lzly").run()
    assert [each.message for each in test.exception] == []
    assert test.query_params["q"] in ("lzly", ["lzly"])
    panel = found(test)
    assert f'href="/dossier?kind=organization&amp;id={FIRM}"' in panel
    assert "<mark>兰州绿源</mark>科技有限公司" in panel


def test_an_address_with_a_question_shows_its_answer() -> None:
    panel = found(app(q="C05"))
    assert "<h3>条款</h3>" in panel and 'href="/clauses?clause=C05"' in panel


@pytest.mark.parametrize("typed", ["%_'\"<script>alert(1)</script>", "**粗体** [链接](http://example.org)", "<img src=x onerror=alert(1)>"])
def test_what_is_typed_never_becomes_markup(typed: str) -> None:
    panel = found(app(q=typed))
    assert "没有找到" in panel
    assert not re.search(r"<(script|img|b|strong|a)\b", panel)


def test_nothing_to_look_for_is_answered_with_what_to_type() -> None:
    assert "没有可以搜索的字。请：" in found(app(q="%_'\""))


def test_a_former_name_is_found_and_said() -> None:
    panel = shown(app(q="老城化学")).text
    assert "兰州绿源科技有限公司" in panel and "曾用名 兰州 老城化学 公司" in panel


def test_what_was_typed_is_not_brought_back_with_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    state: dict[str, object] = {}
    monkeypatch.setattr(st, "session_state", state)
    for page, asked in (("goals", {"q": "lzly", "goal": "g1"}), ("tasks", {}), ("goals", {})):
        monkeypatch.setattr(st, "query_params", _Params(asked))
        choices.carry(page)
    assert dict(st.query_params) == {"goal": "g1"}


class _Params(dict[str, str]):
    """Query parameters as Streamlit keeps them."""

    def to_dict(self) -> dict[str, str]:
        return dict(self)
