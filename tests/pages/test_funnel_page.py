"""The funnel page as it is drawn: on the park, for every view and choice, on nothing, and on what people type into a URL."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator
from html import unescape

import pytest
import streamlit as st
from park import Park, sample
from shown import Shown
from streamlit.testing.v1 import AppTest

from analytics.chosen import Chosen
from analytics.drill import Narrow
from exports.csv_file import csv_chunks
from exports.rows import rows_of
from warehouse.here import reader

SCRIPT = "from pages.funnel import funnel_page\nfrom pages.choices import carry\nimport streamlit as st\ncarry('funnel')\nfunnel_page()\n"
Run = Callable[..., AppTest]
FIGURES = {"stock": 1, "reached": 2, "conversion": 4}


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


def listed(app: AppTest) -> int:
    """How many rows the page says there are."""
    found = re.search(r"：共 ([\d,]+) 行，合计 [\d,.]+ ", shown(app).text)
    return int(found[1].replace(",", "")) if found else 0


def in_url(app: AppTest) -> dict[str, str]:
    return {name: each[0] if isinstance(each, list) else each for name, each in dict(app.query_params).items()}


def test_the_title_is_the_finding_and_the_three_views_stand_apart(read_only: Park, run: Run) -> None:
    page = shown(run())
    stock = int(read_only.value("funnel_stock"))
    assert stock > 0
    assert page.title.startswith(f"在途 {stock} 项，以")
    boxes = re.findall(r"<strong>(.*?)</strong>", page.html)
    assert f"{stock} 项" in boxes


@pytest.mark.parametrize("view", list(FIGURES))
@pytest.mark.parametrize("choice", [{}, {"stage": "pilot"}, {"zone": "chem"}, {"zone": "chem", "by": "event"}, {"zone": "unplaced", "by": "first"},
                                    {"origin": "unstated"}, {"research": "bottleneck"}, {"direction": "chem-01"}, {"as_of": "2026-03-31"},
                                    {"horizon": "24", "stage": "landed"}], ids=str)
def test_every_view_is_drawn_for_every_choice(read_only: Park, run: Run, view: str, choice: dict[str, str]) -> None:
    app = run(view=view, **choice)
    assert "没有这个" not in shown(app).text
    assert len(app.get("plotly_chart")) == FIGURES[view]


@pytest.mark.parametrize("of", ["funnel_stock", "funnel_between", "funnel_overdue"])
def test_the_rows_of_the_stock_are_those_of_its_metric(read_only: Park, run: Run, of: str) -> None:
    assert listed(run(of=of)) == read_only.value(of)


@pytest.mark.parametrize(("view", "of"), [("reached", "funnel_reached"), ("reached", "funnel_moves"), ("reached", "funnel_gate_passed"), ("reached", "funnel_regressed"),
                                          ("conversion", "funnel_terminated")])
@pytest.mark.parametrize("choice", [{}, {"stage": "small"}, {"zone": "chem"}, {"zone": "bio", "by": "first"}], ids=str)
def test_the_file_behind_the_link_holds_the_rows_that_are_listed(read_only: Park, run: Run, view: str, of: str, choice: dict[str, str]) -> None:
    app = run(view=view, of=of, **choice)
    address = unescape(next(each for each in re.findall(r'href="(/export/[^"]+\.csv[^"]*)"', shown(app).html)) if listed(app) else "")
    chosen = Chosen(**({f"{choice.get('by', 'last')}_zone": choice["zone"]} if "zone" in choice else {}))
    with read_only.open() as con:
        export = rows_of(con, of, None, narrow=Narrow(stage=choice.get("stage")), chosen=chosen)
        content = b"".join(csv_chunks(export)).decode("utf-8-sig")
    assert len(list(csv.DictReader(io.StringIO(content)))) == listed(app) == export.row_count
    if address:
        assert address.startswith(f"/export/{of}.csv?as_of=2026-10-31&snapshot=")
        assert all(f"{name}={code}" in address for name, code in chosen.in_address.items())


def test_a_row_leads_to_its_line_in_the_departments_words(read_only: Park, run: Run) -> None:
    page = shown(run(view="reached"))
    event = next(row for row in sample("stage_events").rows if row["事件编号"] == "SJ-0009")
    assert " ".join(f"{heading} {cell}" for heading, cell in event.items() if cell) in page.text


def test_the_limits_that_nobody_has_decided_say_so(read_only: Park, run: Run) -> None:
    text = shown(run()).text
    assert "未定" in text
    assert "制度时限尚未确定" in text


def test_terminations_are_a_register_to_learn_from_and_not_a_ranking(read_only: Park, run: Run) -> None:
    page = shown(run(view="conversion"))
    section = page.html[page.html.index("终止项目：总结经验的登记"):]
    assert "宽容失败" in page.text or "没有终止或撤回的项目" in page.text
    assert "不作排名" in section or "没有终止或撤回的项目" in section
    assert 'class="pill bad"' not in page.html.split("终止项目：总结经验的登记")[1]


@pytest.mark.parametrize(("name", "what"), [("view", "视图"), ("stage", "阶段"), ("zone", "空间"), ("by", "空间归属"), ("direction", "方向"), ("origin", "来源"),
                                            ("research", "攻关类别"), ("horizon", "期限"), ("cohort", "进入的半年"), ("of", "列哪些行"), ("category", "分类")])
@pytest.mark.parametrize("asked", ["nowhere", "<script>alert(1)</script>"])
def test_an_unknown_code_is_replaced_with_a_sentence(read_only: Park, run: Run, name: str, what: str, asked: str) -> None:
    app = run(**{name: asked})
    notices = [unescape(each) for each in re.findall(r'class="notice" role="status">(.*?)</p>', shown(app).html)]
    assert len(notices) == 1
    assert f"没有这个{what}，现按“" in notices[0]
    assert "<script>" not in shown(app).html


def test_another_view_keeps_the_projects_and_leaves_the_rows_behind(read_only: Park, run: Run) -> None:
    app = run(zone="chem", stage="small", of="funnel_between", category="pass", as_of="2026-10-31")
    app.segmented_control(key="choice-view").set_value("conversion").run()
    assert not app.exception
    assert in_url(app) == {"view": "conversion", "zone": "chem", "stage": "small", "as_of": "2026-10-31"}


def test_no_data_at_all_says_how_to_begin(empty: Park, run: Run) -> None:
    assert "还没有发布过数据" in shown(run()).text


def test_a_snapshot_without_a_single_project_says_that_nothing_can_be_known(empty: Park, run: Run) -> None:
    empty.send("科技创新促进中心/主体库.csv", sample("organizations"))
    empty.refresh()
    page = shown(run())
    assert page.title == "转化漏斗因缺报尚不能知道"
    assert not re.search(r"<strong>0 ", page.html)


def test_one_project_alone_is_counted_and_no_rate_is_made_of_it(empty: Park, run: Run) -> None:
    projects, told = sample("projects"), sample("stage_events")
    first = told.rows[0]
    empty.send("科技创新促进中心/项目库.csv", projects.only(first["项目编号"]))
    empty.send("科技创新促进中心/阶段事件.csv", told.only(first["事件编号"]))
    empty.refresh()
    page = shown(run(view="conversion"))
    assert "各阶段的转化率还看不出" in page.title
    assert not re.search(r"\d%（", page.text)
    assert listed(run()) == empty.value("funnel_stock") == 1
