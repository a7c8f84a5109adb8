"""The goals page as it is drawn: on the park, for every choice, on nothing, and on what people type into a URL."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from html import unescape

import pytest
from park import Park, sample
from shown import Run, shown
from streamlit.testing.v1 import AppTest

from analytics.burnup import readings
from analytics.goals import goal_cards
from warehouse.known import view_date

PAGE = ("goals", "pages.goals:goals")


def listed(app: AppTest) -> tuple[int, str]:
    """How many rows the page says there are, and their sum."""
    found = re.search(r"：共 ([\d,]+) 行，合计 ([\d,.]+) ", shown(app).text)
    return (int(found[1].replace(",", "")), found[2]) if found else (0, "0")


def in_url(app: AppTest) -> dict[str, str]:
    return {name: each[0] if isinstance(each, list) else each for name, each in dict(app.query_params).items()}


def test_the_title_is_the_finding_of_the_first_goal(read_only: Park, run: Run) -> None:
    page = shown(run())
    assert page.title.startswith("概念验证及小试项目（期内新增） 3 项，为目标的 3.0%：比拟定计划线少 ")
    assert "此后每月需 6.9 项" in page.title
    assert "拟定计划线" in page.text and "ρ 0.06" in page.text and re.search(r"SPI\(t\) 0\.\d\d", page.text)


@pytest.mark.parametrize(("goal", "metric_id"), [("g1", "g1_poc_small"), ("g2", "g2_pilot"), ("g3", "g3_landed"), ("g5", "g5_milestones")])
def test_the_listed_rows_add_up_to_the_card(read_only: Park, run: Run, goal: str, metric_id: str) -> None:
    value = read_only.value(metric_id)
    app = run(goal=goal)
    assert listed(app) == (int(value), f"{value:.0f}")
    rows = shown(app).table("计入的行")
    column = next(at for at, heading in enumerate(rows[0]) if heading.startswith("数值"))
    assert sum(Decimal(row[column]) for row in rows[1:]) == value


def test_a_row_leads_to_its_line_in_the_departments_words_and_says_what_was_left_out(read_only: Park, run: Run) -> None:
    text = shown(run(goal="g2")).text
    event = next(row for row in sample("stage_events").rows if row["事件编号"] == "SJ-0009")
    assert " ".join(f"{heading} {cell}" for heading, cell in event.items() if cell) in text
    assert "中试" in event.values() and " pilot " not in text
    assert "另有 3 列未收录，因是个人信息或不认识的列：技术经理人编号、联系人、联系电话。" in text


def test_the_listed_output_adds_up_to_the_card(read_only: Park, run: Run) -> None:
    app = run(goal="g4")
    assert listed(app)[1] == "2,057.0"
    assert "归因产值（累计）" in shown(app).text and "未定" in shown(app).text and "没有计划线" in shown(app).text


def test_every_reading_of_every_goal_is_drawn_in_a_zone_and_in_all(read_only: Park, run: Run) -> None:
    with read_only.open() as con:
        asked = [(card.goal.goal_id, each.metric_id) for card in goal_cards(con, view_date(con, None)) for each in readings(con, card)]
    assert len(asked) == 18
    app = run()
    for goal, part in asked:
        for zone in ("", "chem"):
            app.query_params.update({"goal": goal, "part": part, "zone": zone})
            app.run()
            assert [each.message for each in app.exception] == []
            assert "没有这个" not in shown(app).text and len(app.get("plotly_chart")) == 3, (part, zone)


@pytest.mark.parametrize("part", ["g1_poc_only", "g1_poc_small_incl_stock", "g1_stage_visits", "g1_terminated"])
def test_a_reading_in_the_url_is_shown_with_its_rows(read_only: Park, run: Run, part: str) -> None:
    value = read_only.value(part)
    assert listed(run(goal="g1", part=part)) == (int(value), f"{value:.0f}")


def test_a_zone_in_the_url_is_shown_and_has_no_target_of_its_own(read_only: Park, run: Run) -> None:
    app = run(goal="g1", zone="chem")
    value = read_only.value("g1_poc_small", zone="chem")
    assert shown(app).title.startswith(f"绿色化工产业承载区：概念验证及小试项目（期内新增） {value:.0f} 项，占全部空间的 ")
    assert "没有单独的目标" in shown(app).text and "SPI(t)" not in shown(app).text
    assert listed(app)[0] == value


def test_a_month_and_a_point_list_their_rows(read_only: Park, run: Run) -> None:
    by_month = [listed(run(month=month))[0] for month in run().selectbox(key="choice-month").proto.options[2:]]
    assert len(by_month) == 14 and sum(by_month) == 3
    points = run().selectbox(key="choice-at").proto.options[1:]
    counted = [listed(run(at=point))[0] for point in points]
    assert counted == sorted(counted) and counted[-1] == 3 and counted[0] == 0


CHOICES = {"goal": "目标", "part": "读数", "zone": "空间", "month": "发生月份", "at": "计到哪一天"}


@pytest.mark.parametrize(("asked", "names"), [
    *(("nowhere", [name]) for name in CHOICES),
    *((asked, [*CHOICES]) for asked in ("nowhere", "绿色化工", "<script>alert(1)</script>", "x" * 10_000, "2026-13", "９"))],
    ids=lambda each: "+".join(each) if isinstance(each, list) else each[:10])
def test_an_unknown_code_is_replaced_with_a_sentence(read_only: Park, run: Run, asked: str, names: list[str]) -> None:
    app = run(**dict.fromkeys(names, asked))
    notices = [unescape(each) for each in re.findall(r'class="notice" role="status">(.*?)</p>', shown(app).html)]
    assert len(notices) == len(names) and all(f"没有这个{CHOICES[name]}，现按“" in "".join(notices) for name in names)
    assert all(len(each) < 100 for each in notices)
    assert "<script>" not in shown(app).html
    assert listed(app) == (3, "3")


def test_a_choice_of_another_goal_leaves_the_reading_behind_and_keeps_the_zone(read_only: Park, run: Run) -> None:
    app = run(goal="g1", part="g1_poc_only", zone="chem", as_of="2026-10-31")
    app.segmented_control(key="choice-goal").set_value("g2").run()
    assert not app.exception
    assert in_url(app) == {"goal": "g2", "zone": "chem", "as_of": "2026-10-31"}


def test_a_picked_zone_goes_into_the_url_by_its_code_and_all_zones_out_of_it(read_only: Park, run: Run) -> None:
    app = run()
    app.selectbox(key="choice-zone").select("chem").run()
    assert in_url(app) == {"zone": "chem"}
    app.selectbox(key="choice-zone").select("").run()
    assert in_url(app) == {}


def test_an_older_view_has_its_own_numbers(read_only: Park, run: Run) -> None:
    app = run(goal="g5", as_of="2026-03-31")
    assert "数据截至 2026-03-31" in shown(app).text
    assert listed(app)[0] == len(read_only.ask("SELECT 1 FROM mart.contribution WHERE metric_id = 'g5_milestones' AND counts_from <= DATE '2026-03-31' "
                                               "AND (counts_until IS NULL OR counts_until > DATE '2026-03-31')"))


@pytest.mark.parametrize("as_of", ["2025-09-29", "2025-09-01", "2024-09-15"])
def test_a_view_at_or_before_the_base_date_can_be_drawn(read_only: Park, run: Run, as_of: str) -> None:
    for goal in ("g1", "g4", "g5"):
        page = shown(run(goal=goal, as_of=as_of))
        assert f"数据截至 {as_of}" in page.text and "ρ 0." not in page.text


def test_no_data_at_all_says_how_to_begin(empty: Park, run: Run) -> None:
    assert "还没有发布过数据" in shown(run()).text


def test_a_snapshot_without_a_single_project_says_that_nothing_can_be_known(empty: Park, run: Run) -> None:
    empty.send("科技创新促进中心/主体库.csv", sample("organizations"))
    empty.refresh()
    for goal in ("g1", "g3", "g4", "g5"):
        page = shown(run(goal=goal))
        assert "因缺报尚不能知道" in page.title and "没有可列的行" in page.text
        assert not re.search(r"<strong>0 ", page.html)


def test_text_of_a_department_is_never_markup(home: Park, run: Run) -> None:
    projects = sample("projects")
    named = [{**row, "项目名称": "<img src=x onerror=alert(1)>"} for row in projects.rows]
    home.send("科技创新促进中心/项目库.csv", replace(projects, rows=tuple(named)))
    home.refresh()
    page = shown(run())
    assert "<img" not in page.html and "&lt;img src=x onerror=alert(1)&gt;" in page.html


def test_a_row_leads_to_the_line_of_its_file(read_only: Park, run: Run) -> None:
    page = shown(run())
    assert re.search(r"<summary>阶段事件\S* 第 \d+ 行", page.html)
    assert re.search(r"科技创新促进中心报送，2026-\d\d-\d\d \d\d:\d\d 收到", page.text)
    assert "<dt>事件编号</dt><dd>" in page.html
    assert re.search(r'href="/export/g1_poc_small\.csv\?as_of=2026-10-31&amp;snapshot=', page.html)


def test_each_figure_can_be_taken_away_as_it_is_seen(read_only: Park, run: Run) -> None:
    page = shown(run(goal="g2", part="g2_pilot_incl_stock", zone="chem", as_of="2026-09-30"))
    links = re.findall(r'<a href="(/figure/.*?)" download="" aria-label="(.*?)">', page.html)
    current = read_only.home.store.current()
    assert current
    view = f"as_of=2026-09-30&amp;snapshot={current.snapshot}&amp;zone=chem"
    assert links == [(f"/figure/g2_pilot_incl_stock-{kind}.{fmt}?{view}", f"下载 {fmt.upper()}：{name}") for kind, name in (
        ("way", "进展与计划"), ("zones", "分空间"), ("months", "按发生月份")) for fmt in ("svg", "png")]


def test_a_link_carries_the_view_and_its_own_choices() -> None:
    app = AppTest.from_string("import streamlit as st\nfrom pages.choices import link\nst.text(link('goals', goal='g1', zone=None))\n"
                              "st.text(link(''))")
    app.query_params["as_of"], app.query_params["zone"] = "2026-10-31", "chem"
    app.run()
    assert [each.value for each in app.text] == ["/goals?as_of=2026-10-31&goal=g1", "/?as_of=2026-10-31"]


def walked() -> AppTest:
    """A reader of the goals page who has chosen a goal and a zone."""
    app = AppTest.from_string("import streamlit as st\nfrom pages.choices import carry\ncarry(st.session_state.get('page', 'goals'))\n")
    app.query_params["goal"], app.query_params["zone"] = "g2", "chem"
    return app.run()


def gone(app: AppTest, page: str, **link: str) -> dict[str, str]:
    """What the URL holds on another page, which Streamlit comes to with an empty URL, or a link with its own."""
    app.session_state["page"] = page
    for name in list(in_url(app)):
        del app.query_params[name]
    for name, code in link.items():
        app.query_params[name] = code
    return in_url(app.run())


def test_what_pages_share_comes_along_and_what_is_a_pages_own_waits_there() -> None:
    app = walked()
    assert gone(app, "", as_of="2026-10-31") == {"zone": "chem", "as_of": "2026-10-31"}
    assert gone(app, "goals") == {"goal": "g2", "zone": "chem", "as_of": "2026-10-31"}


def test_a_link_that_chooses_for_itself_brings_nothing_of_before_but_what_pages_share() -> None:
    app = walked()
    gone(app, "")
    assert gone(app, "goals", part="g3_signed") == {"part": "g3_signed", "zone": "chem"}


def test_what_was_taken_back_stays_taken_back() -> None:
    app = walked()
    del app.query_params["goal"]
    app.run()
    assert in_url(app) == {"zone": "chem"}
    gone(app, "")
    assert gone(app, "goals") == {"zone": "chem"}
