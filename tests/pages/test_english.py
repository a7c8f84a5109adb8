"""In English nothing is Chinese but what the departments wrote themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from park import Park
from streamlit.testing.v1 import AppTest

APP = Path(__file__).parents[2] / "app.py"
HAN = re.compile("[一-鿿]+")
GOALS = "from language import speak\nfrom pages.choices import language\nspeak(language().code)\nfrom pages.goals import goals\ngoals()\n"
# Where the departments' own words stand: names of projects, firms, outcomes, files, sheets and senders, and the cells of their lines.
SENT = """
SELECT project_name FROM core.project UNION SELECT org_name FROM core.organization UNION SELECT outcome_name FROM core.outcome
UNION SELECT lead_org_name FROM core.project UNION SELECT content FROM core.task UNION SELECT confidence_note FROM core.task
UNION SELECT remedy FROM core.task UNION SELECT name FROM raw.file UNION SELECT unnest(sheets) FROM raw.file UNION SELECT sender FROM raw.file"""


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    st.cache_data.clear()
    st.cache_resource.clear()
    yield
    st.cache_data.clear()
    st.cache_resource.clear()


def said(app: AppTest) -> str:
    """All that the page says: its markup without the lines of files, its widgets and what figures are described as."""
    markup = "\n".join(str(each.proto.body) for each in app.get("html") if not each.proto.body.startswith("<style>"))
    markup = re.sub(r'<details class="sources">.*?</details>', "", markup, flags=re.DOTALL)
    widgets = [text for each in (*app.selectbox, *app.segmented_control) for text in (each.label, *map(str, each.options))]
    figures = [each.proto.alt + each.proto.spec for each in app.get("plotly_chart")]
    return "\n".join((markup.replace(">中文</a>", ">"), *widgets, *figures))


@pytest.mark.parametrize("goal", [None, "g1", "g2", "g3", "g4", "g5"])
def test_only_the_departments_words_are_chinese(read_only: Park, goal: str | None) -> None:
    app = AppTest.from_string(GOALS, default_timeout=30) if goal else AppTest.from_file(str(APP), default_timeout=30)
    app.query_params["lang"] = "en"
    if goal:
        app.query_params["goal"] = goal
    app.run()
    assert not app.exception
    sent = " ".join(str(row[0]) for row in read_only.ask(SENT))
    words = said(app)
    assert "Progress" in words
    assert {each for each in HAN.findall(words) if each not in sent} == set()


def test_an_unknown_language_is_said_and_chinese_is_shown(read_only: Park) -> None:
    app = AppTest.from_file(str(APP), default_timeout=30)
    app.query_params["lang"] = "<script>"
    app.run()
    assert "网址中的 lang“&lt;script&gt;”：没有这个语言，现按“中文”显示。" in said(app)


def test_the_two_languages_show_the_same_numbers(read_only: Park) -> None:
    numbers = {}
    for code in ("zh", "en"):
        app = AppTest.from_file(str(APP), default_timeout=30)
        app.query_params["lang"] = code
        app.run()
        values = re.findall(r'<p class="value"><strong>([^<]*)</strong>', said(app))
        numbers[code] = values[:3] + values[4:]  # money has another unit
        assert len(values) == 5
    assert numbers["zh"] == numbers["en"]
