"""基金敞口 as it is drawn: each view on the park, for what is chosen, on nothing, and on what people type into a URL."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from html import unescape
from urllib.parse import unquote_plus

import pytest
import streamlit as st
from asked import ask
from park import Park, sample
from shown import Shown
from streamlit.testing.v1 import AppTest

from analytics.drill import Narrow
from exports.known_codes import UnknownCode
from exports.rows import rows_of
from serve import app
from warehouse.here import reader, store_root

SCRIPT = """from language import speak
from pages.choices import carry, language
speak(language().code)
from pages.funds import funds
carry('funds')
funds()
"""
Run = Callable[..., AppTest]
VIEWS = ("exposure", "credit", "pool")


@pytest.fixture
def run() -> Iterator[Run]:
    """Opens the page of the data home in the environment with these parameters in the URL; fails on any exception."""
    st.cache_data.clear()
    reader.cache_clear()

    def opened(**parameters: str) -> AppTest:
        app = AppTest.from_string(SCRIPT, default_timeout=30)
        for name, text in parameters.items():
            app.query_params[name] = text
        app.run()
        assert [each.message for each in app.exception] == []
        return app

    yield opened
    st.cache_data.clear()
    reader.cache_clear()


def shown(app: AppTest) -> Shown:
    return Shown(html="\n".join(str(each.proto.body) for each in app.get("html") if not each.proto.body.startswith("<style>")))


def listed(run: AppTest) -> tuple[int, str]:
    """How many rows the page says there are, and their sum."""
    found = re.search(r"：共 ([\d,]+) 行，合计 ([\d,.]+) ", shown(run).text)
    return (int(found[1].replace(",", "")), found[2]) if found else (0, "0")


def boxes(page: Shown) -> dict[str, str]:
    """The numbers in boxes, by what they are."""
    return {re.sub(r"<[^>]*>", "", name).strip(): value for name, value in re.findall(r"<div><p>(.*?)</p><strong>(.*?)</strong>", page.html)}


@pytest.mark.parametrize(("view", "title"), [("exposure", "政府敞口"), ("credit", "科技信贷余额"), ("pool", "补偿池净额")])
def test_each_view_has_a_finding_for_its_title(read_only: Park, run: Run, view: str, title: str) -> None:
    page = shown(run(view=view))
    assert page.title.startswith(title)
    assert re.search(r"\d", page.title)


def test_the_page_opens_on_the_whole_exposure(read_only: Park, run: Run) -> None:
    assert shown(run()).title == shown(run(view="exposure")).title


def test_a_view_there_is_none_of_is_said_and_the_first_is_shown(read_only: Park, run: Run) -> None:
    page = shown(run(view="casino"))
    assert "网址中的 view“casino”：没有这个视图，现按“总敞口”显示。" in page.text
    assert page.title.startswith("政府敞口")


def test_the_table_of_groups_adds_up_to_the_total_of_the_boxes(read_only: Park, run: Run) -> None:
    page = shown(run())
    table = page.table("企业（集团）七层敞口")
    whole = boxes(page)["政府敞口合计"].split()[0]
    assert table[-1][2] == whole
    [columns] = [row[2:] for row in table if row[0] == "合计"]
    layers = [columns[at] for at in (2, 3, 5, 6, 7)]  # direct, fund cost, invest-first, guarantee, pool: the fair value stands beside
    assert sum(Decimal(each.replace(",", "")) for each in layers) == pytest.approx(Decimal(whole.replace(",", "")), abs=Decimal("0.3"))
    zones = re.findall(r"<summary><span>(.*?)</span><b>([\d.,]+)</b>", page.html)
    assert sum(Decimal(value.replace(",", "")) for _, value in zones) == pytest.approx(Decimal(whole.replace(",", "")), abs=Decimal("0.5")), "on a telephone"
    assert "生物医药" in dict(zones) and zones == sorted(zones, key=lambda zone: -Decimal(zone[1].replace(",", "")))


def test_the_rows_of_a_layer_add_up_to_its_box(read_only: Park, run: Run) -> None:
    page = run(layer="exp_pool")
    number, total = listed(page)
    assert number > 0
    assert boxes(shown(page))["L5 补偿池或有"].split()[0] == total


def test_a_group_shows_its_rows_alone_and_its_export_holds_the_same(read_only: Park, run: Run) -> None:
    whole = run()
    name = re.findall(r"name=([^&\"#]+)", shown(whole).html)[0]
    one = run(name=unquote_plus(name))
    assert 0 < listed(one)[0] < listed(whole)[0]
    [href] = re.findall(r'href="(/export/exp_government\.csv[^"]*)"', shown(one).html)
    told = ask(app, unescape(href))
    assert told.status == 200
    assert len(list(csv.reader(io.StringIO(told.body.decode("utf-8-sig"))))) == listed(one)[0] + 1


def test_an_instrument_narrows_the_rows_and_the_parts_make_the_whole(read_only: Park, run: Run) -> None:
    whole = listed(run())[0]
    codes = [code for (code,) in read_only.ask("SELECT DISTINCT category FROM mart.contribution WHERE metric_id = 'exp_government' ORDER BY 1")]
    assert sum(listed(run(slice=code))[0] for code in codes) == whole
    assert len(codes) > 1


def test_a_zone_lists_only_the_groups_that_are_in_it(read_only: Park, run: Run) -> None:
    table = shown(run(zone="bio")).table("企业（集团）七层敞口")
    assert {row[1] for row in table[1:]} == {"生物医药"}


@pytest.mark.parametrize("view", VIEWS)
def test_a_limit_that_nobody_set_is_shown_as_undecided(read_only: Park, run: Run, view: str) -> None:
    rows = shown(run(view=view)).table("限额")[1:]
    assert rows
    assert {row[2] for row in rows} == {"未定"}


def test_what_bank_guarantor_and_pool_bear_is_the_balance(read_only: Park, run: Run) -> None:
    total = shown(run(view="credit")).table("按产品")[-1]
    balance, *borne = (Decimal(each.replace(",", "")) for each in total[3:7])
    assert sum(borne) == pytest.approx(balance, abs=Decimal("0.2"))


@pytest.mark.parametrize("view", VIEWS)
def test_in_english_nothing_is_chinese_but_what_departments_wrote(read_only: Park, run: Run, view: str) -> None:
    opened = run(view=view, lang="en")
    html = re.sub(r'<details class="sources">.*?</details>|>中文</a>', "", shown(opened).html, flags=re.DOTALL)
    sent = " ".join(str(row[0]) for row in read_only.ask(
        "SELECT org_name FROM core.organization UNION SELECT group_name FROM core.organization UNION SELECT name FROM raw.file UNION SELECT sender FROM raw.file "
        "UNION SELECT name_zh FROM ref.direction"))
    widgets = [text for each in (*opened.selectbox, *opened.segmented_control) for text in (each.label, *map(str, each.options))]
    said = " ".join((html, *widgets, *(each.proto.alt for each in opened.get("plotly_chart"))))
    assert [word for word in re.findall("[一-鿿]+", said) if word not in sent] == []


@pytest.mark.parametrize("view", VIEWS)
def test_where_nothing_was_told_the_view_says_so_and_shows_no_zero(empty: Park, run: Run, view: str) -> None:
    empty.send("科技创新促进中心/主体库.csv", sample("organizations"))
    empty.refresh()
    assert "不能知道" in shown(run(view=view)).title


def test_a_group_that_does_not_exist_is_told_apart_from_one_without_rows(read_only: Park) -> None:
    with reader(store_root()).pin() as pinned, pytest.raises(UnknownCode):
        rows_of(pinned.cursor, "exp_government", None, narrow=Narrow(org="没有这家"))
